"""Meetings in the one agenda of `commons`: each has one event, moved and cancelled with it.

Who sees the event is who sees the body: everyone for a public one, partners for any other.
"""

from datetime import datetime, time
from typing import Any

from django.utils import timezone

from bassin.commons import actions as shared
from bassin.commons.models import Visibility
from bassin.parties.models import Person
from bassin.steer.programmes.models import Body, Meeting

_LAST = time(23, 59)


def facts(meeting: Meeting) -> dict[str, Any]:
    """What the agenda says of a meeting. Without an hour, it is said for the whole day."""
    body = meeting.body
    start = meeting.starts_at or time.min
    end = meeting.ends_at or (meeting.starts_at or _LAST)
    return {
        "title": body.name,
        "title_en": body.name_en,
        "text": body.text,
        "text_en": body.text_en,
        "starts_at": timezone.make_aware(datetime.combine(meeting.on, start)),
        "ends_at": timezone.make_aware(datetime.combine(meeting.on, end)),
        "whole_day": meeting.starts_at is None,
        "place": meeting.place,
        "organiser": body.framework.owner if body.framework else None,
        "reference": f"programmes:meeting:{meeting.pk}",
        "visibility": Visibility.PUBLIC.value if body.public else Visibility.PARTNERS.value,
    }


def write(meeting: Meeting, *, by: Person) -> None:
    """Put a meeting in the agenda, or bring its line there up to date."""
    if meeting.event is not None:
        shared.change_event(meeting.event, by=by, **facts(meeting))
        return
    meeting.event = shared.announce(by=by, **facts(meeting))
    meeting.save(update_fields=["event"])


def follow(body: Body, *, by: Person) -> None:
    """Bring the lines of a body's meetings up to date: its name, or who sees it, changed."""
    found = body.meetings.select_related("body__framework__owner", "event")
    for meeting in found.filter(cancelled_at=None).exclude(event=None):
        write(meeting, by=by)
