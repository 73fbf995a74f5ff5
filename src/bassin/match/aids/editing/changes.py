"""What changed from one version of a sheet to another, line by line, as its file says it."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

AROUND = 2
"""Lines that are shown beside those that changed."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file: kept, added, taken away, or a cut between two places."""

    kind: str
    text: str = ""


def changes(before: str, now: str) -> list[Line]:
    """The lines that changed, with those beside them; nothing when both are the same."""
    return list(_changes(before.splitlines(), now.splitlines()))


def _changes(before: list[str], now: list[str]) -> Iterator[Line]:
    groups = SequenceMatcher(None, before, now, autojunk=False).get_grouped_opcodes(AROUND)
    for place, group in enumerate(groups):
        if place:
            yield Line("cut")
        for tag, first, last, start, end in group:
            if tag == "equal":
                yield from (Line("kept", each) for each in before[first:last])
                continue
            yield from (Line("gone", each) for each in before[first:last])
            yield from (Line("new", each) for each in now[start:end])


def counted(lines: list[Line]) -> tuple[int, int]:
    """How many lines were added, and how many taken away."""
    kinds = [each.kind for each in lines]
    return kinds.count("new"), kinds.count("gone")
