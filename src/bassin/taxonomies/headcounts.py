"""Headcount bands as intervals: a total of jobs from SIRENE is between two numbers, never one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from bassin.errors import Refused
from bassin.taxonomies.declared import declared
from bassin.types import Text


@dataclass(frozen=True, slots=True)
class Band:
    """A band of salaried headcount, both ends included; `maximum` is None when it is open.

    `unsure`: the code also covers units whose headcount is not known (NN in SIRENE, 0ND in CLAP),
    so 0 is what the publisher books and not what is certain.
    """

    code: str
    minimum: int
    maximum: int | None
    unsure: bool
    label: Text


@dataclass(frozen=True, slots=True)
class Total:
    """Jobs of several units: between `minimum` and `maximum` (None: no upper end is known).

    `units_count` units were added; `unsure_count` of them may have staff that is not known.
    """

    minimum: int = 0
    maximum: int | None = 0
    units_count: int = 0
    unsure_count: int = 0

    def __add__(self, other: "Total") -> "Total":
        open_ended = self.maximum is None or other.maximum is None
        return Total(
            self.minimum + other.minimum,
            None if open_ended else (self.maximum or 0) + (other.maximum or 0),
            self.units_count + other.units_count,
            self.unsure_count + other.unsure_count,
        )


@cache
def bands(family: str = "sirene") -> dict[str, Band]:
    """The bands of one publisher, by code, from the smallest.

    Args:
        family: "sirene" (codes NN, 00 … 53) or "clap" (TS0ND … TS500, table of 2014).

    Raises:
        Refused: another family is asked for.
    """
    known = declared("headcount_bands")
    if family not in known:
        raise Refused(f"There are no headcount bands “{family}”. Ask for {', '.join(known)}.")
    return {
        code: Band(
            code,
            facts["minimum"],
            facts.get("maximum"),
            facts.get("unsure", False),
            Text(facts["fr"], facts["en"]),
        )
        for code, facts in known[family].items()
    }


def band(code: str | None, family: str = "sirene") -> Band:
    """The band of a code; an empty one is read as NN, as SIRENE leaves it for non-employers.

    Raises:
        Refused: the code is not a band of that publisher.
    """
    known = bands(family)
    cleaned = (code or "").strip().upper() or next(iter(known))
    if family == "clap":
        cleaned = cleaned.removeprefix("E14")
    if cleaned not in known:
        raise Refused(
            f"“{code}” is not a headcount band of {family}. The codes are {', '.join(known)}."
        )
    return known[cleaned]


def total(codes: Iterable[str | None], family: str = "sirene") -> Total:
    """Add up the headcounts of units, given their band codes.

    Raises:
        Refused: a code is not a band of that publisher.
    """
    answer = Total()
    for code in codes:
        one = band(code, family)
        answer += Total(one.minimum, one.maximum, 1, int(one.unsure))
    return answer


def counted(counts: Mapping[str | None, int]) -> Total:
    """The interval that establishments make, counted by band."""
    least, most, count, unsure, open_ended = 0, 0, 0, 0, False
    for code, held in counts.items():
        one = band(code)
        least += one.minimum * held
        most += (one.maximum or 0) * held
        count += held
        unsure += held if one.unsure else 0
        open_ended = open_ended or one.maximum is None
    return Total(least, None if open_ended else most, count, unsure)
