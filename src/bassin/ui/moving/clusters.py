"""Places as circles that do not cover one another: those too near at this scale become one."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bassin.ui.moving.view import View

LEAST, MOST = 15.5, 30.0
"""Radii in units of the drawing: the least is still 24 pixels across on a telephone."""
_GAP = 2.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A place and how many things are there; `x`, `y` in metres."""

    code: str
    name: str
    x: float
    y: float
    number: int


@dataclass(frozen=True)
class Circle:
    """One place, or several together, the fullest first."""

    spots: Sequence[Spot]
    view: View
    largest: int

    @cached_property
    def number(self) -> int:
        """How many things are there in all."""
        return sum(spot.number for spot in self.spots)

    @cached_property
    def middle(self) -> tuple[float, float]:
        """Its middle in metres, nearer to the fuller places."""
        weight = self.number or 1
        return (
            sum(spot.x * spot.number for spot in self.spots) / weight,
            sum(spot.y * spot.number for spot in self.spots) / weight,
        )

    @cached_property
    def at(self) -> tuple[float, float]:
        """Its middle in units of the drawing."""
        return self.view.place(*self.middle)

    @cached_property
    def radius(self) -> float:
        """Its surface goes by the number."""
        share = math.sqrt(min(self.number / max(self.largest, 1), 1))
        digits = 6.0 + 4.5 * len(str(self.number))
        return max(LEAST + (MOST - LEAST) * share, digits)

    def covers(self, other: "Circle") -> bool:
        """Whether two circles would touch."""
        return math.dist(self.at, other.at) < self.radius + other.radius + _GAP

    def within(self) -> View | None:
        """The square that shows its places apart."""
        return View.around((spot.x, spot.y) for spot in self.spots)


def gathered(spots: Iterable[Spot], view: View) -> list[Circle]:
    """The circles of the places in view, the fullest first."""
    seen = [spot for spot in spots if spot.number and view.holds(spot.x, spot.y)]
    seen.sort(key=lambda spot: (-spot.number, spot.name))
    largest = sum(spot.number for spot in seen)
    circles = [Circle((spot,), view, largest) for spot in seen]
    while pair := _first_covered(circles):
        one, other = pair
        together = sorted((*one.spots, *other.spots), key=lambda spot: (-spot.number, spot.name))
        circles = [each for each in circles if each is not one and each is not other]
        circles.append(Circle(tuple(together), view, largest))
        circles.sort(key=lambda each: (-each.number, each.spots[0].name))
    return circles


def _first_covered(circles: Sequence[Circle]) -> tuple[Circle, Circle] | None:
    """The fullest circle that touches another, and the nearest that it touches."""
    for index, one in enumerate(circles):
        met = [other for other in circles[index + 1 :] if one.covers(other)]
        if met:
            return one, min(met, key=lambda other: math.dist(one.at, other.at))
    return None
