"""Four primitives on whole grids: distinct values of needs, in rows, by those of offers.

Each says for a grid what `judge.compare` says for a pair: the raw number found (-1: unknown), what
blocks as a gate, and the hundredths earned as a signal.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from bassin.pairing import judge
from bassin.pairing.columns import Values
from bassin.pairing.declaration import FULL, Bounds, Membership, Nearness, Primitive, Reach
from bassin.pairing.packed import POINT, packed
from bassin.pairing.points import earned
from bassin.pairing.tables import Matrix, Tables, halved


class Grid(ABC):
    """One primitive before the distinct values of the offers."""

    @abstractmethod
    def raw(self, needs: Values) -> np.ndarray:
        """What is found, a row for each need; -1 is unknown."""

    @abstractmethod
    def no(self, raw: np.ndarray, needs: Values) -> np.ndarray:
        """Where it blocks as a gate."""

    def ask(self, raw: np.ndarray, needs: Values) -> np.ndarray:
        """Where it is unknown as a gate."""
        return raw < 0

    @abstractmethod
    def points(self, raw: np.ndarray, columns: Any, share: int, unknown: int) -> np.ndarray:
        """Hundredths earned as a signal; `columns` are those of `raw` among the offers' values."""

    def added(self, raw: np.ndarray, share: int, unknown: int) -> np.ndarray:
        """The same of a whole grid, packed, with a question where it is unknown."""
        return self.points(raw, slice(None), share, unknown) * np.int32(POINT) - (raw < 0)


class _Looked(Grid):
    """Looked up in a matrix of whole numbers; what a number is worth is worked out once each."""

    def worth(self, most: int) -> np.ndarray:
        """What each number up to `most` is worth, in ten-thousandths."""
        raise NotImplementedError

    def points(self, raw: np.ndarray, columns: Any, share: int, unknown: int) -> np.ndarray:
        return np.append(self._earned(raw, share), np.int32(unknown))[raw]  # -1 is the last

    def added(self, raw: np.ndarray, share: int, unknown: int) -> np.ndarray:
        doubt = np.int32(packed(unknown, 1))
        return np.append(self._earned(raw, share) * np.int32(POINT), doubt)[raw]

    def _earned(self, raw: np.ndarray, share: int) -> np.ndarray:
        most = max(int(raw.max(initial=0)), 0)
        return earned(share, self.worth(most).astype(np.int64), FULL).astype(np.int32)


class NearnessGrid(_Looked):
    """Nearness, in ten-thousandths."""

    def __init__(self, primitive: Nearness, offers: Values, tables: Tables) -> None:
        self.primitive = primitive
        table = tables.near.get(primitive.table)
        self.rows, self.index = _facing(table, [each[primitive.offer] for each in offers])

    def raw(self, needs: Values) -> np.ndarray:
        held = [judge.items(each[self.primitive.need]) or () for each in needs]
        first = [self.index.get(next(iter(codes)), -1) if codes else -1 for codes in held]
        raw = self.rows[np.asarray(first, np.int64)]
        for row, codes in enumerate(held):
            if len(codes) > 1:
                raw[row] = self.rows[[self.index.get(code, -1) for code in codes]].max(axis=0)
        return raw

    def no(self, raw: np.ndarray, needs: Values) -> np.ndarray:
        return (raw >= 0) & (raw < math.floor(self.primitive.least * FULL + 0.5))

    def worth(self, most: int) -> np.ndarray:
        return np.arange(most + 1)


class ReachGrid(_Looked):
    """Whole minutes; the table may depend on both sides."""

    def __init__(self, primitive: Reach, offers: Values, tables: Tables) -> None:
        self.primitive, self.offers, self.tables = primitive, offers, tables
        self.faced: dict[Any, tuple[np.ndarray, dict[str, int]]] = {}

    def raw(self, needs: Values) -> np.ndarray:
        raw = np.empty((len(needs), len(self.offers)), np.int16)
        by = self.primitive.by
        modes = [each[by] if by else None for each in needs]
        for mode in set(modes):
            rows, index = self._facing(mode)
            here = [n for n, each in enumerate(modes) if each == mode]
            places = [index.get(needs[n][self.primitive.need], -1) for n in here]
            raw[here] = rows[np.asarray(places, np.int64)]
        return raw

    def _facing(self, mode: Any) -> tuple[np.ndarray, dict[str, int]]:
        """The journeys to each place of the offers by one mode, from each place known."""
        if mode not in self.faced:
            primitive = self.primitive
            places = [each[primitive.offer] for each in self.offers]
            hours = [each[primitive.at] if primitive.at else None for each in self.offers]
            parts = []
            for hour in dict.fromkeys(hours):
                need, offer = {primitive.by: mode}, {primitive.at: hour}
                table = self.tables.minutes.get(judge.reach_table(primitive, need, offer) or "")
                there = [
                    place if each == hour else None
                    for place, each in zip(places, hours, strict=True)
                ]
                parts.append(_facing(table, there))
            self.faced[mode] = _merged(parts, len(self.offers))
        return self.faced[mode]

    def _most(self, needs: Values, unlimited: int) -> np.ndarray:
        """How far each need goes, below 0 for nowhere at all; a number for those that say not."""
        longest = np.iinfo(np.int16).max
        name = self.primitive.most
        said = [each.get(name) for each in needs] if isinstance(name, str) else [name] * len(needs)
        most = {
            each: unlimited if each is None else max(min(math.floor(each), longest), -1)
            for each in set(said)
        }
        return np.asarray([most[each] for each in said], np.int16)[:, None]

    def no(self, raw: np.ndarray, needs: Values) -> np.ndarray:
        most = self._most(needs, np.iinfo(np.int16).max)
        beyond: np.ndarray = raw > most
        return beyond if most.min(initial=0) >= 0 else beyond & (raw >= 0)

    def ask(self, raw: np.ndarray, needs: Values) -> np.ndarray:
        unsaid = self._most(needs, -2) == -2
        found: np.ndarray = raw < 0
        return found | unsaid if unsaid.any() else found

    def worth(self, most: int) -> np.ndarray:
        return halved(self.primitive.half, most)


class BoundsGrid(Grid):
    """How far two intervals are from meeting; 0 when they meet."""

    NONE = np.iinfo(np.int64).min

    def __init__(self, primitive: Bounds, offers: Values, tables: Tables) -> None:
        self.primitive, self.width = primitive, len(offers)
        (self.low, self.high), (low, high) = primitive.need, primitive.offer
        self.offer_low, self.offer_high = self._wholes(offers, low), self._wholes(offers, high)
        self.days = _dates(offers, (low, high))

    def _wholes(self, rows: Values, name: str) -> np.ndarray | None:
        if not name:
            return None
        found = [judge.whole(each[name]) for each in rows]
        return np.asarray([self.NONE if each is None else each for each in found], np.int64)

    def raw(self, needs: Values) -> np.ndarray:
        low, high = self._wholes(needs, self.low), self._wholes(needs, self.high)
        self.days = self.days or _dates(needs, (self.low, self.high))
        shape = (len(needs), self.width)
        after = self._gap(self.offer_low, high, shape, turned=False)
        before = self._gap(self.offer_high, low, shape, turned=True)
        most, least = np.maximum(after, before), np.minimum(after, before)
        return np.where((most == 0) & (least < 0), -1, most)

    def _gap(self, offer: np.ndarray | None, need: np.ndarray | None, shape: tuple[int, int],
             *, turned: bool) -> np.ndarray:  # fmt: skip
        """How far one end lies beyond the other; -1 where one is unknown, 0 where one is open."""
        if offer is None or need is None:
            return np.zeros(shape, np.int64)
        unknown = (need == self.NONE)[:, None] | (offer == self.NONE)[None, :]
        this = np.where(need == self.NONE, 0, need)[:, None]
        that = np.where(offer == self.NONE, 0, offer)[None, :]
        gap = np.maximum(this - that if turned else that - this, 0)
        return np.where(unknown, -1, gap)

    def no(self, raw: np.ndarray, needs: Values) -> np.ndarray:
        return raw > 0

    def points(self, raw: np.ndarray, columns: Any, share: int, unknown: int) -> np.ndarray:
        tolerance = judge.scaled_tolerance(self.primitive, self.days)
        part = np.where(raw == 0, max(tolerance, 1), np.maximum(tolerance - raw, 0))
        return np.where(raw < 0, unknown, earned(share, part, max(tolerance, 1))).astype(np.int32)


class MembershipGrid(Grid):
    """How many codes of an offer the need holds."""

    def __init__(self, primitive: Membership, offers: Values, tables: Tables) -> None:
        self.primitive = primitive
        listed = [judge.items(each[primitive.offer]) for each in offers]
        names = sorted({code for each in listed for code in each or ()})
        self.index = {code: place for place, code in enumerate(names)}
        self.holds = np.zeros((len(names), len(offers)), np.int32)
        for column, codes in enumerate(listed):
            self.holds[[self.index[code] for code in codes or ()], column] = 1
        self.unknown = np.asarray([each is None for each in listed])
        self.empty = np.asarray([each is not None and not each for each in listed])
        sizes = np.asarray([len(each or ()) for each in listed], np.int64)
        self.whole = np.maximum(sizes if primitive.every else np.ones_like(sizes), 1)

    def raw(self, needs: Values) -> np.ndarray:
        held = [judge.items(each[self.primitive.need]) for each in needs]
        wanted = np.zeros((len(needs), len(self.index)), np.int32)
        for row, codes in enumerate(held):
            wanted[row, [self.index[code] for code in codes or () if code in self.index]] = 1
        count = np.minimum(wanted @ self.holds, self.whole[None, :])
        nobody = np.asarray([each is None for each in held])
        count = np.where(nobody[:, None] | self.unknown[None, :], -1, count)
        return np.where(self.empty[None, :], 1, count)  # nothing is asked: whoever it is

    def no(self, raw: np.ndarray, needs: Values) -> np.ndarray:
        return (raw >= 0) & (raw < self.whole[None, :])

    def points(self, raw: np.ndarray, columns: Any, share: int, unknown: int) -> np.ndarray:
        found = earned(share, np.maximum(raw, 0), self.whole[columns])
        return np.where(raw < 0, unknown, found).astype(np.int32)


def grid(primitive: Primitive, offers: Values, tables: Tables) -> Grid:
    """The grid of a primitive that is no overlap of sets."""
    kinds: dict[type, Any] = {
        Nearness: NearnessGrid, Reach: ReachGrid, Bounds: BoundsGrid, Membership: MembershipGrid,
    }  # fmt: skip
    made: Grid = kinds[type(primitive)](primitive, offers, tables)
    return made


def _facing(table: Matrix | None, offers: Sequence[Any]) -> tuple[np.ndarray, dict[str, int]]:
    """The rows of a table with a column for each offer; its last row, and what it lacks, is -1."""
    if table is None:
        return np.full((1, len(offers)), -1, np.int16), {}
    values = np.full((len(table.codes) + 1, len(table.codes) + 1), -1, np.int16)
    values[:-1, :-1] = np.maximum(table.values, -1)
    columns = np.asarray([table.index.get(each, -1) for each in offers], np.int64)
    return np.ascontiguousarray(values[:, columns]), table.index


def _merged(parts: Sequence[tuple[np.ndarray, dict[str, int]]], width: int
            ) -> tuple[np.ndarray, dict[str, int]]:  # fmt: skip
    """Tables that each know some of the offers, as one."""
    if len(parts) == 1:
        return parts[0]
    codes = sorted({code for _, index in parts for code in index})
    rows = np.full((len(codes) + 1, width), -1, np.int16)
    for values, index in parts:
        here = values[np.asarray([index.get(code, -1) for code in codes] + [-1], np.int64)]
        rows = np.maximum(rows, here)
    return rows, {code: row for row, code in enumerate(codes)}


def _dates(rows: Values, names: Sequence[str]) -> bool:
    return any(isinstance(each.get(name), date) for each in rows for name in names if name)
