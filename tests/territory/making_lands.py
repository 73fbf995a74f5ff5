"""Small invented grounds and lines, on which minutes are counted by hand or by an oracle."""

import numpy as np
from hypothesis import strategies as st

from bassin.territory.travel.ground import Ground
from bassin.territory.travel.lines import Line, Stop, spanning
from bassin.territory.travel.service import Day, Hours, Window

ALWAYS = Hours(tuple((day, Window.of("00:00", "00:00")) for day in Day))


def land(points, *, people=20_000, area_km2=5.0, islands=(), cities=None, lost=()) -> Ground:
    """Communes at these kilometres; those of `islands` are each alone on the sea."""
    count = len(points)
    x, y = np.array(points, float).reshape(count, 2).T * 1000
    for row in lost:
        x[row] = y[row] = np.nan
    people = np.full(count, people, float) if np.isscalar(people) else np.array(people, float)
    density = people / area_km2
    return Ground(
        tuple(f"{row:05d}" for row in range(count)), x, y, people, density,
        radius=np.full(count, np.sqrt(area_km2 / np.pi) * 1000),
        spread=np.full(count, 0.5 * np.sqrt(area_km2) * 1000 / np.sqrt(2)),
        kind=np.digitize(density, [300, 1500, 10_000]).astype(np.int8),
        land=np.array([row + 1 if row in islands else 0 for row in range(count)], np.int16),
        city=np.array(cities or [-1] * count, np.int32),
    )  # fmt: skip


def line(name, points, *, mode="RER", speed=45.0, waiting=5.0, hours=ALWAYS) -> Line:
    """A line through stops at these kilometres; a stop is named by its place."""
    x, y = np.array(points, float).reshape(len(points), 2).T * 1000
    parent, order = spanning(x, y)
    ride = tuple(
        float(np.hypot(x[i] - x[p], y[i] - y[p])) / 1000 * 60 / speed if p >= 0 else 0.0
        for i, p in enumerate(parent)
    )
    stops = tuple(Stop(f"{a:g} {b:g}", float(a), float(b)) for a, b in zip(x, y, strict=True))
    return Line(mode, name, stops, parent, ride, order, (), waiting, hours)


_KM = st.integers(0, 12)
PLACES = st.lists(st.tuples(_KM, _KM), min_size=2, max_size=8, unique=True)
LINES = st.lists(
    st.lists(st.tuples(_KM, _KM), min_size=2, max_size=6, unique=True), min_size=1, max_size=4
).map(lambda drawn: tuple(line(str(n), points) for n, points in enumerate(drawn)))
