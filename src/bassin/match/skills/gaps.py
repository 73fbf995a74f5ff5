"""Trades in need without a course near: commune by commune, then ranked with reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

import numpy as np
import pyarrow as pa

from bassin.commons import weights
from bassin.indicators.house import House
from bassin.match.skills.campus_pairing import LACKING
from bassin.match.skills.network import Network, Standing
from bassin.match.skills.trades import Trade, Trades
from bassin.pairing import Proposal, Tables, rank
from bassin.territory.travel import UNKNOWN

FARTHEST = 180
"""Minutes that are counted when no course is known at all, or none is nearer."""

_SCHEMA = pa.schema(
    [
        ("key", pa.string()),
        ("gap", pa.int32()),
        ("tension", pa.int16()),
        ("minutes", pa.int32()),
        ("places", pa.int32()),
    ]
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the map: what makes a need, and what is near.

    `gap` is how many people must be wanting within five years; 0 leaves the forecast out.
    """

    minutes: int = 45
    mode: str = "transit"
    tension: int = 4
    gap: int = 50
    remote: bool = False


@dataclass(frozen=True, slots=True)
class InNeed:
    """A trade in need, and why: its tension, its gap (before the unknown terms), or both."""

    trade: Trade
    tension: int | None
    gap: float | None

    @property
    def code(self) -> str:
        """Its code in ROME."""
        return self.trade.code


@dataclass(frozen=True, slots=True)
class Lack:
    """A trade in need before the network.

    `states` says for each commune whether a course is near: "yes", "no", or "ask" when a journey,
    an address, a date or a certification is unknown. `nearest` are known minutes.
    """

    need: InNeed
    states: Mapping[str, str]
    nearest: Mapping[str, int]
    courses: int
    places: int
    unsaid: int

    @property
    def without(self) -> list[str]:
        """The communes without a course near, for sure."""
        return [code for code, state in self.states.items() if state == "no"]

    @property
    def doubtful(self) -> list[str]:
        """The communes where something must be asked first."""
        return [code for code, state in self.states.items() if state == "ask"]

    @property
    def minutes(self) -> int:
        """How far the nearest course is: the middle one of the communes without any near."""
        told = [self.nearest.get(code, FARTHEST) for code in self.without]
        return min(FARTHEST, round(median(told))) if told else 0


def in_need(among: Trades, wanted: Wanted) -> list[InNeed]:
    """Trades whose tension or whose forecast says that people are wanting."""
    found = []
    for trade in among.all():
        tension = trade.seen.tension if trade.seen else None
        gap = trade.gap()
        central = gap.values.central if gap else None
        tense = tension is not None and tension >= wanted.tension
        short = bool(wanted.gap) and central is not None and central >= wanted.gap
        if tense or short:
            found.append(InNeed(trade, tension, central))
    return found


def lacks(house: House, found: Network, needs: Sequence[InNeed], wanted: Wanted) -> list[Lack]:
    """Each of these trades before the network, in the communes of the territory."""
    journeys = _Journeys(house, wanted.mode)
    return [_lack(need, found.by_trade.get(need.code, ()), journeys, wanted) for need in needs]


class _Journeys:
    """Minutes from the communes of the territory to any other."""

    def __init__(self, house: House, mode: str) -> None:
        self._rows = house.travel.rows
        self.communes = [code for code in house.home.communes if code in self._rows]
        _codes, matrix = house.travel.minutes(mode)
        self._minutes = np.asarray(matrix[[self._rows[code] for code in self.communes]])

    def to(self, code: str) -> np.ndarray | None:
        """From each commune of the territory; None for a place that is off the map of journeys."""
        row = self._rows.get(code)
        return None if row is None else self._minutes[:, row]


def _lack(need: InNeed, courses: Sequence[Standing], journeys: _Journeys, wanted: Wanted) -> Lack:
    count = len(journeys.communes)
    near, doubt = np.zeros(count, bool), np.zeros(count, bool)
    nearest = np.full(count, FARTHEST, np.int32)
    open_ones = [each for each in courses if each.counts and (wanted.remote or not each.remote)]
    for each in open_ones:
        if each.remote:
            near |= sure(each)
            doubt |= not sure(each)
            continue
        minutes = journeys.to(each.site.commune_code)
        if minutes is None:  # off the map: farther than anybody goes; without a commune: unknown
            doubt |= not each.site.commune_code
            continue
        known = minutes != UNKNOWN
        within = known & (minutes <= wanted.minutes)
        if sure(each):
            near |= within
            doubt |= ~known
            np.minimum(nearest, minutes, out=nearest, where=known, casting="unsafe")
        else:
            doubt |= within | ~known
    states = np.where(near, "yes", np.where(doubt, "ask", "no")).tolist()
    return Lack(
        need,
        dict(zip(journeys.communes, states, strict=True)),
        {code: int(m) for code, m in zip(journeys.communes, nearest, strict=True) if m < FARTHEST},
        len(open_ones),
        sum(each.places for each in open_ones),
        sum(each.unsaid for each in open_ones),
    )


def sure(course: Standing) -> bool:
    """Whether nothing of it must be asked: its address, its certification, a day to begin."""
    certified = course.valid is True or not course.certification_code
    return certified and course.dated and not course.site.doubtful


def ranked(found: Sequence[Lack], on: date, top: int) -> tuple[Proposal, ...]:
    """Trades without a course near somewhere, the most wanting first, with their reasons."""
    rows = [
        {
            "key": each.need.code,
            "gap": None if each.need.gap is None else round(each.need.gap),
            "tension": each.need.tension,
            "minutes": each.minutes,
            "places": None if each.unsaid and not each.places else each.places,
        }
        for each in found if each.without
    ]  # fmt: skip
    if not rows:
        return ()
    need = {"gap_full": 300, "tension_full": 5, "minutes_full": 90, "places_none": 0}
    table = pa.Table.from_pylist(rows, _SCHEMA)
    decided = weights.on(LACKING, on)
    ranking = rank(LACKING, need, table, Tables(), top=top, hypotheses=0, weights=decided)
    return ranking.proposals
