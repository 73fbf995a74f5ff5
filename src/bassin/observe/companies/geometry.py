"""Points in outlines and in circles, as SQL on `longitude` and `latitude`. No extension is needed.

A point is in an outline when a line from it to the east crosses the rings an odd number of times,
which is true of holes and of several parts as well. The numbers are written in the SQL: they come
from floats, and a thousand bound values would take longer to plan than the query to run.
"""

import math
import re
from collections.abc import Iterable, Sequence
from typing import Any

from shapely import Polygon
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from bassin.errors import Refused
from bassin.observe.companies.filters.base import Condition, any_of
from bassin.types import Text

_POINT = re.compile(r"\[(\S+) (\S+)\]")
"""Where an outline is wrong, as GEOS says it."""

Point = tuple[float, float]
Ring = tuple[Point, ...]

EARTH_M = 6_371_008.8
MOST_POINTS = 200
SMALLEST_M2, LARGEST_M2 = 100.0, 20_000e6
"""From a parcel to a large région: beyond, something was drawn by mistake."""


def inside(rings: Sequence[Ring]) -> Condition:
    """Whether a position is inside; an establishment without position is not."""
    points = [point for ring in rings for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    crossings = " + ".join(
        _crossed(one, other)
        for ring in rings
        for one, other in zip(ring, (*ring[1:], ring[0]), strict=True)
        if one[1] != other[1]
    )
    return Condition(
        f"(longitude IS NOT NULL AND latitude IS NOT NULL AND longitude BETWEEN {west!r} AND "
        f"{east!r} AND latitude BETWEEN {south!r} AND {north!r} AND ({crossings or 0}) % 2 = 1)"
    )


def _crossed(one: Point, other: Point) -> str:
    (x_1, y_1), (x_2, y_2) = (one, other) if one[1] < other[1] else (other, one)
    slope = (x_2 - x_1) / (y_2 - y_1)
    return (
        f"(CASE WHEN latitude >= {y_1!r} AND latitude < {y_2!r} AND "
        f"longitude < {x_1!r} + (latitude - {y_1!r}) * {slope!r} THEN 1 ELSE 0 END)"
    )


def around(centres: Iterable[Point], metres: float) -> Condition:
    """Whether a position is within some metres of one of these points."""
    return any_of([_around(x, y, metres) for x, y in centres])


def _around(x: float, y: float, metres: float) -> Condition:
    height = math.degrees(metres / EARTH_M)
    return Condition(
        f"(latitude IS NOT NULL AND longitude IS NOT NULL AND latitude BETWEEN {y - height!r} AND "
        f"{y + height!r} AND {distance(x, y)} <= {float(metres)!r})"
    )


def distance(x: float | str, y: float | str) -> str:
    """Metres from a position to a point, on a sphere; the point may be two columns."""
    x, y = (each if isinstance(each, str) else repr(each) for each in (x, y))
    return (
        f"(2 * {EARTH_M!r} * asin(least(1.0, sqrt(pow(sin(radians(latitude - {y}) / 2), 2) + "
        f"cos(radians({y})) * cos(radians(latitude)) * "
        f"pow(sin(radians(longitude - {x}) / 2), 2)))))"
    )


def metres_between(one: Point, other: Point) -> float:
    """The same, of two points."""
    (x_1, y_1), (x_2, y_2) = one, other
    half = (
        math.sin(math.radians(y_2 - y_1) / 2) ** 2
        + math.cos(math.radians(y_1)) * math.cos(math.radians(y_2))
        * math.sin(math.radians(x_2 - x_1) / 2) ** 2
    )  # fmt: skip
    return 2 * EARTH_M * math.asin(min(1.0, math.sqrt(half)))


def area_m2(ring: Ring) -> float:
    """The area of a small ring, near enough to tell a parcel from a country."""
    middle = math.radians(sum(y for _, y in ring) / len(ring))
    scale = math.radians(1) * EARTH_M
    flat = Polygon([(x * scale * math.cos(middle), y * scale) for x, y in ring])
    return float(flat.area)


def drawn(points: Sequence[Point]) -> Ring:
    """The ring of a zone that somebody drew, without its last point, which is its first.

    Raises:
        Refused: it is not closed, crosses itself, or its size makes no sense.
    """
    for x, y in points:
        if not (math.isfinite(x) and math.isfinite(y) and -180 <= x <= 180 and -90 <= y <= 90):
            raise _absurd(
                f"le point {x},{y} n'est pas sur la Terre (longitude, latitude).",
                f"the point {x},{y} is not on Earth (longitude, latitude).",
            )
    if len(points) > MOST_POINTS + 1:
        raise _absurd(f"elle a {len(points)} points, {MOST_POINTS} au plus.",
                      f"it has {len(points)} points, {MOST_POINTS} at most.")  # fmt: skip
    if len(points) < 4 or points[0] != points[-1]:
        raise _absurd(
            "elle n'est pas fermée : il faut au moins trois points, puis le premier à nouveau.",
            "it is not closed: give at least three points, then the first one again.",
        )
    ring = tuple(points[:-1])
    if not Polygon(ring).is_valid:
        at = _POINT.search(explain_validity(Polygon(ring)))
        where = f" ({at[1]},{at[2]})" if at else ""
        raise _absurd(f"son contour se recoupe{where}.", f"its outline crosses itself{where}.")
    size = area_m2(ring)
    if not SMALLEST_M2 <= size <= LARGEST_M2:
        raise _absurd(
            f"sa surface est de {size / 1e6:,.3f} km², hors de ce qui a un sens (de 0,0001 à "
            f"{LARGEST_M2 / 1e6:,.0f} km²).",
            f"its area is {size / 1e6:,.3f} km², out of what makes sense (0.0001 to "
            f"{LARGEST_M2 / 1e6:,.0f} km²).",
        )
    return ring


def _absurd(fr: str, en: str) -> Refused:
    return Refused(
        Text(f"Cette zone ne peut pas servir : {fr} Dessinez-la à nouveau.",
             f"This zone cannot be used: {en} Draw it again.")
    )  # fmt: skip


def rings_of(found: BaseGeometry) -> tuple[Ring, ...]:
    """The rings of a polygon or of several, holes included; coarser when they are long."""
    tolerance = 0.00001
    while _count(found) > 5 * MOST_POINTS:
        found, tolerance = found.simplify(tolerance), tolerance * 2
    parts = mapping(found)["coordinates"]
    polygons = parts if found.geom_type == "MultiPolygon" else [parts]
    return tuple(
        tuple((float(x), float(y)) for x, y, *_ in ring[:-1]) for each in polygons for ring in each
    )


def _count(found: Any) -> int:
    return sum(
        len(part.exterior.coords) + sum(len(hole.coords) for hole in part.interiors)
        for part in getattr(found, "geoms", [found])
    )
