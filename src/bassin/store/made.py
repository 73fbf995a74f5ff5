"""Files made of a release: a search index, a pyramid of tiles; made once, read by every page.

A `Made` says which tables it is made of. Its file lies in `made/<key>/<digest>/`, where the digest
is that of the versions of those tables and of its own: a release that does not change them makes
nothing again, and a file made of a version that must be forgotten goes with it.
"""

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from bassin.errors import SourceError
from bassin.store.reader import Reader
from bassin.store.store import Store, sync
from bassin.store.version import Release
from bassin.types import Text

Build = Callable[[Reader, Path], None]


@dataclass(frozen=True, slots=True)
class Made:
    """A file made of published tables when a release is put in service.

    Args:
        key: its name on disk, with an ending where other programs want one ("firms.pmtiles").
        inputs: tables without which it is not made.
        build: writes it, from a reader of the release, at a path where nothing is yet.
        optional: tables that it also reads where they are served.
        version: raised when the same tables would give another file.
        title: what people call it.
    """

    key: str
    inputs: tuple[str, ...]
    build: Build
    optional: tuple[str, ...] = ()
    version: int = 1
    title: Text = Text("")

    def versions(self, release: Release) -> dict[str, str]:
        """The version of each table it is made of; "" of those that are not served."""
        names = (*self.inputs, *self.optional)
        known = release.tables
        return {name: known[name].version.version if name in known else "" for name in names}

    def missing(self, release: Release) -> list[str]:
        """The tables without which it is not made, and that the release does not serve."""
        return [name for name in self.inputs if name not in release.tables]

    def file(self, store: Store, release: Release) -> Path:
        """Where it is, or would be."""
        digest = _digest(self, self.versions(release))
        return store.root / "made" / self.key / digest / self.key

    def ready(self, store: Store, release: Release) -> Path:
        """Where it is.

        Raises:
            SourceError: it was not made; the sentence says of what, and by which command.
        """
        path = self.file(store, release)
        if not path.is_file():
            raise _not_there(self, self.missing(release))
        return path


def prepare(store: Store, name: str, makes: Iterable[Made]) -> list[str]:
    """Make the files of a release that are not made yet; give their keys.

    Called inside `writing`, before the release is put in service.

    Raises:
        SourceError: the disk is full or a table is damaged; nothing half-made is left.
    """
    release = store.release(name)
    if release is None:
        return []
    wanted = [each for each in makes if not each.missing(release)]
    fresh = [each for each in wanted if not each.file(store, release).is_file()]
    if fresh:
        reader = Reader(store, name)
        for each in fresh:
            _make(store, release, reader, each)
    for each in wanted:
        _prune(store, release, each)
    return [each.key for each in fresh]


def _make(store: Store, release: Release, reader: Reader, made: Made) -> None:
    target = made.file(store, release).parent
    facts = {"key": made.key, "version": made.version, "inputs": made.versions(release)}
    try:
        with store.scratch(f"made-{made.key}") as scratch:
            folder = scratch / "made"
            folder.mkdir()
            made.build(reader, folder / made.key)
            (folder / "facts.json").write_text(json.dumps(facts, indent=1), encoding="utf-8")
            for path in folder.iterdir():
                sync(path)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.rmtree(target, ignore_errors=True)
            os.replace(folder, target)
            sync(target.parent)
    except (OSError, sqlite3.Error, duckdb.Error) as error:
        raise _not_made(made, error) from error


def _prune(store: Store, served: Release, made: Made) -> None:
    """Take away what no release that is still read was made with."""
    names = [path.stem for path in (store.root / "releases").glob("*.duckdb")]
    releases = [served, *filter(None, map(store.release, names))]
    kept = {made.file(store, each).parent.name for each in releases}
    for folder in (store.root / "made" / made.key).iterdir():
        if folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)


def _digest(made: Made, versions: Mapping[str, str]) -> str:
    said = json.dumps([made.key, made.version, sorted(versions.items())])
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def _title(made: Made, language: str) -> str:
    return made.title.say(language) or made.key


def _not_there(made: Made, missing: list[str]) -> SourceError:
    fr, en = _title(made, "fr"), _title(made, "en")
    if missing:
        tables = ", ".join(missing)
        return SourceError(
            Text(
                f"{fr} : ce fichier se fait avec {tables}, qui n'est pas chargé. Lancez "
                "`bassin load DOSSIER` sur un dossier qui contient ces données.",
                f"{en}: this file is made of {tables}, not loaded yet. Run `bassin load FOLDER` "
                "on a folder that holds these data.",
            )
        )
    return SourceError(
        Text(
            f"{fr} : ce fichier n'a pas été fait pour la livraison en service. Il se fait au "
            "prochain chargement, ou en relançant `bassin serve`.",
            f"{en}: this file was not made for the release in service. It is made at the next "
            "load, or by starting `bassin serve` again.",
        )
    )


def _not_made(made: Made, error: Exception) -> SourceError:
    fr, en = _title(made, "fr"), _title(made, "en")
    return SourceError(
        Text(
            f"{fr} : ce fichier n'a pas pu être écrit ({error}). La dernière livraison reste en "
            "service. Libérez de l'espace disque, puis chargez à nouveau.",
            f"{en}: this file could not be written ({error}). The last release stays in "
            "service. Free some disk space, then load again.",
        )
    )
