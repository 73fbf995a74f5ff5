"""The web grid: zoom, column and row, the squares of the Mercator plane that tiles cover."""

import math
from dataclasses import dataclass

from bassin.errors import Refused
from bassin.types import Text

DEEPEST = 22
"""Beyond this zoom nobody has anything to show: a square is a few centimetres wide."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A square of the grid: column from the west, row from the north, both from 0."""

    zoom: int
    column: int
    row: int

    @classmethod
    def of(cls, zoom: int, column: int, row: int, *, deepest: int = DEEPEST) -> "Tile":
        """The square of three numbers.

        Raises:
            Refused: there is none; the sentence says which numbers there are.
        """
        last = 2 ** min(max(zoom, 0), DEEPEST) - 1
        if not 0 <= zoom <= deepest:
            raise Refused(
                Text(
                    f"Le zoom {zoom} n'existe pas ici : il va de 0 à {deepest}.",
                    f"There is no zoom {zoom} here: it goes from 0 to {deepest}.",
                )
            )
        if not (0 <= column <= last and 0 <= row <= last):
            raise Refused(
                Text(
                    f"La tuile {zoom}/{column}/{row} est hors du monde : au zoom {zoom}, colonnes "
                    f"et rangées vont de 0 à {last}.",
                    f"The tile {zoom}/{column}/{row} is out of the world: at zoom {zoom}, columns "
                    f"and rows go from 0 to {last}.",
                )
            )
        return cls(zoom, column, row)

    @classmethod
    def around(cls, zoom: int, longitude: float, latitude: float) -> "Tile":
        """The square that a point lies in."""
        side = 2**zoom
        x = (longitude + 180) / 360
        y = 0.5 - math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)) / (2 * math.pi)
        return cls(zoom, min(int(x * side), side - 1), min(max(int(y * side), 0), side - 1))

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north, in degrees."""
        west, north = _degrees(self.column, self.row, self.zoom)
        east, south = _degrees(self.column + 1, self.row + 1, self.zoom)
        return west, south, east, north


def _degrees(column: int, row: int, zoom: int) -> tuple[float, float]:
    side = 2**zoom
    latitude = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / side))))
    return column / side * 360 - 180, latitude
