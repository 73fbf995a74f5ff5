"""The lines of public transport: their stops on the plane, a tree of rails, hours and waiting."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bassin.store import Reader
from bassin.territory.travel.ground import Plane
from bassin.territory.travel.hypotheses import Hypotheses
from bassin.territory.travel.service import At, Day, Hours, Window

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop of a line: its name and its metres on the plane."""

    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line: stops, which stop each is reached from (-1 for the first), minutes of that ride.

    `order` lists the stops so that one always comes after the stop it is reached from. `loops`
    are rides between two stops that the tree holds apart.
    """

    mode: str
    name: str
    stops: tuple[Stop, ...]
    parent: tuple[int, ...]
    ride: tuple[float, ...]
    order: tuple[int, ...]
    loops: tuple[tuple[int, int, float], ...]
    waiting: float
    hours: Hours

    @property
    def key(self) -> str:
        """What tells a line and its service from another."""
        return f"{self.mode} {self.name} {self.waiting:g} {self.hours.days}"


@dataclass(frozen=True, slots=True)
class Timetable:
    """What a loaded line says: hours and interval by kind of day, stops in order, or none."""

    hours: Hours
    every: float | None
    stops: tuple[tuple[str, float, float], ...]


def lines(reader: Reader, plane: Plane, said: Hypotheses) -> tuple[Line, ...]:
    """All lines of a release: those of its stations, with loaded hours, and loaded lines."""
    loaded = timetables(reader)
    stations = _stations(reader, said)
    made = []
    for mode, name in sorted({*stations, *loaded}):
        told = loaded.get((mode, name))
        in_order = told is not None and len(told.stops) > 1
        points = told.stops if told and in_order else stations.get((mode, name), ())
        if len(points) > 1:
            made.append(_line(mode, name, points, told, plane, said, in_order=in_order))
    return tuple(made)


def usual_hours(mode: str, said: Hypotheses) -> Hours:
    """The hours of a mode by hypothesis; none for a mode that only a loaded line can have."""
    told = said["hours"].values.get(mode, {})
    return Hours(tuple((Day(day), Window.of(*hours)) for day, hours in told.items()))


def _line(
    mode: str,
    name: str,
    points: Sequence[tuple[str, float, float]],
    told: Timetable | None,
    plane: Plane,
    said: Hypotheses,
    *,
    in_order: bool,
) -> Line:
    x, y = plane.metres(np.array([p[1] for p in points]), np.array([p[2] for p in points]))
    parent, order = _in_a_row(len(points)) if in_order else spanning(x, y)
    rails = [float(np.hypot(x[i] - x[p], y[i] - y[p])) if p >= 0 else 0.0
             for i, p in enumerate(parent)]  # fmt: skip
    ride = tuple(_minutes(metres, mode, name, said) for metres in rails)
    closed = () if in_order else closing(x, y, parent, order, said["loops"]["times"])
    loops = tuple((i, j, _minutes(metres, mode, name, said)) for i, j, metres in closed)
    waiting = said.of_line("waiting", mode, name)
    if told is not None and told.every:
        waiting = min(told.every / 2, said["waiting"]["most"])
    stops = tuple(Stop(p[0], float(a), float(b)) for p, a, b in zip(points, x, y, strict=True))
    hours = told.hours if told is not None else usual_hours(mode, said)
    return Line(mode, name, stops, parent, ride, order, loops, waiting, hours)


def _minutes(metres: float, mode: str, name: str, said: Hypotheses) -> float:
    """Minutes of rails between two stops: at the commercial speed, then faster."""
    km = metres * said["detour"]["rail"] / 1000
    speed = said.of_line("ride", mode, name)
    cruising = max(speed, said["fast"].values.get(mode, speed))
    slow = min(km, said["fast"]["after_km"])
    return 60 * (slow / speed + (km - slow) / cruising)


def _in_a_row(count: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return tuple(range(-1, count - 1)), tuple(range(count))


def spanning(x: Floats, y: Floats) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The shortest tree through the stops (Prim): who each is reached from, and in which order.

    Stations are published as points without their order; lines are nearly trees. A loop is
    opened at its longest gap.
    """
    count = len(x)
    parent = np.full(count, -1)
    best = np.full(count, np.inf)
    best[0] = 0.0
    left = np.ones(count, bool)
    order = []
    for _ in range(count):
        near = int(np.argmin(np.where(left, best, np.inf)))
        left[near] = False
        order.append(near)
        away = np.hypot(x - x[near], y - y[near])
        closer = left & (away < best)
        best[closer], parent[closer] = away[closer], near
    return tuple(parent.tolist()), tuple(order)


def closing(
    x: Floats, y: Floats, parent: Sequence[int], order: Sequence[int], times: float
) -> tuple[tuple[int, int, float], ...]:
    """Pairs of near stops that the tree sets too far apart, each time the worst, until none is."""
    straight = np.hypot(x[:, None] - x[None], y[:, None] - y[None])
    along = _along_tree(straight, parent, order)
    longest = max(straight[i, p] for i, p in enumerate(parent) if p >= 0)
    near = (straight > 0) & (straight <= 1.01 * longest)
    found: list[tuple[int, int, float]] = []
    while True:
        excess = np.where(near, along / np.where(near, straight, 1.0), 0.0)
        i, j = np.unravel_index(int(np.argmax(excess)), excess.shape)
        if excess[i, j] <= times:
            return tuple(found)
        gap = float(straight[i, j])
        found.append((int(i), int(j), gap))
        through = along[:, i, None] + gap + along[None, j]
        along = np.minimum(along, np.minimum(through, through.T))


def _along_tree(straight: Floats, parent: Sequence[int], order: Sequence[int]) -> Floats:
    """Metres along the tree between all pairs of its stops."""
    along = np.zeros_like(straight)
    placed: list[int] = []
    for stop in order:
        before = parent[stop]
        if before >= 0:
            along[stop, placed] = along[before, placed] + straight[stop, before]
            along[placed, stop] = along[stop, placed]
        placed.append(stop)
    return along


def _stations(
    reader: Reader, said: Hypotheses
) -> dict[tuple[str, str], list[tuple[str, float, float]]]:
    if not reader.has("stations"):
        return {}
    out = set(said["left_out"]["lines"])
    found: dict[tuple[str, str], dict[tuple[str, int, int], tuple[str, float, float]]]
    found = defaultdict(dict)
    rows = reader.rows(
        "SELECT mode, line, stop_area_name, longitude, latitude FROM stations "
        "ORDER BY mode, line, stop_area_name, longitude, latitude"
    )
    for mode, line, name, longitude, latitude in rows:
        if f"{mode} {line}" not in out:
            here = (name, round(longitude * 500), round(latitude * 500))  # platforms of one stop
            found[mode, line].setdefault(here, (name, longitude, latitude))
    return {key: list(stops.values()) for key, stops in found.items()}


def timetables(reader: Reader) -> dict[tuple[str, str], Timetable]:
    """What loaded lines say, by mode and line."""
    if not reader.has("lines"):
        return {}
    rows = reader.rows(
        "SELECT mode, line, days, first_departure, last_arrival, every_minutes, stop_name, "
        "longitude, latitude FROM lines ORDER BY mode, line, days, stop_order"
    )
    grouped: dict[tuple[str, str], list[tuple[str, ...]]] = defaultdict(list)
    for mode, line, *told in rows:
        grouped[mode, line].append(tuple(told))
    return {key: _timetable(told) for key, told in grouped.items()}


def _timetable(rows: Iterable[tuple[str, ...]]) -> Timetable:
    days: dict[Day, Window] = {}
    stops: dict[str, tuple[str, float, float]] = {}
    every = []
    for kind, first, last, interval, name, longitude, latitude in rows:
        for day in list(Day) if kind == "all" else [Day(kind)]:
            days[day] = Window.of(first, last)
        if interval is not None:
            every.append(float(interval))
        if name and longitude is not None:
            stops.setdefault(name, (name, float(longitude), float(latitude)))
    return Timetable(
        Hours(tuple(sorted(days.items()))), max(every, default=None), tuple(stops.values())
    )


def open_for(lines: Iterable[Line], at: At) -> dict[Line, int]:
    """The lines that run when one must arrive, and for how many minutes they have run."""
    running = {line: line.hours.running_for(at) for line in lines}
    return {line: minutes for line, minutes in running.items() if minutes > 0}
