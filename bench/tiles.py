"""Tiles of 57,828 invented points against the same points told as GeoJSON; what they weigh."""

import gzip
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import psutil
import pyarrow as pa
import pyarrow.parquet as pq

from bassin.store import Reader, Store, Version
from bassin.territory.tiles import Attribute, Points, Pyramid, Tile, tile, write
from bassin.types import Origin
from bench.harness import Measure

FIRMS, TIMES, CITIES = 57_828, 100, 24
ASKED = "section = 'C'"
POINTS = Points(
    "firms",
    "points",
    {
        "siret": Attribute("siret", since=12),
        "section": Attribute("section", counted=True),
        "band": Attribute("band", counted=True),
        "state": Attribute("state"),
        "age": Attribute("age"),
        "name": Attribute("name", since=14),
    },
)


def points() -> pa.Table:
    """Firms around two dozen centres, as dense as a suburb is."""
    draw = np.random.default_rng(6)
    centre = draw.integers(0, CITIES, FIRMS)
    at = draw.uniform((2.28, 48.68), (2.50, 48.82), (CITIES, 2))[centre]
    spread = draw.normal(0, 0.012, (FIRMS, 2))
    sections = draw.choice(list("ACFGHIJKLMNPQRS"), FIRMS)
    return pa.table(
        {
            "siret": 94_000_000_000_000 + np.arange(FIRMS) * 7,
            "longitude": at[:, 0] + spread[:, 0],
            "latitude": at[:, 1] + spread[:, 1],
            "section": sections,
            "band": draw.choice(["00", "01", "02", "03", "11", "12"], FIRMS),
            "state": draw.choice(["A", "F"], FIRMS, p=(0.8, 0.2)),
            "age": draw.integers(0, 60, FIRMS).astype(np.int32),
            "name": [f"EXEMPLE {number}" for number in range(FIRMS)],
        }
    )


def store(folder: Path) -> Reader:
    """A store of these points alone."""
    made = Store(folder / "store")
    moment = "2026-11-20T08:01:00.000000+00:00"
    table = points()
    facts = Version("points", "v1", Origin.INVENTED, FIRMS, 0, "2026", moment, table.column_names)
    with made.scratch("points") as scratch:
        (scratch / "made").mkdir()
        pq.write_table(table, scratch / "made" / "data.parquet")
        made.add(facts, scratch / "made")
    made.publish(moment)
    return Reader(made)


def run() -> list[Measure]:
    """Make the pyramid, then serve from it and beside it."""
    with tempfile.TemporaryDirectory() as folder:
        reader = store(Path(folder))
        before = psutil.Process().memory_info().rss
        tile(reader.cursor(), POINTS, Tile.around(14, 2.39, 48.75))
        weight = (psutil.Process().memory_info().rss - before) / 1e6
        path = Path(folder) / "firms.pmtiles"
        ours, other = [], []
        for _ in range(3):
            ours.append(_milliseconds(lambda: write(reader, POINTS, path)))
            other.append(_milliseconds(lambda: _geojson(reader, "TRUE")))
        size = path.stat().st_size / 1e6
        return [
            Measure(
                f"tile pyramid of {FIRMS:,} points, zooms 6 to 14 ({size:.1f} MB)",
                "all of them as one GeoJSON", "ms", statistics.median(ours),
                statistics.median(other), 4, goal=3000,
            ),
            Measure(
                "memory of a process's first filtered tile: allowed / used", f"{weight:.0f} MB",
                "MB", 40, weight, 1,
            ),
            *_served(reader, Pyramid(path)),
        ]  # fmt: skip


def _served(reader: Reader, pyramid: Pyramid) -> list[Measure]:
    """Tiles around places drawn among the points: where many are, many are asked."""
    where = reader.rows(
        f"SELECT longitude, latitude FROM points USING SAMPLE {TIMES} (reservoir, 6)"
    )
    found = []
    for zoom in (8, 12, 14):
        places = [Tile.around(zoom, x, y) for x, y in where]
        stored = _p95(pyramid.tile, places)
        made = _p95(lambda at: tile(reader.cursor(), POINTS, at, ASKED), places)
        told = _p95(lambda at: _geojson(reader, f"{_within(at)} AND {ASKED}"), places)
        largest = max(len(pyramid.tile(at)) for at in places) / 1e3
        alike = max(len(gzip.compress(_geojson(reader, _within(at)))) for at in places[:3]) / 1e3
        found += [
            Measure(f"stored tile at zoom {zoom}, p95 (the largest {largest:.0f} kB)",
                    f"filtered GeoJSON of the same square, {alike:.0f} kB unfiltered", "ms", stored,
                    told, 0.1, goal=2),
            Measure(f"filtered tile at zoom {zoom}, p95", "GeoJSON of the same points", "ms", made,
                    told, 3, goal=15),
        ]  # fmt: skip
    return found


def _within(at: Tile) -> str:
    west, south, east, north = at.bounds
    return f"longitude BETWEEN {west} AND {east} AND latitude BETWEEN {south} AND {north}"


def _geojson(reader: Reader, where: str) -> bytes:
    """What a page without tiles would ask for."""
    told = ("siret", "section", "band", "state", "age")
    rows = reader.rows(f"SELECT longitude, latitude, {', '.join(told)} FROM points WHERE {where}")
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": row[:2]},
            "properties": dict(zip(told, row[2:], strict=True)),
        }
        for row in rows
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _p95(work: Callable[[Tile], object], places: Sequence[Tile]) -> float:
    work(places[0])
    spent = [_milliseconds(partial(work, place)) for place in places]
    return statistics.quantiles(spent, n=20)[-1]


def _milliseconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000
