"""Priority: named points that anyone can add up, never a score that nobody can explain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

SILENT_FOR = timedelta(days=365)
"""After this long without a contact, a firm is one that nobody follows."""

_STEPS = ((1, 1), (10, 2), (50, 3), (100, 4), (250, 5))
"""Exposed jobs at the middle of their interval, and the points they give."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What points are given for. None where it is not known: no point, and the page says so."""

    jobs_low: int | None = None
    jobs_high: int | None = None
    productive: bool | None = None
    qpv: bool | None = None
    strategic: bool | None = None
    contact: date | None = None
    is_firm: bool = True


@dataclass(frozen=True, slots=True)
class Point:
    """One line of the sum: its name, how much, and whether the fact behind it is known."""

    name: str
    worth: int
    known: bool = True


def points(facts: Facts, today: date) -> tuple[Point, ...]:
    """The lines of the sum, each of them even when it gives nothing; none but for a firm."""
    if not facts.is_firm:
        return ()
    silent = facts.contact is None or today - facts.contact > SILENT_FOR
    return (
        Point("jobs", _for_jobs(facts.jobs_low, facts.jobs_high), facts.jobs_low is not None),
        _yes("productive", facts.productive, 1),
        _yes("qpv", facts.qpv, 1),
        _yes("strategic", facts.strategic, 1),
        Point("silent", 1 if silent else 0),
    )


def total(lines: Sequence[Point]) -> int:
    """The sum of the lines, and nothing else."""
    return sum(each.worth for each in lines)


def _yes(name: str, fact: bool | None, worth: int) -> Point:
    return Point(name, worth if fact else 0, fact is not None)


def _for_jobs(low: int | None, high: int | None) -> int:
    if low is None:
        return 0
    middle = (low + (low if high is None else high)) / 2
    return max((worth for least, worth in _STEPS if middle >= least), default=0)
