"""The figures that jobs count themselves, as they are declared in `declared.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bassin.types import Text


@dataclass(frozen=True, slots=True)
class Declared:
    """What a figure is: its name, unit, source, and what is counted."""

    code: str
    label: Text
    unit: Text
    definition: Text
    source: Text


@cache
def figures() -> dict[str, Declared]:
    """All of them by their codes."""
    read = tomllib.loads(Path(__file__).with_name("declared.toml").read_text("utf-8"))
    return {
        each["code"]: Declared(
            each["code"], *(Text.of(each[name]) for name in ("label", "unit", "definition",
                                                             "source"))
        )
        for each in read["figures"]
    }  # fmt: skip
