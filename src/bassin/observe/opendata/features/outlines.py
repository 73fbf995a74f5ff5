"""Outlines held by a table: which ones a box meets, without keeping them all in memory.

The corners of each outline are read once per release; the outlines themselves when they are shown.
"""

import threading
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from bassin.indicators.house import House
from bassin.observe.opendata.features.search import Box, drawn
from bassin.store import Reader

TOGETHER = 100
READ_AT_ONCE = 2048
_LOCK = threading.Lock()
_KEPT: dict[tuple[tuple[str, str], str], "Corners"] = {}


@dataclass(frozen=True, slots=True)
class Corners:
    """Codes of a table in their order, and west, south, east, north of each."""

    codes: list[str]
    boxes: NDArray[np.float64]

    def extent(self) -> Box | None:
        """The box of them all."""
        if not self.codes:
            return None
        west, south = self.boxes[:, :2].min(axis=0)
        east, north = self.boxes[:, 2:].max(axis=0)
        return float(west), float(south), float(east), float(north)

    def near(self, boxes: Sequence[Box]) -> list[str]:
        """Codes whose own box meets one of these, in their order; all of them without any."""
        if not boxes:
            return self.codes
        west, south, east, north = self.boxes.T
        met = np.zeros(len(self.codes), dtype=bool)
        for w, s, e, n in boxes:
            met |= (west <= e) & (east >= w) & (south <= n) & (north >= s)
        return [self.codes[at] for at in np.flatnonzero(met)]


def corners(house: House, table: str, code: str) -> Corners:
    """The corners of the outlines of a table of the release being read."""
    key = (house.reader.key, table)
    found = _KEPT.get(key)
    if found is None:
        found = _corners(house, table, code)
        with _LOCK:
            gone = [each for each in _KEPT if each[0][0] == key[0][0] and each[0] != key[0]]
            for each in gone:
                del _KEPT[each]
            _KEPT[key] = found
    return found


def _corners(house: House, table: str, code: str) -> Corners:
    """A few outlines are in memory at once: they are put in order once they are left."""
    codes: list[str] = []
    boxes = [np.empty((0, 4))]
    asked = house.reader.cursor().execute(f"SELECT {code}, shape FROM {table}")
    for batch in asked.fetch_record_batch(READ_AT_ONCE):
        shapes = shapely.from_wkb(batch.column(1).to_numpy(zero_copy_only=False))
        codes += batch.column(0).to_pylist()
        boxes.append(shapely.bounds(shapes).reshape(-1, 4))
    order = sorted(range(len(codes)), key=codes.__getitem__)
    return Corners([codes[at] for at in order], np.concatenate(boxes)[order])


def pick(
    codes: Sequence[str], after: str, boxes: Sequence[Box], limit: int,
    shapes: Callable[[Sequence[str]], dict[str, BaseGeometry]],
) -> tuple[list[tuple[str, BaseGeometry]], bool]:  # fmt: skip
    """The outlines that really meet the boxes, from after a code; and whether others follow.

    Args:
        codes: those that may, in their order.
        shapes: reads outlines by their codes.
    """
    start = bisect_right(codes, after) if after else 0
    together = min(TOGETHER, limit + 1)
    met = list(islice(_met(codes[start:], boxes, shapes, together), limit + 1))
    return met[:limit], len(met) > limit


def _met(
    codes: Sequence[str], boxes: Sequence[Box],
    shapes: Callable[[Sequence[str]], dict[str, BaseGeometry]], together: int,
) -> Iterator[tuple[str, BaseGeometry]]:  # fmt: skip
    within = drawn(boxes)
    for first in range(0, len(codes), together):
        batch = codes[first : first + together]
        read = shapes(batch)
        for code in batch:
            shape = read.get(code)
            if shape is not None and (within is None or shape.intersects(within)):
                yield code, shape


def read(reader: Reader, table: str, code: str, codes: Sequence[str]) -> dict[str, BaseGeometry]:
    """Outlines of a table by their codes."""
    rows = reader.rows(
        f"SELECT {code}, shape FROM {table} WHERE {code} IN (SELECT unnest($1))",
        [list(codes)],
    )
    return {row[0]: shapely.from_wkb(bytes(row[1])) for row in rows}
