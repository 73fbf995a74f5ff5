"""A small store, without sources: tables of numbers, written as the runner writes them."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from bassin.store import Store, Version
from bassin.types import Origin


def add(
    store: Store,
    table: str,
    values: list[int],
    version: str = "v1",
    origin: Origin = Origin.REAL,
    made: str = "2026-11-20T08:00:00.000001+00:00",
) -> Version:
    """Add one version of a table with one column, `value`."""
    facts = Version(
        table=table, version=version, origin=origin, rows=len(values), refused=0, vintage="2026",
        created_at=made, columns=("value",),
    )  # fmt: skip
    with store.scratch(table) as scratch:
        folder = scratch / "made"
        folder.mkdir()
        pq.write_table(pa.table({"value": values}), folder / "data.parquet")
        store.add(facts, folder)
    return facts


def moment(number: int) -> str:
    """Moments that follow one another, a minute apart."""
    return f"2026-11-20T08:{number:02}:00.000000+00:00"


def databases(root: Path) -> list[str]:
    """Names of the releases that still have their file."""
    return sorted(path.stem for path in (root / "releases").glob("*.duckdb"))
