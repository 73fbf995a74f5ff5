"""Whether a real table says anything of the territory: else its invented twin stays in service."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from bassin.sources.checks import literal
from bassin.store import Store, Version

# What ties a table without communes to the territory, and the table that knows where that is.
LINKS = {"employment_area_code": "employment_areas", "siren": "establishments"}
PLACES = ("commune_code", "work_commune_code")


@dataclass(frozen=True)
class Covering:
    """Asked of one version of a table, by the store when it makes a release.

    A table with communes covers the territory if one of its rows is there; one without, by the
    territory's employment areas or by its firms; a nomenclature, as soon as it has a row. A load
    asks the same of the same files many times over: no version ever changes, so answers are kept.
    """

    store: Store
    codes: list[str]
    _kept: dict[tuple[str, tuple[str, ...]], list[tuple[Any, ...]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        return duckdb.connect()

    def __call__(self, version: Version, data: Path) -> bool:
        for column in PLACES:
            if column in version.columns:
                return self._among(data, column, self.codes)
        for column, table in LINKS.items():
            if column in version.columns and table != version.table:
                return self._among(data, column, self._here(table, column))
        return version.rows > 0

    def _here(self, table: str, column: str) -> list[str]:
        """The values that the table now chosen gives for the territory."""
        served = self.store.served(table, self)
        if served is None:
            return []
        data = self.store.path(table, served.version.version) / "data.parquet"
        sql = (
            f"SELECT DISTINCT {column} FROM read_parquet({literal(str(data))}) "  # noqa: S608
            "WHERE commune_code IN (SELECT unnest($1))"
        )
        return [row[0] for row in self._asked(sql, self.codes)]

    def _among(self, data: Path, column: str, wanted: list[str]) -> bool:
        sql = (
            f"SELECT 1 FROM read_parquet({literal(str(data))}) "  # noqa: S608
            f"WHERE {column} IN (SELECT unnest($1)) LIMIT 1"
        )
        return bool(self._asked(sql, wanted))

    def _asked(self, sql: str, wanted: list[str]) -> list[tuple[Any, ...]]:
        key = (sql, tuple(wanted))
        if key not in self._kept:
            self._kept[key] = self._connection.execute(sql, [wanted]).fetchall()
        return self._kept[key]
