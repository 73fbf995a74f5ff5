"""What the supposed growth would have said of years that are known: its errors, told as they are.

Only the creation of jobs can be tried so: no table here tells ends of careers, needs or hires of
the past. The counts are of active residents by occupational group, which are not jobs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bassin.match.skills.forecast import Values


@dataclass(frozen=True, slots=True)
class Tried:
    """A count then, what would have been forecast of it, and what it became."""

    name: str
    before: float
    forecast: Values
    after: float

    @property
    def error(self) -> float:
        """How far the central scenario was from what came, in % of what came."""
        return 100 * (self.forecast.central - self.after) / self.after

    @property
    def inside(self) -> bool:
        """Whether what came lies between low and high."""
        return self.forecast.low <= self.after <= self.forecast.high


def tried(
    before: Mapping[str, float], after: Mapping[str, float], growth: Values, years: int
) -> list[Tried]:
    """Each count of the first date that is known at the second one, under one growth a year."""
    grown = Values(*((1 + rate) ** years for rate in growth))
    return [
        Tried(name, count, grown.times(count), after[name])
        for name, count in before.items()
        if count > 0 and after.get(name, 0) > 0
    ]


def mean_error(found: Sequence[Tried]) -> float:
    """The mean of the absolute errors, each weighing what it became, in %."""
    whole = sum(each.after for each in found)
    return sum(abs(each.error) * each.after for each in found) / whole


def inside(found: Sequence[Tried]) -> float:
    """The share of them that lie between low and high, in %."""
    return 100 * sum(each.inside for each in found) / len(found)
