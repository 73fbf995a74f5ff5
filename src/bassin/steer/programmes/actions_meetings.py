"""What people do with meetings: call, move, cancel, keep their minutes. The agenda follows."""

from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bassin.commons import actions as shared
from bassin.commons.models import Document
from bassin.errors import Refused
from bassin.parties.access import require
from bassin.parties.models import Person
from bassin.steer.programmes import agenda
from bassin.steer.programmes import permissions_governance as permissions
from bassin.steer.programmes.models import Body, Meeting

MEETING_FIELDS = ("on", "starts_at", "ends_at", "place", "since")


@transaction.atomic
def call_meeting(body: Body, *, on: date, by: Person, today: date, **fields: Any) -> Meeting:
    """Call a meeting, and put it in the agenda.

    Raises:
        Refused: the body meets that day already, it would end before it begins, or progress would
            be told since a later day.
    """
    require(permissions.can_run_bodies(by, body) and set(fields) <= set(MEETING_FIELDS))
    meeting = Meeting(body=body, on=on, **fields)
    _check(meeting)
    meeting.save()
    agenda.write(meeting, by=by)
    return meeting


@transaction.atomic
def move_meeting(meeting: Meeting, *, by: Person, today: date, **fields: Any) -> Meeting:
    """Change the day, the hours or the place of a meeting; its line of the agenda moves with it.

    Raises:
        Refused: it is cancelled, or what `call_meeting` refuses.
    """
    require(permissions.can_run_bodies(by, meeting.body) and set(fields) <= set(MEETING_FIELDS))
    now = _locked(meeting)
    for name, value in fields.items():
        setattr(now, name, value)
    _check(now)
    now.save()
    agenda.write(now, by=by)
    return now


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: Person, now: datetime) -> Meeting:
    """Call a meeting off: it stays on the pages and in calendars, as cancelled.

    Raises:
        Refused: it is cancelled already, or it decided something.
    """
    require(permissions.can_run_bodies(by, meeting.body))
    held = _locked(meeting)
    if held.decisions.exists():
        raise Refused(_("This meeting took decisions: it was held, and is not called off."))
    held.cancelled_at = now
    held.save(update_fields=["cancelled_at"])
    if held.event is not None and held.event.cancelled_at is None:
        shared.cancel(held.event, by=by, now=now)
    return held


def _locked(meeting: Meeting) -> Meeting:
    """The meeting as it stands now, kept from others until the end.

    Raises:
        Refused: it is cancelled.
    """
    found = Meeting.objects.select_related("body__framework__owner", "event")
    now = found.select_for_update(of=("self",)).get(pk=meeting.pk)
    if now.cancelled_at is not None:
        raise Refused(_("This meeting is cancelled: call another one."))
    return now


def _check(meeting: Meeting) -> None:
    others = Meeting.objects.filter(body=meeting.body_id, on=meeting.on, cancelled_at=None)
    if others.exclude(pk=meeting.pk).exists():
        raise Refused(_("This body meets that day already."))
    start, end = meeting.starts_at, meeting.ends_at
    if end is not None and end < (start or time.max):
        raise Refused(_("Say from what hour, then until what later hour."))
    if meeting.since and meeting.since >= meeting.on:
        raise Refused(_("Progress is told since a day before the meeting."))
    meeting.place = meeting.place.strip()


@transaction.atomic
def keep_minutes(meeting: Meeting, *, by: Person, today: date, **fields: Any) -> Document:
    """Keep the minutes of a meeting, as a file or an address; those before stay in the documents.

    Raises:
        Refused: the meeting is cancelled or still to come, or the file is not accepted.
    """
    require(permissions.can_run_bodies(by, meeting.body))
    now = _locked(meeting)
    if now.on > today:
        raise Refused(_("This meeting is still to come: its minutes are kept once it is held."))
    reference = f"programmes:meeting:{now.pk}"
    now.minutes = shared.add_document(by=by, reference=reference, dated_on=now.on, **fields)
    now.save(update_fields=["minutes"])
    return now.minutes
