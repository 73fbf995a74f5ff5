"""All declared indicators: those of the systems, then those an authority wrote for itself.

An authority's folder is followed while the process runs: a file that is written there, by hand or
by a form in another process, is read at the next request. A file that is refused never takes the
pages down: what was read before it stays, and `trouble` tells the sentence.
"""

import threading
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from pathlib import Path

from bassin.errors import Refused
from bassin.indicators.declaration import Indicator, read
from bassin.sources import registry
from bassin.sources.authority.declaration import LEVELS, PREFIX
from bassin.systems import systems
from bassin.types import Text

Declared = dict[str, Indicator]
Stamp = tuple[str, int, registry.Stamp]

_authority: list[Path] = []
_seen: list[Stamp] = []
_LOCK = threading.Lock()
_GOOD: dict[Path, Declared] = {}
_TROUBLE: dict[Path, Text] = {}
_NEVER = 0


def follow(folder: Path) -> None:
    """Also read the declarations of an authority's own folder, in place of the previous one.

    A folder that does not exist declares nothing: most authorities write none. Called before each
    request: one look at the folder itself tells whether a file came or was replaced.
    """
    _authority[:] = [folder]
    try:
        seen = folder.stat().st_mtime_ns
    except OSError:
        seen = _NEVER
    _seen[:] = [(str(folder), seen, registry.stamp())]


def stamp() -> Stamp:
    """What changes when the authority's folders do: what is kept in memory goes by it."""
    return _seen[0] if _seen else ("", _NEVER, ())


def own_folder() -> Path | None:
    """Where an authority's own declarations lie; None when none is followed."""
    return _authority[0] if _authority else None


def folders() -> list[Path]:
    """Where declarations lie: one `indicators/` folder per system, and the authority's."""
    return [*_of_systems(), *(folder for folder in _authority if folder.is_dir())]


def _of_systems() -> list[Path]:
    found = []
    for system in systems():
        file = import_module(system.package).__file__
        assert file is not None
        folder = Path(file).parent / "indicators"
        if folder.is_dir():
            found.append(folder)
    return found


def indicators() -> Declared:
    """Those given to everyone, by id, in the order of their chapters; drafts say that they are.

    What a declaration keeps to partners or to the authority, and what was withdrawn, is in
    `everything` alone: a page that reads from here cannot give it away.

    Raises:
        Refused: two files declare the same id, or a declaration is refused.
    """
    return _open(stamp())


def everything() -> Declared:
    """The same with what is kept to partners or to the authority, and what was withdrawn."""
    return _followed(stamp())


@lru_cache(maxsize=8)
def _open(stamp: Stamp) -> Declared:
    return {name: each for name, each in _followed(stamp).items() if each.is_open}


@lru_cache(maxsize=8)
def _followed(stamp: Stamp) -> Declared:
    folder = own_folder()
    if folder is None or stamp[1] == _NEVER:
        return _read(tuple(_of_systems()))
    try:
        found = _with(_read(tuple(_of_systems())), folder)
    except Refused as error:
        with _LOCK:
            _TROUBLE[folder] = error.text
            if folder in _GOOD:
                return _GOOD[folder]
        raise
    found = {name: _as_close(each) for name, each in found.items()}
    with _LOCK:
        _GOOD[folder] = found
        _TROUBLE.pop(folder, None)
    return found


def _as_close(made: Indicator) -> Indicator:
    """The same, read by no more people than may read its table, whatever its file says."""
    if not made.dataset.startswith(PREFIX):
        return made
    known = registry.sources().get(made.dataset)
    level = known.level if known is not None else LEVELS[-1]
    if LEVELS.index(level) <= LEVELS.index(made.visibility):
        return made
    access = {**made.raw.get("access", {}), "visibility": level}
    return replace(made, raw={**made.raw, "access": access})


def trouble() -> Text:
    """Why the authority's folder is not read as it is now; empty when it is."""
    everything()
    folder = own_folder()
    return _TROUBLE.get(folder, Text("")) if folder else Text("")


@lru_cache(maxsize=4)
def _read(folders: tuple[Path, ...]) -> Declared:
    found: Declared = {}
    for folder in folders:
        found = _with(found, folder)
    return found


def _with(known: Declared, folder: Path) -> Declared:
    """What is known with the declarations of a folder, in the order of the chapters.

    Raises:
        Refused: a declaration is refused, or its id is taken.
    """
    found = dict(known)
    for path in sorted(folder.glob("*.toml")):
        made = read(path)
        if made.id in found:
            other = _origin(made.id, path)
            raise Refused(
                Text(
                    f"{made.id} est déclaré deux fois : {other} et {path}. Renommez l'un des deux.",
                    f"{made.id} is declared twice: {other} and {path}. Rename one of them.",
                )
            )
        found[made.id] = made
    return dict(sorted(found.items(), key=lambda item: (item[1].chapter, item[1].order)))


def _origin(name: str, but: Path) -> Path:
    """The other file that declares an id."""
    paths = (folder / f"{name}.toml" for folder in folders())
    return next((path for path in paths if path.is_file() and path != but), Path(f"{name}.toml"))


def indicator(name: str) -> Indicator:
    """The indicator of that id.

    Raises:
        Refused: there is none; the sentence gives the closest ids.
    """
    known = indicators()
    if name not in known:
        from difflib import get_close_matches

        close = get_close_matches(name, known, 3, 0.4) or list(known)[:5]
        raise Refused(f"There is no indicator {name}. Did you mean {', '.join(close)}?")
    return known[name]
