"""One need and one offer, compared criterion by criterion: the evaluation that people can read.

The compiled kernel and the database give the same points; tests compare all three.
"""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bassin.pairing.declaration import (
    FULL,
    Bounds,
    Criterion,
    Gate,
    Membership,
    Nearness,
    Overlap,
    Pairing,
    Primitive,
    Reach,
)
from bassin.pairing.points import earned, unknown
from bassin.pairing.tables import Tables, halved

Row = Mapping[str, Any]

THOUSAND = 1_000
"""Numbers are compared in thousandths, whole; dates in days."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What a primitive finds: `holds` as a gate (None: unknown), `part` of `whole` as a signal.

    `whole` is 0 when the signal is unknown.
    """

    holds: bool | None
    part: int
    whole: int
    common: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    words: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One criterion on one pair: its state, the share of its value, and the hundredths earned."""

    criterion: Criterion
    state: str
    points: int
    compared: Compared

    @property
    def value(self) -> float:
        """0..1: what was found, or what is counted while it is unknown."""
        if self.state == "ask":
            return getattr(self.criterion, "unknown", 0.0)
        if isinstance(self.criterion, Gate):
            return float(self.state == "yes")
        return self.compared.part / self.compared.whole


def judge(
    pairing: Pairing, need: Row, offer: Row, tables: Tables, shared: Mapping[str, int]
) -> tuple[Verdict, ...]:
    """Every criterion of a pairing on one pair; `shared` is what each signal can earn."""
    return tuple(
        _verdict(each, compare(each.primitive, need, offer, tables), shared)
        for each in pairing.criteria
    )


def _verdict(each: Criterion, found: Compared, shared: Mapping[str, int]) -> Verdict:
    if isinstance(each, Gate):
        state = {True: "yes", False: "no", None: "ask"}[found.holds]
        return Verdict(each, state, 0, found)
    if not found.whole:
        return Verdict(each, "ask", unknown(shared[each.code], each.unknown), found)
    points = earned(shared[each.code], found.part, found.whole)
    return Verdict(each, "yes" if found.part else "no", points, found)


def compare(primitive: Primitive, need: Row, offer: Row, tables: Tables) -> Compared:
    """What a primitive finds on one pair."""
    match primitive:
        case Overlap():
            return _overlap(primitive, need, offer, tables)
        case Nearness():
            return _nearness(primitive, need, offer, tables)
        case Reach():
            return _reach(primitive, need, offer, tables)
        case Bounds():
            return _bounds(primitive, need, offer)
        case Membership():
            return _membership(primitive, need, offer)


def _overlap(primitive: Overlap, need: Row, offer: Row, tables: Tables) -> Compared:
    held, listed = items(need.get(primitive.need)), items(offer.get(primitive.offer))
    if held is None or not listed:
        return Compared(None, 0, 0)
    common, missing = sorted(listed & held), sorted(listed - held)
    part = sum(tables.weight(primitive.weights, item) for item in common)
    everything = listed if primitive.of == "offer" else held
    whole = sum(tables.weight(primitive.weights, item) for item in everything)
    holds = bool(common) and enough(part, whole, primitive.least)
    return Compared(holds, part, max(whole, 1), tuple(common), tuple(missing))


def enough(part: int, whole: int, least: float) -> bool:
    """Whether a share is reached, in whole numbers."""
    return part * FULL >= math.floor(least * FULL + 0.5) * whole


def _nearness(primitive: Nearness, need: Row, offer: Row, tables: Tables) -> Compared:
    table, code = tables.near.get(primitive.table), offer.get(primitive.offer)
    held = items(need.get(primitive.need))
    if table is None or code is None or not held:
        return Compared(None, 0, 0)
    value, nearest = max((table.value(each, code), each) for each in sorted(held, reverse=True))
    words = {"need": nearest, "offer": code}
    if value < 0:
        return Compared(None, 0, 0, words=words)
    return Compared(enough(value, FULL, primitive.least), value, FULL, words=words)


def _reach(primitive: Reach, need: Row, offer: Row, tables: Tables) -> Compared:
    place, there = need.get(primitive.need), offer.get(primitive.offer)
    table = tables.minutes.get(reach_table(primitive, need, offer) or "")
    most = most_of(primitive, need)
    minutes = -1 if table is None or not place or not there else table.value(place, there)
    words = {"need": place, "offer": there, "minutes": minutes, "most": most}
    if minutes < 0:
        return Compared(None, 0, 0, words=words)
    holds = None if most is None else minutes <= most
    return Compared(holds, int(halved(primitive.half, minutes)[-1]), FULL, words=words)


def reach_table(primitive: Reach, need: Row, offer: Row) -> str | None:
    """The name of the table for this pair; None when a fact that chooses it is missing."""
    parts: list[str | None] = [primitive.table]
    parts += [need.get(primitive.by)] if primitive.by else []
    parts += [offer.get(primitive.at)] if primitive.at else []
    return None if None in parts else ":".join(map(str, parts))


def most_of(primitive: Reach, need: Row) -> int | None:
    """How far the need goes, in whole minutes."""
    most = primitive.most
    value = need.get(most) if isinstance(most, str) else most
    return None if value is None else math.floor(value)


def _bounds(primitive: Bounds, need: Row, offer: Row) -> Compared:
    (need_low, need_high), (offer_low, offer_high) = primitive.need, primitive.offer
    gaps: list[int | None] = []
    for low_row, low, high_row, high in (
        (offer, offer_low, need, need_high),
        (need, need_low, offer, offer_high),
    ):
        if low and high:
            least, most = whole(low_row.get(low)), whole(high_row.get(high))
            gaps.append(None if least is None or most is None else max(0, least - most))
    gap = max((each for each in gaps if each is not None), default=0)
    words = {
        "need": need.get(need_low or need_high), "offer": offer.get(offer_low or offer_high),
    }  # fmt: skip
    if not gap:
        doubt = None in gaps
        return Compared(None if doubt else True, 0 if doubt else 1, 0 if doubt else 1, words=words)
    tolerance = scaled_tolerance(primitive, isinstance(words["need"] or words["offer"], date))
    return Compared(False, max(0, tolerance - gap), max(tolerance, 1), words=words)


def whole(value: Any) -> int | None:
    """A number in thousandths, a date in days; both whole."""
    if value is None:
        return None
    if isinstance(value, date):
        return value.toordinal()
    return math.floor(value * THOUSAND + 0.5)


def scaled_tolerance(primitive: Bounds, days: bool) -> int:
    """The tolerance in the unit of what is compared."""
    return math.floor(primitive.tolerance * (1 if days else THOUSAND) + 0.5)


def _membership(primitive: Membership, need: Row, offer: Row) -> Compared:
    held, listed = items(need.get(primitive.need)), items(offer.get(primitive.offer))
    if listed is None or (held is None and listed):
        return Compared(None, 0, 0, missing=tuple(sorted(listed or ())) if primitive.every else ())
    if not listed or held is None:
        return Compared(True, 1, 1)
    common, missing = tuple(sorted(listed & held)), tuple(sorted(listed - held))
    if primitive.every:
        return Compared(not missing, len(common), len(listed), common, missing)
    return Compared(bool(common), int(bool(common)), 1, common)


def items(value: Any) -> frozenset[str] | None:
    """A set of codes, from a set, a list or one code; None stays unknown."""
    if value is None:
        return None
    if isinstance(value, str) or not isinstance(value, Collection | Iterable):
        return frozenset([value])
    return frozenset(each for each in value if each is not None)
