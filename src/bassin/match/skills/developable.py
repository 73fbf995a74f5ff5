"""Which activities could be developed here with what residents can do: a documented computation.

A reference site of `JOBS` jobs needs, of each trade, its share of the activity's hires. Facing it:
the jobseekers of that trade who are ready, less the offers already open for it, and those of the
nearest trades, each counted by its nearness. The cover of an activity is the share of its jobs
that these people fill. One person may be counted for several trades and several activities: a
cover says what could be tried, never what would succeed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bassin.indicators.house import House
from bassin.match.skills.forecast import Values
from bassin.match.skills.trades import Trades
from bassin.pairing import occupations
from bassin.taxonomies import naf

JOBS = 100
NEAREST = 5
LEAST_NEAR = 0.35
HOUSEHOLDS = "TU"
"""Sections of NAF that nobody develops: households as employers, embassies."""

MAIN = 0.05
"""From this share of its hires on, a trade is a main one of an activity."""


@dataclass(frozen=True, slots=True)
class Part:
    """A trade of an activity: the jobs it would need, and the people there are.

    `ready` and `near` are None when nobody publishes the jobseekers of the trade.
    """

    rome_code: str
    share: float
    needed: float
    ready: float | None
    near: float

    @property
    def people(self) -> float | None:
        """All of them; None when those of the trade itself are unknown."""
        return None if self.ready is None else self.ready + self.near

    @property
    def covered(self) -> float | None:
        """The share of its jobs that they fill, 0 to 1."""
        return None if self.people is None else min(1.0, self.people / self.needed)


@dataclass(frozen=True, slots=True)
class Developable:
    """An activity, how far residents cover its trades, and the trades that decide.

    The true cover is between `least` and `most`, in %: the second supposes that the trades whose
    jobseekers are unknown are all covered.
    """

    naf_code: str
    least: float
    most: float
    parts: tuple[Part, ...]
    employers: int

    @property
    def tightest(self) -> Part | None:
        """The main trade for which people are the fewest."""
        known = [each for each in self.parts if each.people is not None and each.share >= MAIN]
        return min(known, key=lambda each: (each.people or 0) / each.needed, default=None)

    @property
    def ease(self) -> float:
        """How many times over its tightest trade is covered."""
        part = self.tightest
        return (part.people or 0) / part.needed if part else 0.0


def ready(trades: Trades) -> dict[str, float]:
    """Jobseekers of each trade ready to take a job, less the offers already open for it."""
    found = {}
    for code, seen in trades.market.seen.items():
        supposed = trades.supposed.of_term("ready", code)
        if seen.jobseekers is None or supposed is None:
            continue
        there = seen.jobseekers * supposed.values.central / 100
        found[code] = max(0.0, there - trades.market.offers.get(code, 0))
    return found


def nearby(codes: Sequence[str], nearness: np.ndarray, there: Mapping[str, float]) -> np.ndarray:
    """For each trade, the people of its nearest trades, each counted by its nearness."""
    own = np.array([there.get(code, 0.0) for code in codes])
    weights = np.array(nearness, dtype=np.float64)
    np.fill_diagonal(weights, 0)
    weights[weights < LEAST_NEAR] = 0
    if len(codes) > NEAREST:
        limit = np.partition(weights, -NEAREST, axis=0)[-NEAREST, :]
        weights[weights < limit] = 0
    near: np.ndarray = own @ weights
    return near


def activities(house: House, trades: Trades) -> list[Developable]:
    """Every activity whose hires are known by trade, the best covered first.

    Raises:
        Refused: ROME is not loaded, so that near trades are unknown.
    """
    compared = occupations.loaded(house.reader)
    there = ready(trades)
    near = dict(
        zip(compared.rome.codes, nearby(compared.rome.codes, compared.matrix, there), strict=True)
    )
    found = [
        _activity(code, shares, there, near, trades)
        for code, shares in trades.work.shares.items()
        if naf.parse(code).section not in HOUSEHOLDS
    ]
    return sorted(found, key=lambda each: (-round(each.least, 1), -each.ease, each.naf_code))


def _activity(
    code: str, shares: Mapping[str, float], there: Mapping[str, float],
    near: Mapping[str, float], trades: Trades,
) -> Developable:  # fmt: skip
    parts = tuple(
        Part(trade, share, JOBS * share, there.get(trade), float(near.get(trade, 0.0)))
        for trade, share in sorted(shares.items(), key=lambda each: (-each[1], each[0]))
    )
    least = sum(each.share * (each.covered or 0.0) for each in parts)
    unknown = sum(each.share for each in parts if each.covered is None)
    here = trades.work.activities.get(code)
    return Developable(
        code, 100 * least, min(100.0, 100 * (least + unknown)), parts,
        here.employers if here else 0,
    )  # fmt: skip


def as_interval(found: Developable) -> Values:
    """Its cover, with its middle."""
    return Values(found.least, (found.least + found.most) / 2, found.most)
