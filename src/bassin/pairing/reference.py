"""The same declaration as one Ibis expression: every pair, in the words of a database.

It is what the compiled kernel is checked against, and it runs wherever Ibis does; it compares every
need with every offer, so that it suits small sides only.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir

from bassin.pairing.declaration import (
    FULL,
    Bounds,
    Criterion,
    Gate,
    Membership,
    Nearness,
    Overlap,
    Pairing,
    Reach,
)
from bassin.pairing.judge import THOUSAND, scaled_tolerance
from bassin.pairing.points import earned, unknown
from bassin.pairing.tables import HEAVIEST, Matrix, Tables, halved

BETWEEN = "\x1f"
"""Between the parts of a key."""


@dataclass(frozen=True)
class Columns:
    """What a primitive finds (`judge.Compared`), as columns."""

    holds: ir.BooleanValue
    part: ir.IntegerValue
    whole: ir.IntegerValue


def every_pair(
    pairing: Pairing, needs: ir.Table, offers: ir.Table, tables: Tables, shared: Mapping[str, int]
) -> ir.Table:
    """A line for each pair: `need`, `offer`, `blocks`, `score`, `questions`, and each signal."""
    pairs = needs.rename("need_{name}").cross_join(offers.rename("offer_{name}"))
    read = _Read(pairs, tables)
    blocked, questions, signals = ibis.literal(0), ibis.literal(0), {}
    for each in pairing.criteria:
        found = read.compare(each)
        if isinstance(each, Gate):
            blocked += _one(~found.holds.fill_null(True))
            questions += _one(found.holds.isnull())
        else:
            doubt = found.whole.fill_null(0) == 0
            whole = ibis.ifelse(doubt, 1, found.whole)
            points = earned(shared[each.code], found.part, whole)
            signals[each.code] = ibis.ifelse(
                doubt, unknown(shared[each.code], each.unknown), points
            ).cast("int64")
            questions += _one(doubt)
    return pairs.select(
        need=pairs[f"need_{pairing.key}"], offer=pairs[f"offer_{pairing.key}"], blocks=blocked,
        score=sum(signals.values()), questions=questions, **signals,
    )  # fmt: skip


def ranked(every: ir.Table, top: int) -> ir.Table:
    """The best pairs of each need that nothing blocks, `rank` from 1."""
    order = [every.score.desc(), every.questions.asc(), every.offer.asc()]
    open_pairs = every.filter(every.blocks == 0)
    place = ibis.row_number().over(group_by="need", order_by=order) + 1
    return open_pairs.mutate(rank=place).filter(lambda found: found.rank <= top)


def _one(condition: ir.BooleanValue) -> ir.IntegerValue:
    return ibis.ifelse(condition, 1, 0)


class _Read:
    """The fields of pairs, compared."""

    def __init__(self, pairs: ir.Table, tables: Tables) -> None:
        self.pairs, self.tables = pairs, tables

    def compare(self, criterion: Criterion) -> Columns:
        """What a criterion finds."""
        kinds: dict[type, Callable[[Any], Columns]] = {
            Overlap: self._overlap, Nearness: self._nearness, Reach: self._reach,
            Bounds: self._bounds, Membership: self._membership,
        }  # fmt: skip
        return kinds[type(criterion.primitive)](criterion.primitive)

    def field(self, side: str, name: str) -> Any:
        """A field, null when the side has not got it."""
        found = f"{side}_{name}"
        return self.pairs[found] if found in self.pairs.columns else ibis.null("string")

    def items(self, side: str, name: str) -> ir.ArrayValue:
        """A set: the distinct items of a list, or the one value of a field."""
        value = self.field(side, name)
        if isinstance(value, ir.ArrayValue):
            return value.filter(lambda item: item.notnull()).unique()
        return ibis.ifelse(value.isnull(), ibis.null("array<string>"), ibis.array([value]))

    def _overlap(self, primitive: Overlap) -> Columns:
        held, listed = self.items("need", primitive.need), self.items("offer", primitive.offer)
        part = self._weight(held.intersect(listed), primitive.weights)
        whole = self._weight(held if primitive.of == "need" else listed, primitive.weights)
        whole = ibis.greatest(whole, 1)
        unsure = held.isnull() | (listed.length().fill_null(0) == 0)
        enough = part * FULL >= math.floor(primitive.least * FULL + 0.5) * whole
        holds = (held.intersect(listed).length() > 0) & enough
        return _unless(unsure, holds, part, whole)

    def _weight(self, items: ir.ArrayValue, table: str) -> ir.IntegerValue:
        if not table:
            return items.length().fill_null(0)
        weighed = ibis.literal(self.tables.weighed[table] or {"": 1}, type="map<string, int64>")
        return items.map(lambda item: weighed.get(item, HEAVIEST)).sums().fill_null(0).cast("int64")

    def _nearness(self, primitive: Nearness) -> Columns:
        table = _flat("", self.tables.near.get(primitive.table))
        code = self.field("offer", primitive.offer)
        held = self.items("need", primitive.need)
        found = held.map(lambda each: table.get(each + BETWEEN + code, -1)).maxs().fill_null(-1)
        least = math.floor(primitive.least * FULL + 0.5)
        return _unless(found < 0, found >= least, found, ibis.literal(FULL))

    def _reach(self, primitive: Reach) -> Columns:
        places = {
            key: value
            for name, matrix in self.tables.minutes.items()
            for key, value in _pairs(name + BETWEEN, matrix).items()
        }
        key: Any = ibis.literal(primitive.table)
        for side, name in (("need", primitive.by), ("offer", primitive.at)):
            key = key + ":" + self.field(side, name) if name else key
        key = key + BETWEEN + self.field("need", primitive.need)
        key = key + BETWEEN + self.field("offer", primitive.offer)
        minutes = _literal(places).get(key, -1).fill_null(-1)
        worth = halved(primitive.half, max(places.values(), default=0) + 1).tolist()
        part = ibis.literal(worth, type="array<int64>")[ibis.greatest(minutes, 0)]
        most = primitive.most
        limit = self.field("need", most) if isinstance(most, str) else ibis.literal(most)
        return _unless(minutes < 0, minutes <= limit, part, ibis.literal(FULL))

    def _bounds(self, primitive: Bounds) -> Columns:
        (low, high), (offer_low, offer_high) = primitive.need, primitive.offer
        gaps, days = [], False
        for least_side, least, most_side, most in (
            ("offer", offer_low, "need", high), ("need", low, "offer", offer_high),
        ):  # fmt: skip
            if least and most:
                beyond, until = self.field(least_side, least), self.field(most_side, most)
                days = isinstance(beyond, ir.DateValue)
                gap = _whole(beyond) - _whole(until)
                gaps.append(ibis.ifelse(gap < 0, 0, gap))  # DuckDB's greatest() hides a null
        gap = ibis.greatest(*(each.fill_null(0) for each in gaps), 0) if gaps else ibis.literal(0)
        unsure = ibis.or_(*(each.isnull() for each in gaps)) if gaps else ibis.literal(False)
        tolerance = scaled_tolerance(primitive, days)
        part = ibis.ifelse(gap == 0, max(tolerance, 1), ibis.greatest(tolerance - gap, 0))
        return _unless((gap == 0) & unsure, gap == 0, part, ibis.literal(max(tolerance, 1)))

    def _membership(self, primitive: Membership) -> Columns:
        held, listed = self.items("need", primitive.need), self.items("offer", primitive.offer)
        asked = listed.length()
        common = held.intersect(listed).length().fill_null(0)
        whole = asked if primitive.every else ibis.literal(1)
        part = common if primitive.every else ibis.least(common, 1)
        unsure = listed.isnull() | (held.isnull() & (asked > 0))
        nothing = asked == 0
        return _unless(
            unsure, nothing | (part >= whole), ibis.ifelse(nothing, 1, part),
            ibis.ifelse(nothing, 1, whole),
        )  # fmt: skip


def _unless(unsure: ir.BooleanValue, holds: ir.BooleanValue, part: Any, whole: Any) -> Columns:
    """What was found, or that it is unknown."""
    return Columns(
        ibis.ifelse(unsure, ibis.null("boolean"), holds),
        ibis.ifelse(unsure, 0, part).fill_null(0),
        ibis.ifelse(unsure, 0, whole),
    )


def _whole(value: Any) -> Any:
    """`judge.whole` of a column."""
    if isinstance(value, ir.DateValue):
        return value.epoch_days()
    return (value.cast("float64") * THOUSAND + 0.5).floor().cast("int64")


def _pairs(start: str, matrix: Matrix) -> dict[str, int]:
    """What a matrix says, by "start need offer"."""
    return {
        f"{start}{need}{BETWEEN}{offer}": int(matrix.values[row, column])
        for row, need in enumerate(matrix.codes)
        for column, offer in enumerate(matrix.codes)
    }


def _flat(start: str, matrix: Matrix | None) -> ir.MapValue:
    return _literal({} if matrix is None else _pairs(start, matrix))


def _literal(found: dict[str, int]) -> ir.MapValue:
    return ibis.literal(found or {"": -1}, type="map<string, int64>")
