"""The rows of an open table, read from the file that is published, batch after batch.

Nothing is held whole in memory: a table of the whole country is given by a small process.
"""

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.observe.opendata.datasets import Dataset
from bassin.types import Text
from bassin.ui.data import FORMULAS

BATCH, FEW = 20_000, 1_000
"""Rows read at once: of a table that is given whole, and where the first ones are enough."""

EXAMPLE = "EXEMPLE"
"""The first column of whatever was invented, and what its cells say."""

_FORMULA = f"^[{''.join(FORMULAS)}]".replace("-", r"\-")


def parquet(opened: House, dataset: Dataset) -> Path:
    """The file of a table, as it lies.

    Raises:
        Refused: the table is not given, or its file was forgotten since.
    """
    if not dataset.is_open:
        raise Refused(dataset.declared.why)
    path = opened.store.path(dataset.key, dataset.version.version) / "data.parquet"
    if not path.is_file():
        raise Refused(
            Text(
                "Cette version vient d'être remplacée. Rechargez la page de la table.",
                "This version was just replaced. Reload the page of the table.",
            )
        )
    return path


def schema(path: Path, dataset: Dataset) -> pa.Schema:
    """The columns of a table's file that are given: those that are declared today.

    A version made before an upgrade may hold one that was taken away since.
    """
    return pa.schema([each for each in columns(path) if each.name in dataset.columns])


def columns(path: Path) -> pa.Schema:
    """All the columns of a table's file."""
    return pq.read_schema(path)


def together(path: Path, dataset: Dataset, listed: Iterator[pa.RecordBatch]) -> pa.Table:
    """Chosen rows as one table."""
    return pa.Table.from_batches(list(listed), schema=schema(path, dataset))


def place_column(dataset: Dataset) -> str:
    """The column by which rows are chosen by place; "" when there is none."""
    return "commune_code" if "commune_code" in dataset.columns else ""


def batches(
    path: Path, dataset: Dataset, codes: Sequence[str] | None = None, at_once: int = BATCH
) -> Generator[pa.RecordBatch, None, None]:
    """The rows of a table, those of some communes only where `codes` are given."""
    column = place_column(dataset)
    wanted = pa.array(sorted(codes), pa.string()) if codes is not None else None
    names = schema(path, dataset).names
    with pq.ParquetFile(path, memory_map=True) as opened:
        # Threads read ahead: worth their memory for a whole table only.
        for batch in opened.iter_batches(at_once, columns=names, use_threads=at_once == BATCH):
            kept = batch
            if wanted is not None:
                kept = batch.filter(pc.is_in(batch.column(column), value_set=wanted))
            if len(kept):
                yield kept


def first(
    path: Path, dataset: Dataset, codes: Sequence[str] | None = None
) -> pa.RecordBatch | None:
    """The first rows; None when there are none."""
    with closing(batches(path, dataset, codes, FEW)) as listed:
        return next(listed, None)


def flat(batch: pa.RecordBatch, *, example: bool, formulas: bool = False) -> pa.RecordBatch:
    """Rows as text files give them: without outlines, with the mark of what was invented.

    Args:
        formulas: leave texts as they are; else one that a spreadsheet would run is quoted.
    """
    names, columns = ([EXAMPLE], [pa.array([EXAMPLE] * len(batch))]) if example else ([], [])
    for field, column in zip(batch.schema, batch.columns, strict=True):
        if pa.types.is_binary(field.type) or pa.types.is_large_binary(field.type):
            continue
        names.append(field.name)
        columns.append(column if formulas else _quoted(column))
    return pa.RecordBatch.from_arrays(columns, names=names)


def _quoted(column: pa.Array) -> pa.Array:
    if not pa.types.is_string(column.type):
        return column
    runs = pc.fill_null(pc.match_substring_regex(column, _FORMULA), fill_value=False)
    if not pc.any(runs).as_py():
        return column
    return pc.if_else(runs, pc.binary_join_element_wise("'", column, ""), column)
