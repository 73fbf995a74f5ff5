"""Traits that no criterion may look at, as the law lists them; refused when a pairing is declared.

The look is at names: codes, titles, fields, tables. It stops what is said, not what is hidden
behind an innocent name; the list and its limits are shown in `docs/pairing.md`.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bassin.letters import bare
from bassin.types import Text

FILE = Path(__file__).with_name("protected.toml")


class Protected(ValueError):
    """A criterion would look at a protected trait."""


@dataclass(frozen=True, slots=True)
class Trait:
    """One protected trait; `only_distance` when its fields may still measure a journey."""

    title: Text
    words: tuple[str, ...]
    only_distance: bool = False

    def met_in(self, name: str) -> bool:
        """Whether a name holds one of its words."""
        return any(self._is(word) for word in words_of(name))

    def _is(self, word: str) -> bool:
        return any(
            word.startswith(each[:-1]) if each.endswith("*") else word == each
            for each in self.words
        )


@cache
def traits() -> tuple[Trait, ...]:
    """The declared list."""
    return tuple(
        Trait(Text(row["fr"], row["en"]), tuple(row["words"]), row.get("only_distance", False))
        for row in _file()["trait"]
    )


def law() -> str:
    """Where the list comes from."""
    return str(_file()["source"])


@cache
def _file() -> dict:
    return tomllib.loads(FILE.read_text("utf-8"))


def words_of(name: str) -> Iterator[str]:
    """The words of a name, lower case, without accents: "French_level" gives "french", "level"."""
    yield from re.findall(r"[a-z]+", bare(name))


def refuse(criterion: str, names: Iterable[str], *, journey: bool) -> None:
    """Raise Protected when one of the names that a criterion looks at is a protected trait.

    Args:
        criterion: its code, for the message.
        journey: it measures a journey, so that it may know where somebody starts from.
    """
    for name in names:
        for trait in traits():
            if trait.met_in(name) and not (journey and trait.only_distance):
                raise Protected(
                    f"criterion {criterion!r} looks at {name!r}: {trait.title.en} is a protected "
                    f"trait ({law()}); no pairing may rank people by it"
                )
