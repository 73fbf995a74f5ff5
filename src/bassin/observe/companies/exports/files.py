"""Workbook, GeoPackage and GeoParquet: written to a temporary file, some thousands of rows at once.

The file has no name any more when it begins to be sent: whoever leaves, and whatever is killed,
leaves nothing behind.
"""

import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pyogrio

from bassin.errors import SourceError
from bassin.observe.companies.exports.asked import Asked
from bassin.observe.companies.exports.columns import Kind
from bassin.observe.companies.exports.workbooks import workbook
from bassin.types import Text

_FORGOTTEN_S = 3600
_DISK = (
    OSError,
    pa.ArrowException,
    duckdb.IOException,
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
)
"""What a disk that is full, or is not there, makes of a writer."""

_POINT = b"\x01\x01\x00\x00\x00"
_PLACE = ("longitude AS place_x", "latitude AS place_y")
_TYPES = {Kind.TEXT: pa.string(), Kind.NUMBER: pa.float64(), Kind.DATE: pa.date32(),
          Kind.YES_NO: pa.bool_()}  # fmt: skip
_GEOMETRY = "geometry"
_LAYER = "establishments"


def written(asked: Asked, form: str) -> IO[bytes]:
    """The file of a format, open at its beginning.

    Raises:
        SourceError: it could not be written, the disk being full for instance; nothing is left.
    """
    writers: dict[str, Callable[[Asked, Path], None]] = {
        "xlsx": workbook, "gpkg": geopackage, "parquet": geoparquet,
    }  # fmt: skip
    root = asked.house.var / "exports"
    try:
        root.mkdir(parents=True, exist_ok=True)
        _sweep(root)
        with tempfile.TemporaryDirectory(dir=root) as folder:
            path = Path(folder) / f"file.{form}"
            writers[form](asked, path)
            return path.open("rb")
    except _DISK as error:
        raise _not_written(error) from error


def _sweep(root: Path) -> None:
    """Take away what a killed process was writing."""
    for folder in root.iterdir():
        if time.time() - folder.stat().st_mtime > _FORGOTTEN_S:
            shutil.rmtree(folder, ignore_errors=True)


def _not_written(error: Exception) -> SourceError:
    return SourceError(
        Text(
            f"Le fichier n'a pas pu être écrit ({error}). Il n'en reste rien. Demandez-le en CSV, "
            "qui ne passe pas par le disque, ou prévenez la personne qui tient ce service.",
            f"The file could not be written ({error}). Nothing is left of it. Ask for CSV, which "
            "needs no disk, or tell whoever runs this service.",
        )
    )


def geopackage(asked: Asked, path: Path) -> None:
    """One layer of points, with what is known of the file in its metadata."""
    schema = _schema(asked)
    reader = pa.RecordBatchReader.from_batches(schema, _located(asked, schema))
    facts = {key.upper(): value for key, value in asked.facts().items()}
    pyogrio.write_arrow(
        reader, path, layer=_LAYER, driver="GPKG", geometry_name=_GEOMETRY, geometry_type="Point",
        crs="EPSG:4326", layer_metadata=facts, dataset_metadata=facts,
        layer_options={"DESCRIPTION": asked.line(), "IDENTIFIER": facts["TITLE"]},
    )  # fmt: skip


def geoparquet(asked: Asked, path: Path) -> None:
    """GeoParquet 1.1: points in WKB, with what is known of the file among its metadata."""
    geo = {
        "version": "1.1.0",
        "primary_column": _GEOMETRY,
        "columns": {_GEOMETRY: {"encoding": "WKB", "geometry_types": ["Point"]}},
    }
    said = {"geo": json.dumps(geo), "about": json.dumps(asked.facts(), ensure_ascii=False)}
    schema = _schema(asked)
    with pq.ParquetWriter(path, schema.with_metadata(said), compression="zstd") as writer:
        for batch in _located(asked, schema):
            writer.write_batch(batch.replace_schema_metadata(said))


def _schema(asked: Asked) -> pa.Schema:
    columns = [(each.key, _TYPES[each.kind]) for each in asked.columns]
    return pa.schema([*columns, (_GEOMETRY, pa.binary())])


def _located(asked: Asked, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """The rows with their point in WKB, without one where the position is hidden or unknown."""
    values = [f"{each.read} AS {each.key}" for each in asked.columns]
    for batch in asked.batches([*values, *_PLACE]):
        *columns, x, y = batch.columns
        typed = [each.cast(field.type) for each, field in zip(columns, schema, strict=False)]
        yield pa.RecordBatch.from_arrays([*typed, _points(x, y)], schema=schema)


def _points(x: pa.Array, y: pa.Array) -> pa.Array:
    made = np.zeros((len(x), 21), dtype=np.uint8)
    made[:, :5] = np.frombuffer(_POINT, dtype=np.uint8)
    flat = np.column_stack([each.to_numpy(zero_copy_only=False) for each in (x, y)])
    made[:, 5:] = flat.astype("<f8").view(np.uint8).reshape(len(x), 16)
    fixed = pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(21), len(x), [None, pa.py_buffer(made.tobytes())]
    )
    unknown = pc.or_(x.is_null(), y.is_null())
    return pc.if_else(unknown, pa.scalar(None, pa.binary()), fixed.cast(pa.binary()))
