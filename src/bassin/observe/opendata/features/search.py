"""What is asked of a collection, where and when; and what is found."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from bassin.indicators.house import House
from bassin.observe.opendata.api.parameters import floats
from bassin.observe.opendata.api.problems import PARAMETER, Problem
from bassin.types import Text

Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees (CRS84)."""

_SHOWN = 60
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt][0-9:.]{5,15}([Zz]|[+-][0-9]{2}:[0-9]{2})?)?")


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from a first to a last one; None where it is open."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked: `boxes` are one, or two when it crosses the 180th meridian."""

    house: House
    language: str
    limit: int
    boxes: tuple[Box, ...] = ()
    when: Interval | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    after: str = ""


@dataclass(frozen=True, slots=True)
class Feature:
    """Something that has a position, or of which none is known."""

    id: str
    geometry: BaseGeometry | None
    properties: Mapping[str, Any]

    def written(self) -> dict[str, Any]:
        """As GeoJSON (RFC 7946), with six decimals: ten centimetres."""
        shape = self.geometry
        drawn = None
        if shape is not None:
            drawn = shapely.geometry.mapping(shapely.transform(shape, lambda xy: xy.round(6)))
        return {"type": "Feature", "id": self.id, "geometry": drawn,
                "properties": dict(self.properties)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """Some features, by their id: `goes_on` says that others follow, `matched` how many there are.

    `matched` is None where counting would cost as much as reading everything.
    """

    features: Sequence[Feature]
    goes_on: bool = False
    matched: int | None = None


def _wrong(name: str, given: str, fr: str, en: str) -> Problem:
    shown = given if len(given) <= _SHOWN else f"{given[:_SHOWN]}…"
    return Problem(PARAMETER, Text(
        f"« {shown} » ne convient pas au paramètre « {name} » : {fr}",
        f"“{shown}” does not fit the parameter “{name}”: {en}",
    ), name)  # fmt: skip


def boxes(given: str) -> tuple[Box, ...]:
    """The box of `bbox=`: two when it goes from the east of the 180th meridian to its west.

    Raises:
        Problem: it is not four (or six) numbers that make a box on Earth.
    """
    numbers = floats(given) or []
    if len(numbers) == 6:
        numbers = [*numbers[:2], *numbers[3:5]]  # heights are of no use here
    if len(numbers) != 4:
        raise _wrong(
            "bbox", given, "écrivez ouest,sud,est,nord en degrés, comme 3.4,44.5,3.6,44.6.",
            "write west,south,east,north in degrees, like 3.4,44.5,3.6,44.6.",
        )  # fmt: skip
    west, south, east, north = numbers
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise _wrong(
            "bbox", given, "les longitudes vont de -180 à 180, les latitudes de -90 à 90, et le "
            "sud vient avant le nord.",
            "longitudes go from -180 to 180, latitudes from -90 to 90, and the south comes before "
            "the north.",
        )  # fmt: skip
    if west > east:
        return (west, south, 180.0, north), (-180.0, south, east, north)
    return ((west, south, east, north),)


def interval(given: str) -> Interval:
    """The days of `datetime=`: one, or an interval open with `..` or nothing.

    Raises:
        Problem: it is neither, or ends before it begins.
    """
    first, cut, last = given.partition("/")
    found = Interval(_day(given, first), _day(given, last if cut else first))
    backwards = found.first and found.last and found.first > found.last
    if backwards or (found.first is None and found.last is None and given.strip("./")):
        raise _wrong("datetime", given, "la fin vient avant le début.",
                     "its end comes before its beginning.")  # fmt: skip
    return found


def _day(given: str, part: str) -> date | None:
    if part in ("", "..") and "/" in given:
        return None
    try:
        if not _DAY.fullmatch(part):
            raise ValueError(part)
        return datetime.fromisoformat(part.upper()).date()
    except ValueError as error:
        raise _wrong(
            "datetime", given, "écrivez 2026-01-31, 2026-01-31T00:00:00Z, ou un intervalle comme "
            "2025-01-01/2025-12-31 ou 2025-01-01/..",
            "write 2026-01-31, 2026-01-31T00:00:00Z, or an interval like 2025-01-01/2025-12-31 or "
            "2025-01-01/..",
        ) from error  # fmt: skip


def drawn(found: Sequence[Box]) -> BaseGeometry | None:
    """The boxes as one shape; None without any."""
    return shapely.union_all([shapely.box(*box) for box in found]) if found else None
