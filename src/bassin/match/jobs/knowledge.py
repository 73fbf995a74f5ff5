"""What the pages of jobs know of trades and of journeys, for the release being read."""

import math
import threading
from collections import Counter
from functools import cached_property

import numpy as np
import pyarrow as pa

from bassin.indicators.house import House
from bassin.match.jobs import market
from bassin.match.jobs.labels import labels
from bassin.match.jobs.market import Market
from bassin.match.jobs.supply import Supply
from bassin.pairing import Tables, occupations
from bassin.pairing.occupations import Neighbour, Proximity
from bassin.pairing.titles import Guess, Titles, served
from bassin.taxonomies import rome as taxonomy
from bassin.taxonomies.rome import Rome
from bassin.territory import Place
from bassin.territory.travel import Travel
from bassin.types import Scale

FEWEST_HIRES = 5
"""Hires of an activity below which a share means nothing."""


class Knowledge:
    """Kept for the whole process as long as the release is; each part is made when first asked.

    Args:
        rome: another ROME than the release's, of a folder somebody names.
    """

    def __init__(self, opened: House, rome: Rome | None = None) -> None:
        self.rome: Rome = rome or taxonomy.loaded(opened.reader)
        self._own = rome is not None
        self._opened = opened
        self._told: tuple[Supply, pa.Table] | None = None
        self._reader = opened.reader
        self.travel: Travel = opened.travel

    @property
    def is_empty(self) -> bool:
        """Whether ROME is not loaded: no trade can be understood or compared."""
        return not self.rome.codes

    @cached_property
    def titles(self) -> Titles:
        """The reader of job titles."""
        return Titles(self.rome) if self._own else served(self._reader)

    @cached_property
    def proximity(self) -> Proximity | None:
        """The comparison of occupations; None without ROME."""
        if self.is_empty:
            return None
        own = self._own
        return occupations.proximity(self.rome) if own else occupations.loaded(self._reader)

    def guesses(self, words: str, top: int) -> list[Guess]:
        """The trades that words may mean, the likeliest first; none without ROME."""
        return [] if self.is_empty or not words.strip() else self.titles.find(words, top=top)

    @cached_property
    def nearness(self) -> tuple[tuple[str, ...], np.ndarray]:
        """Codes of occupations and how near each is to each, 1 for itself."""
        found = self.proximity
        if found is None:
            return (), np.zeros((0, 0), np.float32)
        matrix = found.matrix.copy()
        np.fill_diagonal(matrix, 1)
        return found.rome.codes, matrix

    @cached_property
    def tables(self) -> Tables:
        """What every search compares by; journeys are each person's own (`Tables.reaching`)."""
        return Tables(
            weights={"items": self.item_weights},
            nearness={"occupations": self.nearness, "tension": market.nearness()},
            labels={**labels(self.rome), "tension": self.market.labels},
        )

    @cached_property
    def market(self) -> Market:
        """How hard trades are to hire for around here."""
        return Market.read(self._opened)

    def offers(self, found: Supply) -> pa.Table:
        """The open offers with what is known of their trade here; made once for each supply."""
        if found.count == 1:  # one offer that a page asks about
            return self.market.told(found)
        if self._told is None or self._told[0] is not found:
            self._told = (found, self.market.told(found))
        return self._told[1]

    @cached_property
    def hired(self) -> dict[str, dict[str, float]]:
        """By trade, which share of an activity's hires are in it; activities with enough hires."""
        hires = self.rome.hirings
        total: Counter[str] = Counter()
        names = ("rome_code", "naf_code", "hirings")
        rows = list(zip(*(hires[name].to_pylist() for name in names), strict=True))
        for _code, naf, count in rows:
            total[naf] += count
        found: dict[str, dict[str, float]] = {}
        for code, naf, count in rows:
            if total[naf] >= FEWEST_HIRES:
                shares = found.setdefault(code, {})
                shares[naf] = shares.get(naf, 0) + count / total[naf]
        return found

    @cached_property
    def around(self) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
        """The territory's communes, and those of the régions it lies in."""
        territory, home = self._opened.territory, self._opened.home
        regions = [each for each in territory.containers(home) if each.scale == Scale.REGION]
        around = [commune for region in regions for commune in territory.communes(region)]
        return tuple(territory.communes(home)), tuple(around)

    @cached_property
    def communes(self) -> dict[str, str]:
        """Their names by code, ours first."""
        ours, around = self.around
        return {each.code: each.name for each in (*ours, *around)}

    def neighbours(self, code: str, most: int) -> tuple[Neighbour, ...]:
        """The occupations nearest to one; none without ROME."""
        found = self.proximity
        return () if found is None or code not in self.rome.labels else found.neighbours(code, most)

    @cached_property
    def item_weights(self) -> dict[str, float]:
        """What a skill tells: the rarer among occupations, the more (inverse frequency)."""
        seen = Counter(self.rome.skills["item_code"].to_pylist())
        many = max(len(self.rome.codes), 1)
        return {code: math.log(1 + many / count) for code, count in seen.items()}


_KEPT: dict[tuple[object, ...], Knowledge] = {}
_LOCK = threading.Lock()


def knowledge(opened: House) -> Knowledge:
    """What is known for the release that a house reads; one release is kept."""
    key = (*opened.reader.key, opened.home.key)
    found = _KEPT.get(key)
    if found is None:
        with _LOCK:
            found = _KEPT.get(key) or Knowledge(opened)
            _KEPT.clear()
            _KEPT[key] = found
    return found
