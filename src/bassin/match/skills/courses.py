"""Courses for what somebody lacks: the one question that other pages of skills ask of the network.

    from bassin.match.skills.courses import Departure

    there = Departure(house, "94074", 45, "transit", today)
    there.courses("N1101")                                  # to learn a whole trade
    there.courses("N1101", missing={"100234", "103456"})
    there.courses({"100234", "103456"})                     # items alone, any trade

See `Departure` for what each argument means, `Offered` for what each answer does.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pyarrow as pa

from bassin.commons import weights
from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.match.skills.campus_pairing import COURSES
from bassin.match.skills.hypotheses import is_enough
from bassin.match.skills.models import Course, Session, Site
from bassin.match.skills.network import Network, Standing, asked, network
from bassin.match.skills.register import Certification
from bassin.pairing import Proposal, Reason, Tables, rank
from bassin.territory.travel import UNKNOWN

SOON = timedelta(days=60)
_SCHEMA = pa.schema(
    [
        ("key", pa.int64()),
        ("commune_code", pa.string()),
        ("validity", pa.string()),
        ("trades", pa.list_(pa.string())),
        ("items", pa.list_(pa.string())),
        ("starts_on", pa.date32()),
        ("left", pa.int32()),
    ]
)


@dataclass(frozen=True, slots=True)
class Offered:
    """A course that may be proposed, and why.

    Args:
        minutes: from the commune asked, by the way asked; None is unknown, never “too far”.
        session: the next one; None when no date is known (`course.permanent`: any day).
        places_left: of that session; None is unknown.
        covers: the codes of the missing items that it teaches, in order of code.
        enough: whether that is the declared least share of them (`hypotheses.toml`).
        supposed: what it teaches was not said: that of the trades it leads to is supposed.
        valid: whether its certification is open that day; None without one, or unknown.
        score: out of 100; the points of `reasons` sum to it exactly.
    """

    course: Course
    site: Site
    minutes: int | None
    session: Session | None
    places_left: int | None
    covers: tuple[str, ...]
    enough: bool
    supposed: bool
    certification: Certification | None
    valid: bool | None
    score: Decimal
    reasons: tuple[Reason, ...]

    @property
    def questions(self) -> tuple[Reason, ...]:
        """What must be asked before anybody counts on it."""
        return tuple(each for each in self.reasons if each.state == "ask")


def chosen(found: Sequence[Offered], most: int) -> list[Offered]:
    """Those that teach enough of what is missing, else those that teach some of it."""
    some = [each for each in found if each.covers]
    return ([each for each in some if each.enough] or some)[:most]


class Departure:
    """Where people leave from, how and on which day: what many questions share is read once.

    Args:
        commune_code: where they leave from; "" when it is not known: journeys are then asked.
        minutes: the longest journey. A course whose journey is unknown stays, with the question.
        mode: "walk", "bicycle", "transit" or "car".
        on: the day; sessions of the year after it are read, certifications that are over by the
            day one enters are left out.
    """

    def __init__(self, house: House, commune_code: str, minutes: int, mode: str, on: date) -> None:
        self._network = network(house, on)
        self._journeys = minutes_from(house, commune_code, mode)
        self._weights = weights.on(COURSES, on)
        self._start, self._mode = commune_code, mode
        self._need = {
            "commune_code": commune_code or None, "mode": mode, "most_minutes": minutes,
            "open": ["valid"], "soon_until": on + SOON, "places_enough": 1,
        }  # fmt: skip
        self._courses: dict[int, Course] = {}
        self._sessions: dict[int, Session] = {}

    def courses(
        self, wanted: str | Collection[str], missing: Collection[str] | None = None, most: int = 10
    ) -> list[Offered]:
        """The courses that teach what is missing, reachable and open that day, the best first.

        Args:
            wanted: a code of ROME 3 (the trade aimed at), or codes of items (skills and
                activities) of ROME when no trade is aimed at.
            missing: with a trade, the items of it that are not held; all of them when None.
        """
        trades = (wanted,) if isinstance(wanted, str) else ()
        lacked = _lacked(self._network, wanted, missing)
        candidates = {each.pk: each for each in self._network.teaching(trades, lacked)}
        if not candidates:
            return []
        need = {"rome_codes": list(trades) or None, "missing": sorted(lacked) or None}
        ranking = rank(
            COURSES, self._need | need, _table(candidates.values()),
            self._tables(candidates.values()), top=most, weights=self._weights, hypotheses=0,
        )  # fmt: skip
        return self._offered(ranking.proposals, candidates, lacked)

    def _tables(self, candidates: Iterable[Standing]) -> Tables:
        there = (each.site.commune_code for each in candidates)
        places = tuple(dict.fromkeys((self._start, *there)))
        small = np.full((len(places), len(places)), -1, np.int16)
        small[0] = [self._journeys.get(code, -1) for code in places]
        rome = self._network.rome
        return Tables(
            reach={f"minutes:{self._mode}": (places, small)},
            labels={"occupation": rome.labels, "item": rome.item_label},
        )

    def _offered(
        self, proposals: Iterable[Proposal], candidates: dict[int, Standing],
        lacked: frozenset[str],
    ) -> list[Offered]:  # fmt: skip
        listed = [(said, candidates[said.key]) for said in proposals]
        self._read([each for _said, each in listed])
        return [
            self._one(self._courses[each.pk], each, said, lacked)
            for said, each in listed if each.pk in self._courses
        ]  # fmt: skip

    def _read(self, chosen: Sequence[Standing]) -> None:
        """Read the courses and the sessions that no question before this one was answered with."""
        courses = [each.pk for each in chosen if each.pk not in self._courses]
        self._courses |= Course.objects.select_related("site__body").in_bulk(courses)
        coming = [each.next.pk for each in chosen if each.next]
        self._sessions |= Session.objects.in_bulk([pk for pk in coming if pk not in self._sessions])

    def _one(
        self, course: Course, found: Standing, said: Proposal, lacked: frozenset[str]
    ) -> Offered:
        coming = found.next
        here = found.site
        covers = tuple(sorted(lacked & found.items))
        return Offered(
            course=course,
            site=course.site,
            minutes=None if here.doubtful else self._journeys.get(here.commune_code),
            session=self._sessions.get(coming.pk) if coming else None,
            places_left=coming.left if coming else None,
            covers=covers,
            enough=is_enough(len(covers), len(lacked)),
            supposed=found.supposed,
            certification=found.certification,
            valid=found.valid,
            score=said.score,
            reasons=said.reasons,
        )


def _lacked(
    found: Network, wanted: str | Collection[str], missing: Collection[str] | None
) -> frozenset[str]:
    if not isinstance(wanted, str):
        return frozenset(wanted)
    return asked(found.rome, (wanted,)) if missing is None else frozenset(missing)


def minutes_from(house: House, commune_code: str, mode: str) -> dict[str, int]:
    """Known minutes from a commune to every other; none when it is not on the map."""
    travel = house.travel
    if not commune_code:
        return {}
    try:
        row = travel.row(commune_code, mode)
    except Refused:
        return {}
    return {code: int(each) for code, each in zip(travel.codes, row, strict=True)
            if each != UNKNOWN}  # fmt: skip


def _table(candidates: Iterable[Standing]) -> pa.Table:
    rows = []
    for each in candidates:
        coming = each.next
        valid = {True: "valid", False: "over", None: None}[each.valid]
        there = each.site.commune_code
        rows.append(
            {
                "key": each.pk,
                "commune_code": there if there and not each.site.doubtful else None,
                "validity": valid if each.certification_code else "valid",
                "trades": list(each.trades) or None,
                "items": sorted(each.items) or None,
                "starts_on": coming.starts_on if coming else None,
                "left": coming.left if coming else None,
            }
        )
    return pa.Table.from_pylist(rows, _SCHEMA)
