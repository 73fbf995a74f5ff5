"""Shared records found by the search box, and by the references of other systems: public ones."""

from collections.abc import Collection
from datetime import timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from bassin.commons.models import Event, Operation, Visibility
from bassin.systems import Found, keys
from bassin.territory.search import folded
from bassin.types import Text

LATELY = timedelta(days=30)


def search(query: str, language: str, limit: int) -> list[Found]:
    """Operations, then events of the last month or to come, whose name holds every word."""
    words = folded(query).split()
    if not words:
        return []
    events = _events().filter(ends_at__gte=timezone.now() - LATELY)
    found = [_operation(each) for each in _operations() if _holds(each.name, words)]
    found += [_event(each) for each in events if _holds(f"{each.title} {each.title_en}", words)]
    return found[:limit]


def resolve(references: Collection[str], language: str) -> dict[str, Found]:
    """The records behind `commons:operation:slug` and `commons:event:slug`."""
    operations = _operations().filter(slug__in=keys(references, "commons:operation"))
    events = _events().filter(slug__in=keys(references, "commons:event"))
    found = {f"commons:operation:{each.slug}": _operation(each) for each in operations}
    return found | {f"commons:event:{each.slug}": _event(each) for each in events}


def pick_operations(query: str, language: str, limit: int) -> dict[str, Found]:
    """The operations whose name holds every word, by their references."""
    words = folded(query).split()
    held = [each for each in _operations() if _holds(each.name, words)]
    return {f"commons:operation:{each.slug}": _operation(each) for each in held[:limit]}


def _operations() -> QuerySet[Operation]:
    return Operation.objects.filter(visibility=Visibility.PUBLIC, archived_at=None)


def _events() -> QuerySet[Event]:
    return Event.objects.filter(visibility=Visibility.PUBLIC, archived_at=None)


def _holds(name: str, words: list[str]) -> bool:
    said = folded(name)
    return all(word in said for word in words)


def _operation(operation: Operation) -> Found:
    url = reverse("shared:operation", args=[operation.slug])
    return Found(operation.name, url, Text("opération", "operation"), weight=6.0)


def _event(event: Event) -> Found:
    url = reverse("shared:event", args=[event.slug])
    day = date_format(timezone.localtime(event.starts_at), "j F Y")
    return Found(event.said, url, Text("événement", "event"), day, weight=5.0)
