"""Establishments near any of many points, or inside an outline: looked for once, then kept.

A condition of a hundred circles, or of two hundred sides, takes longer to plan than to run; and
every page of a list asks for it again. Points and positions are put in the cells of a grid as large
as the circles, so that each position is compared with few points.
"""

import math
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from bassin.observe.companies.geometry import EARTH_M, Point, distance
from bassin.observe.companies.marks import NONE, Marked, bits, copied, marked
from bassin.observe.companies.rows import TABLE
from bassin.store import Reader

FEW = 3
"""Up to so many points are compared with every position."""

_ROW = 1_000_003
"""Between two rows of cells: more than there are cells in one."""

_LOCK = threading.Lock()
_KEPT: OrderedDict[tuple[Any, ...], Marked] = OrderedDict()
_MOST = 12


def near(reader: Reader, centres: Sequence[Point], metres: float) -> Marked:
    """The establishments within some metres of one of these points."""
    if not reader.has(TABLE) or not centres:
        return NONE
    points = tuple(centres)
    return _kept(reader, (points, metres), lambda: _near(reader, points, metres))


def within(reader: Reader, outline: BaseGeometry) -> Marked | None:
    """The establishments inside an outline; None where rows have no places: see `marks`."""
    if not reader.has(TABLE):
        return NONE
    if not copied(reader):
        return None
    return _kept(reader, (outline.wkb,), lambda: _within(reader, outline))


def _kept(reader: Reader, asked: tuple[Any, ...], find: Callable[[], Marked]) -> Marked:
    key = (reader.key, reader.content(TABLE), *asked)
    found = _KEPT.get(key)
    if found is None:
        found = find()
        with _LOCK:
            _KEPT[key] = found
            while len(_KEPT) > _MOST:
                _KEPT.popitem(last=False)
    return found


def _within(reader: Reader, outline: BaseGeometry) -> Marked:
    told = reader.table(f"SELECT longitude AS x, latitude AS y FROM {TABLE} ORDER BY rowid")
    x, y = (np.asarray(told[name].to_numpy(), dtype=float) for name in ("x", "y"))
    west, south, east, north = outline.bounds
    with np.errstate(invalid="ignore"):  # what has no position is beside every outline
        beside = ~((x >= west) & (x <= east) & (y >= south) & (y <= north))
    near_it = np.flatnonzero(~beside)
    shapely.prepare(outline)
    marks = np.zeros(len(x), dtype=bool)
    marks[near_it] = shapely.contains_xy(outline, x[near_it], y[near_it])
    return Marked((), bits(marks))


def _near(reader: Reader, centres: Sequence[Point], metres: float) -> Marked:
    height = math.degrees(metres / EARTH_M) * 1.01  # a little more than the circle is high
    farthest = min(89.0, max(abs(y) for _, y in centres) + 1)
    width = height / math.cos(math.radians(farthest))
    told = [
        ((_cell(y, height) + up) * _ROW + _cell(x, width) + right, x, y)
        for x, y in centres
        for up in (-1, 0, 1)
        for right in (-1, 0, 1)
    ]
    cell = (
        f"CAST(floor(latitude / {height!r}) AS BIGINT) * {_ROW} + "
        f"CAST(floor(longitude / {width!r}) AS BIGINT)"
    )
    points = (
        "SELECT unnest(?::BIGINT[]) AS cell, unnest(?::DOUBLE[]) AS x, unnest(?::DOUBLE[]) AS y"
    )
    rows = reader.rows(
        f"SELECT DISTINCT siret FROM {TABLE} JOIN ({points}) AS near ON near.cell = {cell} "
        f"WHERE {distance('near.x', 'near.y')} <= {float(metres)!r} ORDER BY siret",
        [list(column) for column in zip(*told, strict=True)],
    )
    return marked(reader, [siret for (siret,) in rows])


def _cell(degrees: float, size: float) -> int:
    return math.floor(degrees / size)
