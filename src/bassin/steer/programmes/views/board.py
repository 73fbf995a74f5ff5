"""What a holder must say this month, and the form that takes two minutes on a phone."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bassin.errors import Refused
from bassin.steer.programmes import actions, permissions, rules, words
from bassin.steer.programmes.forms import ReportForm
from bassin.steer.programmes.models import Action, Placement
from bassin.steer.programmes.shown import Line, line
from bassin.steer.programmes.standing import Standing, standings
from bassin.steer.programmes.views.common import (
    action_of,
    action_url,
    author,
    crumbs,
    seen_lines,
    today,
)
from bassin.types import Text
from bassin.ui.parts import Crumb


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """My actions: those to report first, the most late on top; then those already said."""
    user, on = author(request), today()
    lines = standings(Action.objects.reported_by(user).living(), on, money=False, whole=False)
    seen_lines(request, lines)
    due = [e for e in lines if rules.must_report(e.lifecycle, e.reported_on, on)]
    due.sort(key=lambda each: -(each.late.days if each.late else 0))
    said = [each for each in lines if each not in due]
    context = {
        "crumbs": crumbs(Crumb(_("What I must say this month"))),
        "month": words.month(on),
        "due": [_asked(each) for each in due],
        "said": [_asked(each) for each in said],
        "none": not lines,
    }
    return render(request, "programmes/board.html", context)


def _asked(each: Standing) -> tuple[Line, str, str]:
    """An action of the board: its line, the address of its form, when it was last told."""
    told = (
        _("last told on {day}").format(day=words.day(each.reported_on))
        if each.reported_on
        else _("never told yet")
    )
    return line(each, internal=True), action_url(each.pk, "report"), told


def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how an action goes."""
    action, user = action_of(request, pk), author(request)
    if not permissions.can_report(user, action):
        raise PermissionDenied
    first = {
        "health": action.health,
        "blocked_cause": action.blocked_cause,
        "unblock_condition": action.unblock_condition,
    }
    form = ReportForm(request.POST or None, action=action, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            _save(action, form.cleaned_data, request)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you: it is written, with today's date."))
            return redirect("programmes:board")
    title = Text(action.title, action.title_en).say(words.language())
    last = action.updates.first()
    context = {
        "action": action,
        "title": title,
        "form": form,
        "last": last,
        "last_on": words.day(last.on) if last else "",
        "crumbs": crumbs(Crumb(title, action_url(pk)), Crumb(_("Say where it stands"))),
        "url": action_url(pk),
    }
    return render(request, "programmes/report.html", context)


@transaction.atomic
def _save(action: Action, typed: dict[str, Any], request: HttpRequest) -> None:
    """The report and the steps that it says are done, or neither."""
    user, on = author(request), today()
    steps = typed.pop("done", [])
    for step in steps:
        actions.close_milestone(step, done_on=on, by=user, today=on)
    actions.report(action, by=user, today=on, **typed)


@require_POST
def withdraw(request: HttpRequest, pk: int, placement: int) -> HttpResponse:
    """Take an action out of a framework."""
    action, user = action_of(request, pk), author(request)
    found = Placement.objects.filter(pk=placement, action=action).first()
    if found is None or not permissions.can_place(user, action):
        raise PermissionDenied
    actions.withdraw(found, by=user, today=today())
    messages.success(request, _("It was taken out of this framework."))
    return redirect(action_url(pk))


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring back an action that was put away."""
    action = action_of(request, pk)
    actions.restore(action, by=author(request), today=today())
    messages.success(request, _("It is back in its place."))
    return redirect(action_url(pk))
