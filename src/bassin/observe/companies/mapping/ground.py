"""What lies under the firms: communes, priority neighbourhoods, operations, stations, as GeoJSON.

Outlines are simplified to some metres: they are to be recognised, not measured.
"""

import json
import threading
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import shapely

from bassin.commons.models import Operation, Visibility
from bassin.indicators.house import House

_LOCK = threading.Lock()
_KEPT: dict[tuple[Any, ...], bytes] = {}
_MOST = 8
_AROUND = 0.12
"""How far communes around are shown, in degrees."""

_FINE, _COARSE, _MANY = 0.0001, 0.0006, 200
_DIGITS = 5

Feature = dict[str, Any]


def communes(house: House) -> list[Feature]:
    """Those of the territory, and those around it."""
    ours = set(house.territory.codes(house.home))
    rows = house.reader.rows("SELECT commune_code, shape FROM shapes") if _has(house) else []
    codes = [code for code, _ in rows]
    shapes = shapely.from_wkb([bytes(shape) for _, shape in rows])
    here = np.isin(codes, list(ours))
    if not here.any():
        return []
    west, south, east, north = shapely.total_bounds(shapes[here])
    near = shapely.box(west - _AROUND, south - _AROUND, east + _AROUND, north + _AROUND)
    kept = np.flatnonzero(shapely.intersects(shapes, near))
    places = house.territory.gazetteer().places
    known = [row for row in kept.tolist() if f"commune:{codes[row]}" in places]
    step = _FINE if len(known) < _MANY else _COARSE
    drawn = shapely.simplify(shapes[known], step)
    return [
        _feature(shape, code=codes[row], name=places[f"commune:{codes[row]}"].name,
                 ours=codes[row] in ours, x=middle.x, y=middle.y)
        for row, shape, middle in zip(known, drawn, shapely.point_on_surface(drawn), strict=True)
    ]  # fmt: skip


def quarters(house: House) -> list[Feature]:
    """Priority neighbourhoods of the latest generation."""
    if not house.reader.has("qpv"):
        return []
    rows = house.reader.rows(
        "SELECT qpv_code, name, shape FROM qpv "
        "WHERE generation = (SELECT max(generation) FROM qpv) AND shape IS NOT NULL ORDER BY 1"
    )
    return [
        _feature(shapely.simplify(shapely.from_wkb(bytes(shape)), 0.00005), code=code, name=name)
        for code, name, shape in rows
    ]


def stations(house: House) -> list[Feature]:
    """Stations, once each, with the lines that stop there."""
    if not house.reader.has("stations"):
        return []
    rows = house.reader.rows(
        "SELECT stop_area_name, avg(longitude), avg(latitude), "
        "string_agg(DISTINCT mode || ' ' || line, ', ' ORDER BY mode || ' ' || line) "
        "FROM stations GROUP BY 1 ORDER BY 1"
    )
    return [_feature(shapely.Point(x, y), name=name, lines=lines) for name, x, y, lines in rows]


def operations(house: House) -> list[Feature]:
    """Public development projects, by their outline of today."""
    found = Operation.objects.filter(visibility=Visibility.PUBLIC, archived_at=None)
    outlines = [
        (each, each.perimeters.filter(valid_to=None).order_by("-valid_from").first())
        for each in found.prefetch_related("perimeters")
    ]
    return [
        _feature(shapely.from_geojson(json.dumps(outline.geometry)), code=each.slug, name=each.name)
        for each, outline in outlines
        if outline is not None
    ]


LAYERS: dict[str, Callable[[House], list[Feature]]] = {
    "communes": communes,
    "quartiers": quarters,
    "gares": stations,
    "operations": operations,
}
"""Layers by their names in an address."""


def layer(house: House, name: str) -> bytes:
    """A layer as GeoJSON; those of published tables are made once for each release."""
    if name == "operations":
        return _collection(operations(house))
    key = (house.reader.key, house.home.key, name)
    if key not in _KEPT:
        made = _collection(LAYERS[name](house))
        with _LOCK:
            if len(_KEPT) >= _MOST:
                _KEPT.clear()
            _KEPT[key] = made
    return _KEPT[key]


def _has(house: House) -> bool:
    return house.reader.has("shapes")


def _feature(shape: Any, **said: Any) -> Feature:
    rounded = shapely.transform(shape, lambda points: np.round(points, _DIGITS))
    return {
        "type": "Feature",
        "properties": said,
        "geometry": json.loads(shapely.to_geojson(rounded)),
    }


def _collection(features: Iterable[Feature]) -> bytes:
    said = {"type": "FeatureCollection", "features": list(features)}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
