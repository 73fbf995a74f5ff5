"""Some establishments among all, as one bit for each row of the shown table.

A list of thousands of SIRETs takes longer to hand to DuckDB than to look for: a mark for each row
is handed whole, and looked at by the place of the row. A table that is not in the own file of a
release has no places: its rows are then looked for by their SIRETs.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bassin.observe.companies.filters.base import Condition, listed
from bassin.observe.companies.rows import TABLE
from bassin.store import Reader
from bassin.store.store import COPIED_ROWS


@dataclass(frozen=True, slots=True)
class Marked:
    """Some establishments: their marks, else their SIRETs, in the order in which they were given.

    `sirets` is empty when they were found by their places.
    """

    sirets: tuple[str, ...] = field(repr=False)
    bits: bytes | None = field(default=None, repr=False, compare=False)

    def where(self) -> Condition:
        """Whether a row is one of them."""
        if self.bits is not None:
            return Condition("(get_bit(?::BLOB::BIT, rowid::INTEGER) = 1)", (self.bits,))
        return listed("siret", self.sirets) if self.sirets else Condition("FALSE")


NONE = Marked(())


@dataclass(frozen=True, slots=True)
class _Places:
    """The SIRETs of the table as numbers, from the smallest, and the place of each row."""

    numbers: NDArray[np.int64]
    rows: NDArray[np.int64]


_LOCK = threading.Lock()
_KEPT: dict[tuple[Any, ...], _Places] = {}
_MOST = 2
"""A page may still be on the release before."""


def copied(reader: Reader) -> bool:
    """Whether the rows have places: the release holds the table in its own file."""
    return reader.release.tables[TABLE].version.rows <= COPIED_ROWS


def marked(reader: Reader, sirets: Sequence[str]) -> Marked:
    """These establishments, those that are not loaded left unmarked."""
    if not sirets or not reader.has(TABLE):
        return NONE
    if not copied(reader):
        return Marked(tuple(sirets))
    known = _places(reader)
    asked = np.array(sirets, dtype="S14").astype(np.int64)
    at = np.searchsorted(known.numbers, asked)
    at[at == len(known.numbers)] = 0
    marks = np.zeros(len(known.numbers), dtype=bool)
    marks[known.rows[at[known.numbers[at] == asked]]] = True
    return Marked(tuple(sirets), bits(marks))


def bits(marks: NDArray[np.bool_]) -> bytes:
    """One bit for each row, as `Marked` has them."""
    return np.packbits(marks).tobytes()


def _places(reader: Reader) -> _Places:
    key = (reader.key, reader.content(TABLE))
    found = _KEPT.get(key)
    if found is None:
        numbers = _numbers(reader)
        order = np.argsort(numbers)
        with _LOCK:
            while len(_KEPT) >= _MOST:
                _KEPT.pop(next(iter(_KEPT)))
            found = _KEPT[key] = _Places(numbers[order], order)
    return found


def _numbers(reader: Reader) -> NDArray[np.int64]:
    told = reader.table(f"SELECT CAST(siret AS BIGINT) AS siret FROM {TABLE} ORDER BY rowid")
    return np.asarray(told["siret"].to_numpy(), dtype=np.int64)
