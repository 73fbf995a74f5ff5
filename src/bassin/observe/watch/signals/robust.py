"""How far a count stands from those of other years, by numbers that one odd year cannot bend."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import median

YEARS = 3
"""Earlier years that a count is set against."""

FAR = 3.0
"""From this distance a count is told."""

_TO_DEVIATION = 1.4826  # a median absolute deviation as a standard deviation of normal noise


@dataclass(frozen=True, slots=True)
class Judged:
    """A count, those it is set against, and how far it stands from their middle."""

    value: int
    baseline: tuple[int, ...]
    middle: float
    z: float


def judge(value: int, baseline: Sequence[int]) -> Judged:
    """The robust z of a count: (value - median) / spread.

    The spread is that of the other years (median absolute deviation), and at least the square root
    of their middle: what chance alone gives to a count, so that two equal years make no alarm.
    """
    middle = median(baseline)
    deviation = _TO_DEVIATION * median(abs(each - middle) for each in baseline)
    spread = max(deviation, sqrt(max(middle, 1.0)))
    return Judged(value, tuple(baseline), middle, (value - middle) / spread)


def rises(judged: Judged, fewest: int) -> bool:
    """Whether a count is far above: never as many in any of the years, and not a handful."""
    return (
        judged.value >= fewest and judged.z >= FAR and judged.value > max(judged.baseline)
    )  # fmt: skip


def falls(judged: Judged, fewest: int) -> bool:
    """Whether a count is far below: never as few, where there used to be more than a handful."""
    return (
        judged.middle >= fewest and judged.z <= -FAR and judged.value < min(judged.baseline)
    )  # fmt: skip
