"""In which priority neighbourhood a point stood on a day: perimeters were redrawn in 2024."""

from datetime import date

import numpy as np
import shapely

from bassin.sources.sirene.positions import Neighbourhoods
from bassin.store import Reader

SINCE = {2015: date(2015, 1, 1), 2024: date(2024, 1, 1)}
"""From which day each generation holds (decrees of December 2014 and December 2023)."""

SINCE_OVERSEAS = {**SINCE, 2024: date(2025, 1, 1)}
_SHAPES = """
    SELECT qpv_code, shape FROM qpv
    WHERE generation = ? AND list_contains(string_split(commune_codes, ' '), ?)
"""


def generation(commune_code: str, day: date) -> int | None:
    """The generation in force in a commune on a day; None before the first."""
    since = SINCE_OVERSEAS if commune_code.startswith("97") else SINCE
    return max((each for each, start in since.items() if start <= day), default=None)


def quarter_of(
    reader: Reader, commune_code: str, point: tuple[float | None, float | None], day: date
) -> str | None:
    """The code of the neighbourhood of a point on a day.

    "" outside of any; None when it is not known: no position, too near the edge, or perimeters
    of that time that are not loaded.
    """
    wanted, (longitude, latitude) = generation(commune_code, day), point
    if wanted is None or longitude is None or latitude is None or not reader.has("qpv"):
        return None
    if not reader.rows("SELECT 1 FROM qpv WHERE generation = ? LIMIT 1", [wanted]):
        return None
    rows = reader.rows(_SHAPES, [wanted, commune_code])
    drawn = Neighbourhoods(
        [code for code, _shape in rows], [shapely.from_wkb(bytes(shape)) for _code, shape in rows]
    )
    codes, edges = drawn.of(np.array([longitude]), np.array([latitude]))
    return None if edges[0] else codes[0] or ""
