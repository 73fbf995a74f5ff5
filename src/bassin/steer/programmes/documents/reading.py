"""Reads `var/authority/programmes/*.toml`: what documents say of each framework.

A text is written in one place. Axes, priorities and actions come from `commitments.toml`, lists
from `lists.toml`, transcribed items from `claims.toml`; only what none of them says stands here.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bassin.errors import Refused
from bassin.territory import commitments
from bassin.territory.commitments import Programme
from bassin.territory.lists import read_lists
from bassin.types import Text

FOLDER = "programmes"
INVENTED = "invented.toml"
"""The sample's own histories. Never brought to a real installation."""

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Branch:
    """One node as a document gives it, in the order of its file."""

    kind: str
    code: str
    title: Text
    text: Text = Text("")
    ref: str = ""
    heading: Text = Text("")
    under: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """Actions that stand under a node; `primary` says that they are counted there."""

    node: str
    refs: tuple[str, ...]
    primary: bool


@dataclass(frozen=True, slots=True)
class Instrument:
    """One framework: its own facts, its tree, its actions and where they stand."""

    facts: Facts
    branches: tuple[Branch, ...]
    actions: tuple[Facts, ...]
    placed: tuple[Placed, ...]

    @property
    def slug(self) -> str:
        """Its name in addresses."""
        return str(self.facts["slug"])


@dataclass(frozen=True, slots=True)
class Shelf:
    """All that the authority's folder says."""

    organisations: tuple[Facts, ...]
    instruments: tuple[Instrument, ...]


def typeset(text: str) -> str:
    """The apostrophe of printed text, whatever the file holds."""
    return text.replace("'", "’")


def read(var: Path) -> Shelf:
    """What the folder says; nothing when the authority wrote none.

    Raises:
        Refused: a file is damaged, or names what is written nowhere; the sentence says which.
    """
    folder = var / "authority" / FOLDER
    organisations: list[Facts] = []
    instruments: list[Instrument] = []
    for path in sorted(folder.glob("*.toml")):
        if path.name == INVENTED:
            continue
        try:
            facts = load(path)
            organisations += facts.get("organisations", [])
            instruments += (_instrument(var, each) for each in _frameworks(facts))
        except (KeyError, TypeError) as error:
            raise Refused(f"{path} cannot be read ({error}). See docs/programmes.md.") from error
    return Shelf(tuple(organisations), tuple(instruments))


def load(path: Path) -> Facts:
    """One file of the folder.

    Raises:
        Refused: it is not TOML.
    """
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused(f"{path} cannot be read ({error}). See docs/programmes.md.") from error


def _frameworks(facts: Facts) -> Iterator[Facts]:
    """One framework with its own tables, or several short ones."""
    if "framework" in facts:
        yield {**facts["framework"], **{k: v for k, v in facts.items() if k != "framework"}}
    yield from facts.get("frameworks", ())


def _instrument(var: Path, facts: Facts) -> Instrument:
    branches: list[Branch] = []
    actions: list[Facts] = []
    placed: list[Placed] = []
    if wanted := facts.get("programme"):
        programme = _programme(var, wanted)
        branches += _axes(programme, facts.get("codes", {}))
        actions += ({"ref": each.ref, "title": each.text} for each in _actions(programme))
        placed += _under_axes(programme)
    for listed in facts.get("listed", ()):
        branches += _listed(var, listed)
    for transcribed in facts.get("transcribed", ()):
        branches += _transcribed(var, transcribed)
    for node in facts.get("nodes", ()):
        branches.append(_node(node))
        if refs := node.get("actions"):
            placed.append(Placed(node["code"], _numbered(facts["programme"], refs), primary=False))
    placed += (
        Placed(each["node"], tuple(each["actions"]), primary=True)
        for each in facts.get("placements", ())
    )
    for action in facts.get("actions", ()):
        actions.append({**action, "title": Text.of(action["title"])})
        placed.append(Placed(action["node"], (action["ref"],), primary=True))
    return Instrument(facts, tuple(branches), tuple(actions), tuple(placed))


def _programme(var: Path, wanted: str) -> Programme:
    for programme in commitments.programmes(var):
        if programme.id == wanted:
            return programme
    raise Refused(f"commitments.toml has no programme “{wanted}”: add it, or correct the name.")


def _axes(programme: Programme, codes: dict[str, str]) -> Iterator[Branch]:
    """Axes with their priorities below them, and lists without axes."""
    for item in programme.items:
        if item.under or item.kind == "action":
            continue
        word = codes.get(item.kind)
        code = f"{word}-{item.number}" if word else str(item.number)
        yield Branch(item.kind, code, item.text, ref=item.ref, heading=item.heading or Text(""))
        for rank, below in enumerate(programme.below(item.ref, "priority"), 1):
            yield Branch("priority", f"{code}.{rank}", below.text, ref=below.ref, under=code)


def _actions(programme: Programme) -> Iterator[commitments.Commitment]:
    yield from (item for item in programme.items if item.kind == "action")


def _under_axes(programme: Programme) -> Iterator[Placed]:
    for axis in programme.items:
        refs = tuple(each.ref for each in programme.below(axis.ref, "action"))
        if refs:
            yield Placed(str(axis.number), refs, primary=True)


def _numbered(programme: str, numbers: list[int]) -> tuple[str, ...]:
    return tuple(f"{programme}:action:{number}" for number in numbers)


def _node(facts: Facts) -> Branch:
    return Branch(
        facts["kind"], facts["code"], Text.of(facts["title"]), Text.of(facts.get("text", "")),
        under=facts.get("under", ""),
    )  # fmt: skip


def _listed(var: Path, facts: Facts) -> Iterator[Branch]:
    """The items of one of the authority's dated lists, in the version that began last."""
    versions = [
        each for each in read_lists(var / "authority" / "lists.toml") if each.id == facts["list"]
    ]
    if not versions:
        raise Refused(f"lists.toml has no list “{facts['list']}”: add it, or correct the name.")
    items = max(versions, key=lambda each: each.valid_from).items
    for number, item in enumerate(items, 1):
        yield Branch(
            facts["kind"], f"{facts['code']}-{number}", item.label, under=facts.get("under", "")
        )


def _transcribed(var: Path, facts: Facts) -> Iterator[Branch]:
    """Items transcribed word for word in `claims.toml`; the translation is this file's."""
    book = load(var / "authority" / "claims.toml")
    found = [each for each in book.get("transcripts", ()) if each["id"] == facts["transcript"]]
    if not found:
        raise Refused(f"claims.toml has no transcript “{facts['transcript']}”: correct the name.")
    translated = facts.get("en", [])
    for number, text in enumerate(found[0]["items"], 1):
        english = translated[number - 1] if number <= len(translated) else ""
        yield Branch(facts["kind"], f"{facts['code']}-{number}", Text(text, english))
