"""The front of the room Piloter: frameworks with their state, what is late, the next meeting."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.parties.access import User
from bassin.steer.programmes import permissions, rules, words
from bassin.steer.programmes import permissions_governance as rights
from bassin.steer.programmes.models import Action, Body, Framework, Meeting, Placement
from bassin.steer.programmes.shown import Line, line
from bassin.steer.programmes.standing import Standing, Summary, standings, summary
from bassin.steer.programmes.views.common import crumbs, framework_url, seen_lines, today, viewer
from bassin.types import Text

MOST_LATE = 8


@dataclass(frozen=True, slots=True)
class Listed:
    """A framework as the front of the room shows it."""

    framework: Framework
    title: str
    url: str
    years: str
    state: str
    said: str
    summary: Summary


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The frameworks that one may see, those in force first; for insiders, what waits."""
    user, on = viewer(request), today()
    lines = standings(Action.objects.visible_to(user).kept(), on, money=False, whole=False)
    meeting = _next_meeting(user, on)
    context: dict[str, Any] = {
        "crumbs": crumbs(),
        "frameworks": _frameworks(user, lines, on),
        "insider": permissions.can_see_room(user),
        "officer": permissions.can_edit_framework(user),
        "meeting": meeting,
        "meeting_url": _meeting_url(user, meeting),
        "count": len(lines),
        "elsewhere": _elsewhere(user),
    }
    if context["insider"] or request.user.is_authenticated:
        context |= _waiting(request, user, lines, on)
    return render(request, "programmes/home.html", context)


def _frameworks(user: User, lines: list[Standing], on: date) -> list[Listed]:
    by_pk = {each.pk: each for each in lines}
    placed: dict[int, set[int]] = defaultdict(set)
    for framework, action in Placement.objects.values_list("framework_id", "action_id"):
        if action in by_pk:
            placed[framework].add(action)
    found = Framework.objects.visible_to(user).kept()
    listed = []
    for each in sorted(found, key=lambda f: _order(f, on)):
        made = summary([by_pk[pk] for pk in placed[each.pk]])
        title = Text(each.title, each.title_en).say(words.language())
        listed.append(
            Listed(
                each,
                title,
                framework_url(each),
                words.years(each.starts_on, each.ends_on),
                words.state(each, on),
                words.rollup(made.rollup),
                made,
            )
        )
    return listed


def _order(framework: Framework, on: date) -> tuple[bool, int]:
    """Those that run today first, then the latest."""
    runs = framework.state in (Framework.State.ADOPTED, Framework.State.IN_FORCE) and (
        framework.ends_on is None or framework.ends_on >= on
    )
    return not runs, -(framework.starts_on.toordinal() if framework.starts_on else 0)


def _waiting(request: HttpRequest, user: User, lines: list[Standing], on: date) -> dict[str, Any]:
    late = sorted(
        (each for each in lines if each.late), key=lambda e: -(e.late.days if e.late else 0)
    )
    mine = set(Action.objects.reported_by(user).values_list("pk", flat=True))
    due = [e for e in lines if e.pk in mine and rules.must_report(e.lifecycle, e.reported_on, on)]
    internal = permissions.is_insider(user)
    seen_lines(request, late[:MOST_LATE])
    shown: list[Line] = [line(each, internal=internal) for each in late[:MOST_LATE]]
    return {
        "late": shown,
        "late_count": len(late),
        "red_count": sum(each.late.red for each in late if each.late),
        "silent_count": sum(each.silent for each in lines),
        "mine_count": len(mine),
        "due_count": len(due),
        "board_url": reverse("programmes:board"),
    }


def _elsewhere(user: User) -> list[tuple[str, str]]:
    """The other pages of the room that one may open: (words, address)."""
    insider, officer = permissions.can_see_room(user), permissions.can_import(user)
    pages = (
        (_("Committees and working groups"), "bodies", True),
        (_("Balance between communes"), "communes", True),
        (_("Tell of an obstacle"), "file_obstacle", True),
        (_("Obstacles told by firms"), "obstacles", True),
        (_("Calls for projects"), "calls", insider),
        (_("Bring an existing plan in"), "imports", officer),
    )
    return [(word, reverse(f"programmes:{name}")) for word, name, open_ in pages if open_]


def _meeting_url(user: User, meeting: Meeting | None) -> str:
    """Its address, for those who may open it."""
    if meeting is None or not rights.can_see_meeting(user, meeting.body):
        return ""
    return reverse("programmes:meeting", kwargs={"pk": meeting.pk})


def _next_meeting(user: User, on: date) -> Meeting | None:
    bodies = (
        Body.objects.all() if permissions.is_insider(user) else Body.objects.filter(public=True)
    )
    meetings = Meeting.objects.filter(on__gte=on, body__in=bodies, cancelled_at=None)
    return meetings.select_related("body").order_by("on", "pk").first()
