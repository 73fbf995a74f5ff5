"""Establishments near any of many points: a hundred stations, each with its circle.

A condition of a hundred circles takes longer to plan than to run. Points and positions are put in
the cells of a grid as large as the circles, so that each position is compared with few points; what
was found is kept, as every page of a list asks for it again.
"""

import math
import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from bassin.observe.companies.geometry import EARTH_M, Point, distance
from bassin.observe.companies.marks import NONE, Marked, marked
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
    key = (reader.key, reader.content(TABLE), tuple(centres), metres)
    found = _KEPT.get(key)
    if found is None:
        found = _read(reader, centres, metres)
        with _LOCK:
            _KEPT[key] = found
            while len(_KEPT) > _MOST:
                _KEPT.popitem(last=False)
    return found


def _read(reader: Reader, centres: Sequence[Point], metres: float) -> Marked:
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
