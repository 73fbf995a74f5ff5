"""Minutes by one's own means (on foot, by bicycle, by car) from straight lines and densities."""

from collections.abc import Iterator

import numpy as np
import shapely
from numpy.typing import NDArray

from bassin.territory.travel.ground import Ground
from bassin.territory.travel.hypotheses import CLASSES, Hypotheses

Minutes = NDArray[np.int16]
Floats = NDArray[np.float32]

UNKNOWN = -1
LONGEST = 32_000
_BLOCK = 256
_SAMPLES = 12
_CELL_M = 1000.0


def whole(minutes: NDArray[np.floating]) -> Minutes:
    """Whole minutes, at least one; what is not finite is unknown."""
    known = np.isfinite(minutes)
    rounded = np.clip(np.rint(np.where(known, minutes, 1)), 1, LONGEST)
    return np.where(known, rounded, UNKNOWN).astype(np.int16)


def blocks(ground: Ground) -> Iterator[tuple[slice, Floats]]:
    """Kilometres in straight line between people of two communes, some rows at a time.

    People live around the point of their commune, not on it: the mean squares of both spreads
    are added to the square of the distance, so that a trip inside a commune is not zero.
    """
    for start in range(0, len(ground.codes), _BLOCK):
        rows = slice(start, start + _BLOCK)
        across = ground.x[rows, None] - ground.x[None]
        along = ground.y[rows, None] - ground.y[None]
        around = ground.spread[rows, None] ** 2 + ground.spread[None] ** 2
        km = np.sqrt(across**2 + along**2 + around) / 1000
        km[ground.land[rows, None] != ground.land[None]] = np.nan
        yield rows, km.astype(np.float32)


def walk(ground: Ground, said: Hypotheses) -> Minutes:
    """Minutes on foot, the same in both directions."""
    pace = 60 * said["detour"]["walk"] / said["walk"]["speed"]
    return np.vstack([whole(km * pace) for _, km in blocks(ground)])


def bicycle(ground: Ground, said: Hypotheses) -> Minutes:
    """Minutes by bicycle, at the mean speed of the two densities, the same in both directions."""
    speeds = np.array(said["bicycle"]["speeds"], np.float32)[ground.kind]
    parts = []
    for rows, km in blocks(ground):
        speed = (speeds[rows, None] + speeds[None]) / 2
        parts.append(
            whole(60 * said["detour"]["bicycle"] * km / speed + said["bicycle"]["minutes"])
        )
    return np.vstack(parts)


def car(ground: Ground, said: Hypotheses, *, peak: bool) -> Minutes:
    """Minutes by car; parking is that of the arrival, so the two directions may differ."""
    told, parking = said["car"], said["parking"]
    name = "peak" if peak else "free"
    short = 60 / np.array(told[f"{name}_short"], np.float32)
    long = 60 / np.array(told[f"{name}_long"], np.float32)
    park = np.array(parking["arrive"], np.float32)[ground.kind]
    grid = _Grid(ground)
    parts = []
    for rows, km in blocks(ground):
        reach = np.clip((km - told["short_km"]) / (told["long_km"] - told["short_km"]), 0, 1)
        pace = np.zeros_like(km)
        for kind, share in enumerate(grid.shares(rows)):
            pace += share * (short[kind] + reach * (long[kind] - short[kind]))
        road = km * said["detour"]["car"]
        parts.append(whole(road * pace + parking["leave"] + park[None]))
    return np.vstack(parts)


class _Grid:
    """The class of density of each square kilometre, to know what a straight line crosses."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        known = ground.known
        x, y = ground.x[known], ground.y[known]
        self.left, self.bottom = float(x.min(initial=np.inf)), float(y.min(initial=np.inf))
        if not len(x):
            self.left = self.bottom = 0.0
            self.kinds = np.zeros((1, 1), np.int8)
            return
        wide = int((x.max() - self.left) // _CELL_M) + 1
        tall = int((y.max() - self.bottom) // _CELL_M) + 1
        across, along = np.meshgrid(np.arange(wide), np.arange(tall))
        centres = shapely.points(
            self.left + (across.ravel() + 0.5) * _CELL_M,
            self.bottom + (along.ravel() + 0.5) * _CELL_M,
        )
        nearest = shapely.STRtree(shapely.points(x, y)).nearest(centres)
        self.kinds = ground.kind[known][nearest].reshape(tall, wide)

    def shares(self, rows: slice) -> list[Floats]:
        """Per class of density, its part of the way between the communes of two points."""
        ground = self.ground
        x, y = np.nan_to_num(ground.x, nan=self.left), np.nan_to_num(ground.y, nan=self.bottom)
        size = (len(x[rows]), len(x))
        found = [np.zeros(size, np.float32) for _ in CLASSES]
        for step in range(_SAMPLES):
            part = (step + 0.5) / _SAMPLES
            across = (x[rows, None] * (1 - part) + x[None] * part - self.left) // _CELL_M
            along = (y[rows, None] * (1 - part) + y[None] * part - self.bottom) // _CELL_M
            kinds = self.kinds[along.astype(np.int32), across.astype(np.int32)]
            for kind, share in enumerate(found):
                share += (kinds == kind) / np.float32(_SAMPLES)
        return found
