"""In which rooms a table is read: a figure is made from it, or the code of a system asks for it."""

import re
from functools import cache
from importlib import import_module
from pathlib import Path

from bassin.indicators.catalogue import indicators
from bassin.systems import systems

_ASKED = re.compile(r"""(?:\bFROM|\bJOIN|\bhas\()\s*\\?["']?([a-z][a-z0-9_]*)\b""")
"""How code asks for a table: in SQL, or whether the release serves it."""


def rooms(table: str) -> tuple[str, ...]:
    """The rooms whose systems read a table, in the order of the house."""
    made = {"observe"} if any(each.dataset == table for each in indicators().values()) else set()
    asked = _asked()
    return tuple(room for room in asked if room in made or table in asked[room])


@cache
def _asked() -> dict[str, frozenset[str]]:
    """The names of tables that the code of each room asks for."""
    found: dict[str, set[str]] = {}
    for system in systems():
        file = import_module(system.package).__file__
        assert file is not None
        names = found.setdefault(system.room, set())
        for path in Path(file).parent.rglob("*.py"):
            if "tests" not in path.parts and "migrations" not in path.parts:
                names.update(_ASKED.findall(path.read_text("utf-8")))
    return {room: frozenset(names) for room, names in found.items()}
