"""The shown table as small numbers, by column, so that thousands of rows are counted at once.

Each column that a facet counts is read once per release into codes of one or two bytes; a count of
any rows is then a tally of their codes. Rows go by their `rowid`, the place they were written at.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from bassin.observe.companies.rows import TABLE
from bassin.store import Reader

Counts = dict[str | None, int]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Column:
    """The code of each row, and the value that each code stands for."""

    codes: NDArray[Any]
    labels: tuple[str | None, ...]

    def counts(self, rows: Rows) -> Counts:
        """How many of these rows have each value; those that none has are left out."""
        found = np.bincount(self.codes[rows], minlength=len(self.labels))
        return {self.labels[code]: int(found[code]) for code in np.flatnonzero(found)}


_LOCK = threading.Lock()
_KEPT: dict[tuple[Any, ...], dict[str, Column]] = {}
_MOST = 2
"""A page may still be on the release before."""


def columns(reader: Reader, wanted: Mapping[str, str]) -> dict[str, Column]:
    """The columns of the release that is read, by name; `wanted` gives the SQL of each."""
    key = (reader.key, reader.content(TABLE), tuple(wanted.items()))
    found = _KEPT.get(key)
    if found is None:
        with _LOCK:
            found = _KEPT.get(key)
            if found is None:
                while len(_KEPT) >= _MOST:
                    _KEPT.pop(next(iter(_KEPT)))
                found = _KEPT[key] = _read(reader, wanted)
    return found


def _read(reader: Reader, wanted: Mapping[str, str]) -> dict[str, Column]:
    made = {}
    for name, sql in wanted.items():
        table = reader.table(f"SELECT {sql} AS value FROM {TABLE} ORDER BY rowid")
        made[name] = _coded(table["value"].combine_chunks())
    return made


def _coded(values: pa.ChunkedArray | pa.Array) -> Column:
    told = values.dictionary_encode(null_encoding="encode")
    labels = tuple(told.dictionary.to_pylist())
    size = np.uint8 if len(labels) <= 256 else np.uint16 if len(labels) <= 65_536 else np.uint32
    return Column(told.indices.to_numpy(zero_copy_only=False).astype(size), labels)


def together(one: Column, other: Column, rows: Rows) -> NDArray[np.int64]:
    """How many of these rows have each value of one column with each value of the other."""
    width = len(other.labels)
    pairs = one.codes[rows].astype(np.int64) * width + other.codes[rows]
    return np.bincount(pairs, minlength=len(one.labels) * width).reshape(-1, width)


def holding(column: Column, values: Sequence[str | None]) -> NDArray[np.bool_]:
    """Which codes of a column stand for one of these values."""
    wanted = set(values)
    return np.array([label in wanted for label in column.labels], dtype=bool)
