"""What the register tells of each establishment, made ready when a release is put in service.

One Arrow file, read where it lies on disk: its columns are coded, so that all firms are judged
value by value, and its numbers are sorted, so that one firm is found at once.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from bassin.errors import SourceError
from bassin.indicators.house import House
from bassin.store import Made, Reader
from bassin.types import Text

TABLE = "establishments_shown"
CODED = ("commune_code", "qpv", "naf_code", "naf2025_code", "headcount_band",
         "unit_headcount_band", "category", "legal_category", "unit_created_on",
         "is_ess")  # fmt: skip
_READ = """
    SELECT siret, state = 'A' AS is_open, commune_code,
        CASE WHEN has_position AND NOT coalesce(qpv_edge, false) THEN coalesce(qpv_code, '-') END
            AS qpv,
        naf_code, naf2025_code, headcount_band, unit_headcount_band, category, legal_category,
        strftime(unit_created_on, '%Y-%m-%d') AS unit_created_on,
        CASE is_ess WHEN true THEN '1' WHEN false THEN '0' END AS is_ess
    FROM establishments_shown ORDER BY state, commune_code, naf_code, siret
"""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Establishments, the open ones first; `numbers` are their SIRETs in order, each at a place."""

    rows: pa.Table
    opened: int
    numbers: npt.NDArray[np.int64]
    places: npt.NDArray[np.int32]

    def row(self, siret: str) -> dict[str, Any] | None:
        """What is told of one; None when it is not there."""
        if not siret.isdecimal() or not len(self.numbers):
            return None
        number = int(siret)
        at = int(np.searchsorted(self.numbers, number))
        if at == len(self.numbers) or int(self.numbers[at]) != number:
            return None
        place = int(self.places[at])
        return {name: self.rows[name][place].as_py() for name in ("siret", *CODED)}


def coded(rows: pa.Table) -> pa.Table:
    """The rows with their columns coded, and beside them their numbers in order."""
    made = {name: pc.dictionary_encode(rows[name].combine_chunks()) for name in CODED}
    numbers = pc.cast(rows["siret"], pa.int64()).combine_chunks().to_numpy(zero_copy_only=False)
    order = np.argsort(numbers, kind="stable").astype(np.int32)
    return pa.table(
        {"siret": rows["siret"].combine_chunks(), "is_open": rows["is_open"].combine_chunks(),
         **made, "number": pa.array(numbers[order]), "place": pa.array(order)}
    )  # fmt: skip


def build(reader: Reader, path: Path) -> None:
    """Write the file of a release."""
    made = coded(reader.table(_READ))
    # In one piece: a column is then read without being copied.
    with pa.OSFile(str(path), "wb") as out, pa.ipc.new_file(out, made.schema) as writer:
        writer.write_table(made, max_chunksize=max(made.num_rows, 1))


REGISTER = Made(
    "aids-register.arrow", (TABLE,), build,
    title=Text("Registre pour le guide des aides", "Register for the guide to aids"),
)  # fmt: skip

_LOCK = threading.Lock()
_KEPT: dict[tuple[str, str], Prepared] = {}


def prepared(house: House) -> Prepared | None:
    """Every establishment of the release; None when no register is loaded."""
    if not house.reader.name or not house.reader.has(TABLE):
        return None
    key = house.reader.key
    found = _KEPT.get(key)
    if found is None:
        found = _opened(_read(house.reader))
        with _LOCK:
            _KEPT.clear()
            _KEPT[key] = found
    return found


def _read(reader: Reader) -> pa.Table:
    """The file of the release; made in memory where it was not written yet."""
    try:
        path = reader.made(REGISTER)
    except SourceError:
        return coded(reader.table(_READ))
    return pa.ipc.open_file(pa.memory_map(str(path))).read_all()


def _opened(rows: pa.Table) -> Prepared:
    flat = rows.combine_chunks()
    return Prepared(flat, int(pc.sum(flat["is_open"]).as_py() or 0),
                    _numbers(flat, "number"), _numbers(flat, "place"))  # fmt: skip


def _numbers(rows: pa.Table, name: str) -> Any:
    column = rows[name]
    return column.chunk(0).to_numpy() if column.num_chunks else np.array([], np.int64)


def codes(rows: pa.Table, name: str) -> tuple[npt.NDArray[np.int32], list[str | None]]:
    """The values of a column, None first, and which one each row has."""
    column = rows[name]
    if not column.num_chunks:
        return np.array([], np.int32), [None]
    held = column.chunk(0)
    found = pc.fill_null(pc.add(held.indices, 1), 0).to_numpy(zero_copy_only=False)
    return found.astype(np.int32), [None, *held.dictionary.to_pylist()]


def together(
    rows: pa.Table, parts: tuple[str, ...]
) -> tuple[npt.NDArray[np.int32], list[Mapping[str, str | None]]]:
    """The different values of some columns taken together, and which one each row has."""
    found = [codes(rows, name) for name in parts]
    joined = found[0][0].astype(np.int64)
    for numbers, values in found[1:]:
        joined = joined * len(values) + numbers
    met, places = np.unique(joined, return_inverse=True)
    made: list[Mapping[str, str | None]] = []
    for code in met.tolist():
        row = {}
        for name, (_numbers_of, values) in zip(reversed(parts), reversed(found), strict=True):
            code, at = divmod(code, len(values))
            row[name] = values[at]
        made.append(row)
    return places.astype(np.int32), made
