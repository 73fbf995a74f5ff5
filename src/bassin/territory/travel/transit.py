"""Minutes by public transport: rounds of rides and walks from all communes at once.

Each round boards every line wherever it was reached, rides its tree up and down, then walks
between near platforms. All communes travel together, one row of numbers per stop: the whole
region takes less than a second, without a graph library.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from bassin.territory.travel.ground import Ground
from bassin.territory.travel.hypotheses import Hypotheses
from bassin.territory.travel.lines import Line, Stop
from bassin.territory.travel.ways import Minutes, blocks, whole

Floats = NDArray[np.float32]
Pairs = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Platforms:
    """All stops of some lines one after the other: where each line begins, and their points."""

    stops: tuple[Stop, ...]
    first: tuple[int, ...]
    points: NDArray[np.object_]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "Platforms":
        """Number the stops."""
        first = np.cumsum([0, *(len(line.stops) for line in lines)])[:-1].tolist()
        stops = tuple(stop for line in lines for stop in line.stops)
        points = shapely.points([stop.x for stop in stops], [stop.y for stop in stops])
        return cls(stops, tuple(first), points)


def transit(ground: Ground, lines: Sequence[Line], said: Hypotheses, *, buses: bool) -> Minutes:
    """Minutes between all communes with these lines; unknown where no ride is known.

    Args:
        buses: whether the local buses that are assumed in dense areas run.
    """
    count = len(ground.codes)
    best = np.full((count, count), np.inf, np.float32)
    if not lines:
        return whole(best)
    platforms = Platforms.of(lines)
    access = _access(ground, platforms, said, buses=buses)
    reached = _ride(access, lines, platforms, said)
    for stop, minutes in enumerate(access):
        ends = np.flatnonzero(np.isfinite(minutes))
        best[:, ends] = np.minimum(best[:, ends], reached[stop][:, None] + minutes[ends][None])
    served = np.asarray(np.isfinite(access).any(axis=0))
    _direct(best, ground, served, said, buses=buses)
    lands = ground.land[:, None] == ground.land[None]
    return whole(np.where(lands, np.minimum(best, best.T), np.inf))


def _ride(access: Floats, lines: Sequence[Line], platforms: Platforms, said: Hypotheses) -> Floats:
    """Minutes from each commune to each stop after as many rides as people accept.

    Standing at a stop from which one has not ridden yet does not count as reached: a trip that
    is only a walk is no public transport.
    """
    changes = _changes(platforms, said)
    here = access
    reached = np.full_like(access, np.inf)
    for _ in range(said["changing"]["most_rides"]):
        ridden = np.full_like(access, np.inf)
        for line, first in zip(lines, platforms.first, strict=True):
            ridden[first : first + len(line.stops)] = _along(line, here[first:][: len(line.stops)])
        better = np.minimum(reached, ridden)
        if np.array_equal(better, reached):
            break
        reached = better
        here = reached.copy()
        for start, end, minutes in changes:
            np.minimum(here[end], reached[start] + minutes, out=here[end])
    return reached


def _along(line: Line, here: Floats) -> Floats:
    """Board anywhere on a line and ride it: along its tree, over its loops, along it again."""
    on_board = here + np.float32(line.waiting)
    _up_and_down(line, on_board)
    if line.loops:
        for one, other, minutes in line.loops:
            np.minimum(on_board[one], on_board[other] + minutes, out=on_board[one])
            np.minimum(on_board[other], on_board[one] + minutes, out=on_board[other])
        _up_and_down(line, on_board)
    return on_board


def _up_and_down(line: Line, on_board: Floats) -> None:
    for stop in reversed(line.order):
        before = line.parent[stop]
        if before >= 0:
            np.minimum(on_board[before], on_board[stop] + line.ride[stop], out=on_board[before])
    for stop in line.order:
        before = line.parent[stop]
        if before >= 0:
            np.minimum(on_board[stop], on_board[before] + line.ride[stop], out=on_board[stop])


def _changes(platforms: Platforms, said: Hypotheses) -> list[tuple[int, int, np.float32]]:
    """Pairs of platforms between which people change, with the minutes of the walk."""
    told = said["changing"]
    tree = shapely.STRtree(platforms.points)
    pairs = tree.query(platforms.points, predicate="dwithin", distance=told["hub_m"])
    pace = 60 * said["detour"]["walk"] / (1000 * said["walk"]["speed"])
    found = []
    for start, end in pairs.T.tolist():
        one, other = platforms.stops[start], platforms.stops[end]
        away = float(np.hypot(one.x - other.x, one.y - other.y))
        if start != end and (away <= told["reach_m"] or one.name == other.name):
            found.append((start, end, np.float32(max(told["least_minutes"], away * pace))))
    return found


def _access(ground: Ground, platforms: Platforms, said: Hypotheses, *, buses: bool) -> Floats:
    """Minutes from each commune to each stop, on foot or by an assumed bus; inf elsewhere."""
    told, bus = said["access"], said["bus"]
    count, stops = len(ground.codes), len(platforms.stops)
    x = np.array([stop.x for stop in platforms.stops])
    y = np.array([stop.y for stop in platforms.stops])
    away = np.hypot(x[:, None] - ground.x[None], y[:, None] - ground.y[None])
    serving = _serving(platforms, away, ground.radius)
    near = np.sqrt(away**2 + ground.spread[None] ** 2) / 1000
    near = near / np.maximum(serving, 1)[None] ** told["nearer_power"]
    pace = 60 * said["detour"]["walk"] / said["walk"]["speed"]
    minutes = np.where(near * pace <= told["most_minutes"], near * pace, np.inf)
    if buses:
        dense = (ground.density >= said["density"]["dense"]) & ground.known
        by_bus = bus["walk_minutes"] + _bus_minutes(near, said)
        allowed = dense[None] & (near <= bus["most_km"])
        minutes = np.where(allowed, np.minimum(minutes, by_bus), minutes)
    minutes = np.where(np.isfinite(minutes), minutes, np.inf)
    kept = min(told["stations"] * 3, stops)
    worst = np.partition(minutes, kept - 1, axis=0)[kept - 1]
    minutes[minutes > worst[None]] = np.inf
    return minutes.astype(np.float32).reshape(stops, count)


def _serving(
    platforms: Platforms, away: NDArray[np.float64], radius: NDArray[np.float64]
) -> NDArray[np.int64]:
    """How many stops of different names lie within a commune as large as a disc."""
    inside = away <= radius[None]
    names = np.array([stop.name for stop in platforms.stops])
    _, number = np.unique(names, return_inverse=True)
    found = np.zeros((number.max() + 1, away.shape[1]), bool)
    np.logical_or.at(found, number, inside)
    return found.sum(axis=0)


def _bus_minutes(km: NDArray[np.floating], said: Hypotheses) -> NDArray[np.floating]:
    waiting = said["waiting"]["BUS"]
    return waiting + 60 * said["detour"]["car"] * km / said["ride"]["BUS"]


def _direct(
    best: Floats, ground: Ground, served: NDArray[np.bool_], said: Hypotheses, *, buses: bool
) -> None:
    """An assumed bus between two near dense communes; and walking, where it beats a known ride."""
    pace = 60 * said["detour"]["walk"] / said["walk"]["speed"]
    dense = served & (ground.density >= said["density"]["dense"])
    for rows, km in blocks(ground):
        part = best[rows]
        if buses:
            both = dense[rows, None] & dense[None] & (km <= said["bus"]["most_km"])
            by_bus = said["bus"]["walk_minutes"] + _bus_minutes(km, said)
            np.minimum(part, np.where(both, by_bus, np.inf), out=part)
        on_foot = np.where(np.isfinite(part), km * pace, np.inf)
        np.fmin(part, on_foot, out=part)
