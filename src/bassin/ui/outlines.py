"""Outlines of places in Lambert-93, simplified and kept, for thumbnails and for maps."""

import threading
from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from bassin.indicators.house import House
from bassin.territory import Place
from bassin.ui.charts.model import Shape
from bassin.ui.graphics import Ring

_LOCK = threading.Lock()
_TO_LAMBERT = Transformer.from_crs("EPSG:4326", "EPSG:2154", always_xy=True)
_KEPT: dict[tuple[tuple[str, str], tuple[str, ...]], dict[str, shapely.Geometry]] = {}
_MOST_KEPT = 64

MOST_PARTS = 1300
"""Above this many communes a place is not drawn: an outline of France is no thumbnail."""


def shapes(house: House, codes: Sequence[str]) -> dict[str, shapely.Geometry]:
    """The outline of each commune, in metres, simplified together so that edges still meet."""
    key = (house.reader.key, tuple(codes))
    if key not in _KEPT:
        made = _read(house, list(codes))
        with _LOCK:
            if len(_KEPT) >= _MOST_KEPT:
                _KEPT.clear()
            _KEPT[key] = made
    return _KEPT[key]


def _read(house: House, codes: list[str]) -> dict[str, shapely.Geometry]:
    rows = house.reader.rows(
        "SELECT commune_code, shape FROM shapes WHERE commune_code IN (SELECT unnest($1))", [codes]
    )
    flat = [shapely.transform(shapely.from_wkb(bytes(shape)), to_metres) for _, shape in rows]
    tolerance = 12.0 if len(flat) < 200 else 60.0
    # Thumbnails of neighbouring communes overlap a little: only a valid coverage is simplified
    # as one, so that edges still meet.
    whole = bool(flat) and bool(shapely.coverage_is_valid(flat))
    drawn = (
        shapely.coverage_simplify(flat, tolerance) if whole else shapely.simplify(flat, tolerance)
    )
    return {row[0]: shape for row, shape in zip(rows, drawn, strict=True)}


def to_metres(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Longitudes and latitudes, a line each, in Lambert-93."""
    x, y = _TO_LAMBERT.transform(points[:, 0], points[:, 1])
    return np.column_stack([x, y])


def metres(longitude: float, latitude: float) -> tuple[float, float]:
    """A point in Lambert-93, as outlines are."""
    x, y = _TO_LAMBERT.transform(longitude, latitude)
    return float(x), float(y)


def borders(shape: shapely.Geometry) -> list[Ring]:
    """The outer border of each part of an outline."""
    parts = list(shape.geoms) if isinstance(shape, shapely.MultiPolygon) else [shape]
    return [list(part.exterior.coords) for part in parts if isinstance(part, shapely.Polygon)]


def rings(house: House, place: Place) -> list[Ring]:
    """The outline of a whole place, largest ring first; empty when none is known."""
    if not 0 < len(place.communes) <= MOST_PARTS:
        return []
    parts = [shape for shape in shapes(house, place.communes).values() if not shape.is_empty]
    if not parts:
        return []
    # A small buffer closes the slits between thumbnails that do not quite touch.
    whole = shapely.unary_union(shapely.buffer(parts, 40)).buffer(-40).simplify(40)
    polygons = list(whole.geoms) if isinstance(whole, shapely.MultiPolygon) else [whole]
    polygons.sort(key=lambda polygon: -polygon.area)
    return [list(polygon.exterior.coords) for polygon in polygons if not polygon.is_empty]


def map_shapes(house: House, communes: Sequence[Place]) -> tuple[Shape, ...]:
    """Communes as the chart of a map takes them, keyed by place."""
    found = shapes(house, [place.code for place in communes])
    return tuple(
        Shape(place.key, _polygons(found[place.code])) for place in communes if place.code in found
    )


def _polygons(
    shape: shapely.Geometry,
) -> tuple[tuple[tuple[tuple[float, float], ...], ...], ...]:
    parts = list(shape.geoms) if isinstance(shape, shapely.MultiPolygon) else [shape]
    return tuple(
        tuple(
            tuple((round(x, 1), round(y, 1)) for x, y in ring.coords)
            for ring in (part.exterior, *part.interiors)
        )
        for part in parts
        if isinstance(part, shapely.Polygon) and not part.is_empty
    )
