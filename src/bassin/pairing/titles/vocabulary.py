"""A vocabulary as a sorted array that a process maps from the disk, and sparse rows over it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Cells:
    """Sparse cells: which row, which column, what value."""

    rows: Places
    columns: Places
    values: Floats

    @classmethod
    def joined(cls, parts: Sequence["Cells"]) -> "Cells":
        """Cells of several kinds in one; their columns never meet."""
        return cls(
            np.concatenate([part.rows for part in parts]),
            np.concatenate([part.columns for part in parts]),
            np.concatenate([part.values for part in parts]),
        )

    def times(self, weight: float) -> "Cells":
        return Cells(self.rows, self.columns, (self.values * weight).astype(np.float32))


@dataclass(frozen=True)
class Vocabulary:
    """Tokens in order, and what each is worth: the rarer, the more."""

    tokens: NDArray[np.bytes_]
    worth: Floats

    @classmethod
    def of(cls, documents: Sequence[Iterable[str]]) -> "Vocabulary":
        """Every token of the documents, worth 1 + ln((1 + documents) / (1 + those with it))."""
        counts = Counter(token for document in documents for token in set(document)) or {"": 0}
        tokens = sorted(counts)
        found = np.array([counts[token] for token in tokens], dtype=np.float32)
        worth = np.log((1 + len(documents)) / (1 + found)) + 1
        return cls(np.array([token.encode() for token in tokens]), worth.astype(np.float32))

    def places(self, tokens: Sequence[str]) -> Places:
        """Where each token stands, -1 for one that is unknown."""
        if not tokens:
            return np.empty(0, dtype=np.int64)
        asked = np.array([token.encode() for token in tokens])
        found = np.searchsorted(self.tokens, asked).clip(max=len(self.tokens) - 1)
        return np.where(self.tokens[found] == asked, found, -1)

    def cells(self, documents: Sequence[Sequence[str]]) -> Cells:
        """One row per document, of length 1: its known tokens, the rare ones heavier."""
        flat = [token for document in documents for token in document]
        owners = np.repeat(np.arange(len(documents)), [len(document) for document in documents])
        places = self.places(flat)
        keys = owners[places >= 0] * len(self.tokens) + places[places >= 0]
        keys, counts = np.unique(keys, return_counts=True)
        rows, columns = np.divmod(keys, len(self.tokens))
        values = (1 + np.log(counts)) * self.worth[columns]
        lengths = np.sqrt(np.bincount(rows, values * values, len(documents)))
        return Cells(rows, columns, (values / lengths[rows]).astype(np.float32))


@dataclass(frozen=True)
class Inverted:
    """For each token, where it is and how much: `starts[k]` to `starts[k + 1]` of the others."""

    starts: Places
    places: NDArray[np.int32]
    values: NDArray[np.float16]

    @classmethod
    def of(cls, cells: Cells, size: int) -> "Inverted":
        """The cells by column, of `size` columns; values on two bytes."""
        order = np.argsort(cells.columns, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(cells.columns, minlength=size))])
        return cls(
            starts.astype(np.int64),
            cells.rows[order].astype(np.int32),
            cells.values[order].astype(np.float16),
        )

    def sum(self, tokens: Places, weights: NDArray[Any], width: int) -> NDArray[np.float64]:
        """The rows of some tokens added up, each times its weight, over `width` places."""
        first, sizes = self.starts[tokens], self.starts[tokens + 1] - self.starts[tokens]
        total = int(sizes.sum())
        if not total:
            return np.zeros(width)
        steps = np.repeat(first - np.concatenate([[0], np.cumsum(sizes)[:-1]]), sizes)
        at = np.arange(total) + steps
        values = self.values[at] * np.repeat(weights, sizes)
        return np.bincount(self.places[at], values, width).astype(np.float64)
