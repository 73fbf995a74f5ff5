"""The distinct values of some fields read together, and which of them each row has.

Criteria are worked out once for each distinct value of a need and of an offer, not for each pair.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bassin.pairing.judge import items

Values = list[dict[str, Any]]


@dataclass(frozen=True)
class Column:
    """`values[codes[row]]` are the fields of a row."""

    values: Values
    codes: np.ndarray

    @classmethod
    def of_row(cls, row: Mapping[str, Any], fields: Sequence[str]) -> "Column":
        """One row alone."""
        return cls([{name: row.get(name) for name in fields}], np.zeros(1, np.int32))

    @classmethod
    def of_table(cls, table: pa.Table, fields: Sequence[str]) -> "Column":
        """All rows of a table; a field that it has not is unknown."""
        codes = np.zeros(table.num_rows, np.int64)
        values: Values = [{}] if table.num_rows else [dict.fromkeys(fields)]
        for name in fields if table.num_rows else ():
            found, here = _encoded(table, name)
            kept, codes = np.unique(codes * len(found) + here, return_inverse=True)
            values = [
                {**values[each // len(found)], name: found[each % len(found)]} for each in kept
            ]
        return cls(values, codes.astype(np.int32))


def _encoded(table: pa.Table, name: str) -> tuple[list[Any], np.ndarray]:
    """The distinct values of one field, and the code of each row."""
    if name not in table.column_names:
        return [None], np.zeros(table.num_rows, np.int64)
    column = table[name].combine_chunks()
    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        codes: dict[tuple | None, int] = {}
        found = (
            None if row is None else tuple(sorted(items(row) or ())) for row in column.to_pylist()
        )
        rows = [codes.setdefault(value, len(codes)) for value in found]
        return list(codes), np.asarray(rows, np.int64)
    coded = column.dictionary_encode(null_encoding="encode")
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.combine_chunks()
    values, here = coded.dictionary, coded.indices.to_numpy()
    if pa.types.is_temporal(values.type) or pa.types.is_integer(values.type):
        order = pc.array_sort_indices(values)  # what is asked up to a limit stands together
        values, here = values.take(order), np.argsort(order.to_numpy())[here]
    return values.to_pylist(), here.astype(np.int64)
