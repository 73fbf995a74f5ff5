"""Sources and derivations, found by looking in this folder: one sub-folder each.

Then the tables that an authority declares for itself, in a folder of its own.
"""

import logging
import pkgutil
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path

import bassin.sources as package
from bassin.errors import Refused
from bassin.sources.authority.declaration import PREFIX, read
from bassin.sources.authority.table import AuthorityTable
from bassin.sources.contract import Derivation, Source

logger = logging.getLogger(__name__)
Stamp = tuple[tuple[str, int, int, int], ...]

_authority: list[Path] = []


def follow(folder: Path) -> None:
    """Also give the tables declared in an authority's own folder, in place of the previous one.

    A folder that does not exist declares nothing: many authorities share none.
    """
    _authority[:] = [folder]


def stamp() -> Stamp:
    """What tells whether the declarations of the authority's tables have changed."""
    found = []
    for folder in _authority:
        for path in sorted(folder.glob("*.toml")):
            told = path.stat()
            found.append((str(path), told.st_mtime_ns, told.st_size, told.st_ino))
    return tuple(found)


@lru_cache(maxsize=4)
def _declared(stamp: Stamp) -> tuple[AuthorityTable, ...]:
    """The tables of these files; one that cannot be read is told in the log, and left out."""
    made = []
    for name, *_facts in stamp:
        path = Path(name)
        try:
            table = AuthorityTable(read(path.read_text("utf-8"), path.name))
        except (Refused, OSError, UnicodeDecodeError) as error:
            logger.error("%s is left out: %s", path, error)
            continue
        if table.key == path.stem:
            made.append(table)
        else:
            logger.error("%s is left out: it declares %s. Rename it.", path, table.key)
    return tuple(made)


@cache
def _modules() -> tuple[object, ...]:
    """Every sub-package of `sources` (a publisher's dataset), imported."""
    return tuple(
        import_module(f"bassin.sources.{found.name}")
        for found in pkgutil.iter_modules(package.__path__)
        if found.ispkg
    )


def sources() -> dict[str, Source]:
    """All sources by key: each sub-package lists its classes in `SOURCES`.

    With the tables that the authority declares, whatever their level: `Source.level` says who may
    know of them.
    """
    made: list[Source] = [cls() for module in _modules() for cls in getattr(module, "SOURCES", ())]
    made += _declared(stamp())
    return {each.key: each for each in sorted(made, key=lambda each: each.key)}


def is_public(table: str) -> bool:
    """Whether everyone may know that a table exists: a shared one, only at the level "public"."""
    if not table.startswith(PREFIX):
        return True
    return any(each.key == table and each.level == "public" for each in _declared(stamp()))


def derivations() -> dict[str, Derivation]:
    """All derivations by key, in an order where inputs come first."""
    waiting = {each.key: each for module in _modules() for each in getattr(module, "DERIVED", ())}
    ordered: dict[str, Derivation] = {}
    while waiting:
        ready = [key for key, each in waiting.items() if not set(each.inputs) & waiting.keys()]
        if not ready:
            raise Refused(f"These tables are derived from one another: {', '.join(waiting)}.")
        for key in sorted(ready):
            ordered[key] = waiting.pop(key)
    return ordered


def source(key: str) -> Source:
    """The source of that key.

    Raises:
        Refused: there is none; the sentence lists those there are.
    """
    known = sources()
    if key not in known:
        raise Refused(f"There is no source named {key}. Known sources: {', '.join(known)}.")
    return known[key]
