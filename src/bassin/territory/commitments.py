"""What an authority committed itself to: its own document `var/authority/commitments.toml`.

One source for every page that shows it: the coverage of tools, the counted claims, the programmes.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bassin.errors import Refused
from bassin.types import Text

FILE = "commitments.toml"


@dataclass(frozen=True, slots=True)
class Commitment:
    """One commitment: its reference "programme:kind:number", its words, and what holds it.

    `under` is the reference of the axis it belongs to; `heading` the part of the document it
    stands in, when the document has parts.
    """

    ref: str
    text: Text
    under: str = ""
    heading: Text | None = None

    @property
    def kind(self) -> str:
        """What it is in its document: "axis", "priority", "action", "mission"…"""
        return self.ref.split(":")[1]

    @property
    def number(self) -> int:
        """Its number in the order of its document."""
        return int(self.ref.split(":")[2])


@dataclass(frozen=True, slots=True)
class Programme:
    """One document's commitments; `counted` are the kinds a tool is expected for."""

    id: str
    title: Text
    document: Text
    counted: tuple[str, ...]
    items: tuple[Commitment, ...]

    @property
    def expected(self) -> tuple[Commitment, ...]:
        """The commitments a tool is expected for."""
        return tuple(item for item in self.items if item.kind in self.counted)

    def below(self, ref: str, kind: str) -> tuple[Commitment, ...]:
        """What an axis holds of one kind, in its order."""
        return tuple(each for each in self.items if each.under == ref and each.kind == kind)


def programmes(var: Path) -> tuple[Programme, ...]:
    """The authority's commitments, document by document; none when it wrote no file.

    Raises:
        Refused: the file is damaged or names a commitment twice; the sentence says which.
    """
    path = var / "authority" / FILE
    if not path.exists():
        return ()
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, _written_at: int) -> tuple[Programme, ...]:
    try:
        facts = tomllib.loads(path.read_text("utf-8"))
        made = tuple(_programme(one) for one in facts["programmes"])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise Refused(
            f"{path} cannot be read ({error}). Compare it with docs/claims.md."
        ) from error
    _check(path, made)
    return made


def _programme(facts: dict[str, Any]) -> Programme:
    items = tuple(
        Commitment(
            one["ref"], Text.of(one["text"]), one.get("under", ""),
            Text.of(one["heading"]) if "heading" in one else None,
        )
        for one in facts["items"]
    )  # fmt: skip
    return Programme(
        facts["id"], Text.of(facts["title"]), Text.of(facts["document"]),
        tuple(facts["counted"]), items,
    )  # fmt: skip


def _check(path: Path, made: tuple[Programme, ...]) -> None:
    known: set[str] = set()
    for programme in made:
        for item in programme.items:
            parts = item.ref.split(":")
            if len(parts) != 3 or parts[0] != programme.id or not parts[2].isdigit():
                raise Refused(
                    f"{path}: “{item.ref}” is not a reference such as {programme.id}:action:3. "
                    "Correct it."
                )
            if item.ref in known:
                raise Refused(f"{path}: {item.ref} stands there twice. Renumber one of them.")
            known.add(item.ref)
    for programme in made:
        for item in programme.items:
            if item.under and item.under not in known:
                raise Refused(f"{path}: {item.ref} stands under {item.under}, which is nowhere.")


def commitments(var: Path) -> Iterator[Commitment]:
    """All commitments of all documents."""
    for programme in programmes(var):
        yield from programme.items
