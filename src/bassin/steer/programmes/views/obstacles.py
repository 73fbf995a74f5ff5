"""The register of obstacles: the form of a minute, the public list, the officers' list."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bassin.errors import Refused
from bassin.indicators.numbers import number
from bassin.parties import throttle
from bassin.parties.models import Person
from bassin.parties.traps import opened_now
from bassin.steer.programmes import actions_obstacles, delays, words
from bassin.steer.programmes import permissions_governance as rights
from bassin.steer.programmes.forms import WhyForm
from bassin.steer.programmes.forms_obstacles import (
    AnswerForm,
    ObstacleForm,
    PassOnForm,
)
from bassin.steer.programmes.mail.answers import obstacle_answered
from bassin.steer.programmes.models import Obstacle
from bassin.steer.programmes.views.common import author, crumbs, today, viewer
from bassin.steer.programmes.views.editing import Editing, page
from bassin.ui.parts import Cell, Column, Crumb, Row

MOST_AN_HOUR = 5
PER_PAGE = 30
Typed = dict[str, Any]
Base = Mapping[str, Any]


def _trail() -> Crumb:
    return Crumb(_("Obstacles"), reverse("programmes:obstacles"))


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What firms told, without them: the public list, and how long procedures take."""
    kept = Obstacle.objects.filter(archived_at=None)
    shown = kept.filter(public=True)
    made = delays.register(kept)
    found = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "crumbs": crumbs(Crumb(_("Obstacles"))),
        "page": found,
        "register": made,
        "fewest": delays.FEWEST,
        "delays": _delays(made),
        "handles": rights.can_handle_obstacles(viewer(request)),
    }
    return render(request, "programmes/obstacles.html", context)


def _delays(made: delays.Register) -> tuple[list[Column], list[Row]]:
    """Procedures told at least five times: fewer would name a firm to who knows it."""
    columns = [
        Column(_("Procedure")), Column(_("times told"), number=True),
        Column(_("mean wait (days)"), number=True), Column(_("median wait (days)"), number=True),
        Column(_("over how many")),
    ]  # fmt: skip
    language = words.language()
    few = _("fewer than {count} gave a delay").format(count=delays.FEWEST)
    rows = []
    for each in made.delays:
        if each.told < delays.FEWEST:
            continue
        mean, middle = (
            Cell(text=number(value, 0, language), sort=value)
            if value is not None
            else Cell(why=few)
            for value in (each.mean, each.middle)
        )
        rows.append(Row(Cell(text=each.procedure), [
            Cell(text=str(each.told), sort=each.told), mean, middle, Cell(text=str(each.said)),
        ]))  # fmt: skip
    return columns, rows


@never_cache
def file(request: HttpRequest) -> HttpResponse:
    """File an obstacle, in a minute, with or without an account."""
    form = ObstacleForm(request.POST or None, initial={"opened": opened_now(ObstacleForm.salt)})
    if request.method == "POST" and form.is_valid():
        done = redirect("programmes:obstacle_filed")
        if form.is_trapped:
            return done  # a machine learns nothing from the answer
        if not throttle.allowed(request, "obstacle", MOST_AN_HOUR):
            form.add_error(None, _("That is many obstacles for one hour. Call the service below: "
                                   "they will write them with you."))  # fmt: skip
        else:
            user = viewer(request)
            by = user if isinstance(user, Person) else None
            try:
                actions_obstacles.file(by=by, today=today(), **form.told())
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                return done
    context = {"crumbs": crumbs(_trail(), Crumb(_("Tell of an obstacle"))), "form": form}
    return render(request, "programmes/obstacle_file.html", context)


@require_safe
def filed(request: HttpRequest) -> HttpResponse:
    """Thanks, and what happens next."""
    return render(request, "programmes/obstacle_filed.html", {"crumbs": crumbs(_trail())})


def _handler(request: HttpRequest) -> Person:
    user = author(request)
    if not rights.can_handle_obstacles(user):
        raise PermissionDenied
    return user


@require_safe
def handle(request: HttpRequest) -> HttpResponse:
    """The officers' list: what waits first, the answers overdue on top."""
    _handler(request)
    waiting = Obstacle.objects.filter(
        archived_at=None, state__in=(Obstacle.State.FILED, Obstacle.State.SENT)
    ).order_by(F("due_on").asc(nulls_last=True), "filed_on")
    over = Obstacle.objects.filter(archived_at=None, answered_on__isnull=False)
    on = today()
    context = {
        "crumbs": crumbs(_trail(), Crumb(_("Obstacles to handle"))),
        "waiting": [(each, bool(each.due_on and each.due_on < on)) for each in waiting],
        "page": Paginator(over, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "programmes/obstacles_handle.html", context)


def _one(pk: int) -> Obstacle:
    found = Obstacle.objects.select_related("action", "filed_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One obstacle: to officers, and to who filed it."""
    obstacle, user = _one(pk), viewer(request)
    if not rights.can_see_obstacle(user, obstacle):
        raise Http404
    context = {
        "crumbs": crumbs(_trail(), Crumb(obstacle.procedure)),
        "obstacle": obstacle,
        "handles": rights.can_handle_obstacles(user),
        "open": obstacle.state in (Obstacle.State.FILED, Obstacle.State.SENT),
        "overdue": bool(obstacle.due_on and obstacle.due_on < today() and not obstacle.answered_on),
    }
    return render(request, "programmes/obstacle.html", context)


def _editing(obstacle: Obstacle, **more: Any) -> Editing:
    here = reverse("programmes:obstacle", args=[obstacle.pk])
    more = {"done": here, "back": here, **more}
    return Editing(trail=(_trail(), Crumb(obstacle.procedure, here)), lede=obstacle.text, **more)


def pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass an obstacle on to the body in charge."""
    user, obstacle = _handler(request), _one(pk)

    def save(typed: Typed, base: Base) -> None:
        actions_obstacles.pass_on(obstacle, by=user, today=today(), **typed)

    return page(request, _editing(
        obstacle, title=_("Pass it on"), submit=_("It is passed on"),
        form=lambda data=None: PassOnForm(data, instance=_one(pk)), save=save,
        said=_("It is noted as passed on."),
    ))  # fmt: skip


def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the answer; it leaves by e-mail to who left an address."""
    user, obstacle = _handler(request), _one(pk)

    def save(typed: Typed, base: Base) -> None:
        made = actions_obstacles.answer(obstacle, by=user, today=today(), **typed)
        if made.contact_email:
            obstacle_answered(made).send(fail_silently=True)

    return page(request, _editing(
        obstacle, title=_("Answer"), submit=_("Record the answer"), form=AnswerForm, save=save,
        said=_("The answer is recorded, and sent to who left an address."),
    ))  # fmt: skip


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show it to everyone, or stop."""
    user, obstacle = _handler(request), _one(pk)
    public = request.POST.get("public") == "1"
    actions_obstacles.publish(obstacle, public=public, by=user, today=today())
    messages.success(
        request, _("It is on the public list, without the firm.") if public else _("Withdrawn.")
    )
    return redirect("programmes:obstacle", pk=pk)


def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an obstacle away."""
    user, obstacle = _handler(request), _one(pk)

    def save(typed: Typed, base: Base) -> None:
        actions_obstacles.archive(obstacle, by=user, today=today(), **typed)

    return page(request, _editing(
        obstacle, title=_("Put the obstacle away"), submit=_("Put it away"), form=WhyForm,
        save=save, done=reverse("programmes:handle_obstacles"),
        said=_("It is put away; nothing is lost."),
    ))  # fmt: skip
