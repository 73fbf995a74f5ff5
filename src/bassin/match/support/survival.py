"""Survival of the firms that were helped, less that of others like them. Pure.

The others are the births of the territory with the same activity (A38), the same family of legal
form, the same quarter of birth, in a priority neighbourhood or not. What became of each firm that
was helped is compared with what became of its own likes; who has none is told apart.

It is a comparison, not a proof: those who ask for help are not those who do not.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

HORIZONS = (1, 3, 5)
"""Years after the birth at which one looks."""

FEWEST = 20
"""Firms helped, with likes, below which nothing is told: the interval would say as little."""

CERTAINTY = 1.96
"""Standard errors on each side: the interval holds the truth 95 times out of 100."""

Cell = tuple[str, str, str, str]
"""Activity (A38), family of legal form, quarter of birth, priority neighbourhood or not."""


@dataclass(frozen=True, slots=True)
class Life:
    """A birth and, when it is over, its end. A move is no end."""

    key: str
    cell: Cell
    born_on: date
    ended_on: date | None = None

    def lived(self, years: int) -> bool:
        """Whether it was alive that many years after its birth."""
        return self.ended_on is None or self.ended_on >= later(self.born_on, years)


@dataclass(frozen=True, slots=True)
class Gap:
    """What became of a cohort after some years, beside its likes; shares from 0 to 1.

    `matched` of the `seen` firms have likes; `helped` and `likes` are their shares alive, `gap` the
    difference, between `low` and `high`. All are None when too few can be compared.
    """

    years: int
    seen: int
    matched: int
    helped: float | None = None
    likes: float | None = None
    gap: float | None = None
    low: float | None = None
    high: float | None = None


def later(day: date, years: int) -> date:
    """The same day that many years later; 28 February where there is no 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def compare(
    helped: Sequence[Life], others: Iterable[Life], years: int, until: date, fewest: int = FEWEST
) -> Gap:
    """The cohort beside its likes, after some years.

    Args:
        others: births among which likes are looked for; those of the cohort are left out.
        until: the last day of which lives are known: younger births are not looked at.
    """
    ours = {each.key for each in helped}
    counts: dict[Cell, list[int]] = defaultdict(lambda: [0, 0])
    for each in others:
        if each.key not in ours and later(each.born_on, years) <= until:
            counts[each.cell][0] += 1
            counts[each.cell][1] += each.lived(years)
    seen = [each for each in helped if later(each.born_on, years) <= until]
    matched = [each for each in seen if each.cell in counts]
    if len(matched) < max(fewest, 2):
        return Gap(years, len(seen), len(matched))
    return _told(matched, counts, years, len(seen))


def _told(matched: list[Life], counts: dict[Cell, list[int]], years: int, seen: int) -> Gap:
    size = len(matched)
    lived = [float(each.lived(years)) for each in matched]
    expected = [counts[each.cell][1] / counts[each.cell][0] for each in matched]
    apart = [one - other for one, other in zip(lived, expected, strict=True)]
    gap = sum(apart) / size
    spread = sum((each - gap) ** 2 for each in apart) / (size - 1) / size
    error = CERTAINTY * sqrt(spread + _of_likes(matched, counts))
    return Gap(
        years, seen, size, helped=sum(lived) / size, likes=sum(expected) / size, gap=gap,
        low=max(-1.0, gap - error), high=min(1.0, gap + error),
    )  # fmt: skip


def _of_likes(matched: list[Life], counts: dict[Cell, list[int]]) -> float:
    """How uncertain the share of the likes is: some cells hold few (Laplace's share of each)."""
    weights: dict[Cell, int] = defaultdict(int)
    for each in matched:
        weights[each.cell] += 1
    total = 0.0
    for cell, weight in weights.items():
        count, alive = counts[cell]
        share = (alive + 1) / (count + 2)
        total += (weight / len(matched)) ** 2 * share * (1 - share) / count
    return total
