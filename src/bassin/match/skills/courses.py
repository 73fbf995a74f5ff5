"""Courses for what somebody lacks: the one question that other pages of skills ask of the network.

    from bassin.match.skills.courses import courses_for

    courses_for("N1101", "94074", 45, "transit", today)           # to learn a whole trade
    courses_for("N1101", "94074", 45, "transit", today, missing={"100234", "103456"})
    courses_for({"100234", "103456"}, "94074", 45, "car", today)   # items alone, any trade

See `courses_for` for what each argument and each answer means.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa

from bassin.commons import weights
from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.match.skills.campus_pairing import COURSES
from bassin.match.skills.models import Course, Session, Site
from bassin.match.skills.network import Network, Standing, asked, network
from bassin.match.skills.register import Certification
from bassin.pairing import Proposal, Reason, Tables, rank
from bassin.territory.travel import UNKNOWN
from bassin.ui.opened import house as opened_house

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
    supposed: bool
    certification: Certification | None
    valid: bool | None
    score: Decimal
    reasons: tuple[Reason, ...]

    @property
    def questions(self) -> tuple[Reason, ...]:
        """What must be asked before anybody counts on it."""
        return tuple(each for each in self.reasons if each.state == "ask")


def courses_for(
    wanted: str | Collection[str], commune_code: str, minutes: int, mode: str, on: date, *,
    missing: Collection[str] | None = None, most: int = 10, house: House | None = None,
) -> list[Offered]:  # fmt: skip
    """The courses that teach what is missing, reachable and open that day, the best first.

    Args:
        wanted: a code of ROME 3 (the trade aimed at), or codes of items (skills and activities)
            of ROME when no trade is aimed at.
        commune_code: where people leave from; "" when it is not known: journeys are then asked.
        minutes: the longest journey. A course whose journey is unknown stays, with the question.
        mode: "walk", "bicycle", "transit" or "car".
        on: the day; sessions of the year after it are read, certifications that are over by the
            day one enters are left out.
        missing: with a trade, the items of it that are not held; all of them when None.
        house: the installation; that of this process when None.
    """
    opened = house or opened_house()
    found = network(opened, on)
    trades = (wanted,) if isinstance(wanted, str) else ()
    lacked = _lacked(found, wanted, missing)
    candidates = {each.pk: each for each in found.teaching(trades, lacked)}
    if not candidates:
        return []
    need = {
        "rome_codes": list(trades) or None, "missing": sorted(lacked) or None,
        "commune_code": commune_code or None, "mode": mode, "most_minutes": minutes,
        "open": ["valid"], "soon_until": on + SOON, "places_enough": 1,
    }  # fmt: skip
    journeys = minutes_from(opened, commune_code, mode)
    ranking = rank(
        COURSES, need, _table(candidates.values()),
        _tables(found, candidates.values(), commune_code, mode, journeys),
        top=most, weights=weights.on(COURSES, on), hypotheses=0,
    )  # fmt: skip
    return _offered(ranking.proposals, candidates, journeys, lacked)


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


def _tables(
    found: Network, candidates: Iterable[Standing], start: str, mode: str,
    journeys: dict[str, int],
) -> Tables:  # fmt: skip
    places = tuple(dict.fromkeys((start, *(each.site.commune_code for each in candidates))))
    small = np.full((len(places), len(places)), -1, np.int16)
    small[0] = [journeys.get(code, -1) for code in places]
    rome = found.rome
    return Tables(
        reach={f"minutes:{mode}": (places, small)},
        labels={"occupation": rome.labels, "item": rome.item_label},
    )


def _offered(
    proposals: Iterable[Proposal], candidates: dict[int, Standing], journeys: dict[str, int],
    lacked: frozenset[str],
) -> list[Offered]:  # fmt: skip
    listed = list(proposals)
    courses = Course.objects.select_related("site__body").in_bulk([each.key for each in listed])
    chosen = [candidates[each.key] for each in listed]
    sessions = Session.objects.in_bulk([each.next.pk for each in chosen if each.next])
    return [
        _one(courses[each.pk], each, said, sessions, journeys, lacked)
        for said, each in zip(listed, chosen, strict=True) if each.pk in courses
    ]  # fmt: skip


def _one(
    course: Course, found: Standing, said: Proposal, sessions: dict[Any, Session],
    journeys: dict[str, int], lacked: frozenset[str],
) -> Offered:  # fmt: skip
    coming = found.next
    here = found.site
    return Offered(
        course=course,
        site=course.site,
        minutes=None if here.doubtful else journeys.get(here.commune_code),
        session=sessions.get(coming.pk) if coming else None,
        places_left=coming.left if coming else None,
        covers=tuple(sorted(lacked & found.items)),
        supposed=found.supposed,
        certification=found.certification,
        valid=found.valid,
        score=said.score,
        reasons=said.reasons,
    )
