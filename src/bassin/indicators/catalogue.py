"""All declared indicators: the engine's own folder and those of the systems."""

from functools import cache
from importlib import import_module
from pathlib import Path

from bassin.errors import Refused
from bassin.indicators.declaration import Indicator, read
from bassin.systems import systems


def folders() -> list[Path]:
    """Where declarations lie: one `indicators/` folder per system."""
    found = []
    for system in systems():
        file = import_module(system.package).__file__
        assert file is not None
        folder = Path(file).parent / "indicators"
        if folder.is_dir():
            found.append(folder)
    return found


@cache
def indicators() -> dict[str, Indicator]:
    """All indicators by id, in the order of their chapters.

    Raises:
        Refused: two files declare the same id, or a declaration is refused.
    """
    found: dict[str, Indicator] = {}
    for folder in folders():
        for path in sorted(folder.glob("*.toml")):
            made = read(path)
            if made.id in found:
                raise Refused(f"{made.id} is declared twice: {path} and another file.")
            found[made.id] = made
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
