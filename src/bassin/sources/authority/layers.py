"""A GeoJSON as people save it: its objects given one by one, and what is wrong with an outline."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from bassin.errors import Refused
from bassin.sources.geojson import area_km2
from bassin.types import Text

LARGEST_KM2 = 100_000.0
"""The largest région of mainland France has 84,000 km²: a larger outline is a mistake."""
KINDS = {
    "Point": "point", "LineString": "line", "MultiLineString": "line",
    "Polygon": "polygon", "MultiPolygon": "polygon",
}  # fmt: skip
_SPACE = re.compile(r"[\s,]*")
_PLANE = re.compile(r"EPSG:*:?(\d+)|CRS84")
_WORLD = {"4326", "4979", "CRS84"}

NO_SHAPE = "has no geometry"
BAD_SHAPE = "has a geometry that cannot be read"
OTHER_SHAPE = "is not of the geometry declared for this layer"
CROSSES = "has an outline that crosses itself"
FLAT = "has an outline without any area"
HUGE = "covers more than any région of France"
SWAPPED = "has its latitude written before its longitude"


@dataclass(frozen=True, slots=True)
class Object:
    """One object: its rank from 1, its properties, its geometry as it was given."""

    rank: int
    properties: dict[str, Any]
    geometry: dict[str, Any] | None


def objects(path: Path) -> Iterator[Object]:
    """The objects of a GeoJSON, in their order.

    Raises:
        Refused: it is no GeoJSON, or is in a plane projection; the sentence says what to do.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        members = _members(text)
    except (UnicodeDecodeError, ValueError) as error:
        raise Refused(_no_geojson()) from error
    rank = 0
    try:
        for rank, each in enumerate(members, start=1):
            properties = each.get("properties") or {}
            yield Object(rank, properties, each.get("geometry"))
    except (ValueError, AttributeError, TypeError) as error:
        raise Refused(_no_geojson(rank + 1)) from error


def _no_geojson(rank: int = 0) -> Text:
    where = (
        (f", à partir de son objet {rank}", f", from its object {rank} on") if rank else ("", "")
    )
    return Text(
        f"Ce fichier n'est pas un GeoJSON entier{where[0]}. Exportez à nouveau la couche en "
        "GeoJSON (UTF-8, WGS 84), puis déposez-la.",
        f"This file is not a whole GeoJSON{where[1]}. Export the layer as GeoJSON again (UTF-8, "
        "WGS 84), then bring it.",
    )


def _members(text: str) -> Iterator[dict[str, Any]]:
    """The features of a collection, decoded one at a time: only the text is held whole."""
    decoder, at = json.JSONDecoder(), _after(text, 0)
    if text[at : at + 1] != "{":
        raise ValueError("no object")
    at = _after(text, at + 1)
    while text[at : at + 1] == '"':
        name, at = decoder.raw_decode(text, at)
        at = _after(text, at)
        at = _after(text, at + 1)  # the colon
        if name == "features":
            return _listed(text, at)
        value, at = decoder.raw_decode(text, at)
        if name == "crs":
            _refuse_plane(json.dumps(value))
        at = _after(text, at)
    raise ValueError("no features")


def _listed(text: str, at: int) -> Iterator[dict[str, Any]]:
    if text[at : at + 1] != "[":
        raise ValueError("features is no list")
    decoder, at = json.JSONDecoder(), _after(text, at + 1)
    while text[at : at + 1] != "]":
        found, at = decoder.raw_decode(text, at)
        yield found
        at = _after(text, at)


def _after(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _refuse_plane(said: str) -> None:
    found = _PLANE.search(said)
    code = (found[1] or found[0]) if found else ""
    if found and code not in _WORLD:
        raise Refused(_plane(f"EPSG:{code}", f"EPSG:{code}"))


def _plane(fr: str, en: str) -> Text:
    return Text(
        f"Les coordonnées de ce fichier ne sont pas des longitudes et des latitudes ({fr}) : il "
        "est dans une projection plane, sans doute Lambert-93. Dans QGIS : « Exporter → SCR : "
        "EPSG:4326 (WGS 84) », puis déposez le fichier obtenu.",
        f"The coordinates of this file are no longitudes and latitudes ({en}): it is in a plane "
        "projection, no doubt Lambert-93. In QGIS: “Export → CRS: EPSG:4326 (WGS 84)”, then bring "
        "the file you get.",
    )


def judged(each: Object, wanted: str) -> tuple[BaseGeometry | None, str, str]:
    """The geometry of an object, what is wrong with it ("" when nothing), and the value to show.

    Raises:
        Refused: its coordinates are in metres, so that those of the whole file are.
    """
    if not each.geometry:
        return None, NO_SHAPE, ""
    kind = str(each.geometry.get("type", ""))[:40]
    try:
        shape = shapely.from_geojson(json.dumps(each.geometry))
    except shapely.errors.GEOSException:
        return None, BAD_SHAPE, kind
    if shape is None or shape.is_empty:
        return None, NO_SHAPE, kind
    west, south, east, north = shape.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        far = west if abs(west) > 180 else east if abs(east) > 180 else south
        raise Refused(_plane(f"objet {each.rank} : {far:.0f}", f"object {each.rank}: {far:.0f}"))
    if KINDS.get(shape.geom_type) != wanted:
        return None, OTHER_SHAPE, kind
    if 41 <= west <= 52 and -6 <= south <= 10:
        return None, SWAPPED, f"{west:.5f}, {south:.5f}"
    return (shape, *_outline(shape)) if wanted == "polygon" else (shape, "", "")


def _outline(shape: BaseGeometry) -> tuple[str, str]:
    if not shape.is_valid:
        place = re.search(r"\[(.*)\]", shapely.is_valid_reason(shape))
        return CROSSES, place[1] if place else ""
    area = area_km2(shape)
    if area > LARGEST_KM2:
        return HUGE, f"{area:.0f} km²"
    return (FLAT, "0 km²") if area == 0 else ("", "")
