"""Which record of a framework an entry stands for: same code, same title, or nearly the same."""

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from bassin.steer.programmes.imports.entries import Entry, Findings, Level
from bassin.steer.programmes.imports.text import folded, letters
from bassin.steer.programmes.models import Action, Framework, Node

ALMOST = 0.82
"""From which likeness two titles are taken for one, to be confirmed by a person."""

Record = TypeVar("Record", Node, Action)


def reference(framework: Framework, code: str) -> str:
    """The reference of an action that its document numbers."""
    return f"{framework.slug[:50]}:action:{code[:20]}"


def nodes(findings: Findings, known: Sequence[Node]) -> dict[int, Node]:
    """The axes and priorities already there, by the key of their entry."""
    found: dict[int, Node] = {}
    for level in (Level.AXIS, Level.PRIORITY):
        entries = [each for each in findings.taken if each.level == level]
        there = [node for node in known if node.kind == level]
        found |= _pair(entries, there, lambda entry, node: node.code == entry.code)
    return found


def actions(findings: Findings, framework: Framework, known: Sequence[Action]) -> dict[int, Action]:
    """The actions already there, by the key of their entry."""
    entries = [each for each in findings.taken if each.level == Level.ACTION]
    return _pair(
        entries, known, lambda entry, action: action.ref == reference(framework, entry.code)
    )


def _pair(
    entries: Sequence[Entry], records: Sequence[Record], coded: Callable[[Entry, Record], bool]
) -> dict[int, Record]:
    """Entries and records two by two, each at most once, the surest first."""
    titles = {record.pk: folded(record.title) for record in records}
    found: dict[int, Record] = {}
    free = {record.pk: record for record in records}
    tests: tuple[Callable[[Entry, Record], bool], ...] = (
        lambda entry, record: bool(entry.code) and coded(entry, record),
        lambda entry, record: letters(titles[record.pk]) == letters(entry.title),
        lambda entry, record: _alike(titles[record.pk], folded(entry.title)),
    )
    for same in tests:
        for entry in entries:
            if entry.key in found:
                continue
            record = next((each for each in free.values() if same(entry, each)), None)
            if record is not None:
                found[entry.key] = free.pop(record.pk)
    return found


def _alike(one: str, other: str) -> bool:
    """Whether two titles are almost the same; a number that differs makes them two."""
    if {*filter(str.isdigit, one)} != {*filter(str.isdigit, other)}:
        return False
    pair = SequenceMatcher(None, one, other, autojunk=False)
    return (
        pair.real_quick_ratio() >= ALMOST
        and pair.quick_ratio() >= ALMOST
        and pair.ratio() >= ALMOST
    )
