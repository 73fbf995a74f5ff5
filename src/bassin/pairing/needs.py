"""Needs as the kernel reads them: what each value of an offer would add for each of them."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from bassin.pairing.columns import Column, Values
from bassin.pairing.declaration import Criterion, Signal, fields
from bassin.pairing.judge import items
from bassin.pairing.offers import Facet, Offers
from bassin.pairing.packed import BLOCK
from bassin.pairing.points import unknown
from bassin.pairing.sets import Bags

Shared = Mapping[str, int]

CELLS = 1 << 16
"""Pairs of values worked out at a time, so that they stay near."""


@dataclass(frozen=True)
class Looked:
    """What was looked up for some values of needs; `rows` says which row each value reads."""

    raw: np.ndarray
    rows: np.ndarray | None

    def spread(self, found: np.ndarray, here: slice) -> np.ndarray:
        """What was found, for some of the values."""
        return found[here if self.rows is None else self.rows[here]]

    def of(self, needs: np.ndarray, offers: np.ndarray) -> np.ndarray:
        """The raw numbers of pairs of values."""
        found: np.ndarray = self.raw[needs if self.rows is None else self.rows[needs], offers]
        return found


@dataclass(frozen=True)
class Faced:
    """One facet before some needs: the needs' distinct values, and what each pair adds."""

    facet: Facet
    column: Column
    added: np.ndarray
    raw: Mapping[str, Looked]

    def given(
        self, signal: Signal, needs: np.ndarray, offers: np.ndarray, share: int, doubt: int
    ) -> np.ndarray:
        """What one signal gives to pairs of values."""
        raw = self.raw[signal.code].of(needs, offers)
        return self.facet.grids[signal.code].points(raw, offers, share, doubt)


@dataclass(frozen=True)
class Needs:
    """Needs before the offers: each facet, and the sets with the weight of each whole."""

    count: int
    narrow: tuple[Faced, ...]
    wide: tuple[Faced, ...]
    sets: tuple[tuple[Bags, np.ndarray], ...]

    def base(self, offers: Offers) -> np.ndarray:
        """What narrow facets add, by need and bucket."""
        base = np.zeros((self.count, offers.first.size), np.int32)
        for each in self.narrow:
            base += each.added[:, each.facet.column.codes[offers.first]][each.column.codes]
        return base


def of_row(offers: Offers, need: Mapping[str, Any], shared: Shared) -> Needs:
    """One need alone."""
    facets = [faced(each, Column.of_row(need, each.need_fields), shared) for each in offers.facets]
    sets = [_bag(each, items(need.get(each.asked.primitive.need))) for each in offers.sets]
    return Needs(
        1, tuple(facets[: len(offers.narrow)]), tuple(facets[len(offers.narrow) :]), tuple(sets)
    )


def _bag(listed: Any, held: frozenset[str] | None) -> tuple[Bags, np.ndarray]:
    whole = sum(listed.weigh(item) for item in held or ())
    found = sorted(listed.index[item] for item in held or () if item in listed.index)
    start = np.asarray([0, len(found)], np.int64)
    return (
        Bags(start, np.asarray(found, np.int32), np.asarray([held is not None])),
        np.asarray([max(whole, 1)], np.int64),
    )


def of_table(offers: Offers, needs: pa.Table, columns: list[Column], shared: Shared) -> Needs:
    """Many needs; `columns` are theirs for each facet, as `columns_of` reads them."""
    with ThreadPoolExecutor(1) as beside:  # numpy and Arrow let go of the interpreter meanwhile
        sets = beside.map(lambda each: each.needs(needs), offers.sets)
        facets = [
            faced(each, column, shared) for each, column in zip(offers.facets, columns, strict=True)
        ]
        first = len(offers.narrow)
        return Needs(needs.num_rows, tuple(facets[:first]), tuple(facets[first:]), tuple(sets))


def columns_of(offers: Offers, needs: pa.Table) -> list[Column]:
    """What facets read of many needs."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda each: Column.of_table(needs, each.need_fields), offers.facets))


def faced(facet: Facet, column: Column, shared: Shared) -> Faced:
    """What each value of the offers adds for each value of the needs."""
    found: dict[tuple, Looked] = {}
    kept: dict[str, Looked] = {}
    steps: list[tuple[Criterion, Looked, np.ndarray | None]] = []
    for each in facet.criteria:
        grid, key = facet.grids[each.code], lookup(each)
        looked = found.get(key)
        if looked is None:
            values, rows = _distinct(each, column.values)
            looked = found[key] = Looked(grid.raw(values), rows)
        earns = None
        if isinstance(each, Signal):
            share, doubt = shared[each.code], unknown(shared[each.code], each.unknown)
            earns, kept[each.code] = grid.added(looked.raw, share, doubt), looked
        steps.append((each, looked, earns))
    added = np.zeros((len(column.values), facet.width), np.int32)
    rows_together = max(1, CELLS // max(facet.width, 1))
    for first in range(0, len(column.values), rows_together):
        here = slice(first, first + rows_together)
        _add(facet, steps, added[here], column.values[here], here)
    return Faced(facet, column, added, kept)


def _add(facet: Facet, steps: list[tuple[Criterion, Looked, np.ndarray | None]],
         added: np.ndarray, values: Values, here: slice) -> None:  # fmt: skip
    """Add to some rows what each criterion brings."""
    for each, looked, earns in steps:
        if earns is not None:
            added += looked.spread(earns, here)
            continue
        grid, raw = facet.grids[each.code], looked.spread(looked.raw, here)
        added -= grid.no(raw, values) * np.int32(BLOCK)
        asks = grid.ask(raw, values)
        if asks.any():
            added -= asks


def _distinct(criterion: Criterion, values: Values) -> tuple[Values, np.ndarray | None]:
    """The values that look something else up, and which of them each value is; None: all do."""
    if len(values) == 1:
        return values, None
    most = getattr(criterion.primitive, "most", None)
    names = [name for name in fields(criterion.primitive, "need") if name != most]
    rows: dict[tuple, int] = {}
    codes = [rows.setdefault(tuple(each[name] for name in names), len(rows)) for each in values]
    if len(rows) == len(values):
        return values, None
    return [dict(zip(names, each, strict=True)) for each in rows], np.asarray(codes)


def lookup(criterion: Criterion) -> tuple:
    """What a criterion looks up: a gate and a signal that look the same up do it once."""
    primitive = criterion.primitive
    names = ("need", "offer", "table", "by", "at", "every")
    return (type(primitive), *(getattr(primitive, name, None) for name in names))
