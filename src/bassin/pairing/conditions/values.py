"""What may be known of a fact: a number between two ends, codes held and codes possible, a choice.

Nothing known is `None`. What is known in part stays known in part.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bassin.types import Text


class Kind(StrEnum):
    """How a fact is written and compared."""

    NUMBER = "number"  # and dates, as days
    TAGS = "tags"  # several codes at once: a place lies in a commune, a département, a région
    CHOICE = "choice"  # one code of a list; a flag is "yes" or "no"


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that conditions look at: what it is called, how to ask for it, and why.

    `personal`: it tells something of a person and never goes into an address.
    """

    key: str
    kind: Kind
    label: Text
    question: Text
    why: Text
    unit: Text = Text("")
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Interval:
    """A number that is at least `low` and at most `high`."""

    low: float = -math.inf
    high: float = math.inf

    @classmethod
    def exactly(cls, value: float) -> "Interval":
        """A number that is known."""
        return cls(value, value)


@dataclass(frozen=True, slots=True)
class Tags:
    """Codes that are held, and those that may be as well: some, or all that begin in some ways.

    `open_to` holds beginnings; "" is the beginning of every code. `out` holds those that are surely
    not held, even so.
    """

    held: frozenset[str] = frozenset()
    maybe: frozenset[str] = frozenset()
    open_to: tuple[str, ...] = ()
    out: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class OneOf:
    """One code, among those that are possible."""

    possible: frozenset[str]


Value = Interval | Tags | OneOf | None
Values = Mapping[str, Value]
"""What is known of one record, by fact. A fact that is not there is unknown."""

ANYTHING = Tags(open_to=("",))
"""Codes of which nothing is known."""


def flag(value: bool | None) -> OneOf | None:
    """A yes or a no as a choice; None stays unknown."""
    return None if value is None else OneOf(frozenset(["yes" if value else "no"]))
