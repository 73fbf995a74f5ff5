"""What is computed from what people wrote: lateness, progress, money. Pure: no database, no clock.

Lateness and progress are never typed. What was not reported is counted beside every average, and
never taken for zero.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

RED_AFTER_DAYS = 60

KNOWN_TO = {"starts_on": "starts_to", "ends_on": "ends_to"}
"""The days of an action, each with the field that says how precisely it is known."""
OVER = frozenset({"done", "abandoned"})
"""Stages after which an action is late no more."""

HUNDRED = Decimal(100)


class Dated(Protocol):
    """What lateness reads of an action."""

    @property
    def lifecycle(self) -> str: ...
    @property
    def ends_on(self) -> date | None: ...


class Step(Protocol):
    """What lateness and progress read of a milestone."""

    @property
    def due_on(self) -> date | None: ...
    @property
    def done_on(self) -> date | None: ...
    @property
    def weight(self) -> Decimal: ...


# Late, Progress, Part, Amount and Money are not frozen, though nobody changes one: a page makes
# thousands of them, and a frozen one takes three times as long.
@dataclass(slots=True, unsafe_hash=True)
class Late:
    """How late an action is: since which due date, and whether a milestone or its end is late."""

    days: int
    since: date
    by_milestone: bool

    @property
    def red(self) -> bool:
        """Whether it is late by more than sixty days."""
        return self.days > RED_AFTER_DAYS


def late(action: Dated, milestones: Iterable[Step], today: date) -> Late | None:
    """How late an action is, None when it is not."""
    due = (each.due_on for each in milestones if each.due_on and not each.done_on)
    return lateness(action.lifecycle, action.ends_on, min(due, default=None), today)


def lateness(
    lifecycle: str, ends_on: date | None, open_step: date | None, today: date
) -> Late | None:
    """The same from the oldest due date among the milestones that are not done.

    An action whose stage nobody reported is late by its milestones only: nobody knows whether it
    ended.
    """
    if lifecycle in OVER:
        return None
    end = None if lifecycle == "unknown" else ends_on
    by_step = open_step is not None and (end is None or open_step <= end)
    since = open_step if by_step else end
    if since is None or since >= today:
        return None
    return Late((today - since).days, since, by_step)


class Basis(StrEnum):
    """On what a progress rests."""

    DONE = "done"  # the action is done
    MILESTONES = "milestones"  # weight of the milestones done
    REPORTED = "reported"  # the last percentage its holder gave
    NOTHING = "nothing"  # nobody said


@dataclass(slots=True, unsafe_hash=True)
class Progress:
    """How far an action is, in percent; None when nobody said."""

    value: Decimal | None
    basis: Basis


def progress(
    lifecycle: str, weight_done: Decimal | None, weight_all: Decimal | None, reported: int | None
) -> Progress:
    """Milestones first: a percentage that someone typed counts only when there are none."""
    if lifecycle == "done":
        return Progress(HUNDRED, Basis.DONE)
    if weight_all:
        return Progress(HUNDRED * (weight_done or Decimal(0)) / weight_all, Basis.MILESTONES)
    if reported is not None:
        return Progress(Decimal(reported), Basis.REPORTED)
    return Progress(None, Basis.NOTHING)


def progress_of(lifecycle: str, milestones: Iterable[Step], reported: int | None) -> Progress:
    """The same from the milestones themselves."""
    steps = list(milestones)
    done = sum((each.weight for each in steps if each.done_on), Decimal(0))
    return progress(lifecycle, done, sum((each.weight for each in steps), Decimal(0)), reported)


@dataclass(slots=True)
class Part:
    """An action as a rollup counts it: its weight, its progress, whether it was abandoned."""

    weight: Decimal
    progress: Decimal | None
    abandoned: bool = False


@dataclass(frozen=True, slots=True)
class Rollup:
    """A weighted mean of progress, and over what.

    `progress` is over the actions reported; those not reported and those abandoned are counted
    apart. None when none was reported.
    """

    weighted: Decimal  # Σ w·p
    weight: Decimal  # Σ w
    reported: int
    not_reported: int
    abandoned: int

    @property
    def progress(self) -> Decimal | None:
        """Σ w·p ÷ Σ w over what was reported."""
        return self.weighted / self.weight if self.weight else None

    @property
    def total(self) -> int:
        """All actions, abandoned ones included."""
        return self.reported + self.not_reported + self.abandoned

    def __add__(self, other: "Rollup") -> "Rollup":
        return Rollup(
            self.weighted + other.weighted,
            self.weight + other.weight,
            self.reported + other.reported,
            self.not_reported + other.not_reported,
            self.abandoned + other.abandoned,
        )


def rollup(parts: Iterable[Part]) -> Rollup:
    """What some actions add up to. A weight that is not above zero weighs nothing."""
    weight = weighted = Decimal(0)
    reported = silent = abandoned = 0
    for part in parts:
        if part.abandoned:
            abandoned += 1
        elif part.progress is None:
            silent += 1
        else:
            reported += 1
            kept = max(part.weight, Decimal(0))
            weight += kept
            weighted += kept * part.progress
    return Rollup(weighted, weight, reported, silent, abandoned)


@dataclass(slots=True, unsafe_hash=True)
class Amount:
    """A sum of euros and over what: how many amounts were known, how many were not."""

    total: Decimal | None
    known: int
    unknown: int

    def __add__(self, other: "Amount") -> "Amount":
        totals = [each.total for each in (self, other) if each.total is not None]
        return Amount(
            sum(totals, Decimal(0)) if totals else None,
            self.known + other.known,
            self.unknown + other.unknown,
        )


NO_AMOUNT = Amount(None, 0, 0)


def amount(values: Iterable[Decimal | None]) -> Amount:
    """The sum of the amounts known; None when none is."""
    listed = list(values)
    known = [each for each in listed if each is not None]
    return Amount(sum(known, Decimal(0)) if known else None, len(known), len(listed) - len(known))


class Funded(Protocol):
    """What a sum of money reads of one funding."""

    @property
    def planned_eur(self) -> Decimal | None: ...
    @property
    def committed_eur(self) -> Decimal | None: ...
    @property
    def paid_eur(self) -> Decimal | None: ...


@dataclass(slots=True, unsafe_hash=True)
class Money:
    """The three amounts, never added to one another."""

    planned: Amount = NO_AMOUNT
    committed: Amount = NO_AMOUNT
    paid: Amount = NO_AMOUNT

    def __add__(self, other: "Money") -> "Money":
        return Money(
            self.planned + other.planned, self.committed + other.committed, self.paid + other.paid
        )

    def __bool__(self) -> bool:
        return any(each.known or each.unknown for each in (self.planned, self.committed, self.paid))


def money(fundings: Iterable[Funded]) -> Money:
    """What was planned, committed and paid."""
    listed = list(fundings)
    return Money(
        amount(each.planned_eur for each in listed),
        amount(each.committed_eur for each in listed),
        amount(each.paid_eur for each in listed),
    )


def together(several: Iterable[Money]) -> Money:
    """The sum of several sums, each of the three apart."""
    listed = list(several)
    return Money(
        _total(each.planned for each in listed),
        _total(each.committed for each in listed),
        _total(each.paid for each in listed),
    )


def _total(amounts: Iterable[Amount]) -> Amount:
    total, known, unknown = Decimal(0), 0, 0
    for each in amounts:
        if each.total is not None:
            total += each.total
        known += each.known
        unknown += each.unknown
    return Amount(total if known else None, known, unknown)


def must_report(lifecycle: str, reported_on: date | None, today: date) -> bool:
    """Whether its holder has something to say this month: the action lives, the month is silent."""
    if lifecycle in OVER:
        return False
    return reported_on is None or (reported_on.year, reported_on.month) < (today.year, today.month)


class Kept(StrEnum):
    """What became of a promise."""

    KEPT = "kept"
    KEPT_LATE = "kept_late"
    LATE = "late"
    RUNNING = "running"
    UNDATED = "undated"  # no date was promised, nothing was shown
    WITHDRAWN = "withdrawn"


def promise(
    *, due_on: date | None, kept_on: date | None, withdrawn_on: date | None, today: date
) -> Kept:
    """Whether a promise was kept, is late, or still runs."""
    if kept_on:
        return Kept.KEPT_LATE if due_on and kept_on > due_on else Kept.KEPT
    if withdrawn_on:
        return Kept.WITHDRAWN
    if due_on is None:
        return Kept.UNDATED
    return Kept.LATE if due_on < today else Kept.RUNNING
