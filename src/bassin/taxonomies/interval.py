"""Jobs as an interval, and its middle shared among trades so that the parts sum to it exactly."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

MOST_JOBS = 100_000
_TYPED = re.compile(r"(\d{1,6})\s*(?:(?:-|–|/|à|a|to)\s*(\d{1,6}))?")


@dataclass(frozen=True, slots=True)
class Interval:
    """Between two whole numbers of jobs, both possible."""

    low: int
    high: int

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high:
            raise ValueError(f"{self.low} to {self.high} is no interval")

    @property
    def central(self) -> Fraction:
        """Its middle: a whole number, or a half."""
        return Fraction(self.low + self.high, 2)

    @property
    def unit(self) -> Fraction:
        """In what its middle is counted: whole jobs, or halves where the middle is not whole."""
        return Fraction(1) if self.central.denominator == 1 else Fraction(1, 2)

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(self.low + other.low, self.high + other.high)


NONE = Interval(0, 0)


def typed(text: str) -> Interval | None:
    """What people write: "140", "100-199", "100 à 199"; None when it is something else."""
    found = _TYPED.fullmatch(text.replace("\u202f", "").replace("\u00a0", "").strip().lower())
    if found is None:
        return None
    low = int(found[1])
    high = int(found[2]) if found[2] else low
    return Interval(low, high) if low <= high <= MOST_JOBS else None


@dataclass(frozen=True, slots=True)
class Part:
    """The exposed jobs of one trade.

    `central` sums to the middle of the whole; `low` and `high` are rounded away from it and are
    each on their own, since no sum of them means anything.
    """

    low: int
    central: Fraction
    high: int


def shared(whole: Interval, weights: Mapping[str, int | Fraction]) -> dict[str, Part]:
    """The parts of an interval by weight, the largest remainders being rounded up.

    Raises:
        ValueError: no weight is positive.
    """
    kept = {key: Fraction(weight) for key, weight in weights.items() if weight > 0}
    total = sum(kept.values())
    if not total:
        raise ValueError("nothing to share by")
    unit = whole.unit
    exact = {key: whole.central / unit * weight / total for key, weight in kept.items()}
    counted = {key: floor(each) for key, each in exact.items()}
    left = int(whole.central / unit) - sum(counted.values())
    rest = sorted(exact, key=lambda key: (counted[key] - exact[key], -kept[key], key))
    for key in rest[:left]:
        counted[key] += 1
    return {key: _part(whole, weight / total, counted[key] * unit) for key, weight in kept.items()}


def _part(whole: Interval, share: Fraction, central: Fraction) -> Part:
    if whole.low == whole.high:
        return Part(int(central), central, int(central))
    return Part(floor(whole.low * share), central, ceil(whole.high * share))
