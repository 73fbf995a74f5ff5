"""The one shape of every signal: of what, since when, on what evidence, how sure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

WINDOW = timedelta(days=120)
"""How far back from the last day known a signal is still news."""


class Kind(StrEnum):
    """What a signal tells."""

    OPENING = "opening"
    CLOSURE = "closure"
    MOVE = "move"
    TAKEOVER = "takeover"
    BURST = "burst"
    CLOSURES = "closures"
    OFFERS = "offers"
    CHANGE = "change"
    RELEASE = "release"
    RANK = "rank"
    GAP = "gap"
    LATE = "late"
    BROKEN = "broken"
    NOTE = "note"
    PRESS = "press"


TOLD_KINDS = frozenset((Kind.NOTE, Kind.PRESS))
"""The kinds that somebody tells: no look finds them, none takes them back."""

FIRM_KINDS = frozenset((Kind.OPENING, Kind.CLOSURE, Kind.MOVE, Kind.TAKEOVER)) | TOLD_KINDS
"""The kinds that tell of one firm: they never leave the circle of those who follow it."""


class Reliability(StrEnum):
    """On what a signal rests."""

    ACT = "act"  # an official act or register says it
    COMPUTED = "computed"  # computed here from published figures: it may be chance
    SAID = "said"  # somebody says so
    PRESS = "press"  # a newspaper says so


@dataclass(frozen=True, slots=True)
class Evidence:
    """One proof: what it is ("notice", "site", "count", "figure", "table", "press"), and its facts.

    Facts are plain values, so that they can be kept and told in any language.
    """

    kind: str
    on: date | None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that happened to a subject.

    `subject` is one of "firm", "notice", "establishment", "commune", "activity", "trades",
    "territory", "indicator", "table", and `key_of` names which. `tells` is what makes it this
    signal and no other: an opening notice, the first week of a burst, a period. `siren` is empty
    where the firm is a natural person: the gazette keeps its name, not this house. `definitions`
    are those by which an opening counts as a failure. `within` tells a move inside the territory.
    """

    kind: Kind
    subject: str
    key_of: str
    tells: str
    on: date
    source: str
    reliability: Reliability
    evidence: tuple[Evidence, ...] = ()
    siren: str = ""
    name: str = ""
    sites: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    naf_code: str = ""
    definitions: tuple[str, ...] = ()
    within: bool = False

    @property
    def key(self) -> str:
        """By which it is known again: the same facts never make two signals."""
        return f"{self.kind}:{self.subject}:{self.key_of}:{self.tells}"


class Sight(StrEnum):
    """Whether a kind could be looked at. Only `SEEN` without a signal means that nothing is told.

    `BLIND`: the data are not loaded. `SHORT`: there is too little of the past to compare with.
    """

    SEEN = "seen"
    SHORT = "short"
    BLIND = "blind"


@dataclass(frozen=True, slots=True)
class Look:
    """What one look gave: its signals, whether it could see, until which day, what it counted."""

    of: str
    sight: Sight
    signals: tuple[Signal, ...] = ()
    since: date | None = None
    until: date | None = None
    source: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)


def blind(of: str, source: str) -> Look:
    """A look at data that are not there."""
    return Look(of, Sight.BLIND, source=source)


def news(of: str, source: str, found: list[Signal], until: date | None) -> Look:
    """The signals of the last days known, newest first; blind when no day is known."""
    if until is None:
        return blind(of, source)
    since = until - WINDOW
    kept = [each for each in found if since <= each.on <= until]
    kept.sort(key=lambda each: (each.on, each.key), reverse=True)
    return Look(of, Sight.SEEN, tuple(kept), since, until, source)
