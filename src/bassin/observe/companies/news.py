"""What came into a selection and what went, since somebody last saw it."""

import zlib
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from bassin.indicators.house import House
from bassin.observe.companies.rows import TABLE
from bassin.observe.companies.selection import Selection

MOST = 5000
"""Establishments that are followed one by one; a larger selection is a territory, not a list."""


@dataclass(frozen=True, slots=True)
class News:
    """SIRETs that are new, that closed, and that no longer answer for another reason."""

    new: tuple[str, ...]
    closed: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def any(self) -> bool:
        """Whether anything changed."""
        return bool(self.new or self.closed or self.gone)


def sirets(house: House, selection: Selection) -> frozenset[str] | None:
    """What a selection holds today; None when it is too many to be followed."""
    if not house.reader.has(TABLE):
        return None
    where, values = selection.where()
    sql = f"SELECT siret FROM {TABLE} WHERE {where} LIMIT {MOST + 1}"
    found = frozenset(siret for (siret,) in house.reader.rows(sql, values))
    return None if len(found) > MOST else found


def packed(found: Collection[str]) -> bytes:
    """SIRETs in few bytes."""
    numbers = np.array(sorted(int(each) for each in found), dtype=np.uint64)
    return zlib.compress(np.diff(numbers, prepend=np.uint64(0)).tobytes())


def unpacked(kept: bytes) -> frozenset[str]:
    """The SIRETs that `packed` wrote."""
    steps = np.frombuffer(zlib.decompress(kept), dtype=np.uint64)
    return frozenset(f"{each:014d}" for each in np.cumsum(steps, dtype=np.uint64).tolist())


def since(house: House, selection: Selection, before: frozenset[str]) -> News | None:
    """What changed; None when the selection is too large to be followed."""
    now = sirets(house, selection)
    if now is None:
        return None
    left = sorted(before - now)
    sql = f"SELECT siret FROM {TABLE} WHERE siret IN (SELECT unnest(?)) AND state = 'F'"
    closed = {siret for (siret,) in house.reader.rows(sql, [left])} if left else set()
    return News(
        tuple(sorted(now - before)),
        tuple(each for each in left if each in closed),
        tuple(each for each in left if each not in closed),
    )
