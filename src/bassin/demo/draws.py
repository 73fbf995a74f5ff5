"""Chance that falls the same way every time, on every machine.

Only whole numbers are drawn and compared: no logarithm whose last digit depends on a processor.
Each part of the sample draws from its own stream, so that adding one leaves the others alone.
"""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Draws:
    """A stream of draws named after what it is for."""

    def __init__(self, name: str) -> None:
        seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
        self._rng = np.random.Generator(np.random.PCG64(seed))

    def below(self, bound: int | Ints, size: int | None = None) -> Ints:
        """Whole numbers from 0 to below each bound."""
        return self._rng.integers(0, bound, size, dtype=np.int64)

    def between(self, least: int, most: int, size: int) -> Ints:
        """Whole numbers from `least` to `most`, both included."""
        return self._rng.integers(least, most + 1, size, dtype=np.int64)

    def chance(self, percent: int | Ints, size: int) -> Flags:
        """Whether it happens, with that chance in per cent."""
        return self.below(100_000, size) < np.asarray(percent) * 1000

    def pick(self, weights: Sequence[int] | Ints, size: int) -> Ints:
        """Positions drawn with replacement, in proportion to whole weights."""
        ends = np.cumsum(np.asarray(weights, dtype=np.int64))
        return np.searchsorted(ends, self.below(int(ends[-1]), size), side="right")

    def first(self, weights: Ints, count: int) -> Ints:
        """`count` positions without replacement, the heavier the likelier, in increasing order."""
        keys = self.keys(weights)
        return np.sort(
            np.argpartition(keys, count)[:count] if count < len(keys) else keys.argsort()
        )

    def keys(self, weights: Ints) -> Ints:
        """A rank for each: the heavier, the likelier to be small."""
        return (self.below(1 << 40, len(weights)) // np.maximum(weights, 1)).astype(np.int64)

    def order(self, size: int) -> Ints:
        """The numbers below `size` in a drawn order."""
        return np.argsort(self.below(1 << 60, size), kind="stable")


def shared(total: int, weights: Sequence[int] | Ints) -> Ints:
    """Split a whole total in proportion to weights; the parts add up to it exactly."""
    each = np.asarray(weights, dtype=np.int64)
    whole = total * each // each.sum()
    rest = (total * each) % each.sum()
    largest = np.argsort(-rest, kind="stable")[: total - int(whole.sum())]
    whole[largest] += 1
    return whole
