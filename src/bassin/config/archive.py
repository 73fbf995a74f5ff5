"""One file that holds an installation: its tables, its database, its settings and its documents.

The archive is a tar file. `backup.json`, written last, names every other file with its size and
its SHA-256 sum: an archive without it was cut short.
"""

import hashlib
import io
import json
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from bassin.errors import Refused
from bassin.store import Store
from bassin.territory import Installation

FORMAT = 1
MANIFEST = "backup.json"
DATABASE = "bassin.sqlite3"
ITEMS = ("bassin.toml", "secret", "authority", "deposits", "media", "store")
"""What is kept of `var`. The rest is made again by `bassin build` and `bassin serve`."""

_NAMES = {*ITEMS, DATABASE, MANIFEST}

_NOT_KEPT = ("store/tmp/", "store/lock", "store/raw/incoming/", "store/made/")


@dataclass(frozen=True, slots=True)
class Backup:
    """What an archive says of itself. `files` gives the size and sum of each."""

    format: int
    created_at: str
    version: str
    territory: str
    release: str
    database: str
    files: dict[str, tuple[int, str]]


class _Summed(io.RawIOBase):
    """A file whose sum is taken while it is read, so that it is read once."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        self.digest.update(data)
        return data


def save(var: Path, target: Path, *, database: Path | None, now: str, version: str) -> Backup:
    """Write the installation of a folder into one file.

    Nothing is published meanwhile, and the database is copied as it stood at one moment, even
    while people write. `database` is None when it is kept elsewhere, in PostgreSQL.

    Raises:
        Refused: the file exists, or cannot be written.
    """
    if target.exists():
        raise Refused(f"{target} already exists. Give another name, or delete it first.")
    part = target.with_name(target.name + ".part")
    store = Store(var / "store")
    files: dict[str, tuple[int, str]] = {}
    try:
        with store.writing(), store.scratch("backup") as scratch:
            # The key that signs cookies is inside: nobody else may read the file.
            part.touch(mode=0o600)
            with tarfile.open(part, "w") as archive:
                for path in _kept(var, store.current):
                    _add(archive, path, path.relative_to(var).as_posix(), files)
                if database is not None:
                    copy = scratch / DATABASE
                    _copy_database(database, copy)
                    _add(archive, copy, DATABASE, files)
                made = Backup(
                    FORMAT, now, version, Installation.read(var).territory, store.current,
                    "sqlite" if database is not None else "elsewhere", files,
                )  # fmt: skip
                _add_text(archive, MANIFEST, json.dumps(asdict(made), indent=1))
        part.replace(target)
    except OSError as error:
        raise Refused(
            f"{target} could not be written ({error}). Give a folder with enough free space."
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return made


def _kept(var: Path, release: str) -> Iterator[Path]:
    """Files to keep; of the releases, only the file of the one in service (and all their facts)."""
    for item in ITEMS:
        found = [var / item] if (var / item).is_file() else sorted((var / item).rglob("*"))
        for path in found:
            past = path.suffix == ".duckdb" and path.stem != release
            left_out = path.relative_to(var).as_posix().startswith(_NOT_KEPT)
            if path.is_file() and not past and not left_out:
                yield path


def _add(
    archive: tarfile.TarFile, path: Path, name: str, files: dict[str, tuple[int, str]]
) -> None:
    facts = archive.gettarinfo(path, name)
    # A file of several names (raw files are linked, not copied) is whole each time.
    facts.type, facts.linkname, facts.size = tarfile.REGTYPE, "", path.stat().st_size
    with path.open("rb") as file:
        summed = _Summed(file)
        archive.addfile(facts, summed)
    files[name] = (facts.size, summed.digest.hexdigest())


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    data = text.encode()
    facts = tarfile.TarInfo(name)
    facts.size = len(data)
    archive.addfile(facts, io.BytesIO(data))


def _copy_database(source: Path, target: Path) -> None:
    """SQLite's own copy: consistent even in the middle of other people's writing."""
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)


def restore(source: Path, var: Path, *, database: Path | None, force: bool) -> Backup:
    """Put the installation of an archive in a folder, once every file of it was found whole.

    Raises:
        Refused: it is not a whole archive, or the folder holds an installation and `force` is
            not given; nothing was changed.
    """
    if not source.is_file():
        raise Refused(
            f"There is no file {source}. Give the path of a file made by `bassin backup`."
        )
    if not force and _taken(var, database):
        raise Refused(
            f"{var} already holds an installation. Restore elsewhere with BASSIN_VAR, or replace "
            "it with --force."
        )
    var.mkdir(parents=True, exist_ok=True)
    incoming, outgoing = var / "restore.incoming", var / "restore.outgoing"
    for folder in (incoming, outgoing):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    try:
        made = _unpack(source, incoming)
        if database is not None and (incoming / DATABASE).exists():
            _put_database(incoming / DATABASE, database, outgoing)
        for item in ITEMS:
            _exchange(incoming / item, var / item, outgoing / item)
    finally:
        shutil.rmtree(incoming, ignore_errors=True)
        shutil.rmtree(outgoing, ignore_errors=True)
    return made


def _taken(var: Path, database: Path | None) -> bool:
    """Whether someone would lose something."""
    there = [var / "bassin.toml", var / "store" / "current", *([database] if database else [])]
    return any(path.exists() and path.stat().st_size for path in there)


def _unpack(source: Path, into: Path) -> Backup:
    broken = Refused(
        f"{source} is not a whole archive of bassin: it was cut short or changed. "
        "Take another copy of it."
    )
    try:
        found = _extract(source, into)
        facts: dict[str, Any] = json.loads((into / MANIFEST).read_text("utf-8"))
        files = {name: (size, digest) for name, (size, digest) in facts.pop("files").items()}
        made = Backup(**facts, files=files)
    except (tarfile.TarError, OSError, ValueError, TypeError, KeyError, EOFError) as error:
        raise broken from error
    if made.format > FORMAT:
        raise Refused(
            f"{source} was made by a newer version ({made.version}). Install it, then restore."
        )
    found.pop(MANIFEST)
    if found != made.files:
        raise broken
    return made


def _extract(source: Path, into: Path) -> dict[str, tuple[int, str]]:
    """Write the files of an archive; give their sizes and sums.

    Raises:
        ValueError: a member is no plain file of a name of ours: such an archive is not ours, and
            could write elsewhere.
    """
    found = {}
    with tarfile.open(source) as archive:
        for member in archive:
            parts = Path(member.name).parts
            if not member.isreg() or ".." in parts or parts[0] not in _NAMES:
                raise ValueError(member.name)
            file = archive.extractfile(member)
            assert file is not None  # it is a plain file
            target = into / member.name
            target.parent.mkdir(parents=True, exist_ok=True)
            summed = _Summed(file)
            with target.open("wb") as out:
                shutil.copyfileobj(summed, out, 1 << 20)
            target.chmod(0o600 if member.name == "secret" else 0o644)
            found[member.name] = (member.size, summed.digest.hexdigest())
    return found


def _put_database(fresh: Path, target: Path, outgoing: Path) -> None:
    # Journals of the old database would be replayed into the new one.
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    _exchange(fresh, target, outgoing / DATABASE)


def _exchange(fresh: Path, target: Path, outgoing: Path) -> None:
    """Put what came in place of what was there; what did not come leaves nothing behind."""
    if target.exists():
        shutil.move(target, outgoing)
    if fresh.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(fresh, target)
