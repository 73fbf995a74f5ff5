"""Needs as the kernel reads them: what each value of an offer would add for each of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from bassin.pairing.columns import Column
from bassin.pairing.declaration import Criterion, Gate, Signal
from bassin.pairing.judge import items
from bassin.pairing.offers import Facet, Offers
from bassin.pairing.packed import BLOCK, POINT
from bassin.pairing.points import unknown
from bassin.pairing.sets import Bags

Shared = Mapping[str, int]


@dataclass(frozen=True)
class Faced:
    """One facet before some needs: the needs' distinct values, and what each pair adds."""

    facet: Facet
    column: Column
    added: np.ndarray
    raw: Mapping[str, np.ndarray]

    def given(
        self, signal: Signal, needs: np.ndarray, offers: np.ndarray, share: int, doubt: int
    ) -> np.ndarray:
        """What one signal gives to pairs of values."""
        raw = self.raw[signal.code][needs, offers]
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
    facets = [
        faced(each, column, shared) for each, column in zip(offers.facets, columns, strict=True)
    ]
    return Needs(
        needs.num_rows,
        tuple(facets[: len(offers.narrow)]),
        tuple(facets[len(offers.narrow) :]),
        tuple(each.needs(needs) for each in offers.sets),
    )


def columns_of(offers: Offers, needs: pa.Table) -> list[Column]:
    """What facets read of many needs."""
    return [Column.of_table(needs, each.need_fields) for each in offers.facets]


def faced(facet: Facet, column: Column, shared: Shared) -> Faced:
    """What each value of the offers adds for each value of the needs."""
    added = np.zeros((len(column.values), facet.width), np.int32)
    found: dict[tuple, np.ndarray] = {}
    kept: dict[str, np.ndarray] = {}
    for each in facet.criteria:
        grid, looked = facet.grids[each.code], lookup(each)
        raw = found.get(looked)
        if raw is None:
            raw = found[looked] = grid.raw(column.values)
        if isinstance(each, Gate):
            added -= grid.no(raw, column.values) * np.int32(BLOCK)
            added -= grid.ask(raw, column.values)
        else:
            share, doubt = shared[each.code], unknown(shared[each.code], each.unknown)
            points = grid.points(raw, slice(None), share, doubt)
            added += points * POINT
            added -= raw < 0
            kept[each.code] = raw
    return Faced(facet, column, added, kept)


def lookup(criterion: Criterion) -> tuple:
    """What a criterion looks up: a gate and a signal that look the same up do it once."""
    primitive = criterion.primitive
    names = ("need", "offer", "table", "by", "at", "every")
    return (type(primitive), *(getattr(primitive, name, None) for name in names))
