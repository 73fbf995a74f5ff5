"""Open offers as the table that a ranking reads, kept in memory until one of them changes."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

import pyarrow as pa
from django.db.models import Count, Max, Sum

from bassin.match.jobs.models import Offer

HOURS = ("day", "early", "late", "night", "weekend")
"""When people work. A shift is all of those that it touches."""

USUAL = "usual"
_MORNING, _EARLY, _EVENING, _NIGHT = 7 * 60, 5 * 60, 20 * 60, 23 * 60
_DAY = 24 * 60
_FIELDS = (
    "pk", "title", "rome_code", "contract", "shift_start", "shift_end", "weekend", "level",
    "experience_months", "french_level", "licences", "airport_badge", "required_items",
    "desired_items", "commune_code", "published_on", "confirmed_on",
)  # fmt: skip
_SCHEMA = pa.schema(
    [
        ("key", pa.int64()),
        ("rome_code", pa.string()),
        ("contract", pa.string()),
        ("hours", pa.list_(pa.string())),
        ("level", pa.int8()),
        ("beginners", pa.string()),
        ("french_level", pa.int8()),
        ("licences", pa.list_(pa.string())),
        ("badges", pa.list_(pa.string())),
        ("items", pa.list_(pa.string())),
        ("commune_code", pa.string()),
        ("when", pa.string()),
        ("published_on", pa.date32()),
    ]
)


@dataclass(frozen=True, slots=True)
class Supply:
    """The open offers of a day: one row each, and the hours and communes that they name."""

    table: pa.Table
    whens: tuple[str, ...]
    communes: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many offers are open."""
        return int(self.table.num_rows)


_LOCK = threading.Lock()
_KEPT: dict[str, tuple[tuple[Any, ...], Supply]] = {}


def supply(today: date) -> Supply:
    """The offers open on a day."""
    found = Offer.objects.open(today)
    signature = (today, *found.aggregate(Count("pk"), Max("pk"), Sum("edition")).values())
    kept = _KEPT.get("offers")
    if kept and kept[0] == signature:
        return kept[1]
    made = _made(found.values(*_FIELDS).order_by("pk"))
    with _LOCK:
        _KEPT["offers"] = (signature, made)
    return made


def forget() -> None:
    """Read the offers again at the next question (tests)."""
    _KEPT.clear()


def _made(rows: Iterable[dict[str, Any]]) -> Supply:
    listed = [_row(each) for each in rows]
    table = pa.Table.from_pylist(listed, _SCHEMA)
    whens = {row["when"] for row in listed}
    communes = {row["commune_code"] for row in listed if row["commune_code"]}
    return Supply(table, tuple(sorted(whens)), tuple(sorted(communes)))


def _row(offer: dict[str, Any]) -> dict[str, Any]:
    badge, months = offer["airport_badge"], offer["experience_months"]
    items = None
    if offer["required_items"] is not None or offer["desired_items"] is not None:
        items = [*(offer["required_items"] or ()), *(offer["desired_items"] or ())]
    return {
        "key": offer["pk"],
        "rome_code": offer["rome_code"] or None,
        "contract": offer["contract"] or None,
        "hours": hours(offer["shift_start"], offer["shift_end"], offer["weekend"]),
        "level": offer["level"],
        "beginners": None if months is None else "experienced" if months else "beginner",
        "french_level": offer["french_level"],
        "licences": offer["licences"],
        "badges": None if badge is None else ["airport"] if badge else [],
        "items": items,
        "commune_code": offer["commune_code"] or None,
        "when": when(offer["shift_start"]),
        "published_on": max(filter(None, (offer["published_on"], offer["confirmed_on"]))),
    }


def when(start: time | None) -> str:
    """The hour at which one must have arrived: "05:30", or "usual" when it is not said."""
    return USUAL if start is None else f"{start:%H:%M}"


def hours(start: time | None, end: time | None, weekend: bool | None) -> list[str] | None:
    """The parts of the day and of the week that a shift touches; None when nobody said."""
    if start is None:
        return ["weekend"] if weekend else None
    first = start.hour * 60 + start.minute
    last = first + 7 * 60 if end is None else end.hour * 60 + end.minute
    last += _DAY if last <= first else 0
    touched = [part for part, spans in _SPANS.items() if any(_meet(first, last, *s) for s in spans)]
    return touched + (["weekend"] if weekend else [])


_SPANS = {
    "day": ((_MORNING, _EVENING), (_MORNING + _DAY, _EVENING + _DAY)),
    "early": ((_EARLY, _MORNING), (_EARLY + _DAY, _MORNING + _DAY)),
    "late": ((_EVENING, _NIGHT), (_EVENING + _DAY, _NIGHT + _DAY)),
    "night": ((0, _EARLY), (_NIGHT, _EARLY + _DAY)),
}
"""Minutes of the day, and of the next. Night is work between 21 and 6 by law (Code du travail
L3122-2); what people fear is the hours without a train, so it is told from 23 to 5 here."""

_TOUCH = 60


def _meet(first: int, last: int, start: int, end: int) -> bool:
    """Whether more than an hour of the shift lies in a span."""
    return min(last, end) - max(first, start) > _TOUCH or start <= first < end
