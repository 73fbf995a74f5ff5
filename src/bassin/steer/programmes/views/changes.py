"""What comes after a meeting is called: moved, called off, its minutes, a decision replaced."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.steer.programmes import actions_governance, actions_meetings, words
from bassin.steer.programmes.forms_governance import (
    CancelMeetingForm,
    MeetingForm,
    MinutesForm,
    ProofForm,
    SupersedeForm,
)
from bassin.steer.programmes.models import Decision, Meeting
from bassin.steer.programmes.views.bodies import run, trail
from bassin.steer.programmes.views.common import today, viewer
from bassin.steer.programmes.views.decisions import address
from bassin.steer.programmes.views.editing import Editing, page
from bassin.steer.programmes.views.meetings import (
    may_read_minutes,
    meeting_of,
    meeting_trail,
    meeting_url,
)
from bassin.ui.shared.views.documents import sent

Typed = dict[str, Any]
Base = Mapping[str, Any]


def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the day, the hours or the place of a meeting."""
    meeting = meeting_of(request, pk)
    user, home = run(request, meeting.body), meeting_url(meeting)

    def save(typed: Typed, base: Base) -> None:
        actions_meetings.move_meeting(meeting, by=user, today=today(), **typed)

    def form(data: Any = None) -> MeetingForm:
        return MeetingForm(data, instance=Meeting.objects.get(pk=meeting.pk))

    return page(
        request,
        Editing(
            title=_("Change the meeting"), submit=_("Save"), form=form, save=save, done=home,
            back=home, said=_("Saved. The agenda says the same."), trail=meeting_trail(meeting),
        ),
    )  # fmt: skip


def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a meeting off."""
    meeting = meeting_of(request, pk)
    user, home = run(request, meeting.body), meeting_url(meeting)

    def save(typed: Typed, base: Base) -> None:
        actions_meetings.cancel_meeting(meeting, by=user, now=timezone.now())

    return page(
        request,
        Editing(
            title=_("Call the meeting off"), submit=_("Call it off"), form=CancelMeetingForm,
            save=save, done=home, back=home, trail=meeting_trail(meeting),
            said=_("The meeting is cancelled, and the agenda says so."),
            lede=_("It stays on the pages and in the calendars that follow the agenda, as "
                   "cancelled."),
        ),
    )  # fmt: skip


@require_safe
def minutes(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The minutes, to those who may read them; for anyone else there are none."""
    meeting = meeting_of(request, pk)
    if meeting.minutes is None or not may_read_minutes(viewer(request), meeting):
        raise Http404
    return sent(meeting.minutes)


def keep_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the minutes of a meeting, or replace them."""
    meeting = meeting_of(request, pk)
    user, home = run(request, meeting.body), meeting_url(meeting)

    def save(typed: Typed, base: Base) -> None:
        actions_meetings.keep_minutes(meeting, by=user, today=today(), **typed)

    named = _("Minutes, {body}, {day}").format(body=meeting.body, day=words.day(meeting.on))

    def form(data: Any = None, files: Any = None) -> MinutesForm:
        return MinutesForm(data, files, initial={"title": named[:200]})

    return page(
        request,
        Editing(
            title=_("The minutes of the meeting"), submit=_("Keep them"), form=form, save=save,
            done=home, back=home, said=_("The minutes are kept, and shown on this page."),
            trail=meeting_trail(meeting), files=True,
        ),
    )  # fmt: skip


def supersede(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which later decision replaces one."""
    decision = _decision(pk)
    user, home = run(request, decision.body), address(decision)
    others = Decision.objects.filter(on__gte=decision.on).exclude(pk=pk).select_related("body")

    def save(typed: Typed, base: Base) -> None:
        actions_governance.supersede(decision, by=user, today=today(), **typed)

    def form(data: Any = None) -> SupersedeForm:
        return SupersedeForm(data, later=others)

    return page(
        request,
        Editing(
            title=_("A decision is replaced"), submit=_("Say so"), form=form, save=save, done=home,
            back=home, said=_("Both decisions stay, each with the other's link."),
            trail=trail(decision.body), lede=f"{words.day(decision.on)} · {decision.said}",
        ),
    )  # fmt: skip


def prove(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a published result on which a decision rests."""
    decision = _decision(pk)
    user, home = run(request, decision.body), address(decision)

    def save(typed: Typed, base: Base) -> None:
        actions_governance.prove(decision, reference=typed["result"], by=user)

    return page(
        request,
        Editing(
            title=_("What a decision rests on"), submit=_("Add it"), form=ProofForm, save=save,
            done=home, back=home, said=_("The decision and the result each have the other's link."),
            trail=trail(decision.body), lede=f"{words.day(decision.on)} · {decision.said}",
        ),
    )  # fmt: skip


def _decision(pk: int) -> Decision:
    found = Decision.objects.select_related("body").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
