"""What a pairing is: what is compared of a need and of an offer, and what each comparison is worth.

A gate lets an offer through, blocks it, or asks; a signal adds points. Both compare by one of five
primitives, which name fields of the need and of the offer and, for some, a table of `Tables`.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from bassin.pairing import protected
from bassin.types import Text

FULL = 10_000
"""A score is counted in hundredths of a point, out of 100 points."""

MOST_CRITERIA = 60
"""Nobody reads more; and the order of offers is kept in one whole number (see `packed.py`)."""

_CODE = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two weighted sets: which share of what the offer lists does the need hold?

    Args:
        weights: table of the items' weights; each counts 1 without it.
        of: whose set is the whole, "offer" (does the need cover it?) or "need".
        least: as a gate, the share wanted; at least one item in common whatever it is.
    """

    need: str
    offer: str
    weights: str = ""
    of: Literal["offer", "need"] = "offer"
    least: float = 0.0


@dataclass(frozen=True, slots=True)
class Nearness:
    """Two codes, near one another by a table of 0..1; of several codes of a need, the nearest.

    Args:
        least: as a gate, the nearness wanted.
    """

    need: str
    offer: str
    table: str
    least: float = 0.5


@dataclass(frozen=True, slots=True)
class Reach:
    """Whole minutes (or kilometres) between two places by a table; a signal is halved each `half`.

    Args:
        most: as a gate, what is accepted at most: a field of the need, or a number.
        by: field of the need whose value ends the table's name ("minutes" by "car" is the table
            "minutes:car"); `at` is the same of the offer, after it ("minutes:transit:night").
    """

    need: str
    offer: str
    table: str
    most: str | int = ""
    half: int = 20
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Two intervals of numbers or dates that must meet; each is (low field, high field).

    A side without a field is open. A point is the same field twice. As a signal, an offer that
    misses by less than `tolerance` (in the unit of the numbers; days for dates) counts in part.
    """

    need: tuple[str, str]
    offer: tuple[str, str]
    tolerance: float = 0.0


@dataclass(frozen=True, slots=True)
class Membership:
    """A code or a set on each side: one in common, or `every` one of the offer's held."""

    need: str
    offer: str
    every: bool = False


Primitive = Overlap | Nearness | Reach | Bounds | Membership


@dataclass(frozen=True, slots=True)
class Sentences:
    """What a criterion says, by its state. Words in braces are filled in.

    `{need}` `{offer}` the values · `{common}` `{missing}` items of sets · `{share}` in percent ·
    `{minutes}` `{most}` of a journey.
    """

    yes: Text
    no: Text
    ask: Text


@dataclass(frozen=True, slots=True)
class _Criterion:
    """What gates and signals have in common."""

    code: str
    title: Text
    primitive: Primitive


@dataclass(frozen=True, slots=True)
class Gate(_Criterion):
    """Yes, no, or unknown; only "no" blocks.

    Args:
        labels: table of `Tables.labels` that names the codes in sentences.
        source: where the facts compared come from.
    """

    sentences: Sentences
    labels: str = ""
    source: Text = field(default_factory=lambda: Text(""))


@dataclass(frozen=True, slots=True)
class Signal(_Criterion):
    """0..1 with a weight. Weights are shares of one another: what counts is their proportion.

    Args:
        unknown: what is counted, 0..1, while a fact is missing: half, neither yes nor no.
    """

    weight: float
    sentences: Sentences
    labels: str = ""
    source: Text = field(default_factory=lambda: Text(""))
    unknown: float = 0.5


Criterion = Gate | Signal


@dataclass(frozen=True)
class Pairing:
    """A declaration: refused when it looks at a protected trait, or says a thing twice.

    Args:
        slug: "system.what", as "jobs.offers".
        key: the field that identifies an offer, and a need in a batch; ties are settled by it.
        people: the sides that are people. A pairing of firms and premises says `people=()`.
    """

    slug: str
    title: Text
    criteria: tuple[Criterion, ...]
    key: str = "key"
    people: tuple[Literal["need", "offer"], ...] = ("need", "offer")

    def __post_init__(self) -> None:
        object.__setattr__(self, "criteria", tuple(self.criteria))
        codes = [each.code for each in self.criteria]
        twice = {code for code in codes if codes.count(code) > 1}
        if twice or not all(_CODE.fullmatch(code) for code in codes):
            raise ValueError(f"{self.slug}: codes are small words said once: {sorted(codes)}")
        if len(codes) > MOST_CRITERIA:
            raise ValueError(f"{self.slug}: {MOST_CRITERIA} criteria at most")
        for signal in self.signals:
            if not (0 <= signal.weight < math.inf and 0 <= signal.unknown <= 1):
                raise ValueError(f"{self.slug}: {signal.code} needs a weight from 0, unknown 0..1")
        if not any(signal.weight > 0 for signal in self.signals):
            raise ValueError(f"{self.slug}: no signal has a weight, so nothing can be ranked")
        self.refuse_protected()

    @cached_property
    def gates(self) -> tuple[Gate, ...]:
        """What lets through, in its order."""
        return tuple(each for each in self.criteria if isinstance(each, Gate))

    @cached_property
    def signals(self) -> tuple[Signal, ...]:
        """What adds points, in its order."""
        return tuple(each for each in self.criteria if isinstance(each, Signal))

    def criterion(self, code: str) -> Criterion:
        """The criterion of that code. Raises KeyError when there is none."""
        return {each.code: each for each in self.criteria}[code]

    def refuse_protected(self) -> None:
        """Raise Protected when a criterion looks at a protected trait of people."""
        for each in self.criteria if self.people else ():
            names = [each.code, *_tables(each.primitive)]
            names += [name for side in self.people for name in fields(each.primitive, side)]
            protected.refuse(each.code, names, journey=isinstance(each.primitive, Reach))
            for title in (each.title.fr, each.title.en):
                protected.refuse(each.code, [title], journey=True)


def fields(primitive: Primitive, side: Literal["need", "offer"]) -> Iterator[str]:
    """The fields that a primitive reads on one side, none twice."""
    named = getattr(primitive, side)
    names = list(named) if isinstance(named, tuple) else [named]
    if isinstance(primitive, Reach):
        extra = (primitive.by, primitive.most) if side == "need" else (primitive.at,)
        names += [each for each in extra if isinstance(each, str)]
    yield from dict.fromkeys(name for name in names if name)


def _tables(primitive: Primitive) -> list[str]:
    names = (getattr(primitive, "table", ""), getattr(primitive, "weights", ""))
    return [name for name in names if name and name != "weights"]
