"""Where versions and releases lie on disk, and how a new one takes the place of the last."""

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from bassin.errors import SourceError
from bassin.store.version import Release, Served, Version
from bassin.types import Origin, Text

# Above this a table stays in its sorted Parquet file and is read from there: copying it at each
# release would cost more than it saves (1-2 ms against 13 ms per query on 43 M rows).
COPIED_ROWS = 5_000_000
KEPT_RELEASES = 3

Covers = Callable[[Version, Path], bool]
Inspect = Callable[[str], None]


class Store:
    """A folder of immutable tables. One writer at a time; any number of readers.

    Layout: `tables/<table>/<version>/{data.parquet,facts.json,refused.parquet}`,
    `releases/<name>.{json,duckdb}`, `current` (the name of the release in service),
    `made/<key>/<digest>/` (files made of a release: `bassin.store.made`),
    `runs.jsonl` (what happened at each load), `raw/<source>/` (files as they were received),
    `running.json` (the load that is going on).
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.note = root / "running.json"
        for name in ("tables", "releases", "raw", "tmp"):
            (root / name).mkdir(parents=True, exist_ok=True)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the store's one writing lock; a second writer waits."""
        with (self.root / "lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    @contextmanager
    def writing_if_free(self) -> Iterator[bool]:
        """The same lock without waiting: False, and nothing held, when it cannot be had."""
        try:
            handle = (self.root / "lock").open("w")
        except PermissionError:
            yield False
            return
        with handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    @contextmanager
    def scratch(self, name: str) -> Iterator[Path]:
        """Give a private working folder that disappears afterwards, whatever happens.

        What a killed process left there goes too: half a national file is several gigabytes.
        """
        for left in (self.root / "tmp").iterdir():
            if not _runs(left.name.rpartition("-")[2]):
                shutil.rmtree(left, ignore_errors=True)
        folder = self.root / "tmp" / f"{name}-{os.getpid()}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def path(self, table: str, version: str) -> Path:
        """Folder of one version."""
        return self.root / "tables" / table / version

    def versions(self, table: str) -> list[Version]:
        """All versions of a table, oldest first."""
        found = (self.root / "tables" / table).glob("*/facts.json")
        made = [Version.from_json(json.loads(path.read_text(encoding="utf-8"))) for path in found]
        return sorted(made, key=lambda version: version.created_at)

    def has(self, table: str, version: str) -> bool:
        """Whether that version was completely written."""
        return (self.path(table, version) / "facts.json").exists()

    def add(self, version: Version, folder: Path) -> None:
        """Move a finished folder (data.parquet and others) into place.

        A version that is already there is left alone: releases read its file.
        """
        if self.has(version.table, version.version):
            return
        target = self.path(version.table, version.version)
        facts = json.dumps(version.to_json(), ensure_ascii=False, indent=1)
        (folder / "facts.json").write_text(facts, encoding="utf-8")
        for path in folder.iterdir():
            sync(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(target, ignore_errors=True)
        os.replace(folder, target)
        sync(target.parent)

    def remove(self, table: str, version: str) -> None:
        """Take a version away, for instance an invented one that must never be shown again."""
        shutil.rmtree(self.path(table, version), ignore_errors=True)

    def forget_older(self, table: str) -> None:
        """Delete every version of a table but the latest of each origin, wherever it is served.

        For data on people who may ask to be hidden (article R123-232 of the code de commerce):
        the releases that still hold an older version lose their database, never their facts, and
        the files made of it go.
        """
        versions = self.versions(table)
        latest = {version.origin: version.version for version in versions}
        for version in versions:
            if version.version != latest[version.origin]:
                self.remove(table, version.version)
        for path in (self.root / "releases").glob("*.json"):
            served = Release.read(path).tables.get(table)
            stale = served is not None and served.version.version not in latest.values()
            if stale and path.stem != self.current:
                self.database(path.stem).unlink(missing_ok=True)
        for path in (self.root / "made").glob("*/*/facts.json"):
            made_of = json.loads(path.read_text(encoding="utf-8"))["inputs"]
            if made_of.get(table) and made_of[table] not in latest.values():
                shutil.rmtree(path.parent)

    def forget(self, table: str) -> None:
        """Delete every version of a table, of each origin, and the older releases that hold it.

        The release in service goes on serving it until another is published.
        """
        for version in self.versions(table):
            self.remove(table, version.version)
        for path in (self.root / "releases").glob("*.json"):
            if table in Release.read(path).tables and path.stem != self.current:
                self.database(path.stem).unlink(missing_ok=True)
        shutil.rmtree(self.root / "tables" / table, ignore_errors=True)
        shutil.rmtree(self.root / "raw" / table, ignore_errors=True)

    @property
    def current(self) -> str:
        """Name of the release in service, empty before the first."""
        path = self.root / "current"
        return path.read_text(encoding="utf-8").strip() if path.exists() else ""

    def release(self, name: str = "") -> Release | None:
        """The facts of a release, by default of the one in service; None if it is not there."""
        path = self.root / "releases" / f"{name or self.current}.json"
        return Release.read(path) if path.exists() else None

    def database(self, name: str = "") -> Path:
        """The DuckDB file of a release."""
        return self.root / "releases" / f"{name or self.current}.duckdb"

    def publish(
        self, now: str, covers: Covers | None = None, inspect: Inspect | None = None
    ) -> Release:
        """Make the latest version of every table the one in service.

        A new release is inspected, by its name, before anybody reads it.

        A table that exists both real and invented is served real only where the real one
        covers the territory (`covers`), so that an empty real file never hides the sample.

        Raises:
            SourceError: the disk is full or a file is damaged; the last release stays.
        """
        tables = {path.name: self.served(path.name, covers) for path in self._tables()}
        chosen = {name: served for name, served in tables.items() if served is not None}
        last = self.release()
        if last is not None and not self.database(last.name).exists():
            last = None  # someone deleted a damaged file: everything is built anew
        if last is not None and _same(last.tables, chosen):
            return last
        name = now.replace(":", "").replace("-", "")
        release = Release(_free_name(self.root / "releases", name), now, chosen)
        try:
            with self.scratch("release") as folder:
                built = self._build(release, last, folder)
                release.write(folder / "release.json")
                os.replace(built, self.database(release.name))
                os.replace(folder / "release.json", self.root / "releases" / f"{release.name}.json")
            if inspect is not None:
                inspect(release.name)
            self._switch(release.name)
        except (OSError, duckdb.Error) as error:
            raise SourceError(_not_written(self.root, error)) from error
        return release

    def _tables(self) -> list[Path]:
        return sorted(path for path in (self.root / "tables").iterdir() if path.is_dir())

    def served(self, table: str, covers: Covers | None = None) -> Served | None:
        """Which version of a table a release made now would serve; None when there is none."""
        versions = self.versions(table)
        real = [version for version in versions if version.origin == Origin.REAL]
        invented = [version for version in versions if version.origin == Origin.INVENTED]
        if not real:
            return Served(invented[-1]) if invented else None
        latest = real[-1]
        data = self.path(table, latest.version) / "data.parquet"
        if invented and covers is not None and not covers(latest, data):
            return Served(invented[-1], without_coverage=latest)
        return Served(latest)

    def _build(self, release: Release, last: Release | None, folder: Path) -> Path:
        path = folder / "release.duckdb"
        kept: dict[str, str] = {}
        if last is not None:
            shutil.copyfile(self.database(last.name), path)
            kept = {name: served.version.version for name, served in last.tables.items()}
        with duckdb.connect(str(path)) as con:
            for name in kept.keys() - release.tables.keys():
                con.execute(f'DROP TABLE IF EXISTS "{name}"')
            for name, served in release.tables.items():
                if kept.get(name) == served.version.version:
                    continue
                con.execute(f'DROP TABLE IF EXISTS "{name}"')
                if served.version.rows <= COPIED_ROWS:
                    data = self.path(name, served.version.version) / "data.parquet"
                    con.execute(f'CREATE TABLE "{name}" AS FROM read_parquet($1)', [str(data)])
            con.execute("CHECKPOINT")
        return path

    def _switch(self, name: str) -> None:
        """The one instant at which readers change release."""
        fresh = self.root / "current.new"
        fresh.write_text(name, encoding="utf-8")
        os.replace(fresh, self.root / "current")
        sync(self.root)
        # By date of the file: a clock set back must never delete the release in service.
        built = (self.root / "releases").glob("*.duckdb")
        others = [path for path in built if path != self.database(name)]
        others.sort(key=lambda path: path.stat().st_mtime_ns)
        for old in others[: max(0, len(others) - KEPT_RELEASES + 1)]:
            old.unlink()


def _not_written(root: Path, error: Exception) -> Text:
    return Text(
        f"La nouvelle livraison n'a pas pu être écrite dans {root} ({error}). La dernière reste "
        "en service. Libérez de l'espace disque, puis chargez à nouveau.",
        f"The new release could not be written in {root} ({error}). The last one stays in "
        "service. Free some disk space, then load again.",
    )


def _same(one: dict[str, Served], other: dict[str, Served]) -> bool:
    def short(tables: dict[str, Served]) -> dict[str, tuple[str, str]]:
        return {
            name: (s.version.version, s.without_coverage.version if s.without_coverage else "")
            for name, s in tables.items()
        }

    return short(one) == short(other)


def _free_name(folder: Path, name: str) -> str:
    """Two releases in the same second get different names."""
    candidate, number = name, 1
    while (folder / f"{candidate}.json").exists():
        number += 1
        candidate = f"{name}.{number}"
    return candidate


def _runs(pid: str) -> bool:
    """Whether a process runs under that number."""
    if not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def sync(path: Path) -> None:
    """Make a file, or a rename in a folder, outlive a power cut before anybody is told of it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
