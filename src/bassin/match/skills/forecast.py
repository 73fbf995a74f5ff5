"""The forecast of a trade: needs, resources and gap, in three scenarios. Arithmetic alone.

Positions to fill = net creation of jobs + departures at the end of a career. What is compared with
them, and what is not known of it, is told term by term. Turnover is a flow of hires: it creates no
need, and is not part of this sum.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple


class Values(NamedTuple):
    """One number per scenario."""

    low: float
    central: float
    high: float

    @property
    def ordered(self) -> bool:
        """Whether they read as an interval around the central one."""
        return self.low <= self.central <= self.high

    def plus(self, other: "Values") -> "Values":
        """Each with its own."""
        return Values(*(one + two for one, two in zip(self, other, strict=True)))

    def times(self, factor: float) -> "Values":
        """Each by the same number."""
        return Values(*(each * factor for each in self))

    def by(self, other: "Values") -> "Values":
        """Each by its own."""
        return Values(*(one * two for one, two in zip(self, other, strict=True)))


ZERO = Values(0.0, 0.0, 0.0)


def total(values: Iterable[Values]) -> Values:
    """The sum, scenario by scenario."""
    found = ZERO
    for each in values:
        found = found.plus(each)
    return found


@dataclass(frozen=True, slots=True)
class Need:
    """What a trade needs within `years`.

    `creation` + `departures` = `balance`; `gross` is the balance, never under 0. A balance
    under 0 means that jobs go faster than people leave: it is shown, not netted against others.
    """

    years: int
    stock: Values
    creation: Values
    departures: Values

    @property
    def balance(self) -> Values:
        """Creation, which may be negative, and departures together."""
        return self.creation.plus(self.departures)

    @property
    def gross(self) -> Values:
        """Positions to fill: the balance, or 0."""
        return Values(*(max(0.0, each) for each in self.balance))


def need(
    stock: Mapping[str, Values], growth: Mapping[str, Values], exits: Values, years: int
) -> Need:
    """The need of a trade whose jobs are spread over sectors.

    Where a sector loses more jobs than people leave, it is the greatest stock that gives the
    lowest need: each scenario takes the end of the stock that makes low ≤ central ≤ high.

    Args:
        stock: jobs in place, by sector; low ≤ central ≤ high.
        growth: by sector, the rate a year of each scenario (0.01 is 1 %).
        exits: the share of those in place who leave within these years.
    """
    created, left, taken = [], [], []
    for sector, jobs in stock.items():
        rates = Values(*((1 + rate) ** years - 1 for rate in growth[sector]))
        moves = rates.plus(exits)
        used = Values(
            jobs.low if moves.low >= 0 else jobs.high,
            jobs.central,
            jobs.high if moves.high >= 0 else jobs.low,
        )
        taken.append(used)
        created.append(used.by(rates))
        left.append(used.by(exits))
    return Need(years, total(taken), total(created), total(left))


class Band(NamedTuple):
    """Ages from `start` up to the next band, with its share of those at work."""

    start: int
    share: float


LAST_AGE = 75


def ages(bands: Sequence[Band]) -> dict[int, float]:
    """The share of each age, even within its band; the shares are made to sum to 1."""
    whole = sum(each.share for each in bands)
    starts = [*bands, Band(LAST_AGE, 0.0)]
    return {
        age: band.share / whole / (after.start - band.start)
        for band, after in pairwise(starts)
        for age in range(band.start, after.start)
    }


def older(shape: Mapping[int, float], share: float, start: int = 55) -> dict[int, float]:
    """The same ages where a given share (0 to 1) is of `start` and over."""
    above = sum(part for age, part in shape.items() if age >= start)
    return {
        age: part * (share / above if age >= start else (1 - share) / (1 - above))
        for age, part in shape.items()
    }


def exits(shape: Mapping[int, float], leaving: Sequence[Band], years: int) -> float:
    """The share of those in place who end their career within so many years.

    Args:
        shape: share of each age.
        leaving: from each age on, the probability of ending one's career within the year.
    """
    return sum(part * _left(age, leaving, years) for age, part in shape.items())


def _left(age: int, leaving: Sequence[Band], years: int) -> float:
    stays = 1.0
    for then in range(age, age + years):
        stays *= 1 - max((each for each in leaving if each.start <= then),
                         default=Band(0, 0.0), key=lambda each: each.start).share  # fmt: skip
    return 1 - stays


@dataclass(frozen=True, slots=True)
class Resource:
    """A term of the resources within the horizon; no values: nobody knows it here."""

    code: str
    values: Values | None


@dataclass(frozen=True, slots=True)
class Gap:
    """The need less the resources that are known, and the terms that are not."""

    known: Values
    values: Values
    unknown: tuple[str, ...]


def gap(needed: Need, resources: Sequence[Resource]) -> Gap:
    """The greatest gap supposes the greatest need and the least resources; the least, the reverse.

    A term that is unknown is left out of the sum and named: the gap is then before that term.
    """
    known = total(each.values for each in resources if each.values is not None)
    gross = needed.gross
    values = Values(gross.low - known.high, gross.central - known.central, gross.high - known.low)
    return Gap(known, values, tuple(each.code for each in resources if each.values is None))
