"""What is counted in each table when it is published: rows, empty and masked cells, distinct keys.

Counted once, when a release is put in service, so that no visitor waits for it. Only counts are
kept: nothing of what a table holds.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from bassin.errors import SourceError
from bassin.observe.opendata.openness import written
from bassin.observe.opendata.periods import ends_on, starts_on
from bassin.sources.checks import quoted
from bassin.sources.contract import Column, Derivation, Source
from bassin.sources.registry import derivations, sources
from bassin.store import Reader
from bassin.store.made import Made
from bassin.types import Text


@dataclass(frozen=True, slots=True)
class Measure:
    """Counts of one table: `filled` and `masked` cells by column, rows with `distinct` keys.

    `first` and `last` are the periods of its rows, "" where they have none.
    """

    rows: int
    filled: Mapping[str, int] = field(default_factory=dict)
    masked: Mapping[str, int] = field(default_factory=dict)
    distinct: int = 0
    first: str = ""
    last: str = ""

    def completeness(self, columns: tuple[str, ...] = ()) -> float:
        """Share of the cells that hold something, those that the publisher masks left out."""
        names = [name for name in columns or tuple(self.filled) if name in self.filled]
        asked = sum(self.rows - self.masked.get(name, 0) for name in names)
        return sum(self.filled[name] for name in names) / asked if asked else 1.0


def count(reader: Reader, known: Source | Derivation) -> Measure:
    """Count a table that the release serves."""
    names = list(known.columns)
    masks = {name: _mask(name, known.columns) for name in names}
    hidden = {name: mask for name, mask in masks.items() if mask}
    asked = ["count(*)", *(f"count({quoted(name)})" for name in names)]
    asked += [
        f"count(*) FILTER ({quoted(name)} IS NULL AND {quoted(mask)})"
        for name, mask in hidden.items()
    ]
    table = quoted(known.key)
    rows, *counts = reader.rows(f"SELECT {', '.join(asked)} FROM {table}")[0]  # noqa: S608  declared columns
    keys = ", ".join(map(quoted, known.unique))
    distinct = (
        reader.rows(f"SELECT count(*) FROM (SELECT DISTINCT {keys} FROM {table})")[0][0]  # noqa: S608
        if keys
        else 0
    )
    first, last = _periods(reader, known)
    return Measure(
        rows,
        dict(zip(names, counts, strict=False)),
        dict(zip(hidden, counts[len(names) :], strict=True)),
        distinct, first, last,
    )  # fmt: skip


def _periods(reader: Reader, known: Source | Derivation) -> tuple[str, str]:
    column = known.columns.get("period")
    if column is None or column.type != "VARCHAR":
        return "", ""
    found = reader.rows(f"SELECT min(period), max(period) FROM {quoted(known.key)}")[0]  # noqa: S608
    return found[0] or "", found[1] or ""


def _mask(name: str, columns: Mapping[str, Column]) -> str:
    """The column that says whether this one is masked by its publisher; "" when none does."""
    if name.endswith("_masked"):
        return ""
    masks = (each for each in columns if each.endswith("_masked"))
    return next((each for each in masks if name.startswith(each.removesuffix("_masked"))), "")


def _build(reader: Reader, path: Path) -> None:
    known: dict[str, Source | Derivation] = {**sources(), **derivations()}
    # Shared tables are not among what this file is made of: they are counted when asked for.
    counted = {
        name: asdict(count(reader, known[name]))
        for name in reader.release.tables
        if name in known and name in written()
    }
    path.write_text(json.dumps(counted), encoding="utf-8")


MEASURES = Made(
    "opendata-measures.json", (), _build, optional=tuple(sorted(written())),
    title=Text("Mesures des tables publiées", "Measures of the published tables"),
)  # fmt: skip
"""Counted when a release is put in service."""


def measure(reader: Reader, name: str) -> Measure:
    """The counts of a table of the release in service."""
    return _measured(reader.key, reader, name)


@lru_cache(maxsize=512)
def _measured(key: tuple[str, str], reader: Reader, name: str) -> Measure:
    try:
        counted: dict[str, Any] = json.loads(reader.made(MEASURES).read_text("utf-8"))
    except SourceError:  # a release of before these were counted
        counted = {}
    if name in counted:
        return Measure(**counted[name])
    known: dict[str, Source | Derivation] = {**sources(), **derivations()}
    return count(reader, known[name])


def extent(reader: Reader, name: str) -> tuple[str, str]:
    """The first and the last day that a table's periods tell of, as ISO dates; "" without any."""
    counted = measure(reader, name)
    begins, ends = starts_on(counted.first), ends_on(counted.last)
    return (begins.isoformat(), ends.isoformat()) if begins and ends else ("", "")
