"""A pyramid of tiles in one PMTiles file: written by one GROUP BY per zoom, read by its place."""

import functools
import gzip
import mmap
from pathlib import Path
from typing import Any

from pmtiles.tile import (
    Compression,
    Entry,
    TileType,
    deserialize_directory,
    deserialize_header,
    find_tile,
    zxy_to_tileid,
)
from pmtiles.writer import Writer

from bassin.store import Reader
from bassin.territory.tiles.grid import Tile
from bassin.territory.tiles.points import Points, spatial
from bassin.territory.tiles.shapes import Shapes

_HEADER = 127
_LEAVES = 4
"""Directories under the first that a process keeps: a territory's pyramid has none."""


def write(reader: Reader, layer: Points | Shapes, path: Path, where: str = "TRUE") -> None:
    """Write the tiles of all that passes a filter, from the widest zoom to the deepest."""
    cursor = reader.cursor().cursor()
    cursor.execute("SET search_path = 'release,memory'")
    spatial(cursor)
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE placed AS {layer.placed(layer.most, where)}")
    found = cursor.execute(layer.bounds).fetchone()
    with path.open("wb") as file:
        writer = Writer(file)
        for zoom in range(layer.least, layer.most + 1):
            rows = cursor.execute(
                f"WITH features AS ({layer.features(zoom)}) "
                f"SELECT tx, ty, {layer.encoded(zoom)} FROM features GROUP BY tx, ty"
            ).fetchall()
            named = sorted((zxy_to_tileid(zoom, x, y), bytes(tile)) for x, y, tile in rows)
            for key, tile in named:
                writer.write_tile(key, gzip.compress(tile, 6, mtime=0))
        if not writer.tile_entries:  # a file of no tile is one that no program opens
            writer.write_tile(0, b"")
        writer.finalize(_header(layer, found), _metadata(layer))
    cursor.execute("DROP TABLE placed")


def _header(layer: Points | Shapes, found: tuple[Any, ...] | None) -> dict[str, Any]:
    deepest = 30
    west, north, east, south = found if found and found[0] is not None else (0.5, 0.5, 0.5, 0.5)
    side = 2**deepest
    first = Tile(deepest, int(west * side), int(north * side)).bounds
    last = Tile(deepest, int(east * side), int(south * side)).bounds
    at = (first[0], last[1], last[2], first[3])
    west, south, east, north = (round(each * 1e7) for each in at)
    return {
        "tile_type": TileType.MVT,
        "tile_compression": Compression.GZIP,
        "min_zoom": layer.least,
        "max_zoom": layer.most,
        "min_lon_e7": west,
        "min_lat_e7": south,
        "max_lon_e7": east,
        "max_lat_e7": north,
        "center_zoom": layer.near - 1,
        "center_lon_e7": (west + east) // 2,
        "center_lat_e7": (south + north) // 2,
    }


def _metadata(layer: Points | Shapes) -> dict[str, Any]:
    return {
        "name": layer.name,
        "vector_layers": [
            {
                "id": layer.name,
                "minzoom": layer.least,
                "maxzoom": layer.most,
                "fields": layer.fields,
            }
        ],
    }


class Pyramid:
    """A pyramid that is read: opened once in a process, whatever becomes of its file."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.header = deserialize_header(self._bytes[:_HEADER])
        self._root = self._entries(self.header["root_offset"], self.header["root_length"])
        self._leaf = functools.lru_cache(_LEAVES)(self._entries)

    @classmethod
    def opened(cls, path: Path) -> "Pyramid":
        """The pyramid of a file, kept open."""
        return _opened(path)

    @property
    def zooms(self) -> range:
        """The zooms that are stored."""
        return range(self.header["min_zoom"], self.header["max_zoom"] + 1)

    def _entries(self, offset: int, length: int) -> list[Entry]:
        return list(deserialize_directory(self._bytes[offset : offset + length]))

    def tile(self, at: Tile) -> bytes:
        """A tile, compressed by gzip; empty when nothing is there."""
        key, entries = zxy_to_tileid(at.zoom, at.column, at.row), self._root
        while (entry := find_tile(entries, key)) is not None:
            if entry.run_length:
                first = self.header["tile_data_offset"] + entry.offset
                return bytes(self._bytes[first : first + entry.length])
            entries = self._leaf(self.header["leaf_directory_offset"] + entry.offset, entry.length)
        return b""


@functools.lru_cache(4)
def _opened(path: Path) -> Pyramid:
    return Pyramid(path)
