"""All declared indicators: those of the systems, then those an authority wrote for itself."""

from functools import lru_cache
from importlib import import_module
from pathlib import Path

from bassin.errors import Refused
from bassin.indicators.declaration import Indicator, read
from bassin.systems import systems

_authority: list[Path] = []


def follow(folder: Path) -> None:
    """Also read the declarations of an authority's own folder, in place of the previous one.

    A folder that does not exist declares nothing: most authorities write none.
    """
    _authority[:] = [folder]


def folders() -> list[Path]:
    """Where declarations lie: one `indicators/` folder per system, and the authority's."""
    found = []
    for system in systems():
        file = import_module(system.package).__file__
        assert file is not None
        folder = Path(file).parent / "indicators"
        if folder.is_dir():
            found.append(folder)
    return found + [folder for folder in _authority if folder.is_dir()]


def indicators() -> dict[str, Indicator]:
    """All indicators by id, in the order of their chapters.

    Raises:
        Refused: two files declare the same id, or a declaration is refused.
    """
    return _read(tuple(folders()))


@lru_cache(maxsize=4)
def _read(folders: tuple[Path, ...]) -> dict[str, Indicator]:
    found: dict[str, Indicator] = {}
    origin: dict[str, Path] = {}
    for path in (path for folder in folders for path in sorted(folder.glob("*.toml"))):
        made = read(path)
        if made.id in found:
            raise Refused(
                f"{made.id} is declared twice: {origin[made.id]} and {path}. Rename one of them."
            )
        found[made.id], origin[made.id] = made, path
    return dict(sorted(found.items(), key=lambda item: (item[1].chapter, item[1].order)))


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
