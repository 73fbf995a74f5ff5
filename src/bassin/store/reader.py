"""One connection kept open on the release in service, refreshed when another takes its place."""

import logging
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from bassin.errors import SourceError
from bassin.store.store import Store
from bassin.store.version import Release
from bassin.types import Text

if TYPE_CHECKING:
    from bassin.store.made import Made

logger = logging.getLogger(__name__)


Content = tuple[tuple[str, int, int], ...]
"""Of each table, the version that is read, and the number and date of its file."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """A release and the connection that reads it. Replaced as a whole, never changed.

    `limit` is the memory it may take, as it was said first: each time it is read, it is rounded.
    """

    release: Release
    connection: duckdb.DuckDBPyConnection
    limit: str


class Reader:
    """Read-only access to the release in service. Safe to share between threads.

    Each thread works on its own cursor and stays on the release it saw at its last `refresh()`
    (cheap: one small file is read), which is called once per request: a page never mixes two
    releases, even when another request has met a newer one meanwhile.

    Args:
        release: read this one and no other, for instance before it is put in service.
    """

    def __init__(self, store: Store, release: str = "") -> None:
        self.store = store
        self._pinned = release
        self._root = str(store.root.absolute())
        self._lock = threading.Lock()
        self._local = threading.local()
        self._latest: _Opened | None = None
        self._contents: dict[tuple[str, tuple[str, ...]], Content] = {}
        self.refresh()

    @property
    def _opened(self) -> _Opened | None:
        """What this thread reads: what it saw at its last refresh, else the latest."""
        seen: _Opened | None = getattr(self._local, "seen", None)
        return seen or self._latest

    @property
    def name(self) -> str:
        """Name of the release being read, empty before the first."""
        return self._opened.release.name if self._opened else ""

    @property
    def key(self) -> tuple[str, str]:
        """The store and the release being read: what is kept for the whole process goes by it."""
        return self._root, self.name

    def content(self, *tables: str) -> Content:
        """What is read of some tables, whatever else a release changes.

        Two releases, or two stores, that serve the same files have the same.

        Raises:
            SourceError: nothing was loaded yet.
        """
        key = (self.name, tables)
        found = self._contents.get(key)
        if found is None:
            known = self.release.tables
            versions = (known[each].version.version if each in known else "" for each in tables)
            found = tuple(self._file(*each) for each in zip(tables, versions, strict=True))
            self._contents = {key: found, **dict(list(self._contents.items())[:7])}
        return found

    def _file(self, table: str, version: str) -> tuple[str, int, int]:
        if not version:
            return "", 0, 0
        try:
            facts = (self.store.path(table, version) / "data.parquet").stat()
        except FileNotFoundError:  # forgotten since: the release has its own copy
            return f"{version} in {self.name} of {self._root}", 0, 0
        return version, facts.st_ino, facts.st_mtime_ns

    @property
    def release(self) -> Release:
        """Facts of the release being read.

        Raises:
            SourceError: nothing was loaded yet.
        """
        return self._required().release

    def _required(self) -> _Opened:
        opened = self._opened
        if opened is None:
            raise SourceError(
                Text(
                    f"Rien n'est encore chargé dans {self.store.root}. Lancez d'abord "
                    "`bassin init --territory CODE` ou `bassin demo`.",
                    f"Nothing is loaded yet in {self.store.root}. Run `bassin init --territory "
                    "CODE` "
                    "or `bassin demo` first.",
                )
            )
        return opened

    def refresh(self) -> bool:
        """Read the release in service from now on; tell whether it is another than before.

        A damaged one is told in the log, and the one being read stays.

        Raises:
            SourceError: it is damaged, and there is no other to stay on.
        """
        before = self.name
        current = self._pinned or self.store.current
        if current != self._latest_name():
            with self._lock:
                if current != self._latest_name():
                    self._follow(current)
        self._local.seen = self._latest
        return self.name != before

    def _latest_name(self) -> str:
        return self._latest.release.name if self._latest else ""

    def _follow(self, name: str) -> None:
        try:
            self._latest = self._open(name) or self._latest
        except SourceError as error:
            if self._latest is None:
                raise
            logger.error("%s Meanwhile %s stays in service.", error, self._latest_name())

    def _open(self, name: str) -> _Opened | None:
        release = self.store.release(name)
        if release is None:
            return None
        # In memory, with the release attached read-only: sessions may hold their own scope.
        connection = duckdb.connect(":memory:", config={"threads": 1})
        path = str(self.store.database(name)).replace("'", "''")
        try:
            connection.execute(f"ATTACH '{path}' AS release (READ_ONLY)")
        except duckdb.Error as error:
            raise SourceError(
                Text(
                    f"La livraison {name} est illisible ({error}). Supprimez {path}, puis lancez "
                    "`bassin load` à "
                    "nouveau : elle est refaite des tables qui sont gardées.",
                    f"The release {name} cannot be read ({error}). Delete {path}, then run "
                    "`bassin load` again: it is built anew from the tables that are kept.",
                )
            ) from error
        found = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        copied = {row[0] for row in found}
        for table, served in release.tables.items():
            if table not in copied:
                data = self._parquet(table, served.version.version)
                connection.execute(f"CREATE VIEW memory.\"{table}\" AS FROM read_parquet('{data}')")
        limit = connection.execute("SELECT current_setting('memory_limit')").fetchall()[0][0]
        return _Opened(release, connection, limit)

    def _parquet(self, table: str, version: str) -> str:
        path: Path = self.store.path(table, version) / "data.parquet"
        return str(path).replace("'", "''")

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """This thread's cursor on the release being read.

        Raises:
            SourceError: nothing was loaded yet.
        """
        opened = self._required()
        kept = getattr(self._local, "kept", None)
        if kept is None or kept[0] is not opened:
            cursor = opened.connection.cursor()
            cursor.execute("SET search_path = 'release,memory'")
            self._local.kept = kept = (opened, cursor)
        return kept[1]

    def table(self, sql: str, parameters: list[Any] | None = None) -> pa.Table:
        """Run a query and return an Arrow table."""
        return self.cursor().execute(sql, parameters or []).fetch_arrow_table()

    def rows(self, sql: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
        """Run a query and return its rows."""
        return self.cursor().execute(sql, parameters or []).fetchall()

    def give_back(self) -> None:
        """Have DuckDB give back the memory that it has freed: setting its limit anew does."""
        opened = self._opened
        if opened is not None:
            with opened.connection.cursor() as cursor:
                cursor.execute(f"SET memory_limit = '{opened.limit}'")

    def has(self, table: str) -> bool:
        """Whether the release serves that table."""
        return self._opened is not None and table in self._opened.release.tables

    def made(self, made: "Made") -> Path:
        """The file made of the release being read.

        Raises:
            SourceError: it was not made, or nothing was loaded yet; the sentence says what to do.
        """
        return made.ready(self.store, self.release)
