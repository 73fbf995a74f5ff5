"""Calls for projects, and the actions they may fund: reasons for, questions, a person decides."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.parties.access import User
from bassin.parties.models import Person
from bassin.steer.programmes import actions_calls, matching, words
from bassin.steer.programmes import permissions_governance as rights
from bassin.steer.programmes.forms_calls import CallForm, SettleForm
from bassin.steer.programmes.matching import Match
from bassin.steer.programmes.models import Action, Call, CallMatch
from bassin.steer.programmes.standing import standings
from bassin.steer.programmes.views.common import (
    action_of,
    action_url,
    author,
    crumbs,
    seen_lines,
    today,
    viewer,
)
from bassin.steer.programmes.views.editing import Editing, page
from bassin.ui.parts import Crumb

SHOWN = 12
"""Proposals shown at once; the rest is counted."""

Typed = dict[str, Any]
Base = Mapping[str, Any]


def _reader(request: HttpRequest) -> User:
    user = viewer(request)
    if not rights.can_see_calls(user):
        raise PermissionDenied
    return user


def _writer(request: HttpRequest) -> Person:
    user = author(request)
    if not rights.can_match_calls(user):
        raise PermissionDenied
    return user


def _trail() -> Crumb:
    return Crumb(_("Calls for projects"), reverse("programmes:calls"))


def _call(pk: int) -> Call:
    found = Call.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The calls that are open, the next to close first, with how many actions they may fund."""
    user, on = _reader(request), today()
    calls = list(Call.objects.all())
    lines = standings(Action.objects.visible_to(user).kept().living(), on)
    opened = matching.open_on(calls, on)
    settled = set(CallMatch.objects.values_list("call_id", "action_id"))
    context = {
        "crumbs": crumbs(Crumb(_("Calls for projects"))),
        "calls": [
            (call, words.day(call.closes_on), _left(call, on), _count(call, lines, settled, on))
            for call in opened
        ],
        "closed": [(call, words.day(call.closes_on)) for call in calls if call not in opened],
        "writes": rights.can_match_calls(user),
    }
    return render(request, "programmes/calls.html", context)


def _left(call: Call, on: Any) -> int | None:
    return (call.closes_on - on).days if call.closes_on else None


def _count(call: Call, lines: Any, settled: set[tuple[int, int]], on: Any) -> int:
    found = matching.matches(call, lines, on)
    return sum(m.left_out is None and (call.pk, m.line.pk) not in settled for m in found)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A call: what was decided, what is proposed and why, what is left out and why."""
    user, call, on = _reader(request), _call(pk), today()
    lines = standings(Action.objects.visible_to(user).kept().living(), on)
    settled = {m.action_id: m for m in call.matches.select_related("action")}
    found = [m for m in matching.matches(call, lines, on) if m.line.pk not in settled]
    proposed = [m for m in found if m.left_out is None]
    seen_lines(request, [m.line for m in found])
    titles = {line.pk: line.title.say(words.language()) for line in lines}
    context = {
        "crumbs": crumbs(_trail(), Crumb(str(call))),
        "call": call,
        "span": words.span(call.opens_on, call.closes_on),
        "kinds": [str(Action.Kind(kind).label) for kind in call.kinds if kind in Action.Kind],
        "proposed": [_shown(m) for m in proposed[:SHOWN]],
        "more": max(0, len(proposed) - SHOWN),
        "left_out": [
            (m.line.title.say(words.language()), m.left_out.sentence)
            for m in found
            if m.left_out
        ],
        "settled": [
            (titles[pk], action_url(pk), m) for pk, m in settled.items() if pk in titles
        ],
        "writes": rights.can_match_calls(user),
    }  # fmt: skip
    return render(request, "programmes/call.html", context)


def _shown(match: Match) -> dict[str, Any]:
    first, *others = match.sorted_reasons
    return {
        "title": match.line.title.say(words.language()),
        "url": action_url(match.line.pk),
        "first": first.sentence,
        "reasons": others,
        "pk": match.line.pk,
    }


def write(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Write a call, or change it."""
    user, call = _writer(request), _call(pk) if pk else None
    home = reverse("programmes:call", args=[pk]) if pk else reverse("programmes:calls")

    def save(typed: Typed, base: Base) -> None:
        actions_calls.write_call(typed=typed, call=call, by=user, today=today())

    return page(
        request,
        Editing(
            title=_("A call for projects"), submit=_("Save"),
            form=lambda data=None: CallForm(data, instance=_call(pk) if pk else None),
            save=save, done=home, back=home, said=_("Saved."), trail=(_trail(),),
        ),
    )  # fmt: skip


def settle(request: HttpRequest, pk: int, action: int) -> HttpResponse:
    """Decide: this call is, or is not, for this action."""
    user, call, found = _writer(request), _call(pk), action_of(request, action)
    home = reverse("programmes:call", args=[pk])
    known = CallMatch.objects.filter(call=call, action=found).first()
    first = {"state": known.state, "why": known.why} if known else {"state": "retained"}

    def form(data: Any = None) -> SettleForm:
        return SettleForm(data, initial=first)

    def save(typed: Typed, base: Base) -> None:
        actions_calls.settle(call, found, by=user, today=today(), **typed)

    return page(
        request,
        Editing(
            title=_("Is this call for this action?"), submit=_("Decide"), form=form, save=save,
            done=home, back=home, said=_("The decision is recorded."),
            trail=(_trail(), Crumb(str(call), home)),
            lede=f"{call} → {found.title}",
        ),
    )  # fmt: skip
