"""The communes between which minutes are counted: a point, a density, a spread, an island."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from bassin.store import Reader
from bassin.territory.gazetteer import Gazetteer
from bassin.territory.place import Place
from bassin.territory.travel.hypotheses import Hypotheses
from bassin.types import Origin, Scale

Floats = NDArray[np.float64]

AROUND_KM = 30
"""Communes of a neighbouring région count as well, up to there."""
ZONES = {"971": 5490, "972": 5490, "973": 2972, "974": 2975, "976": 4471}
LAMBERT_93 = 2154


@dataclass(frozen=True, slots=True)
class Ground:
    """Arrays in the order of `codes`; a commune whose place is not known has NaN coordinates.

    `x`, `y` are metres on the plane of the territory, `people` inhabitants, `density` inhabitants
    per km², `spread` metres (of a mean trip inside: √2 × spread), `kind` the class of density,
    `land` the same number for communes that a road joins, `city` the row of the city of an
    arrondissement (else -1).
    """

    codes: tuple[str, ...]
    x: Floats
    y: Floats
    people: Floats
    density: Floats
    radius: Floats
    spread: Floats
    kind: NDArray[np.int8]
    land: NDArray[np.int16]
    city: NDArray[np.int32]

    @property
    def known(self) -> NDArray[np.bool_]:
        """Whether a commune's place is known."""
        return ~np.isnan(self.x)


@dataclass(frozen=True, slots=True)
class Plane:
    """From degrees to metres where the territory is."""

    epsg: int

    @classmethod
    def under(cls, codes: Sequence[str]) -> "Plane":
        """The official projection of these communes."""
        return cls(next((ZONES[code[:3]] for code in codes if code[:3] in ZONES), LAMBERT_93))

    def metres(self, longitude: Floats, latitude: Floats) -> tuple[Floats, Floats]:
        """Coordinates in metres."""
        change = Transformer.from_crs("EPSG:4326", f"EPSG:{self.epsg}", always_xy=True)
        x, y = change.transform(np.asarray(longitude, float), np.asarray(latitude, float))
        return np.asarray(x, float), np.asarray(y, float)


@dataclass
class Selection:
    """Which communes: those of the territory's régions, and those near it across the border."""

    reader: Reader
    gazetteer: Gazetteer
    home: Place

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Sorted codes of current communes and of the arrondissements of their cities."""
        wanted = set(self.home.communes)
        places = self.gazetteer.places
        regions = {
            parent
            for code in wanted
            for parent in places[f"commune:{code}"].parents
            if parent.startswith(f"{Scale.REGION}:")
        }
        found = {
            place.code
            for place in places.values()
            if place.scale == Scale.COMMUNE and not regions.isdisjoint(place.parents)
        }
        return tuple(sorted(found | wanted | self._across(wanted)))

    def _across(self, wanted: set[str]) -> set[str]:
        rows = self.reader.rows(
            "SELECT commune_code, longitude, latitude FROM shapes WHERE longitude IS NOT NULL"
        )
        here = {code: (longitude, latitude) for code, longitude, latitude in rows}
        ours = [code for code in wanted if code in here]
        if not ours:
            return set()
        plane = Plane.under(ours)
        near = [code for code in here if (code[:3] in ZONES) == (ours[0][:3] in ZONES)]
        points = shapely.points(*plane.metres(*np.array([here[c] for c in near]).T))
        tree = shapely.STRtree(points)
        centres = shapely.points(*plane.metres(*np.array([here[c] for c in ours]).T))
        met = tree.query(centres, predicate="dwithin", distance=AROUND_KM * 1000)[1]
        return {near[i] for i in met.tolist() if f"commune:{near[i]}" in self.gazetteer.places}


def ground(reader: Reader, gazetteer: Gazetteer, home: Place, said: Hypotheses) -> Ground:
    """Read the communes around a territory."""
    codes = Selection(reader, gazetteer, home).codes
    longitude, latitude, area = _points(reader, gazetteer, codes, said)
    x, y = Plane.under(codes).metres(longitude, latitude)
    lost = ~(np.isfinite(x) & np.isfinite(y))
    x, y = np.where(lost, np.nan, x), np.where(lost, np.nan, y)
    places = [gazetteer.places[f"commune:{code}"] for code in codes]
    people = np.array([p.population if p.population is not None else 0 for p in places], float)
    spread = said["spread"]
    built = np.clip(people / spread["people_per_km2"], spread["least_km2"], None)
    built = np.minimum(built, np.maximum(area, 0.01))
    density = people / np.maximum(area, 0.01)
    limits = [said["density"][name] for name in ("intermediate", "dense", "very_dense")]
    rows = {code: row for row, code in enumerate(codes)}
    city = [rows.get(p.parents[0].partition(":")[2], -1) if p.kind else -1 for p in places]
    return Ground(
        codes, x, y, people, density,
        radius=np.sqrt(area / np.pi) * 1000,
        spread=spread["inside"] * np.sqrt(built) * 1000 / np.sqrt(2),
        kind=np.digitize(density, limits).astype(np.int8),
        land=_lands(codes, said["islands"]["groups"]),
        city=np.array(city, np.int32),
    )  # fmt: skip


def _points(
    reader: Reader, gazetteer: Gazetteer, codes: Sequence[str], said: Hypotheses
) -> tuple[Floats, Floats, Floats]:
    """Longitude, latitude and area (km²) of each commune; NaN where no outline is known."""
    olds = sorted(gazetteer.codes(codes))
    rows = reader.rows(
        "SELECT commune_code, longitude, latitude, area_km2 FROM shapes "
        "WHERE commune_code IN (SELECT unnest($1)) AND longitude IS NOT NULL",
        [olds],
    )
    shapes = {row[0]: row[1:] for row in rows}
    lived = _by_stops(reader, codes, said) | _by_addresses(reader, codes, said)
    found = np.full((len(codes), 3), np.nan)
    for row, code in enumerate(codes):
        # A commune born of a merger may have no outline of its own yet: its largest part has.
        parts = [shapes[old] for old in (code, *gazetteer.predecessors.get(code, ()))
                 if old in shapes]  # fmt: skip
        if parts:
            found[row] = parts[0] if code in shapes else max(parts, key=lambda part: part[2])
        if code in lived and parts:
            found[row, :2] = lived[code]
    area = np.where(np.isnan(found[:, 2]), 1.0, found[:, 2])
    return found[:, 0], found[:, 1], area


def _by_addresses(
    reader: Reader, codes: Sequence[str], said: Hypotheses
) -> dict[str, tuple[float, float]]:
    """The median address of a commune's establishments, where real ones are loaded."""
    if not reader.has("establishments") or reader.release.origin("establishments") != Origin.REAL:
        return {}
    rows = reader.rows(
        "SELECT commune_code, median(longitude), median(latitude) FROM establishments "
        "WHERE state = 'A' AND longitude IS NOT NULL AND latitude IS NOT NULL "
        "AND commune_code IN (SELECT unnest($1)) GROUP BY 1 HAVING count(*) >= $2",
        [list(codes), said["point"]["addresses"]],
    )
    return {code: (longitude, latitude) for code, longitude, latitude in rows}


def _by_stops(
    reader: Reader, codes: Sequence[str], said: Hypotheses
) -> dict[str, tuple[float, float]]:
    """The median stop of a commune that has several: lines go where people live, not in woods."""
    if not reader.has("stations"):
        return {}
    stops = np.array(
        reader.rows(
            "SELECT avg(longitude), avg(latitude) FROM stations GROUP BY stop_area_name, "
            "round(longitude * 100), round(latitude * 100) ORDER BY 1, 2"
        ),
        float,
    ).reshape(-1, 2)
    rows = reader.rows(
        "SELECT commune_code, shape FROM shapes WHERE commune_code IN (SELECT unnest($1)) "
        "ORDER BY 1",
        [list(codes)],
    )
    outlines = shapely.from_wkb([bytes(shape) for _, shape in rows])
    inside: dict[str, list[int]] = {}
    tree = shapely.STRtree(shapely.points(stops))
    for outline, stop in tree.query(outlines, predicate="contains").T.tolist():
        inside.setdefault(rows[outline][0], []).append(stop)
    return {
        code: (float(np.median(stops[met, 0])), float(np.median(stops[met, 1])))
        for code, met in inside.items()
        if len(met) >= said["point"]["stops"]
    }


def _lands(codes: Sequence[str], islands: list[list[str]]) -> NDArray[np.int16]:
    island = {code: number for number, group in enumerate(islands, 1) for code in group}
    return np.array([island.get(code, 0) for code in codes], np.int16)
