"""Weighted sets: those of the offers, and for each item the offers that list it."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest
from typing import Any

import numpy as np
import pyarrow as pa

from bassin.pairing.declaration import FULL, Gate, Overlap, Pairing, Signal
from bassin.pairing.packed import BLOCK, packed
from bassin.pairing.points import earned, unknown
from bassin.pairing.tables import Tables


@dataclass(frozen=True)
class Bags:
    """Sets of numbered items, one after the other: `items[start[n]:start[n + 1]]`; or unknown."""

    start: np.ndarray
    items: np.ndarray
    known: np.ndarray

    @cached_property
    def owners(self) -> np.ndarray:
        """For each item of each set, the set's number."""
        return np.repeat(np.arange(self.known.size, dtype=np.int32), np.diff(self.start))

    def sums(self, heavy: np.ndarray) -> np.ndarray:
        """What each set weighs."""
        added = np.concatenate(([0], np.cumsum(heavy[self.items], dtype=np.int64)))
        return np.diff(added[self.start])

    def taken(self, order: np.ndarray) -> "Bags":
        """The same sets in another order."""
        sizes = np.diff(self.start)[order]
        start = np.concatenate(([0], np.cumsum(sizes)))
        shift = np.repeat(self.start[:-1][order] - start[:-1], sizes)
        return Bags(start, self.items[np.arange(start[-1]) + shift], self.known[order])


@dataclass(frozen=True)
class Asked:
    """One overlap with the gate and the signal that ask for it."""

    primitive: Overlap
    gate: Gate | None
    signal: Signal | None

    @property
    def least(self) -> int:
        """As a gate, the share wanted in ten-thousandths; -1 when it is no gate."""
        if self.gate is None or not isinstance(self.gate.primitive, Overlap):
            return -1
        return math.floor(self.gate.primitive.least * FULL + 0.5)

    def share(self, shared: Mapping[str, int]) -> int:
        """The hundredths that it can earn."""
        return shared[self.signal.code] if self.signal else 0

    def doubt(self, shared: Mapping[str, int]) -> int:
        """What an unknown set adds, packed."""
        points = unknown(self.share(shared), self.signal.unknown) if self.signal else 0
        return int(packed(points, (self.gate is not None) + (self.signal is not None)))

    def counted(self, part: np.ndarray, whole: Any, shared: Mapping[str, int]) -> np.ndarray:
        """What known sets add, packed."""
        found = packed(earned(self.share(shared), part, whole), 0)
        if self.least >= 0:
            found = found - BLOCK * ((part == 0) | (part * FULL < self.least * whole))
        return found


@dataclass(frozen=True)
class Listed:
    """The sets of all offers that one overlap reads; `heavy[item]` is what an item weighs."""

    asked: Asked
    index: Mapping[str, int]
    heavy: np.ndarray
    offers: Bags
    weigh: Any

    @classmethod
    def read(cls, asked: Asked, table: pa.Table, tables: Tables) -> "Listed":
        """Number the items and weigh them; an empty set is unknown, as nothing is listed."""
        primitive = asked.primitive
        index: dict[str, int] = {}
        offers = bags(table, primitive.offer, index, grow=True)
        known = offers.known & (np.diff(offers.start) > 0)
        heavy = [tables.weight(primitive.weights, item) for item in index]
        return cls(
            asked, index, np.asarray(heavy, np.int32), replace(offers, known=known),
            lambda item: tables.weight(primitive.weights, item),
        )  # fmt: skip

    @cached_property
    def whole(self) -> np.ndarray:
        """What the set of each offer weighs, 1 at least."""
        return np.maximum(self.offers.sums(self.heavy), 1).astype(np.int32)

    @cached_property
    def turned(self) -> tuple[np.ndarray, np.ndarray]:
        """The offers by item: where those of each item begin, and the offers, in their order."""
        order = np.argsort(self.offers.items, kind="stable")
        counts = np.bincount(self.offers.items, minlength=len(self.index))
        start = np.concatenate(([0], np.cumsum(counts)))
        return start, self.offers.owners[order]

    def holders(self, item: int) -> np.ndarray:
        """The offers that list an item."""
        start, owners = self.turned
        return owners[start[item] : start[item + 1]]

    def ordered(self, order: np.ndarray) -> "Listed":
        """The same with the offers in another order."""
        return replace(self, offers=self.offers.taken(order))

    def needs(self, table: pa.Table) -> tuple[Bags, np.ndarray]:
        """The sets of needs, without the items that no offer lists; and what each whole weighs."""
        strange: dict[str, int] = dict(self.index)
        every = bags(table, self.asked.primitive.need, strange, grow=True)
        more = [self.weigh(item) for item in list(strange)[len(self.index) :]]
        weights = np.concatenate((self.heavy, np.asarray(more, np.int32)))
        kept = every.items < len(self.index)
        start = np.concatenate(([0], np.cumsum(kept)))[every.start]
        return Bags(start, every.items[kept], every.known), np.maximum(every.sums(weights), 1)


def asked(pairing: Pairing) -> Iterator[Asked]:
    """The overlaps of a pairing; a gate and a signal on the same sets go together."""
    groups: dict[tuple, tuple[list[Gate], list[Signal]]] = {}
    for each in pairing.criteria:
        primitive = each.primitive
        if isinstance(primitive, Overlap):
            sets = (primitive.need, primitive.offer, primitive.weights, primitive.of)
            gates, signals = groups.setdefault(sets, ([], []))
            gates.append(each) if isinstance(each, Gate) else signals.append(each)
    for sets, (gates, signals) in groups.items():
        for gate, signal in zip_longest(gates, signals):
            yield Asked(Overlap(*sets), gate, signal)


def bags(table: pa.Table, name: str, index: dict[str, int], *, grow: bool) -> Bags:
    """The sets of one list column; an item that occurs twice in a set counts once."""
    rows = table.num_rows
    if name not in table.column_names:
        return Bags(np.zeros(rows + 1, np.int64), np.zeros(0, np.int32), np.zeros(rows, bool))
    column = table[name].combine_chunks()
    if isinstance(column, pa.ChunkedArray):
        column = pa.concat_arrays(column.chunks)
    known = column.is_valid().to_numpy(zero_copy_only=False)
    sizes = np.nan_to_num(column.value_lengths().to_numpy(zero_copy_only=False)).astype(np.int64)
    flat = column.flatten().dictionary_encode()
    names = flat.dictionary.to_pylist()
    codes = np.asarray([index.setdefault(item, len(index)) for item in names], np.int64)
    width = max(len(index), 1)
    kind = np.int32 if rows * width <= np.iinfo(np.int32).max else np.int64
    pairs = np.repeat(np.arange(rows, dtype=kind) * kind(width), sizes)
    pairs += codes.astype(kind)[flat.indices.to_numpy()]
    pairs.sort()
    kept = np.empty(pairs.size, bool)  # three times as fast as np.unique
    kept[:1] = True
    np.not_equal(pairs[1:], pairs[:-1], out=kept[1:])
    pairs = pairs[kept]
    owner = pairs // kind(width)
    item = pairs - owner * kind(width)
    start = np.concatenate(([0], np.cumsum(np.bincount(owner, minlength=rows))))
    return Bags(start.astype(np.int64), item.astype(np.int32), known)
