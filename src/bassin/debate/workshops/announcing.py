"""Workshops in the one agenda of `commons`: each that is announced has one event there."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from bassin.commons.models import Event, Visibility
from bassin.debate.workshops import permissions
from bassin.debate.workshops.models import Workshop
from bassin.errors import Refused
from bassin.parties.access import require
from bassin.parties.models import Person

_LASTS = timedelta(hours=3)
"""How long a workshop is said to last when its run sheet gives no minutes."""


_ANNOUNCED = "workshops:workshop:"


def coming(now: datetime) -> QuerySet[Event]:
    """The workshops announced to everyone that are not over, the next one first."""
    return Event.objects.filter(
        reference__startswith=_ANNOUNCED, visibility=Visibility.PUBLIC, archived_at=None,
        cancelled_at=None, ends_at__gte=now,
    )  # fmt: skip


def event_of(workshop: Workshop) -> Event | None:
    """Its line of the agenda."""
    return Event.objects.filter(reference=_reference(workshop), archived_at=None).first()


@transaction.atomic
def announce(workshop: Workshop, *, by: Person) -> Event:
    """Put a workshop in the agenda of everyone, or bring its line there up to date.

    Raises:
        Refused: it has no date, or is a rehearsal.
    """
    require(permissions.can_publish(by, workshop))
    if workshop.rehearsal:
        raise Refused(_("A rehearsal is not announced."))
    if workshop.starts_at is None:
        raise Refused(_("Say when the workshop begins, then announce it."))
    return put(workshop)


@transaction.atomic
def withdraw(workshop: Workshop, *, by: Person, now: datetime) -> None:
    """Call it off in the agenda: it stays there, as cancelled."""
    require(permissions.can_publish(by, workshop))
    found = event_of(workshop)
    if found is not None and found.cancelled_at is None:
        found.cancelled_at = now
        found.sequence += 1
        found.save(update_fields=["cancelled_at", "sequence", "changed_at"])


def put(workshop: Workshop) -> Event:
    """Write its line; a line that says the same is left alone."""
    facts = _facts(workshop)
    found = event_of(workshop)
    if found is None:
        slug = f"atelier-{workshop.code}-{slugify(facts['title'])}"[:100].strip("-")
        return Event.objects.create(slug=slug, origin=workshop.origin, **facts)
    changed = {name: value for name, value in facts.items() if getattr(found, name) != value}
    if changed or found.cancelled_at is not None:
        for name, value in changed.items():
            setattr(found, name, value)
        found.cancelled_at = None
        found.sequence += 1
        found.save()
    return found


def _reference(workshop: Workshop) -> str:
    return f"{_ANNOUNCED}{workshop.code}"


def _facts(workshop: Workshop) -> dict[str, Any]:
    assert workshop.starts_at is not None
    planned = sum(each.minutes or 0 for each in workshop.steps.all())
    return {
        "title": str(workshop)[:160],
        "title_en": str(workshop.title.get("en", ""))[:160],
        "text": str(workshop.text.get("fr", "")),
        "text_en": str(workshop.text.get("en", "")),
        "starts_at": workshop.starts_at,
        "ends_at": workshop.starts_at + (timedelta(minutes=planned) if planned else _LASTS),
        "place": workshop.place,
        "reference": _reference(workshop),
        "visibility": Visibility.PUBLIC.value,
    }
