"""Bodies: who sits there, when they meet, what they decided, how to join."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.parties.access import User, roles
from bassin.parties.models import Organisation, Person
from bassin.steer.programmes import actions_governance, permissions, words
from bassin.steer.programmes import permissions_governance as rights
from bassin.steer.programmes.forms_governance import (
    AnswerSeatForm,
    BodyForm,
    EndForm,
    JoinForm,
    SeatForm,
)
from bassin.steer.programmes.models import Body, BodyMembership
from bassin.steer.programmes.views.common import author, crumbs, or_sign_in, today, viewer
from bassin.steer.programmes.views.decisions import listed, told
from bassin.steer.programmes.views.editing import Editing, page
from bassin.ui.parts import Crumb

Typed = dict[str, Any]
Base = Mapping[str, Any]
_WRITE = ("administrator", "officer")


def url(body: Body, name: str = "body") -> str:
    """Address of a page of a body."""
    return reverse(f"programmes:{name}", kwargs={"slug": body.slug})


def trail(body: Body | None = None) -> tuple[Crumb, ...]:
    """Bodies › the body."""
    bodies = Crumb(_("Bodies"), reverse("programmes:bodies"))
    return (bodies, Crumb(str(body), url(body))) if body else (bodies,)


def body_of(request: HttpRequest, slug: str) -> Body:
    """A body they may see; 404 for any other."""
    seats = BodyMembership.objects.select_related("person", "organisation")
    found = (
        Body.objects.select_related("framework")
        .prefetch_related(Prefetch("seats", seats))
        .filter(slug=slug)
        .first()
    )
    user = viewer(request)
    if found is None or not (permissions.can_see_body(user, found) or rights.sits(user, found)):
        raise Http404
    return found


def run(request: HttpRequest, body: Body | None = None) -> Person:
    """Who writes of a body, when they may."""
    user = author(request)
    if not rights.can_run_bodies(user, body):
        raise PermissionDenied
    return user


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The bodies that a person may see."""
    user = viewer(request)
    shown: QuerySet[Body] = Body.objects.select_related("framework").prefetch_related("seats")
    if not permissions.is_insider(user):
        shown = shown.filter(public=True)
    context = {
        "crumbs": crumbs(Crumb(_("Bodies"))),
        "bodies": [(body, url(body), len(_held(body))) for body in shown],
        "editable": rights.can_run_bodies(user),
    }
    return render(request, "programmes/bodies.html", context)


def _held(body: Body) -> list[BodyMembership]:
    """The seats held today: those whose days have come and have not passed."""
    on = today()
    return [
        seat
        for seat in body.seats.all()
        if seat.state == BodyMembership.State.HELD
        and (seat.ends_on is None or seat.ends_on >= on)
        and (seat.starts_on is None or seat.starts_on <= on)
    ]


@require_safe
@or_sign_in
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A body: what it is for, who sits there, its meetings and its decisions."""
    body, user = body_of(request, slug), viewer(request)
    held = _held(body)
    runs, meets = rights.can_run_bodies(user, body), rights.can_see_meeting(user, body)
    decisions = listed(body.decisions.all())
    if not permissions.is_insider(user):
        decisions = decisions.filter(public=True)
    past = [s for s in body.seats.all() if s.state == BodyMembership.State.HELD and s not in held]
    waiting = [s for s in body.seats.all() if s.state == BodyMembership.State.ASKED]
    context = {
        "crumbs": crumbs(*trail(), Crumb(str(body))),
        "body": body,
        "held": [(seat, words.span(seat.starts_on, seat.ends_on)) for seat in held],
        "past": [(seat, words.span(seat.starts_on, seat.ends_on)) for seat in past if meets],
        "waiting": waiting if runs else [],
        "mine": [seat for seat in waiting if seat.person_id == getattr(user, "pk", None)],
        "meetings": list(body.meetings.all()) if meets else [],
        "meets": meets,
        "decisions": [told(each, user) for each in decisions],
        "runs": runs,
        "joinable": body.open,
    }
    return render(request, "programmes/body.html", context)


def create(request: HttpRequest) -> HttpResponse:
    """Set up a body."""
    user, home = run(request), reverse("programmes:bodies")

    def save(typed: Typed, base: Base) -> None:
        actions_governance.found_body(by=user, today=today(), **typed)

    return page(
        request,
        Editing(
            title=_("A new body"), submit=_("Set it up"), form=lambda data=None: BodyForm(data),
            save=save, done=home, back=home, said=_("It is set up."), trail=trail(),
        ),
    )  # fmt: skip


def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a body."""
    body = body_of(request, slug)
    user = run(request, body)

    def save(typed: Typed, base: Base) -> None:
        actions_governance.edit_body(body, by=user, today=today(), **typed)

    return page(
        request,
        Editing(
            title=_("Change the body"), submit=_("Save"),
            form=lambda data=None: BodyForm(data, instance=Body.objects.get(pk=body.pk)),
            save=save, done=url(body), back=url(body), said=_("Saved."), trail=trail(body),
        ),
    )  # fmt: skip


def seat(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a seat."""
    body = body_of(request, slug)
    user = run(request, body)

    def save(typed: Typed, base: Base) -> None:
        actions_governance.give_seat(body, by=user, today=today(), **typed)

    return page(
        request,
        Editing(
            title=_("Give a seat"), submit=_("Give the seat"), form=SeatForm, save=save,
            done=url(body), back=url(body), said=_("The seat is given."), trail=trail(body),
        ),
    )  # fmt: skip


def end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """End a seat; it stays in the history."""
    body = body_of(request, slug)
    user, held = run(request, body), _seat(body, pk)

    def save(typed: Typed, base: Base) -> None:
        actions_governance.end_seat(held, by=user, today=today(), **typed)

    return page(
        request,
        Editing(
            title=_("End a seat"), submit=_("End it"), form=EndForm, save=save, done=url(body),
            back=url(body), said=_("The seat is ended; it stays in the history."),
            trail=trail(body), lede=str(held.organisation or held.person),
        ),
    )  # fmt: skip


def _seat(body: Body, pk: int) -> BodyMembership:
    found = next((each for each in body.seats.all() if each.pk == pk), None)
    if found is None:
        raise Http404
    return found


def _mine(user: User) -> QuerySet[Organisation]:
    """The organisations in whose name they write."""
    held = [each.organisation_id for each in roles(user) if each.role in _WRITE]
    return Organisation.objects.filter(pk__in=held)


def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to join an open body."""
    body, user = body_of(request, slug), author(request)
    if not rights.can_ask_to_join(user, body):
        raise PermissionDenied

    def save(typed: Typed, base: Base) -> None:
        actions_governance.ask_to_join(body, by=user, today=today(), **typed)

    return page(
        request,
        Editing(
            title=_("Ask to join: {body}").format(body=body), submit=_("Send the request"),
            form=lambda data=None: JoinForm(data, mine=_mine(user)), save=save, done=url(body),
            back=url(body), trail=trail(body), lede=body.said,
            said=_("Your request is sent. An officer answers it; you see the answer here."),
        ),
    )  # fmt: skip


def answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Accept or decline a request to join."""
    body = body_of(request, slug)
    asked, user = _seat(body, pk), run(request, body)
    if not rights.can_answer_seat(user, asked):
        raise PermissionDenied

    def save(typed: Typed, base: Base) -> None:
        actions_governance.answer_seat(asked, by=user, today=today(), **typed)

    who = words.join((str(asked.organisation or ""), str(asked.person or "")))
    return page(
        request,
        Editing(
            title=_("Answer a request to join"), submit=_("Answer"), form=AnswerSeatForm,
            save=save, done=url(body), back=url(body), said=_("The answer is recorded."),
            trail=trail(body), lede=f"{who} : {asked.why}",
        ),
    )  # fmt: skip
