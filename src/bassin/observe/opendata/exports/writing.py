"""Rows written in each format, as streams of bytes."""

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import shapely

from bassin.observe.opendata.exports.rows import EXAMPLE, flat


def as_csv(
    batches: Iterable[pa.RecordBatch], empty: pa.Schema, *, example: bool
) -> Iterator[bytes]:
    """Comma-separated values in UTF-8 with one line of names (RFC 4180)."""
    nothing = pa.RecordBatch.from_pylist([], schema=empty)
    yield _csv(flat(nothing, example=example), header=True)
    for batch in batches:
        yield _csv(flat(batch, example=example), header=False)


def _csv(batch: pa.RecordBatch, *, header: bool) -> bytes:
    out = pa.BufferOutputStream()
    options = pyarrow.csv.WriteOptions(include_header=header, quoting_style="needed")
    pyarrow.csv.write_csv(batch, out, options)
    return out.getvalue().to_pybytes()


def as_json(batches: Iterable[pa.RecordBatch], facts: Mapping[str, Any], *, example: bool) -> bytes:
    """Facts, then the rows, as one object."""
    rows = [
        row for batch in batches for row in flat(batch, example=example, formulas=True).to_pylist()
    ]
    return json.dumps({**facts, "example": example, "rows": rows}, ensure_ascii=False,
                      default=_plain).encode()  # fmt: skip


def as_geojson(
    batches: Iterable[pa.RecordBatch], facts: Mapping[str, Any], *, shape: str, example: bool
) -> Iterator[bytes]:
    """A collection of features (RFC 7946), one for each row; without position, no geometry.

    Args:
        shape: "shape" for outlines, "point" for longitudes and latitudes.
    """
    head = json.dumps({"type": "FeatureCollection", **facts, "example": example},
                      ensure_ascii=False, default=_plain)  # fmt: skip
    yield head[:-1].encode() + b', "features": ['
    first = True
    for batch in batches:
        drawn = _outlines(batch) if shape == "shape" else _points(batch)
        told = flat(batch, example=example, formulas=True).to_pylist()
        lines = [
            '{"type": "Feature", "geometry": ' + (geometry or "null") + ', "properties": '
            + json.dumps(row, ensure_ascii=False, default=_plain) + "}"
            for geometry, row in zip(drawn, told, strict=True)
        ]  # fmt: skip
        yield (("" if first else ",\n") + ",\n".join(lines)).encode()
        first = False
    yield b"]}\n"


def _outlines(batch: pa.RecordBatch) -> list[str | None]:
    column = batch.column(batch.schema.get_field_index("shape")).to_pylist()
    shapes = shapely.from_wkb(np.array(column, dtype=object))
    # Six decimals are ten centimetres.
    rounded = shapely.transform(shapes, lambda points: np.round(points, 6))
    return list(shapely.to_geojson(rounded))


def _points(batch: pa.RecordBatch) -> list[str | None]:
    x, y = (
        batch.column(batch.schema.get_field_index(name)).to_pylist()
        for name in ("longitude", "latitude")
    )
    return [
        f'{{"type": "Point", "coordinates": [{round(lon, 6)}, {round(lat, 6)}]}}'
        if lon is not None and lat is not None
        else None
        for lon, lat in zip(x, y, strict=True)
    ]


def as_parquet(table: pa.Table, facts: Mapping[str, str]) -> bytes:
    """A small table as Parquet, its facts in the file's own metadata."""
    metadata = {f"bassin.{name}": value for name, value in facts.items()}
    out = io.BytesIO()
    pq.write_table(table.replace_schema_metadata(metadata), out, compression="zstd")
    return out.getvalue()


def _plain(value: Any) -> str:
    """A day or a moment, as ISO 8601."""
    return str(value.isoformat())


__all__ = ["EXAMPLE", "as_csv", "as_geojson", "as_json", "as_parquet"]
