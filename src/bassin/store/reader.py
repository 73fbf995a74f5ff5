"""One connection kept open on the release in service, refreshed when another takes its place."""

import threading
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from bassin.errors import SourceError
from bassin.store.store import COPIED_ROWS, Store
from bassin.store.version import Release


class Reader:
    """Read-only access to the release in service. Safe to share between threads.

    Each thread works on its own cursor; `refresh()` is cheap (one small file is read) and is
    called once per request, so a page never mixes two releases.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._lock = threading.Lock()
        self._local = threading.local()
        self._name = ""
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._release: Release | None = None
        self.refresh()

    @property
    def name(self) -> str:
        """Name of the release being read."""
        return self._name

    @property
    def release(self) -> Release:
        """Facts of the release being read.

        Raises:
            SourceError: nothing was loaded yet.
        """
        if self._release is None:
            raise SourceError(
                f"Nothing is loaded yet in {self.store.root}. Run `bassin init --territory CODE` "
                "or `bassin demo` first."
            )
        return self._release

    def refresh(self) -> bool:
        """Open the release in service if it changed; tell whether it did."""
        name = self.store.current
        if name == self._name:
            return False
        with self._lock:
            if name != self._name:
                self._open(name)
        return True

    def _open(self, name: str) -> None:
        release = self.store.release(name)
        if release is None:
            return
        # In memory, with the release attached read-only: sessions may hold their own scope.
        connection = duckdb.connect(":memory:", config={"threads": 1})
        path = str(self.store.database(name)).replace("'", "''")
        connection.execute(f"ATTACH '{path}' AS release (READ_ONLY)")
        for table, served in release.tables.items():
            if served.version.rows > COPIED_ROWS:
                data = self._parquet(table, served.version.version)
                connection.execute(f"CREATE VIEW memory.\"{table}\" AS FROM read_parquet('{data}')")
        connection.execute("SET search_path = 'release,memory'")
        self._connection, self._release, self._name = connection, release, name

    def _parquet(self, table: str, version: str) -> str:
        path: Path = self.store.path(table, version) / "data.parquet"
        return str(path).replace("'", "''")

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """This thread's cursor on the release being read."""
        kept = getattr(self._local, "kept", None)
        if kept is None or kept[0] != self._name:
            if self._connection is None:
                _ = self.release
            assert self._connection is not None
            cursor = self._connection.cursor()
            cursor.execute("SET search_path = 'release,memory'")
            self._local.kept = kept = (self._name, cursor)
        return kept[1]  # type: ignore[no-any-return]

    def table(self, sql: str, parameters: list[Any] | None = None) -> pa.Table:
        """Run a query and return an Arrow table."""
        return self.cursor().execute(sql, parameters or []).fetch_arrow_table()

    def rows(self, sql: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
        """Run a query and return its rows."""
        return self.cursor().execute(sql, parameters or []).fetchall()

    def has(self, table: str) -> bool:
        """Whether the release serves that table."""
        return self._release is not None and table in self._release.tables
