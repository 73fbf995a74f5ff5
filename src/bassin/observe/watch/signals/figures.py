"""Figures that were published, moved, changed rank or changed their gap with a larger place."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from bassin.observe.watch.signals.signal import (
    Evidence,
    Kind,
    Look,
    Reliability,
    Sight,
    Signal,
    blind,
    news,
)

OLDEST = 3
"""Years after which a period is history, not news."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What is watched of an indicator; None where it is not.

    `moves_by` is a change between its two last periods ("%" or points, as the indicator compares);
    `ranks_by` a number of places; `gap_by` a change of the gap with `against`. `by_commune`: each
    commune is looked at, where a figure has no sense for several together.
    """

    indicator: str
    moves_by: float | None = None
    ranks_by: int | None = None
    gap_by: float | None = None
    against: str = ""
    by_commune: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """An indicator at its last two periods. `on` is the day its table was put in service.

    `vintage_before` is the vintage that this table took the place of, "" at the first load.
    Ranks are (position, size). `unit` is that of `change` and of gaps.
    """

    rule: Rule
    table: str
    on: date
    vintage: str
    vintage_before: str
    period: str
    before: str
    value: float | None
    value_before: float | None
    change: float | None
    unit: str
    rank: tuple[int, int] | None = None
    rank_before: tuple[int, int] | None = None
    gap: float | None = None
    gap_before: float | None = None
    crosses_break: bool = False
    commune: str = ""


def look(told: Collection[Told] | None, today: date) -> Look:
    """What the watched indicators tell; blind when none has a value."""
    known = [each for each in told or () if each.value is not None]
    if not known:
        return blind("figures", "")
    fresh = [each for each in known if int(each.period[:4]) >= today.year - OLDEST]
    found = [signal for each in known for signal in _released(each)]
    found += [signal for each in fresh for signal in _moved(each)]
    seen = news("figures", "", found, max(today, *(each.on for each in known)))
    return seen if fresh or found else Look("figures", Sight.SHORT, (), None, today, "")


def _signal(kind: Kind, told: Told, tells: str, facts: dict[str, Any]) -> Signal:
    proof = Evidence("figure", told.on, {"period": told.period, **facts})
    key = f"{told.rule.indicator}:{told.commune}" if told.commune else told.rule.indicator
    return Signal(
        kind, "indicator", key, tells, told.on, told.table,
        Reliability.COMPUTED if kind != Kind.RELEASE else Reliability.ACT, evidence=(proof,),
        communes=(told.commune,) if told.commune else (),
    )  # fmt: skip


def _released(told: Told) -> Iterator[Signal]:
    if told.vintage_before and told.vintage > told.vintage_before and not told.commune:
        facts = {"value": told.value, "vintage": told.vintage, "was": told.vintage_before}
        yield _signal(Kind.RELEASE, told, told.vintage, facts)


def _moved(told: Told) -> Iterator[Signal]:
    """What changed between the two last periods; nothing across a break in the series."""
    if told.crosses_break or not told.before:
        return
    rule, between = told.rule, f"{told.before}/{told.period}"
    facts = {"before": told.before, "value": told.value, "was": told.value_before}
    if rule.moves_by and told.change is not None and abs(told.change) >= rule.moves_by:
        moved = {**facts, "change": round(told.change, 2), "unit": told.unit}
        yield _signal(Kind.CHANGE, told, between, moved)
    if rule.ranks_by and told.rank and told.rank_before and told.rank[1] == told.rank_before[1]:
        places = told.rank_before[0] - told.rank[0]
        if abs(places) >= rule.ranks_by:
            ranks = {"rank": told.rank[0], "rank_was": told.rank_before[0], "size": told.rank[1]}
            yield _signal(Kind.RANK, told, between, {**facts, **ranks})
    if rule.gap_by and told.gap is not None and told.gap_before is not None:
        by = told.gap - told.gap_before
        if abs(by) >= rule.gap_by:
            gaps = {"gap": round(told.gap, 2), "gap_was": round(told.gap_before, 2),
                    "unit": told.unit, "against": rule.against}  # fmt: skip
            yield _signal(Kind.GAP, told, between, {**facts, **gaps})
