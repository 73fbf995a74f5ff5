"""Files as they were received: recognised in a data pack, kept, and not read twice."""

import errno
import fnmatch
import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bassin.errors import Refused, SourceError
from bassin.sources.contract import Raw, Source
from bassin.store import Store
from bassin.types import Origin, Text

INDEX = "index.json"
_MOST_AT_ONCE = 1 << 30
_FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)


def recognised(
    folder: Path, known: Iterable[Source]
) -> tuple[list[tuple[Source, list[Raw]]], list[str]]:
    """Share the files of a data pack among sources; list those that nobody recognises.

    Raises:
        Refused: the folder does not exist or holds no file.
    """
    if not folder.is_dir():
        raise Refused(f"There is no folder {folder}. Give the path of a data pack.")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    if not files:
        raise Refused(f"The folder {folder} is empty. Give the path of a data pack.")
    names = {str(path.relative_to(folder)): path for path in files}
    taken: set[str] = set()
    shares = []
    for source in known:
        mine = [name for name in names if any(_fits(name, glob) for glob in source.files)]
        if mine:
            shares.append((source, [Raw(names[name], name) for name in mine]))
            taken.update(mine)
    return shares, [name for name in names if name not in taken]


def _fits(name: str, glob: str) -> bool:
    """A glob fits the whole path, or its end when the pack has another top folder."""
    return fnmatch.fnmatchcase(name, glob) or fnmatch.fnmatchcase(name, f"*/{glob}")


@dataclass(frozen=True)
class Kept:
    """The raw files a source would now have; nothing counts before `settle`.

    A file that turns out to be bad must not spoil the next load: `discard` forgets it.
    """

    folder: Path
    index: dict[str, dict[str, Any]]
    before: dict[str, dict[str, Any]]

    @property
    def raws(self) -> list[Raw]:
        """All raw files, those kept before included."""
        return [
            Raw(self.folder / entry["file"], name, entry["sha256"])
            for name, entry in sorted(self.index.items())
        ]

    def settle(self, *, older: bool = True) -> None:
        """Make these the source's files; without `older`, those they replace are deleted."""
        _write_index(self.folder, self.index)
        if not older:
            self._delete_all_but(self.index)

    def discard(self) -> None:
        """Delete what this load brought; the source keeps the files it had."""
        fresh = {entry["file"] for entry in self.index.values()}
        for file in fresh - {entry["file"] for entry in self.before.values()}:
            (self.folder / file).unlink(missing_ok=True)

    def _delete_all_but(self, index: dict[str, dict[str, Any]]) -> None:
        wanted = {entry["file"] for entry in index.values()} | {INDEX}
        for path in self.folder.iterdir():
            if path.name not in wanted:
                path.unlink(missing_ok=True)


def keep(store: Store, key: str, raws: list[Raw], origin: Origin, *, afresh: bool = False) -> Kept:
    """Put raw files under the store and give all those this source would now have.

    A file already kept is not copied again, and not read again when size and date are the same.

    Args:
        afresh: these are all of them; those kept before are left aside.

    Raises:
        SourceError: a file vanished or cannot be read.
    """
    folder = store.root / "raw" / key / origin
    folder.mkdir(parents=True, exist_ok=True)
    before = _read_index(folder)
    kept = Kept(folder, {} if afresh else dict(before), before)
    for raw in raws:
        try:
            _keep_one(folder, kept.index, raw, ours=raw.path.is_relative_to(store.root))
        except FileNotFoundError as error:
            kept.discard()
            raise SourceError(
                Text(
                    f"{raw.name} n'est plus à l'endroit {raw.path}. Chargez-le à nouveau.",
                    f"{raw.name} is no longer at {raw.path}. Load it again.",
                )
            ) from error
        except PermissionError as error:
            kept.discard()
            raise SourceError(
                Text(
                    f"{raw.name} : la lecture n'est pas permise. Vérifiez ses droits.",
                    f"{raw.name} may not be read ({error}). Check its rights.",
                )
            ) from error
        except OSError:  # the disk is full
            kept.discard()
            raise
    return kept


def _read_index(folder: Path) -> dict[str, dict[str, Any]]:
    path = folder / INDEX
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _write_index(folder: Path, index: dict[str, dict[str, Any]]) -> None:
    fresh = folder / "index.new"
    fresh.write_text(json.dumps(index, ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(fresh, folder / INDEX)


def _keep_one(folder: Path, index: dict[str, dict[str, Any]], raw: Raw, *, ours: bool) -> None:
    stat = raw.path.stat()
    stamp = [stat.st_size, stat.st_mtime_ns]
    entry = index.get(raw.name)
    if entry and entry["stamp"] == stamp and (folder / entry["file"]).exists():
        return
    part = folder / f"{raw.path.name}.part"
    part.unlink(missing_ok=True)
    try:
        # Neither waits for the other: a national file is read from the disk once.
        with ThreadPoolExecutor(1) as pool:
            summed = pool.submit(_sha256, raw.path)
            _place(raw.path, part, link=ours)
            sha256 = summed.result()
        file = f"{sha256[:8]}-{raw.path.name}"
        if (folder / file).exists():
            part.unlink()
        else:
            os.replace(part, folder / file)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    index[raw.name] = {"stamp": stamp, "sha256": sha256, "file": file}


def _place(path: Path, part: Path, *, link: bool) -> None:
    """Copy a file; or link it when nobody else writes in it.

    People go on writing in the folder they load from: what is kept must not change with it.
    """
    if link:
        os.link(path, part)
    elif not _shared(path, part):
        shutil.copyfile(path, part)


def _shared(path: Path, part: Path) -> bool:
    """Have the system copy a file: it shares the blocks where the disk can (XFS, Btrfs), at once.

    False between two disks, on one that does not know how, and on a system that has no such call.
    """
    if not hasattr(os, "copy_file_range"):
        return False
    with path.open("rb") as source, part.open("wb") as target:
        try:
            while os.copy_file_range(source.fileno(), target.fileno(), _MOST_AT_ONCE):
                pass
        except OSError as error:
            if error.errno in _FULL:
                raise
            return False
        return os.fstat(target.fileno()).st_size == os.fstat(source.fileno()).st_size


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def in_scratch(raw: Raw, scratch: Path) -> Raw:
    """The same raw file, with the folder its reader may write in."""
    return replace(raw, scratch=scratch)
