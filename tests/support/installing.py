"""An installation of the sample's territory that a test may write in, and tables to put in it."""

import shutil
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from bassin.demo import authorities
from bassin.indicators.compile import table
from bassin.indicators.house import House
from bassin.store import Store, Version
from bassin.territory import Installation
from bassin.types import Origin
from tests.support.france import linked

TERRITORY = "200058014"
_MOMENTS = count(1)


def install(france: Path, into: Path, territory: str = f"ept:{TERRITORY}") -> House:
    """All of France, and the documents packaged for the territory's authority, if any."""
    linked(france, into)
    Installation(territory=territory).write(into)
    bring_documents(into, territory.partition(":")[2])
    return House.open(into)


def bring_documents(var: Path, code: str = TERRITORY) -> None:
    """Copy the documents packaged for an authority, if there are any, as `bassin init` does."""
    packaged = authorities.folder(code)
    if packaged is not None:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(packaged, var / "authority", ignore=ignored)


def put(house: House, origin: Origin, **tables: list[dict[str, Any]]) -> None:
    """Publish tables, marked as published by their producer or as invented."""
    # What is kept in memory is kept by release: two tests must not share its name.
    moment = next(_MOMENTS)
    now = f"2026-11-20T23:00:00.{moment:06}+00:00"
    store = Store(house.var / "store")
    with store.writing():
        for name, rows in tables.items():
            with store.scratch(f"test-{name}") as folder:
                made = folder / "made"
                made.mkdir()
                written = pa.Table.from_pylist(rows, table(name).schema().to_pyarrow())
                pq.write_table(written, made / "data.parquet")
                facts = Version(
                    name, f"test-{origin}-{moment}", origin, len(rows), 0, "2016", now, source=name,
                    title=name, columns=tuple(written.column_names), has_communes=True,
                )  # fmt: skip
                store.add(facts, made)
        store.publish(now)
    house.refresh()


def spread(house: House, period: str, **totals: float) -> list[dict[str, Any]]:
    """Rows whose sum over the communes of the home territory is exactly each total."""
    communes = house.territory.communes(house.home)
    rows = []
    for index, commune in enumerate(communes):
        first = index == 0
        row: dict[str, Any] = {"commune_code": commune.code, "period": period, "cog": 2026}
        for column, total in totals.items():
            part = total // len(communes)
            row[column] = float(total - part * (len(communes) - 1) if first else part)
        rows.append(row)
    return rows
