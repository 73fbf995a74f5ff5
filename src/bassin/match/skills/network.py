"""The network on a day: each course with its site, its next session, its places, its card.

It is read from the database once, then kept in the process until a course, a session, a site or the
register changes: pages ask it many questions.
"""

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, Max, Sum

from bassin.indicators.house import House
from bassin.match.skills import near, sectors
from bassin.match.skills.models import Course, Session, Site, TrainingBody
from bassin.match.skills.models.courses import places_left
from bassin.match.skills.register import Certification, Register
from bassin.taxonomies import rome as taxonomy
from bassin.taxonomies.rome import Rome
from bassin.territory.search import folded

YEAR = timedelta(days=365)
"""How far ahead sessions are counted as capacity."""

_COURSE = (
    "pk", "title", "site_id", "certification_code", "rome_codes", "items", "sector", "level",
    "modality", "permanent", "origin", "funding",
)  # fmt: skip
_SESSION = ("course_id", "pk", "starts_on", "places", "entrants")


@dataclass(frozen=True, slots=True)
class Coming:
    """A session to come."""

    pk: int
    starts_on: date
    places: int | None
    entrants: int | None

    @property
    def left(self) -> int | None:
        """Places that nobody took yet, as far as entrants are counted."""
        return places_left(self.places, self.entrants)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a course is; a doubtful one may be the head office of its body."""

    pk: int
    commune_code: str
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A course on a day.

    `trades` are those of its certification and those its body said; `said` the items that its body
    said, `asks` what each trade asks (one mapping for all courses); `sector` what its body said,
    else what its trades suggest.
    `valid` is None without certification, or when the register does not say.
    """

    pk: int
    title: str
    site: Place
    certification: Certification | None
    certification_code: str
    valid: bool | None
    trades: tuple[str, ...]
    said: frozenset[str]
    asks: Mapping[str, frozenset[str]] = field(repr=False)
    sector: str
    level: int | None
    remote: bool
    permanent: bool
    origin: str
    funding: tuple[str, ...]
    sessions: tuple[Coming, ...]

    @property
    def supposed(self) -> bool:
        """Whether nobody said what it teaches."""
        return not self.said

    @property
    def items(self) -> frozenset[str]:
        """What it teaches, else what its trades ask: thousands of courses keep no copy of that."""
        return self.said or frozenset().union(*(self.asks.get(code, ()) for code in self.trades))

    @property
    def next(self) -> Coming | None:
        """Its next session."""
        return self.sessions[0] if self.sessions else None

    @property
    def counts(self) -> bool:
        """Whether one may enter: its certification is not over on the day it next begins."""
        return self.valid is not False

    @property
    def dated(self) -> bool:
        """Whether a day to begin is known."""
        return bool(self.sessions) or self.permanent

    @property
    def places(self) -> int:
        """Places said, over the sessions of the coming year that the certification covers."""
        return sum(each.places or 0 for each in self.covered)

    @property
    def unsaid(self) -> int:
        """Sessions whose places nobody said."""
        return sum(each.places is None for each in self.covered)

    @property
    def covered(self) -> tuple[Coming, ...]:
        """The sessions that begin while the certification holds."""
        held = self.certification
        if held is None:
            return self.sessions
        return tuple(each for each in self.sessions if held.valid_on(each.starts_on) is not False)


@dataclass(frozen=True)
class Network:
    """All courses that are shown, on a day."""

    day: date
    standings: Mapping[int, Standing]
    register: Register
    rome: Rome = field(repr=False)

    @cached_property
    def by_trade(self) -> dict[str, tuple[Standing, ...]]:
        """Courses by the trades that they lead to."""
        found: dict[str, list[Standing]] = defaultdict(list)
        for each in self.standings.values():
            for code in each.trades:
                found[code].append(each)
        return {code: tuple(listed) for code, listed in found.items()}

    @cached_property
    def by_item(self) -> dict[str, tuple[Standing, ...]]:
        """Courses by the skills that they teach."""
        found: dict[str, list[Standing]] = defaultdict(list)
        for each in self.standings.values():
            for code in each.items:
                found[code].append(each)
        return {code: tuple(listed) for code, listed in found.items()}

    def titled(self, text: str) -> Iterator[Standing]:
        """Courses whose title holds every word of a text; all of them when it has none."""
        words = folded(text).split()
        for each in self.standings.values():
            title = folded(each.title) if words else ""
            if all(word in title for word in words):
                yield each

    def teaching(self, trades: Iterable[str], items: Iterable[str]) -> Iterator[Standing]:
        """Courses that lead to one of these trades or teach one of these skills, each once."""
        listed = [self.by_trade.get(code, ()) for code in trades]
        listed += [self.by_item.get(code, ()) for code in items]
        yield from {each.pk: each for some in listed for each in some}.values()


def asked(rome: Rome, trades: Iterable[str]) -> frozenset[str]:
    """The skills and activities that trades ask; codes that ROME lacks ask nothing."""
    return frozenset(
        item for code in trades if code in rome.labels for item in near.skills(rome, code)
    )


_KEPT: "OrderedDict[tuple[Any, ...], Network]" = OrderedDict()
_LOCK = threading.Lock()
_MOST = 3


def network(house: House, day: date) -> Network:
    """The network on a day, made anew when something of it changed."""
    key = (house.reader.key, str(house.var), day, *_edition())
    with _LOCK:
        found = _KEPT.get(key)
        if found is None:
            found = _KEPT[key] = _made(house, day)
            while len(_KEPT) > _MOST:
                _KEPT.popitem(last=False)
        _KEPT.move_to_end(key)
    return found


def forget() -> None:
    """Read the network again at the next question (tests, whose numbers are used again)."""
    with _LOCK:
        _KEPT.clear()


def _edition() -> tuple[Any, ...]:
    told = (Count("pk"), Max("pk"), Sum("edition"))
    models = (Course, Session, Site, TrainingBody)
    return tuple(
        value for model in models for value in model._default_manager.aggregate(*told).values()
    )


def _made(house: House, day: date) -> Network:
    rome = taxonomy.loaded(house.reader)
    rows = list(Course.objects.shown().order_by("pk").values_list(*_COURSE))
    register = Register.of(house, rome, {row[3] for row in rows if row[3]})
    places = {
        each.pk: Place(each.pk, each.commune_code, each.is_doubtful)
        for each in Site.objects.filter(archived_at=None).select_related("body")
    }
    sessions = _sessions(day)
    asks = {code: asked(rome, (code,)) for code in rome.labels}
    standings = (_standing(row, places, sessions, register, asks, day) for row in rows)
    return Network(day, {each.pk: each for each in standings}, register, rome)


def _sessions(day: date) -> dict[int, list[Coming]]:
    found: dict[int, list[Coming]] = defaultdict(list)
    coming = Session.objects.coming(day).filter(starts_on__lt=day + YEAR)
    for course, *rest in coming.order_by("starts_on", "pk").values_list(*_SESSION):
        found[course].append(Coming(*rest))
    return found


def _standing(
    row: tuple[Any, ...], places: Mapping[int, Place], sessions: Mapping[int, list[Coming]],
    register: Register, asks: Mapping[str, frozenset[str]], day: date,
) -> Standing:  # fmt: skip
    pk, title, site, code, own, items, sector, level, modality, permanent, origin, funding = row
    held = register.known.get(code)
    coming = tuple(sessions.get(pk, ()))
    begins = coming[0].starts_on if coming else day
    known = (each for each in own if each in asks)
    trades = tuple(dict.fromkeys((*(held.trades if held else ()), *known)))
    return Standing(
        pk, title, places[site], held, code, held.valid_on(begins) if held else None, trades,
        frozenset(items), asks, sector or sectors.suggested(trades),
        level if level is not None else held.level if held else None,
        modality == Course.Modality.REMOTE, bool(permanent), origin,
        tuple(funding), coming,
    )  # fmt: skip
