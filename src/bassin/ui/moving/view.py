"""The part of the plane that a map shows: a square, by its middle and its width in kilometres."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

SIZE = 440.0
"""Units of the drawing, across and down."""

LEAST_KM, MOST_KM = 2.0, 400.0
_USUAL_LEAST_KM = 8.0
_FARTHEST_KM = 20_000.0
_MARGIN = 1.25
ZOOM, STEP = 1.6, 0.35


@dataclass(frozen=True, slots=True)
class View:
    """`x`, `y` in kilometres on the plane of the territory, `across` the width of the square."""

    x: float
    y: float
    across: float

    @classmethod
    def of(cls, words: str) -> "View | None":
        """What an address names, as `str` writes it; None when it names nothing of the kind."""
        try:
            x, y, across = (float(part) for part in words.split(","))
        except ValueError:
            return None
        if not (math.isfinite(x) and math.isfinite(y) and math.isfinite(across)):
            return None
        if max(abs(x), abs(y)) > _FARTHEST_KM or across <= 0:
            return None
        return cls(round(x, 1), round(y, 1), _within(across))

    @classmethod
    def around(cls, points: Iterable[tuple[float, float]]) -> "View | None":
        """The least square around points (in metres) with a margin; None without a point."""
        known = [(x / 1000, y / 1000) for x, y in points if math.isfinite(x) and math.isfinite(y)]
        if not known:
            return None
        xs, ys = [x for x, _ in known], [y for _, y in known]
        across = max(max(xs) - min(xs), max(ys) - min(ys)) * _MARGIN
        middle = round((min(xs) + max(xs)) / 2, 1), round((min(ys) + max(ys)) / 2, 1)
        return cls(*middle, _within(max(across, _USUAL_LEAST_KM)))

    def __str__(self) -> str:
        return f"{self.x:.1f},{self.y:.1f},{self.across:.1f}"

    def zoomed(self, times: float) -> "View":
        """The same middle, so many times nearer."""
        return replace(self, across=_within(self.across / times))

    def moved(self, right: int, up: int) -> "View":
        """A step to the right and up, negative to the left and down."""
        step = self.across * STEP
        return replace(self, x=round(self.x + right * step, 1), y=round(self.y + up * step, 1))

    def wider(self, times: float) -> "View":
        """The same middle with more around it, however wide."""
        return replace(self, across=self.across * times)

    def holds(self, x: float, y: float) -> bool:
        """Whether a point (in metres) is in the square."""
        half = self.across / 2
        return abs(x / 1000 - self.x) <= half and abs(y / 1000 - self.y) <= half

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point (in metres) in units of the drawing, north up."""
        scale = SIZE / self.across
        return (
            SIZE / 2 + (x / 1000 - self.x) * scale,
            SIZE / 2 - (y / 1000 - self.y) * scale,
        )


def _within(across: float) -> float:
    return round(min(max(across, LEAST_KM), MOST_KM), 1)
