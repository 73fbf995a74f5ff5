"""The invented economy as a whole, from which every file of the sample is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from bassin.demo import facts
from bassin.demo.draws import Draws, Ints
from bassin.demo.firms import Firms, firms
from bassin.demo.lives import Lives, lives

# Points fall on a grid of about two metres.
_GRID = 50_000
_WALK_M = 450.0


@dataclass
class World:
    """Establishments, their firms, and where they stand; computed once for all files."""

    outlines: Mapping[str, BaseGeometry]

    @cached_property
    def lives(self) -> Lives:
        """When and where establishments lived."""
        return lives()

    @cached_property
    def firms(self) -> Firms:
        """Whose they are."""
        return firms(self.lives)

    @cached_property
    def sirets(self) -> np.ndarray:
        """The SIRET of each establishment."""
        return self.firms.sirets()

    @cached_property
    def sirens(self) -> np.ndarray:
        """The SIREN of each unit."""
        return self.firms.sirens()

    @cached_property
    def naf(self) -> np.ndarray:
        """The activity of each establishment."""
        return np.array([each.naf_code for each in facts.activities()])[self.lives.activity]

    @cached_property
    def points(self) -> tuple[np.ndarray, np.ndarray]:
        """Longitude and latitude of each establishment, inside the outline of its commune."""
        draws = Draws("points")
        x, y = np.zeros(len(self.lives)), np.zeros(len(self.lives))
        for number, commune in enumerate(facts.communes()):
            here = np.flatnonzero(self.lives.commune == number)
            x[here], y[here] = points_in(draws, self.outlines[commune.code], len(here))
        return _beside_stops(self, x, y)

    def head_commune(self) -> Ints:
        """Per unit, the commune of its head office here (-1 when it is elsewhere)."""
        found = np.full(self.firms.units, -1, dtype=np.int64)
        found[self.firms.unit[self.firms.head]] = self.lives.commune[self.firms.head]
        return found


def points_in(draws: Draws, shape: BaseGeometry, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Points drawn inside a shape."""
    west, south, east, north = (round(bound * _GRID) for bound in shape.bounds)
    found_x, found_y = np.zeros(0), np.zeros(0)
    shapely.prepare(shape)
    while len(found_x) < count:
        x = draws.between(west, east, 2 * count + 16) / _GRID
        y = draws.between(south, north, 2 * count + 16) / _GRID
        inside = shapely.contains_xy(shape, x, y)
        found_x, found_y = np.append(found_x, x[inside]), np.append(found_y, y[inside])
    return found_x[:count], found_y[:count]


def _beside_stops(world: World, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Every other workshop of metal or machines changes places with one that stands near a stop.

    Zones of activity are served: drawn at random, none would be within a walk of a station. All
    points stay where they are, only who stands there changes, and never the commune.
    """
    east, north = lambert(x, y)
    stops = facts.rows("lines")
    stop_x, stop_y = lambert(*(np.array([float(each[name]) for each in stops])
                               for name in ("longitude", "latitude")))  # fmt: skip
    away = np.full(len(x), np.inf)
    for at_x, at_y in set(zip(stop_x.tolist(), stop_y.tolist(), strict=True)):
        np.minimum(away, np.hypot(east - at_x, north - at_y), out=away)
    made = np.char.startswith(world.naf, "25.") | np.char.startswith(world.naf, "28.")
    workshop = world.lives.active & made & (world.firms.band >= "11") & (world.firms.band < "NN")
    for number in range(len(facts.communes())):
        here = world.lives.commune == number
        movers = np.flatnonzero(here & workshop)[::2]
        near = np.flatnonzero(here & ~workshop & (away < _WALK_M))[: len(movers)]
        movers = movers[: len(near)]
        x[movers], x[near] = x[near], x[movers]
        y[movers], y[near] = y[near], y[movers]
    return x, y


def lambert(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Longitude and latitude to whole metres in Lambert-93."""
    east, north = Transformer.from_crs(4326, 2154, always_xy=True).transform(x, y)
    return np.rint(east).astype(np.int64), np.rint(north).astype(np.int64)


def days(numbers: Ints) -> np.ndarray:
    """Days since 1970 as dates."""
    return numbers.astype("datetime64[D]")


def iso(numbers: Ints) -> np.ndarray:
    """Days since 1970 as text."""
    return np.datetime_as_string(days(numbers))


def today_of(day: date) -> int:
    """A day as a number of days since 1970."""
    return (day - date(1970, 1, 1)).days
