"""Preparing a workshop: its run sheet, its facts, its copies, who runs it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bassin.debate.workshops import (
    actions_copying,
    actions_editing,
    asking,
    conducting,
    permissions,
    preparing,
)
from bassin.debate.workshops.forms import PersonForm, WhyForm, WorkshopForm
from bassin.debate.workshops.models import Step, Workshop
from bassin.debate.workshops.views import common
from bassin.debate.workshops.views.common import crumbs, done, trail, url
from bassin.debate.workshops.views.writing import Opened, form_page, sent
from bassin.parties.access import signed_in
from bassin.ui.parts import Crumb
from bassin.ui.reader import language


@require_safe
def prepare(request: HttpRequest, code: str) -> HttpResponse:
    """The run sheet of a workshop, to write."""
    workshop, user = common.preparing(request, code)
    spoken = language()
    title = asking.said(workshop.title, spoken)
    sheet = conducting.lines(workshop, spoken)
    context = {
        "crumbs": crumbs(Crumb(title)),
        "workshop": workshop,
        "title": title,
        "sheet": sheet,
        "planned": sum(line.step.minutes or 0 for line in sheet),
        "choices": preparing.kinds(),
        "missing": preparing.missing(workshop, sheet),
        "others": preparing.tongues(workshop),
        "over": workshop.state in ("closed", "published", "archived"),
        "names": permissions.can_name_facilitators(user, workshop),
    }
    return render(request, "workshops/prepare.html", context)


def begin(request: HttpRequest) -> HttpResponse:
    """A new workshop."""
    user = common.officer(request)

    def save(typed: dict[str, Any]) -> str:
        made = actions_editing.create(by=user, now=timezone.now(), **preparing.facts(typed, None))
        messages.success(request, _("The workshop is begun: now write its steps."))
        return url("prepare", made)

    title = _("A new workshop")
    return form_page(
        request, WorkshopForm(sent(request)), save, title=title, submit=_("Write its steps"),
        path=crumbs(Crumb(title)), back=reverse("workshops:mine"),
    )  # fmt: skip


def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change what is written of a workshop."""
    workshop, user = common.preparing(request, code)

    def save(typed: dict[str, Any]) -> str:
        facts = preparing.facts(typed, workshop)
        actions_editing.edit(workshop, typed=facts, by=user)
        messages.success(request, _("Saved."))
        return url("prepare", workshop)

    form = WorkshopForm(sent(request), workshop=workshop, initial=preparing.initial(workshop))
    title = _("What is written of the workshop")
    return form_page(
        request, form, save, title=title, submit=_("Save"),
        path=trail(workshop, "prepare", title), back=url("prepare", workshop),
        opened=Opened(lambda: _written(workshop), [workshop]),
    )  # fmt: skip


def _written(workshop: Workshop) -> dict[str, Any]:
    return preparing.initial(Workshop.objects.get(pk=workshop.pk))


@require_POST
def sheet_deed(request: HttpRequest, code: str, pk: int, name: str) -> HttpResponse:
    """Move a step, or take it out."""
    workshop, user = common.preparing(request, code)
    back = f"{url('prepare', workshop)}#step-{pk}"
    step = Step.objects.filter(pk=pk, workshop=workshop).first()
    if step is None:
        messages.error(request, str(common.TAKEN_OUT))
        return redirect(url("prepare", workshop))
    if name == "remove":
        return done(
            request, lambda: actions_editing.remove_step(step, by=user),
            url("prepare", workshop), _("The step is taken out."),
        )  # fmt: skip
    places = {"up": -1, "down": 1}[name]
    return done(request, lambda: actions_editing.move_step(step, places=places, by=user), back)


@require_POST
def copy(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Make another workshop from this one: the same, or the one that follows."""
    workshop, user = common.preparing(request, code)
    verb = {"duplicate": actions_copying.duplicate, "following": actions_copying.following}[name]
    made = verb(workshop, by=user, now=timezone.now())
    messages.success(
        request,
        _("Here is the copy, under the code {code}. Give it its title.").format(code=made.code),
    )
    return redirect(url("edit", made))


def put_away(request: HttpRequest, code: str) -> HttpResponse:
    """Put a workshop away."""
    workshop, user = common.preparing(request, code)

    def save(typed: dict[str, Any]) -> str:
        actions_editing.put_away(workshop, by=user, now=timezone.now(), **typed)
        messages.success(request, _("It is put away; nothing is lost."))
        return reverse("workshops:mine")

    title = _("Put the workshop away")
    return form_page(
        request, WhyForm(sent(request)), save, title=title, submit=_("Put it away"),
        path=trail(workshop, "prepare", title), back=url("prepare", workshop),
        lede=_("It leaves every list. You can bring it back."),
    )  # fmt: skip


@require_POST
def bring_back(request: HttpRequest, code: str) -> HttpResponse:
    """Take a workshop out of what was put away."""
    workshop, user = common.preparing(request, code)
    return done(
        request, lambda: actions_editing.bring_back(workshop, by=user), url("prepare", workshop),
        _("It is back."),
    )  # fmt: skip


@require_POST
def keep(request: HttpRequest, code: str) -> HttpResponse:
    """A published workshop enters the archives."""
    workshop, user = common.preparing(request, code)
    return done(
        request, lambda: actions_editing.keep_for_reading(workshop, by=user),
        url("prepare", workshop), _("It is in the archives: everyone still reads it."),
    )  # fmt: skip


def people(request: HttpRequest, code: str) -> HttpResponse:
    """Name who may run it beside officers."""
    workshop, user = common.preparing(request, code)

    def save(typed: dict[str, Any]) -> str:
        actions_editing.name_facilitator(workshop, typed["person"], by=user)
        messages.success(request, _("They may now prepare and run it."))
        return url("prepare", workshop)

    title = _("Name a facilitator")
    return form_page(
        request, PersonForm(sent(request)), save, title=title, submit=_("Name them"),
        path=trail(workshop, "prepare", title), back=url("prepare", workshop),
    )  # fmt: skip


@require_POST
def dismiss(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Someone no longer runs it."""
    workshop, user = common.preparing(request, code)
    named = get_object_or_404(workshop.facilitators, pk=pk)
    return done(
        request, lambda: actions_editing.dismiss_facilitator(named, by=user),
        url("prepare", workshop), _("They no longer run it."),
    )  # fmt: skip


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The workshops that one may prepare and run."""
    user = signed_in(request)
    every = permissions.can_prepare(user)
    found = Workshop.objects.select_related("series").order_by("-starts_at", "-pk")
    if not every:
        found = found.filter(facilitators__person=user)
    listed = [(each, asking.said(each.title, language())) for each in found]
    groups = [
        (label, [(each, title) for each, title in listed if chosen(each)])
        for label, chosen in _SHELVES
    ]
    context = {
        "crumbs": crumbs(),
        "groups": [(label(), rows) for label, rows in groups if rows],
        "begins": every,
    }
    return render(request, "workshops/mine.html", context)


def _kept(each: Workshop) -> bool:
    return each.archived_at is None and not each.rehearsal


_SHELVES: tuple[tuple[Callable[[], str], Callable[[Workshop], bool]], ...] = (
    (lambda: _("Under way"), lambda w: _kept(w) and w.state in ("lobby", "live")),
    (lambda: _("In preparation"), lambda w: _kept(w) and w.state == "draft"),
    (lambda: _("Over"), lambda w: _kept(w) and w.state in ("closed", "published", "archived")),
    (lambda: _("Rehearsals"), lambda w: w.archived_at is None and w.rehearsal),
    (lambda: _("Put away"), lambda w: w.archived_at is not None),
)
