"""Exposure: jobs in place × shock, summed over activities, by commune then for the place.

The sum is exact; what is hidden is decided afterwards, so that no page points at one firm.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from bassin.indicators.figure import Status
from bassin.indicators.scenarios.declared import Scenario, Shock
from bassin.indicators.scenarios.jobs import NONE, Cell, Range
from bassin.indicators.secrecy import (
    ALL,
    SHOWN,
    Aggregate,
    CellTable,
    Regime,
    Verdict,
    protect,
    reason,
    regime,
)

_TOTAL = ("the family", ALL)
# Nobody knows the headcount of the largest establishment here, only what it may be at most.
_MAY_DOMINATE = Verdict(Status.SECRET, reason("dominance_unknown"))


@dataclass(frozen=True, slots=True)
class Exposure:
    """What a scenario hits in one commune or place.

    `exposed` out of `jobs` in place; `touched` are the jobs of the activities that have a shock.
    Behind `exposed` stand `employers` establishments: at the high assumption one of them makes
    at most `largest` of it (None: no end is known), the others at least `besides`, all together
    at least `least`. Nothing of `exposed` may be written where `verdict` does not show.
    """

    exposed: Range = NONE
    touched: Range = NONE
    jobs: Range = NONE
    employers: int = 0
    largest: float | None = 0.0
    besides: float = 0.0
    least: float = 0.0
    verdict: Verdict = SHOWN

    @property
    def share(self) -> Range | None:
        """The exposed share of jobs, in percent: surely inside these ends; None without jobs.

        The exposed are among the jobs, but both are intervals: the ends are set crosswise.
        """
        if self.jobs.high == 0:
            return None
        low = 0.0 if self.jobs.high is None else 100 * self.exposed.low / self.jobs.high
        if self.exposed.high == 0:
            return Range(low, 0.0)
        if self.jobs.low == 0 or self.exposed.high is None:
            return Range(low, 100.0)
        return Range(low, min(100.0, 100 * self.exposed.high / self.jobs.low))

    def part(self, share: float) -> "Exposure":
        """A share of it (0 to 1), behind which the same establishments stand."""
        return Exposure(
            self.exposed.times(share, share), self.touched.times(share, share),
            self.jobs.times(share, share), self.employers,
            None if self.largest is None else self.largest * share,
            self.besides * share, self.least * share,
        )  # fmt: skip

    def __add__(self, other: "Exposure") -> "Exposure":
        first, second = (self, other) if _most(self) >= _most(other) else (other, self)
        return Exposure(
            self.exposed + other.exposed, self.touched + other.touched, self.jobs + other.jobs,
            self.employers + other.employers, first.largest, first.besides + second.least,
            self.least + other.least,
        )  # fmt: skip


def _most(one: Exposure) -> float:
    return float("inf") if one.largest is None else one.largest


def expose(cells: Mapping[str, Cell], scenario: Scenario) -> Exposure:
    """What a scenario hits of these cells (activity key to jobs), whatever may be shown."""
    shocks = {shock.id: shock for shock in scenario.shocks}
    return sum((hit(cell, shocks.get(key)) for key, cell in cells.items()), Exposure())


def hit(cell: Cell, shock: Shock | None) -> Exposure:
    """What a shock hits of one cell; nothing without a shock."""
    if shock is None or shock.high == 0:
        return Exposure(jobs=cell.jobs, touched=cell.jobs if shock else NONE)
    low, high = shock.low / 100, shock.high / 100
    return Exposure(
        cell.jobs.times(low, high), cell.jobs, cell.jobs, cell.employers,
        None if cell.largest is None else cell.largest * high,
        cell.besides * high, cell.jobs.low * high,
    )  # fmt: skip


def alone(one: Exposure, rule: Regime | None = None) -> Verdict:
    """Whether a figure may be shown, by itself, with the thresholds of business statistics."""
    rule = rule or regime("business")
    if one.employers == 0:
        return SHOWN
    if one.employers < rule.min_units:
        return Verdict(Status.SECRET, rule.few_units())
    if rule.dominance_pct is not None and _dominant_pct(one) >= rule.dominance_pct:
        return _MAY_DOMINATE
    return SHOWN


def _dominant_pct(one: Exposure) -> float:
    """The largest share that one establishment may have, given what is known of the others."""
    if one.largest is None or one.largest + one.besides == 0:
        return 100.0
    return 100 * one.largest / (one.largest + one.besides)


def judge(family: Mapping[str, Exposure]) -> dict[str, Exposure]:
    """The communes of a family with their verdicts: none can be recovered from the others.

    The total of the family and every commune are taken as published.
    """
    keys = [(key, ALL) for key in family]
    largest = [_bounded(each) for each in family.values()]
    worst = [most + each.besides for most, each in zip(largest, family.values(), strict=True)]
    cells = CellTable.of(keys, [each.employers for each in family.values()], worst, largest)
    published = [
        *(Aggregate(key, (key,)) for key in keys),
        Aggregate(_TOTAL, tuple(keys), headline=True),
    ]
    rule = regime("business")
    verdicts = protect(cells, rule, published if len(keys) > 1 else published[:1])
    return {
        key: replace(each, verdict=_said(verdicts[key, ALL], each, rule))
        for key, each in family.items()
    }


def _said(verdict: Verdict, one: Exposure, rule: Regime) -> Verdict:
    """The verdict, with a reason that says no more than what is known."""
    dominated = verdict.status == Status.SECRET and one.employers >= rule.min_units
    return _MAY_DOMINATE if dominated else verdict


def _bounded(one: Exposure) -> float:
    """The most of one establishment; one without an end dominates whatever stands beside it."""
    if one.employers == 0:
        return 0.0
    return one.largest if one.largest is not None else 1000 * (one.besides + 1)


def total(parts: Collection[Exposure], *, by_hand: bool = False) -> Exposure:
    """The sum of communes, with its own verdict.

    `by_hand`: a selection that anyone may make; it is hidden as soon as one of its communes is,
    since another selection would differ by that commune alone.
    """
    found = sum(parts, Exposure())
    blocking = next((each for each in parts if not each.verdict.shown), None)
    if by_hand and blocking is not None:
        return replace(found, verdict=blocking.verdict)
    return replace(found, verdict=alone(found))
