"""What is protected: base cells, the sums of them that are published, and the verdict on each."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bassin.errors import Refused
from bassin.indicators.figure import Status
from bassin.types import Text

CellKey = tuple[str, str]
"""(place, category): ("commune:94081", "C")."""

ALL = "all"
"""The category of a table that has no category dimension, and of its total."""


@dataclass(frozen=True, slots=True)
class CellTable:
    """The finest cells of a figure, one row per key.

    `units` counts the contributors (firms, taxpayers); `values` is what they add up to, never
    negative, NaN when the publisher hid it; `largest` is the largest contributor's part in the
    same unit, NaN when unknown (None: unknown everywhere).
    """

    keys: tuple[CellKey, ...]
    units: NDArray[np.int64]
    values: NDArray[np.float64]
    largest: NDArray[np.float64] | None = None

    @classmethod
    def of(
        cls,
        keys: Sequence[CellKey],
        units: Sequence[int] | NDArray[np.int64],
        values: Sequence[float] | NDArray[np.float64],
        largest: Sequence[float] | NDArray[np.float64] | None = None,
    ) -> "CellTable":
        """Build a table from any sequences, and refuse what cannot be protected.

        Raises:
            Refused: a duplicate cell, a negative value, a value without contributors, a largest
                contributor above the value; the message names the cell.
        """
        table = cls(
            tuple(keys),
            np.asarray(units, dtype=np.int64),
            np.asarray(values, dtype=np.float64),
            None if largest is None else np.asarray(largest, dtype=np.float64),
        )
        table._check()
        return table

    def _check(self) -> None:
        key, times = Counter(self.keys).most_common(1)[0] if self.keys else ("", 1)
        if times > 1:
            raise Refused(f"The cell {key} is given {times} times. Add its rows up first.")
        self._refuse(self.units < 0, "has a negative number of units")
        self._refuse(
            self.values < 0,
            "is negative: secrecy can only be judged on figures that are never below zero. "
            "Protect the two levels, not their difference",
        )
        self._refuse((self.units == 0) & (self.values > 0), "has a value but no unit behind it")
        if self.largest is not None:
            slack = 1e-9 * np.maximum(1.0, np.nan_to_num(self.values))
            self._refuse(
                self.largest > self.values + slack, "has a largest unit above its own total"
            )

    def _refuse(self, wrong: NDArray[np.bool_], what: str) -> None:
        if wrong.any():
            at = int(np.flatnonzero(wrong)[0])
            raise Refused(f"The cell {self.keys[at]} ({self.values[at]:g}) {what}.")

    def __len__(self) -> int:
        return len(self.keys)


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One published figure: the sum of some base cells.

    `headline` marks the totals that are hidden last. `population` counts inhabitants, for the
    regimes that look at it. `units` counts its contributors where the sum over the cells would
    count some twice (a firm with establishments in two communes).
    """

    key: CellKey
    cells: tuple[CellKey, ...]
    headline: bool = False
    population: float | None = None
    units: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a figure may be shown, and the sentence shown in its place when it may not."""

    status: Status
    reason: Text | None = None

    @property
    def shown(self) -> bool:
        """True when the figure itself may be written."""
        return self.status in (Status.NORMAL, Status.ROUNDED)


SHOWN = Verdict(Status.NORMAL)


def cross(
    places: Mapping[str, Iterable[str]],
    categories: Mapping[str, Iterable[str]] | None = None,
    *,
    headlines: Iterable[str] = (),
    populations: Mapping[str, float] | None = None,
) -> list[Aggregate]:
    """Return the aggregates of a published table: every place times every category.

    `places` gives the base places of each published place (a commune is its own base),
    `categories` the base categories of each published one. The cells of `headlines` (places)
    in the widest category are hidden last.
    """
    groups = {key: tuple(parts) for key, parts in (categories or {ALL: (ALL,)}).items()}
    widest = max(groups, key=lambda key: len(groups[key]))
    first = set(headlines)
    populations = populations or {}
    return [
        Aggregate(
            (place, category),
            tuple((base, part) for base in bases for part in parts),
            headline=place in first and category == widest,
            population=populations.get(place),
        )
        for place, bases in ((key, tuple(value)) for key, value in places.items())
        for category, parts in groups.items()
    ]
