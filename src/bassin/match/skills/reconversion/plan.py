"""A reconversion plan: exposed trades, the promising ones within reach, the scheme of that day."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from bassin.commons import weights
from bassin.indicators.house import House
from bassin.match.skills import near
from bassin.match.skills.courses import Departure, Offered, chosen
from bassin.match.skills.reconversion import demand, schemes
from bassin.match.skills.reconversion.demand import TENSE, Around, Demand
from bassin.match.skills.reconversion.exposed import Exposed, Firm
from bassin.match.skills.reconversion.funding import Estimate, estimated
from bassin.match.skills.reconversion.pairing import RECONVERSION, WAYS
from bassin.match.skills.reconversion.schemes import Facts, Judged, OnDay
from bassin.match.skills.trades import Trades
from bassin.pairing import Proposal, Reason, Tables, occupations, prepare, rank
from bassin.taxonomies.interval import Part
from bassin.territory.travel import Mode
from bassin.types import Origin

LEADS = 3
"""Trades proposed for each exposed one."""

COURSES = 2
"""Courses told for each proposal."""

LINES, ALL_LINES = 8, 24
"""Exposed trades shown with their proposals, and how many when all are asked for."""

_ENOUGH = {"least_employers": 1, "tension_enough": TENSE, "gap_enough": 1, "employers_enough": 50}


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants a plan for, on which day, and what is known of the firm."""

    exposed: Exposed
    day: date
    mode: Mode = Mode.TRANSIT
    minutes: int = 45
    facts: Facts = field(default_factory=Facts)
    firm: Firm | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Learnt:
    """A course, and what it teaches of what is missing."""

    offered: Offered
    teaches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lead:
    """A promising trade and why it is proposed; what is missing is named."""

    rome_code: str
    label: str
    score: float
    reasons: tuple[Reason, ...]
    shared: tuple[str, ...]
    missing: tuple[str, ...]
    demand: Demand
    courses: tuple[Learnt, ...] = ()

    @property
    def is_partial(self) -> bool:
        """Whether no course teaches enough of what is missing, and those told teach some of it."""
        return any(not each.offered.enough for each in self.courses)

    @property
    def cover(self) -> float | None:
        """The share of what it asks that is known already, in %; None when it asks nothing."""
        asked = len(self.shared) + len(self.missing)
        return 100 * len(self.shared) / asked if asked else None


@dataclass(frozen=True, slots=True)
class Line:
    """An exposed trade: its jobs, whether it hires elsewhere within reach, where it may lead."""

    rome_code: str
    label: str
    part: Part
    stays: Demand
    leads: tuple[Lead, ...]


@dataclass(frozen=True)
class Plan:
    """All of it."""

    asked: Asked
    on_day: OnDay
    around: Around
    lines: tuple[Line, ...]
    others: tuple[str, ...]
    origin: Origin

    @property
    def judged(self) -> list[Judged]:
        """The conditions of the scheme of that day, for this firm."""
        scheme = self.on_day.scheme
        return scheme.judged(self.asked.facts) if scheme else []

    @cached_property
    def estimate(self) -> Estimate | None:
        """What the scheme pays for one person."""
        scheme = self.on_day.scheme
        return estimated(scheme, self.asked.facts) if scheme else None


def made(house: House, trades: Trades, asked: Asked, today: date) -> Plan:
    """The plan for what is asked.

    Raises:
        Refused: ROME is not loaded, so that near trades are unknown.
    """
    exposed = asked.exposed
    there = demand.around(house, trades, exposed.commune_code, asked.mode, asked.minutes, asked.day)
    found = _Compared(house, trades, there, asked, today)
    shown = exposed.main[: ALL_LINES if asked.whole else LINES]
    lines = tuple(
        Line(code, trades.rome.label(code), exposed.parts[code],
             demand.demand(trades.trade(code), there), found.leads(code))
        for code in shown
    )  # fmt: skip
    origin = Origin.together(
        (exposed.origin, there.origin, trades.market.tension_origin, trades.rome.origin)
    )
    return Plan(
        asked, schemes.on(asked.day), there, lines, tuple(exposed.main[len(shown):]),
        origin,
    )  # fmt: skip


class _Compared:
    """Trades as they are compared for one plan."""

    def __init__(
        self, house: House, trades: Trades, there: Around, asked: Asked, today: date
    ) -> None:
        self.trades, self.there = trades, there
        self.tables = _tables(house)
        self.offers = prepare(RECONVERSION, demand.table(trades, there), self.tables)
        self.weights = weights.on(RECONVERSION, today)
        self.departure = Departure(
            house, asked.exposed.commune_code, asked.minutes, asked.mode.value, asked.day
        )

    def leads(self, code: str) -> tuple[Lead, ...]:
        """The trades that one may lead to, the best first."""
        items = near.skills(self.trades.rome, code)
        need = {"rome_code": code, "items": items, "ways": list(WAYS), **_ENOUGH}
        ranking = rank(
            RECONVERSION, need, self.offers, self.tables, top=LEADS + 1, weights=self.weights,
            hypotheses=0,
        )  # fmt: skip
        others = [each for each in ranking.proposals if each.key != code]
        return tuple(self._lead(code, each) for each in others[:LEADS])

    def _lead(self, source: str, found: Proposal) -> Lead:
        rome, code = self.trades.rome, str(found.key)
        has, asked = set(near.skills(rome, source)), near.skills(rome, code)
        missing = [each for each in asked if each not in has]
        return Lead(
            code, rome.label(code), float(found.score), _reasons(found.reasons),
            tuple(rome.item_label(each) for each in asked if each in has),
            tuple(rome.item_label(each) for each in missing),
            demand.demand(self.trades.trade(code), self.there),
            self._courses(code, missing),
        )  # fmt: skip

    def _courses(self, code: str, missing: list[str]) -> tuple[Learnt, ...]:
        """The courses within reach that teach what is missing, open on the day of the plan."""
        label = self.trades.rome.item_label
        return tuple(
            Learnt(each, tuple(label(item) for item in each.covers))
            for each in chosen(self.departure.courses(code, missing), COURSES)
        )


def _reasons(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """What is said of a proposal, the heaviest first: what repeats another is left out."""
    told = [each for each in reasons if each.kind == "signal" or each.code == "promising"]
    return tuple(sorted(told, key=lambda each: (each.kind != "gate", -each.points)))


_LOCK = threading.Lock()
_KEPT: dict[object, Tables] = {}


def _tables(house: House) -> Tables:
    """What plans compare by, kept for the release in service."""
    compared = occupations.loaded(house.reader)
    key = (house.reader.key, house.home.key)
    with _LOCK:
        if key not in _KEPT:
            _KEPT.clear()
            _KEPT[key] = Tables(
                nearness={"occupations": (compared.rome.codes, compared.matrix)},
                labels={"item": compared.rome.item_label, "ways": WAYS},
            )
        return _KEPT[key]
