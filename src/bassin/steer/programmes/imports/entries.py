"""What an import found, one entry per future record, with the lines or cells it came from."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from bassin.steer.programmes.imports.repair import Kind, Repair


class Level(StrEnum):
    """What an entry is to become."""

    HEADING = "heading"  # a group of axes
    AXIS = "axis"
    PRIORITY = "priority"
    ACTION = "action"
    NONE = "none"  # not taken


REASON = "abandoned_why"
LONGEST = {REASON: 300, "holder": 200, "elsewhere": 300}
"""Letters that the records keep of some fields."""

BY_HAND = "✎"
"""Where a value that a person typed on the review page comes from."""

NOWHERE = 0
"""The key that holds an entry of which the source says that nothing holds it."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text stands in what was brought: a line's number or a cell, and its words there."""

    where: str
    words: str


@dataclass(frozen=True, slots=True)
class Value:
    """One more field of an action, as it will be written, with the cell it came from."""

    value: Any
    origin: Origin


@dataclass(frozen=True, slots=True)
class Entry:
    """One text found. `under` is the key of what holds it, None when only its place tells.

    `by_hand` is true once a person has changed the title: it no longer is the source's.
    """

    key: int
    level: Level
    title: str
    origins: tuple[Origin, ...]
    repairs: tuple[Repair, ...] = ()
    code: str = ""
    under: int | None = None
    fields: dict[str, Value] = field(default_factory=dict)
    by_hand: bool = False

    def revised(self, level: Level, title: str) -> "Entry":
        """The entry after a person looked at it."""
        title = " ".join(title.split())
        if title == self.title or not title:
            return replace(self, level=level)
        return replace(self, level=level, title=title, by_hand=True)

    def explained(self, why: str | None) -> "Entry":
        """The entry with why its action was abandoned, as a person wrote it; None changes nothing.

        What the source itself says of it is not overwritten by the same words.
        """
        if why is None or not self.is_abandoned:
            return self
        why = " ".join(why.split())[: LONGEST[REASON]]
        told = self.fields.get(REASON)
        if why == (told.value if told else ""):
            return self
        kept = {name: value for name, value in self.fields.items() if name != REASON}
        if why:
            kept[REASON] = Value(why, Origin(BY_HAND, why))
        return replace(self, fields=kept)

    @property
    def is_abandoned(self) -> bool:
        """Whether its source says that the action was abandoned."""
        stage = self.fields.get("lifecycle")
        return stage is not None and stage.value == "abandoned"

    @property
    def reason(self) -> str:
        """Why it was abandoned, as the source or a person says it."""
        told = self.fields.get(REASON)
        return str(told.value) if told else ""


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was found, in its order.

    `labels` are the lines that only say what stands below them; `left` are the parts of a
    spreadsheet that are not taken (columns, sheets, values that mean nothing here).
    """

    entries: tuple[Entry, ...]
    labels: tuple[Origin, ...] = ()
    left: tuple[Origin, ...] = ()

    def count(self, level: Level) -> int:
        """How many entries are to become this."""
        return sum(each.level == level for each in self.entries)

    @property
    def taken(self) -> tuple[Entry, ...]:
        """The entries that become something."""
        return tuple(each for each in self.entries if each.level != Level.NONE)

    @property
    def unrecognised(self) -> tuple[Entry, ...]:
        """The entries that nothing is made of, unless a person says what they are."""
        return tuple(each for each in self.entries if each.level == Level.NONE)

    def holder(self, entry: Entry) -> Entry | None:
        """The axis or priority that holds an entry: said by the source, else the axis above it."""
        if entry.level in (Level.AXIS, Level.HEADING, Level.NONE):
            return None
        if entry.under is not None:
            return next((each for each in self.entries if each.key == entry.under), None)
        above = [e for e in self.entries if e.key < entry.key and e.level == Level.AXIS]
        return above[-1] if above else None

    def heading(self, axis: Entry) -> Entry | None:
        """The group in which an axis stands: the last heading above it."""
        above = [e for e in self.entries if e.key < axis.key and e.level == Level.HEADING]
        return above[-1] if above else None


def to_json(findings: Findings) -> dict[str, Any]:
    """Findings as a draft keeps them."""
    return asdict(findings)


def from_json(kept: dict[str, Any]) -> Findings:
    """Findings as they were kept."""
    return Findings(
        tuple(_entry(each) for each in kept["entries"]),
        *(tuple(Origin(**each) for each in kept[name]) for name in ("labels", "left")),
    )


def _entry(kept: dict[str, Any]) -> Entry:
    fields = {
        name: Value(each["value"], Origin(**each["origin"]))
        for name, each in kept["fields"].items()
    }
    return Entry(
        **{
            **kept,
            "level": Level(kept["level"]),
            "origins": tuple(Origin(**each) for each in kept["origins"]),
            "repairs": _repairs(kept["repairs"]),
            "fields": fields,
        }
    )


def _repairs(kept: Iterable[dict[str, str]]) -> tuple[Repair, ...]:
    return tuple(Repair(Kind(each["kind"]), each["before"], each["after"]) for each in kept)
