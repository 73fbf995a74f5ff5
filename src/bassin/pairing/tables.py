"""What the primitives look things up in: weights of items, nearness of codes, journeys, labels.

Everything is turned once into whole numbers, so that one pair, a batch and the database count the
same points to the hundredth: no sum depends on the order in which it is made.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from bassin.pairing.declaration import FULL
from bassin.types import Text

HEAVIEST = 1_000
"""The weight, in whole numbers, of the heaviest item of a table."""

LONGEST = 30_000
"""The longest journey that is counted."""

Labels = Mapping[str, Any] | Callable[[str], Any]


@dataclass(frozen=True)
class Matrix:
    """A table of whole numbers by two codes; -1 is unknown."""

    codes: tuple[str, ...]
    values: np.ndarray

    @cached_property
    def index(self) -> dict[str, int]:
        """The row of each code."""
        return {code: row for row, code in enumerate(self.codes)}

    def value(self, need: str, offer: str) -> int:
        """What the table says of two codes; -1 when it does not know."""
        row, column = self.index.get(need), self.index.get(offer)
        return -1 if row is None or column is None else int(self.values[row, column])


@dataclass(frozen=True)
class Tables:
    """The tables of one release, under the names by which primitives ask for them.

    Args:
        weights: by name, the weight of each item, from 0.
        nearness: by name, `(codes, matrix 0..1)`; a NaN is unknown.
        reach: by name, `(codes, matrix of whole minutes)`; below 0 is unknown.
        labels: by name, how a code is called: a mapping or a function, to a `Text` or a string.
    """

    weights: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    nearness: Mapping[str, tuple[Sequence[str], np.ndarray]] = field(default_factory=dict)
    reach: Mapping[str, tuple[Sequence[str], np.ndarray]] = field(default_factory=dict)
    labels: Mapping[str, Labels] = field(default_factory=dict)

    @cached_property
    def weighed(self) -> dict[str, dict[str, int]]:
        """Weights as whole numbers; the heaviest weighs `HEAVIEST`, none less than 1."""
        return {name: _weighed(table) for name, table in self.weights.items()}

    def reaching(self, reach: Mapping[str, tuple[Sequence[str], np.ndarray]]) -> "Tables":
        """The same tables with other journeys; what was made whole of the rest is kept."""
        other = replace(self, reach=reach)
        vars(other)["weighed"], vars(other)["near"] = self.weighed, self.near
        return other

    def weight(self, table: str, item: str) -> int:
        """What an item weighs: 1 without a table, as the heaviest when the table ignores it."""
        return self.weighed[table].get(item, HEAVIEST) if table else 1

    @cached_property
    def near(self) -> dict[str, Matrix]:
        """Nearness in ten-thousandths."""
        return {name: Matrix(tuple(codes), _near(m)) for name, (codes, m) in self.nearness.items()}

    @cached_property
    def minutes(self) -> dict[str, Matrix]:
        """Journeys in whole minutes."""
        return {
            name: Matrix(tuple(codes), np.clip(matrix, -1, LONGEST).astype(np.int16))
            for name, (codes, matrix) in self.reach.items()
        }

    def label(self, table: str, code: str) -> Text:
        """How a code is called; the code itself when nothing names it."""
        labels = self.labels.get(table)
        if labels is None:
            return Text(code)
        found = labels(code) if callable(labels) else labels.get(code)
        return Text.of(found) if found else Text(code)


def halved(half: int, longest: int) -> np.ndarray:
    """What a journey is worth in ten-thousandths, by whole minutes: halved each `half`."""
    minutes = np.arange(longest + 1)
    return np.floor(FULL * 0.5 ** (minutes / half) + 0.5).astype(np.int32)


def _weighed(table: Mapping[str, float]) -> dict[str, int]:
    if any(not weight >= 0 for weight in table.values()):
        raise ValueError("an item weighs 0 or more")
    most = max(table.values(), default=0) or 1
    return {item: max(1, int(HEAVIEST * weight / most + 0.5)) for item, weight in table.items()}


def _near(matrix: np.ndarray) -> np.ndarray:
    values = np.asarray(matrix, dtype=np.float32)
    known = np.nan_to_num(values, nan=-1.0)
    scaled = np.clip(np.floor(known * np.float32(FULL) + np.float32(0.5)), -1, FULL)
    return np.where(known < 0, -1, scaled).astype(np.int16)
