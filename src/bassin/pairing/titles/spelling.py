"""Typing errors: an unknown word gives way to the known one that is nearest."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_LONGEST = 24
_FIRST_WITH_ONE, _FIRST_WITH_TWO = 4, 8  # letters
_APART = 2


@dataclass(frozen=True)
class Spellings:
    """Known words as rows of letters, the most frequent first."""

    letters: NDArray[np.uint8]
    sizes: NDArray[np.int64]

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> "Spellings":
        kept = [word for word in counts if _FIRST_WITH_ONE <= len(word) <= _LONGEST]
        kept.sort(key=lambda word: (-counts[word], word))
        letters = np.zeros((len(kept), _LONGEST), dtype=np.uint8)
        for row, word in enumerate(kept):
            letters[row, : len(word)] = list(word.encode())
        return cls(letters, np.array([len(word) for word in kept], dtype=np.int64))

    def nearest(self, word: str) -> str | None:
        """The nearest word, one error away (two in a long word); the most frequent of several."""
        size = len(word)
        if not _FIRST_WITH_ONE <= size <= _LONGEST or not word.isalpha():
            return None
        allowed = 2 if size >= _FIRST_WITH_TWO else 1
        rows = np.flatnonzero(np.abs(self.sizes - size) <= allowed)
        if not len(rows):
            return None
        gaps = _distances(word.encode(), self.letters[rows], self.sizes[rows])
        best = int(gaps.argmin())
        if gaps[best] > allowed:
            return None
        return bytes(self.letters[rows[best], : self.sizes[rows[best]]]).decode()


def _distances(
    word: bytes, letters: NDArray[np.uint8], sizes: NDArray[np.int64]
) -> NDArray[np.int8]:
    """Errors between a word and each row: a letter added, left out, changed, or two swapped."""
    width = min(_LONGEST, len(word) + _APART)
    before: list[NDArray[np.int8]] = []
    last: list[NDArray[np.int8]] = []
    row = [np.full(len(sizes), place, dtype=np.int8) for place in range(width + 1)]
    for place, letter in enumerate(word):
        before, last = last, row
        row = [np.full(len(sizes), place + 1, dtype=np.int8)]
        for other in range(width):
            changed = last[other] + (letters[:, other] != letter)
            least = np.minimum(np.minimum(row[other], last[other + 1]) + 1, changed)
            if place and other:
                crossed = (letters[:, other] == word[place - 1]) & (letters[:, other - 1] == letter)
                least = np.where(crossed, np.minimum(least, before[other - 1] + 1), least)
            row.append(least.astype(np.int8))
    return np.stack(row)[sizes.clip(max=width), np.arange(len(sizes))]
