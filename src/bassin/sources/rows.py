"""Rows read in Python (JSON, spreadsheets, packages) as a table the runner can check."""

from collections.abc import Iterable, Mapping
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from bassin.sources.contract import Column

_ARROW = {
    "VARCHAR": pa.string(),
    "TINYINT": pa.int64(),
    "SMALLINT": pa.int64(),
    "INTEGER": pa.int64(),
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "BLOB": pa.binary(),
}


def table_of(rows: Iterable[Mapping[str, Any]], columns: Mapping[str, Column]) -> ir.Table:
    """An in-memory table with every declared column; a row may add `line_number`.

    A column whose values do not all have the declared type is given as text, so that the runner
    can name the line and the value that break the rule.
    """
    listed = list(rows)
    arrays = {
        name: _array([row.get(name) for row in listed], column.type)
        for name, column in columns.items()
    }
    if listed and "line_number" in listed[0]:
        arrays["line_number"] = pa.array([row["line_number"] for row in listed], pa.int64())
    return ibis.memtable(pa.table(arrays))


def _array(values: list[Any], kind: str) -> pa.Array:
    try:
        return pa.array(values, _ARROW.get(kind, pa.string()))
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return pa.array([None if value is None else str(value) for value in values], pa.string())
