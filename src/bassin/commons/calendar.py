"""The agenda as a calendar that others follow (iCalendar, RFC 5545).

Only public events are ever written here, whoever asks: a feed is read by machines without names.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta

import icalendar
from django.utils.timezone import get_default_timezone

from bassin.commons.models import Event, Visibility

PAST = timedelta(days=90)
"""How long a past event stays in the feed."""


def followed(now: datetime) -> Iterable[Event]:
    """The events of the feed: public, not put away, of the last three months or to come."""
    listed = Event.objects.filter(
        visibility=Visibility.PUBLIC, archived_at=None, ends_at__gte=now - PAST
    )
    return listed.select_related("organiser")


def feed(events: Iterable[Event], *, name: str, address: Callable[[Event], str]) -> bytes:
    """A calendar; `address` gives the page of an event."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//bassin//agenda//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", str(get_default_timezone()))
    shown = [e for e in events if e.visibility == Visibility.PUBLIC and e.archived_at is None]
    for event in shown:
        calendar.add_component(_line(event, address(event)))
    if shown:
        years = [moment.year for event in shown for moment in (event.starts_at, event.ends_at)]
        calendar.add_missing_timezones(date(min(years) - 1, 1, 1), date(max(years) + 2, 1, 1))
    return bytes(calendar.to_ical())


def _line(event: Event, address: str) -> icalendar.Event:
    local = get_default_timezone()
    line = icalendar.Event()
    line.add("uid", f"{event.uid}@bassin")
    line.add("dtstamp", event.changed_at.astimezone(UTC))
    line.add("last-modified", event.changed_at.astimezone(UTC))
    line.add("sequence", event.sequence)
    line.add("status", "CANCELLED" if event.cancelled_at else "CONFIRMED")
    start, end = event.starts_at.astimezone(local), event.ends_at.astimezone(local)
    if event.whole_day:
        line.add("dtstart", start.date())
        line.add("dtend", end.date() + timedelta(days=1))  # the day after the last, RFC 5545 §3.6.1
    else:
        line.add("dtstart", start)
        line.add("dtend", end)
    line.add("summary", event.title)
    line.add("url", address)
    if event.place:
        line.add("location", event.place)
    if said := _described(event):
        line.add("description", said)
    return line


def _described(event: Event) -> str:
    organiser = str(event.organiser) if event.organiser else ""
    return "\n\n".join(part for part in (event.text, organiser, event.url) if part)
