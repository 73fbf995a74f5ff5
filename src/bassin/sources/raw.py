"""Files as they were received: recognised in a data pack, kept, and not read twice."""

import fnmatch
import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from bassin.errors import Refused, SourceError
from bassin.sources.contract import Raw, Source
from bassin.store import Store
from bassin.types import Origin


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


def keep(store: Store, key: str, raws: list[Raw], origin: Origin) -> list[Raw]:
    """Put raw files under the store and give all those this source now has.

    A file already kept is not copied again, and not read again when size and date are the same.

    Raises:
        SourceError: a file vanished or cannot be read.
    """
    folder = store.root / "raw" / key / origin
    folder.mkdir(parents=True, exist_ok=True)
    index_path = folder / "index.json"
    index: dict[str, dict[str, Any]] = (
        json.loads(index_path.read_text(encoding="utf-8")) if index_path.exists() else {}
    )
    for raw in raws:
        try:
            _keep_one(folder, index, raw)
        except FileNotFoundError as error:
            raise SourceError(f"{raw.name} is no longer at {raw.path}. Load it again.") from error
        except PermissionError as error:
            raise SourceError(f"{raw.name} may not be read ({error}). Check its rights.") from error
    fresh = folder / "index.new"
    fresh.write_text(json.dumps(index, ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(fresh, index_path)
    return [
        Raw(folder / entry["file"], name, entry["sha256"]) for name, entry in sorted(index.items())
    ]


def _keep_one(folder: Path, index: dict[str, dict[str, Any]], raw: Raw) -> None:
    stat = raw.path.stat()
    stamp = [stat.st_size, stat.st_mtime_ns]
    entry = index.get(raw.name)
    if entry and entry["stamp"] == stamp and (folder / entry["file"]).exists():
        return
    sha256 = _sha256(raw.path)
    file = f"{sha256[:8]}-{raw.path.name}"
    target = folder / file
    if not target.exists():
        _place(raw.path, target)
    index[raw.name] = {"stamp": stamp, "sha256": sha256, "file": file}


def _place(path: Path, target: Path) -> None:
    """Link when the disk allows it (a national file is not copied), else copy."""
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        os.link(path, part)
    except OSError:
        shutil.copyfile(path, part)
    os.replace(part, target)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def forget(store: Store, key: str, name: str, origin: Origin = Origin.REAL) -> None:
    """Stop using one raw file at the next load of its source."""
    index_path = store.root / "raw" / key / origin / "index.json"
    if index_path.exists():
        index = json.loads(index_path.read_text(encoding="utf-8"))
        index.pop(name, None)
        index_path.write_text(json.dumps(index, ensure_ascii=False, indent=1), encoding="utf-8")


def in_scratch(raw: Raw, scratch: Path) -> Raw:
    """The same raw file, with the folder its reader may write in."""
    return replace(raw, scratch=scratch)
