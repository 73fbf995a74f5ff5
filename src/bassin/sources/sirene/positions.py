"""Where establishments stand, in degrees, and the priority neighbourhood that holds the point."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import duckdb
import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

BATCH = 500_000
"""Rows at a time: the national file never has to fit in memory."""

EDGE_M = 30.0
"""Nearer than this to a perimeter, only the official address service can tell."""

# The legal projection of each territory: decree 2000-1276 of 26 December 2000 as amended.
_PROJECTIONS = {"971": 5490, "972": 5490, "977": 5490, "978": 5490, "973": 2972, "974": 2975,
                "975": 4467, "976": 4471}  # fmt: skip
_MAINLAND = 2154
_METRES_PER_DEGREE = 111_195.0

Numbers = NDArray[np.float64]


@cache
def _to_degrees(projection: int) -> Transformer:
    return Transformer.from_crs(projection, 4326, always_xy=True)


def degrees(commune_code: pa.Array, x_m: Numbers, y_m: Numbers) -> tuple[Numbers, Numbers]:
    """Published metres as longitude and latitude (n,), NaN where there are none.

    Args:
        commune_code: (n,) official codes, which tell the projection.
        x_m, y_m: (n,) in metres, in the projection that is legal there.
    """
    longitude, latitude = np.full(len(x_m), np.nan), np.full(len(x_m), np.nan)
    starts = np.array([(code or "")[:3] for code in commune_code.to_pylist()])
    chosen = np.array([_PROJECTIONS.get(each, _MAINLAND) for each in starts])
    known = np.isfinite(x_m) & np.isfinite(y_m)
    for projection in np.unique(chosen[known]).tolist():
        here = known & (chosen == projection)
        longitude[here], latitude[here] = _to_degrees(projection).transform(x_m[here], y_m[here])
    wrong = ~(np.isfinite(longitude) & np.isfinite(latitude))
    longitude[wrong] = latitude[wrong] = np.nan
    return longitude, latitude


@dataclass(frozen=True)
class Neighbourhoods:
    """The perimeters of one generation of priority neighbourhoods."""

    codes: Sequence[str]
    shapes: Sequence[shapely.Geometry]

    def of(self, longitude: Numbers, latitude: Numbers) -> tuple[list[str | None], list[bool]]:
        """The code of the perimeter that holds each point, and whether its edge is near."""
        codes: list[str | None] = [None] * len(longitude)
        edges = [False] * len(longitude)
        if not self.codes:
            return codes, edges
        tree = shapely.STRtree([shapely.box(*_wider(shape.bounds)) for shape in self.shapes])
        points = shapely.points(longitude, latitude)
        rows, found = tree.query(points, predicate="within")
        order = np.argsort(found, kind="stable")
        rows, found = rows[order], found[order]
        bounds = np.searchsorted(found, np.arange(len(self.codes) + 1))
        for number, (start, stop) in enumerate(pairwise(bounds.tolist())):
            if start == stop:
                continue
            here = rows[start:stop]
            inside, near = _judged(self.shapes[number], longitude[here], latitude[here])
            for row in here[inside].tolist():
                codes[row] = self.codes[number]
            for row in here[near].tolist():
                edges[row] = True
        return codes, edges


def _wider(bounds: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    west, south, east, north = bounds
    high = EDGE_M / _METRES_PER_DEGREE
    wide = high / max(float(np.cos(np.radians((south + north) / 2))), 0.01)
    return west - wide, south - high, east + wide, north + high


def _judged(
    shape: shapely.Geometry, longitude: Numbers, latitude: Numbers
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether each point is inside, and whether it is within `EDGE_M` of the edge."""
    scale = _METRES_PER_DEGREE
    flat = scale * float(np.cos(np.radians(shape.centroid.y)))
    metres = shapely.transform(shape, lambda xy: xy * [flat, scale])
    points = shapely.points(longitude * flat, latitude * scale)
    shapely.prepare(metres)
    near = shapely.distance(metres.boundary, points) <= EDGE_M
    return shapely.contains(metres, points), near


def place(con: duckdb.DuckDBPyConnection, neighbourhoods: Neighbourhoods) -> None:
    """Write the table `positions` from the table `known`.

    `known` has siret, commune_code, x_m, y_m, longitude, latitude; `positions` has siret,
    longitude, latitude, qpv_code, qpv_edge.
    """
    con.execute(
        "CREATE OR REPLACE TABLE positions (siret VARCHAR, longitude DOUBLE, latitude DOUBLE, "
        "qpv_code VARCHAR, qpv_edge BOOLEAN)"
    )
    row = con.execute("SELECT count(*) FROM known").fetchone()
    for start in range(0, row[0] if row else 0, BATCH):
        batch = con.execute(
            "SELECT * FROM known WHERE rowid >= $1 AND rowid < $2", [start, start + BATCH]
        ).fetch_arrow_table()
        placed = _placed(batch, neighbourhoods)
        con.register("placed", placed)
        con.execute("INSERT INTO positions SELECT * FROM placed")
        con.unregister("placed")


def _placed(batch: pa.Table, neighbourhoods: Neighbourhoods) -> pa.Table:
    def column(name: str) -> Numbers:
        return batch[name].to_numpy().astype(np.float64)

    x, y = degrees(batch["commune_code"], column("x_m"), column("y_m"))
    longitude, latitude = column("longitude"), column("latitude")
    given = np.isfinite(longitude) & np.isfinite(latitude)
    longitude, latitude = np.where(given, longitude, x), np.where(given, latitude, y)
    known = np.flatnonzero(np.isfinite(longitude))
    longitude, latitude = longitude[known], latitude[known]
    codes, edges = neighbourhoods.of(longitude, latitude)
    return pa.table(
        {
            "siret": batch["siret"].take(pa.array(known)), "longitude": longitude.round(6),
            "latitude": latitude.round(6), "qpv_code": pa.array(codes, pa.string()),
            "qpv_edge": pa.array(edges, pa.bool_()),
        }
    )  # fmt: skip
