"""All offers of a moment, made ready once so that many needs are answered fast.

Offers that look alike to the criteria with few values form a bucket: what a need thinks of one, it
thinks of all. Within a bucket they are in the order of their keys.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from bassin.pairing.columns import Column
from bassin.pairing.declaration import Criterion, Overlap, Pairing, fields
from bassin.pairing.grids import Grid, grid
from bassin.pairing.sets import Listed, asked
from bassin.pairing.tables import Tables

BUCKETS = 64
"""How many buckets at most, but for sets that are unknown."""


@dataclass(frozen=True)
class Facet:
    """Criteria that read the same fields of an offer, and those fields' distinct values."""

    criteria: tuple[Criterion, ...]
    grids: Mapping[str, Grid]
    need_fields: tuple[str, ...]
    column: Column

    @property
    def width(self) -> int:
        """How many distinct values the offers have."""
        return len(self.column.values)


@dataclass(frozen=True)
class Offers:
    """Offers ready for a pairing; positions are those after sorting, `place` the original rows.

    Args:
        rank: the place of each offer in the order of the keys.
        bucket: the first offer of each bucket, then their number.
        narrow: the facets that are the same all over a bucket.
        wide: the others; `codes[offer, facet]` is the offer's value.
    """

    pairing: Pairing
    tables: Tables
    table: pa.Table
    place: np.ndarray
    rank: np.ndarray
    bucket: np.ndarray
    narrow: tuple[Facet, ...]
    wide: tuple[Facet, ...]
    codes: np.ndarray
    sets: tuple[Listed, ...]
    scratch: Any = field(default_factory=dict, repr=False)

    @property
    def count(self) -> int:
        """How many there are."""
        return int(self.place.size)

    @property
    def facets(self) -> tuple[Facet, ...]:
        """All of them, narrow ones first."""
        return (*self.narrow, *self.wide)

    @property
    def first(self) -> np.ndarray:
        """One offer of each bucket."""
        return self.bucket[:-1]

    def key(self, position: int) -> Any:
        """The key of the offer at a position."""
        return self.table[self.pairing.key][int(self.place[position])].as_py()

    def row(self, position: int) -> dict[str, Any]:
        """All that is known of the offer at a position."""
        found: dict[str, Any] = self.table.slice(int(self.place[position]), 1).to_pylist()[0]
        return found


def prepare(pairing: Pairing, table: pa.Table, tables: Tables) -> Offers:
    """Make offers ready. It costs about a microsecond for each fact of each offer."""
    keys = table[pairing.key].to_pylist()
    if len(set(keys)) < len(keys) or None in keys:
        raise ValueError(f"{pairing.slug}: each offer has its own {pairing.key}")
    rank = np.empty(len(keys), np.int32)
    rank[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys), dtype=np.int32)
    sets = [Listed.read(each, table, tables) for each in asked(pairing)]
    facets = sorted(_facets(pairing, table, tables), key=lambda facet: facet.width)
    group = np.zeros(len(keys), np.int64)
    for each in sets:
        group = group * 2 + each.offers.known
    narrow: list[Facet] = []
    for facet in facets:
        finer = np.unique(group * facet.width + facet.column.codes, return_inverse=True)[1]
        if finer.max(initial=0) >= BUCKETS:
            break
        group = finer
        narrow.append(facet)
    return _sorted(pairing, tables, table, rank, group, facets, len(narrow), sets)


def _sorted(pairing: Pairing, tables: Tables, table: pa.Table, rank: np.ndarray,
            group: np.ndarray, facets: list[Facet], narrow: int, sets: list[Listed],
            ) -> Offers:  # fmt: skip
    place = np.lexsort((rank, group))
    edges = np.flatnonzero(np.diff(group[place], prepend=-1))
    wide = facets[narrow:]
    codes = [facet.column.codes[place] for facet in wide]
    return Offers(
        pairing, tables, table, place, rank[place],
        np.append(edges, place.size).astype(np.int64),
        tuple(_ordered(facet, place) for facet in facets[:narrow]),
        tuple(_ordered(facet, place) for facet in wide),
        np.stack(codes, axis=1).astype(np.int32) if codes else np.zeros((place.size, 0), np.int32),
        tuple(each.ordered(place) for each in sets),
    )  # fmt: skip


def _ordered(facet: Facet, place: np.ndarray) -> Facet:
    column = Column(facet.column.values, facet.column.codes[place])
    return Facet(facet.criteria, facet.grids, facet.need_fields, column)


def _facets(pairing: Pairing, table: pa.Table, tables: Tables) -> list[Facet]:
    """The criteria that are no overlaps, together when they read the same fields of an offer."""
    groups: dict[tuple[str, ...], list[Criterion]] = {}
    for each in pairing.criteria:
        if not isinstance(each.primitive, Overlap):
            groups.setdefault(tuple(sorted(fields(each.primitive, "offer"))), []).append(each)
    made = []
    for names, criteria in groups.items():
        column = Column.of_table(table, names)
        grids = {each.code: grid(each.primitive, column.values, tables) for each in criteria}
        wanted = [name for each in criteria for name in fields(each.primitive, "need")]
        made.append(Facet(tuple(criteria), grids, tuple(dict.fromkeys(wanted)), column))
    return made
