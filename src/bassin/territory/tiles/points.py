"""Points of a published table as a layer of tiles, encoded by DuckDB's spatial extension.

The extension is a wheel of its own, signed by DuckDB and read from the disk: nothing is ever
downloaded. It is loaded by the first tile that a process encodes and costs it about 30 MB; a
process that only serves stored tiles never pays for it.
"""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb

from bassin.errors import SourceError
from bassin.territory.tiles.grid import Tile
from bassin.types import Text

EXTENT = 4096
"""Units across a tile."""

CELLS = 16
"""Cells across a tile in which points are counted from afar: some thirty pixels each."""

COUNTED = "n"
"""Name of the count in a feature that stands for several points."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """What a feature says of its point.

    Args:
        sql: read from the table: a text, a whole number or a boolean.
        since: the zoom from which it is told, to keep wider tiles small.
        counted: from afar, the commonest value of a cell is told too.
    """

    sql: str
    since: int = 0
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """A layer: where its points are, what is said of them, at which zooms.

    Args:
        name: of the layer in its tiles.
        table: published, with `longitude` and `latitude` in degrees.
        near: the zoom from which points are features of their own.
        least: the widest zoom that is stored.
        most: the deepest zoom that is stored; beyond, a page enlarges it.
    """

    name: str
    table: str
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    near: int = 12
    least: int = 6
    most: int = 14

    bounds = "SELECT min(mx), min(my), max(mx), max(my) FROM placed"

    @property
    def fields(self) -> dict[str, str]:
        """Names of what is said, for programs that open the file."""
        return {COUNTED: "Number", **dict.fromkeys(self.attributes, "String")}

    def told(self, zoom: int) -> dict[str, str]:
        """SQL of what is said of one point at a zoom."""
        return {key: each.sql for key, each in self.attributes.items() if zoom >= each.since}

    def features(self, zoom: int) -> str:
        """Columns `tx`, `ty`, `geometry` and what is said, from a relation named `placed`."""
        side = 2**zoom
        if zoom >= self.near:
            said = ", ".join(quoted(key) for key in self.told(zoom))
            return (
                f"SELECT floor(mx * {side})::INTEGER AS tx, floor(my * {side})::INTEGER AS ty, "
                f"mx * {side} AS px, my * {side} AS py, {said} FROM placed"
            )
        counted = [key for key, each in self.attributes.items() if each.counted]
        modes = "".join(f", mode({quoted(key)}) AS {quoted(key)}" for key in counted)
        return (
            f"SELECT cx // {CELLS} AS tx, cy // {CELLS} AS ty, avg(mx) * {side} AS px, "
            f"avg(my) * {side} AS py, count(*)::INTEGER AS {COUNTED}{modes} FROM ("
            f"SELECT *, floor(mx * {side * CELLS})::INTEGER AS cx, "
            f"floor(my * {side * CELLS})::INTEGER AS cy FROM placed) GROUP BY cx, cy"
        )

    def encoded(self, zoom: int) -> str:
        """The aggregate that makes a tile of the rows of `features`."""
        if zoom >= self.near:
            said = list(self.told(zoom))
        else:
            said = [COUNTED, *(key for key, each in self.attributes.items() if each.counted)]
        pairs = "".join(f", {text(key)}: {quoted(key)}" for key in said)
        return (
            f"ST_AsMVT({{'geometry': ST_Point(round((px - tx) * {EXTENT}), "
            f"round((py - ty) * {EXTENT})){pairs}}}, {text(self.name)}, {EXTENT}, 'geometry')"
        )

    def placed(self, zoom: int, where: str) -> str:
        """The points that pass a filter, on the plane where the world is 1 by 1."""
        said = "".join(f", {sql} AS {quoted(key)}" for key, sql in self._kept(zoom).items())
        return (
            "SELECT (longitude + 180) / 360 AS mx, 0.5 - ln(tan(pi() / 4 + radians(latitude) / 2)) "
            f"/ (2 * pi()) AS my{said} FROM {quoted(self.table)} "
            f"WHERE longitude IS NOT NULL AND latitude BETWEEN -85 AND 85 AND ({where})"
        )

    def _kept(self, zoom: int) -> dict[str, str]:
        if zoom >= self.near:
            return self.told(zoom)
        return {key: each.sql for key, each in self.attributes.items() if each.counted}


def tile(
    cursor: duckdb.DuckDBPyConnection, points: Points, at: Tile, where: str = "TRUE",
    parameters: Sequence[Any] = (),
) -> bytes:  # fmt: skip
    """One tile of the points that pass a filter; empty when none does.

    Args:
        where: a condition on the columns of the layer's table, with its parameters apart.
    """
    spatial(cursor)
    west, south, east, north = at.bounds
    # The bounds are widened by a hair: the last bit is settled on the plane, by `tx` and `ty`.
    hair = (east - west) * 1e-6
    seen = (
        f"longitude BETWEEN {west - hair!r} AND {east + hair!r} AND "
        f"latitude BETWEEN {south - hair!r} AND {north + hair!r} AND ({where})"
    )
    found = cursor.execute(
        f"WITH placed AS ({points.placed(at.zoom, seen)}), "
        f"features AS ({points.features(at.zoom)}) "
        f"SELECT count(*), {points.encoded(at.zoom)} FROM features "
        f"WHERE tx = {at.column} AND ty = {at.row}",
        list(parameters),
    ).fetchone()
    return bytes(found[1]) if found and found[0] else b""


def spatial(cursor: duckdb.DuckDBPyConnection) -> None:
    """Have the spatial extension in a connection; nothing to do where it is already.

    Raises:
        SourceError: its wheel is not installed.
    """
    path = str(_extension()).replace("'", "''")
    cursor.execute(f"LOAD '{path}'")


@functools.cache
def _extension() -> Path:
    found = find_spec("duckdb_extension_spatial")
    if found is None or found.origin is None:
        raise _not_installed()
    folder = Path(found.origin).parent / "extensions" / f"v{duckdb.__version__}"
    path = folder / "spatial.duckdb_extension"
    if not path.is_file():
        raise _not_installed()
    return path


def _not_installed() -> SourceError:
    wanted = f"duckdb-extension-spatial {duckdb.__version__}"
    return SourceError(
        Text(
            f"Les tuiles demandent le paquet {wanted}, de la même version que DuckDB. Lancez "
            "`make setup`.",
            f"Tiles need the package {wanted}, of the same version as DuckDB. Run `make setup`.",
        )
    )


def quoted(name: str) -> str:
    """A name as SQL reads it."""
    return '"' + name.replace('"', '""') + '"'


def text(said: str) -> str:
    """A text as SQL reads it."""
    return "'" + said.replace("'", "''") + "'"
