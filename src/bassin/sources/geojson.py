"""Features of a GeoJSON file, with the words to say what is wrong with one."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from bassin.errors import SourceError
from bassin.sources.contract import Raw
from bassin.sources.files import AGAIN, not_utf8
from bassin.types import Text


class Feature(NamedTuple):
    """One feature: its rank in the file from 1, its properties, its geometry (None when absent)."""

    number: int
    properties: dict[str, Any]
    geometry: BaseGeometry | None


def features(raw: Raw, needed: Sequence[str]) -> Iterator[Feature]:
    """The features of a file in WGS 84.

    Args:
        needed: properties that every feature must have, even empty.

    Raises:
        SourceError: not a whole GeoJSON file, a property is missing, or coordinates in metres.
    """
    try:
        listed = json.loads(raw.path.read_text(encoding="utf-8-sig"))["features"]
    except UnicodeDecodeError as error:
        raise not_utf8(raw.name, error) from error
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(
            Text(
                f"{raw.name} n'est pas un fichier GeoJSON entier. {AGAIN.fr}",
                f"{raw.name} is not a whole GeoJSON file ({error}). {AGAIN.en}",
            )
        ) from error
    for number, feature in enumerate(listed, start=1):
        properties = feature.get("properties") or {}
        missing = [name for name in needed if name not in properties]
        if missing:
            raise _lacking(raw.name, number, ", ".join(missing), ", ".join(properties))
        yield Feature(number, properties, _geometry(raw, number, feature.get("geometry")))


def _lacking(file: str, number: int, lacks: str, has: str) -> SourceError:
    return SourceError(
        Text(
            f"{file}, objet {number} : il n'a pas de propriété {lacks}. Il a {has}. Si le "
            "producteur l'a renommée, le lecteur de cette source est à mettre à jour ; la dernière "
            "bonne version reste en service.",
            f"{file}, feature {number}: it has no property {lacks}. It has {has}. If the publisher "
            "renamed it, the reader of this source must be updated; the last good version stays "
            "meanwhile.",
        )
    )


def _geometry(raw: Raw, number: int, given: dict[str, Any] | None) -> BaseGeometry | None:
    if not given:
        return None
    try:
        shape = shapely.from_geojson(json.dumps(given))
    except shapely.errors.GEOSException as error:
        raise SourceError(
            Text(
                f"{raw.name}, objet {number} : sa géométrie est illisible ({error}). "
                "Exportez le fichier à nouveau, puis chargez-le.",
                f"{raw.name}, feature {number}: its geometry cannot be read ({error}). "
                "Export the file again, then load it.",
            )
        ) from error
    west, south, east, north = shape.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise SourceError(
            Text(
                f"{raw.name}, objet {number} : la coordonnée {west:.0f} n'est pas une longitude. "
                "Le fichier est "
                "dans une projection plane (Lambert 93 ?) ; exportez-le en WGS 84, comme GeoJSON "
                "le demande.",
                f"{raw.name}, feature {number}: coordinate {west:.0f} is not a longitude. The file "
                "is "
                "in a plane projection (Lambert 93?); export it in WGS 84, as GeoJSON requires.",
            )
        )
    return shape


def area_km2(shape: BaseGeometry) -> float:
    """The area on the ellipsoid, in square kilometres."""
    area, _ = Geod(ellps="GRS80").geometry_area_perimeter(shapely.orient_polygons(shape))
    return abs(area) / 1e6
