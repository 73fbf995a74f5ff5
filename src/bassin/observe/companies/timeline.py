"""The life of an establishment on one line: created, moved, taken over, closed, in procedure.

A move closes one SIRET and opens another: with the link of succession it is neither a closure nor a
creation. Notices of the BODACC are told of legal persons only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.indicators.numbers import period
from bassin.observe.companies import finding
from bassin.observe.companies.naming import called, commune
from bassin.observe.companies.rows import Establishment
from bassin.taxonomies import naf
from bassin.ui.parts import Moment

_SUCCESSIONS = """
SELECT predecessor_siret, successor_siret, linked_on FROM successions
WHERE (predecessor_siret = $1 OR successor_siret = $1)
    AND left(predecessor_siret, 9) <> left(successor_siret, 9)
"""
_HISTORY = """
SELECT started_on, state, naf_code FROM establishment_history
WHERE siret = $1 AND started_on IS NOT NULL ORDER BY started_on
"""
# Notices that a later one corrects or cancels are left out, as in `establishments_shown`.
_NOTICES = """
SELECT coalesce(judged_on, published_on) AS on_day, kind, any_value(nature), any_value(court)
FROM failures ANTI JOIN (
    SELECT previous_id AS notice_id FROM failures
    WHERE previous_id IS NOT NULL AND (is_correction OR is_cancellation)
) USING (notice_id)
WHERE siren = $1 AND NOT is_cancellation AND kind <> 'other' GROUP BY on_day, kind
"""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened; `rank` orders what happened on one day."""

    on: date
    rank: int
    title: str
    detail: str = ""
    url: str = ""


def link(siret: str) -> str:
    """The address of a card."""
    return reverse("companies:establishment", kwargs={"siret": siret})


def moments(house: House, found: Establishment, language: str) -> list[Moment]:
    """Everything known, oldest first, as the component takes it."""
    facts = [*_births(house, found, language), *_ends(house, found, language),
             *_takeovers(house, found, language), *_changes(house, found, language),
             *_procedure(house, found)]  # fmt: skip
    told = sorted(set(facts), key=lambda fact: (fact.on, fact.rank, fact.title))
    return [
        Moment(period(each.on.isoformat(), language), each.on.isoformat(), each.title,
               detail=each.detail, url=each.url)
        for each in told
    ]  # fmt: skip


def _births(house: House, found: Establishment, language: str) -> Iterator[Fact]:
    if found.unit_created_on and found.unit_created_on != found.created_on:
        yield Fact(found.unit_created_on, 0, _("The firm is created"))
    if found.moved_from and found.moved_from_on:
        before = finding.one(house, found.moved_from)
        detail = _("It was there under another SIRET: the firm goes on, it is not a creation.")
        title = _("Moves in")
        if before is not None:
            title = _("Moves in from {commune}").format(commune=commune(house, before))
        yield Fact(found.moved_from_on, 1, title, detail, link(found.moved_from) if before else "")
        return
    if found.created_on:
        yield Fact(found.created_on, 1, _("The establishment opens"))


def _ends(house: House, found: Establishment, language: str) -> Iterator[Fact]:
    if found.moved_to and found.moved_to_on:
        after = finding.one(house, found.moved_to)
        title = _("Moves away")
        if after is not None:
            title = _("Moves to {commune}").format(commune=commune(house, after))
        detail = _("It goes on under another SIRET: it is not a closure.")
        yield Fact(found.moved_to_on, 8, title, detail, link(found.moved_to) if after else "")
    elif not found.is_active:
        day = found.closed_on or found.state_since_on
        if day:
            yield Fact(day, 9, _("The establishment closes"))


def _takeovers(house: House, found: Establishment, language: str) -> Iterator[Fact]:
    """Another firm took over: the two SIREN differ."""
    if not house.reader.has("successions"):
        return
    rows = house.reader.rows(_SUCCESSIONS, [found.siret])
    others = {each.siret: each for each in finding.several(house, [s for r in rows for s in r[:2]])}
    for before, after, day in rows:
        other = others.get(after if before == found.siret else before)
        name = called(house, other, language) if other else _("another firm")
        url = link(other.siret) if other else ""
        if before == found.siret:
            yield Fact(day, 7, _("Taken over by {firm}").format(firm=name), url=url)
        else:
            yield Fact(day, 2, _("Takes over the activity of {firm}").format(firm=name), url=url)


def _changes(house: House, found: Establishment, language: str) -> Iterator[Fact]:
    """Changes of activity, and the times when it stopped and began again."""
    if not house.reader.has("establishment_history"):
        return
    rows = house.reader.rows(_HISTORY, [found.siret])
    for (_day, state, code), (day, later_state, later) in pairwise(rows):
        if state == "A" and later_state == "A" and code and later and code != later:
            before, after = _labelled(code, language), _labelled(later, language)
            detail = _("Before: {activity}").format(activity=before)
            yield Fact(day, 3, _("New activity: {activity}").format(activity=after), detail)
        if state == "F" and later_state == "A":
            yield Fact(day, 4, _("Opens again"))
        ended = found.closed_on or found.state_since_on
        if state == "A" and later_state == "F" and not (day == ended or found.moved_to):
            yield Fact(day, 5, _("Stops for a time"))


def _labelled(code: str, language: str) -> str:
    try:
        return f"{naf.label(code, language)} ({code})"
    except Refused:
        return code


def _procedure(house: House, found: Establishment) -> Iterator[Fact]:
    """What courts decided, from the BODACC; nothing of a natural person or a hidden unit."""
    if found.is_hidden or not house.reader.has("failures"):
        return
    titles = {
        "safeguard": _("Safeguard procedure opened"),
        "receivership": _("Receivership opened"),
        "liquidation": _("Liquidation opened"),
        "conversion": _("The procedure is converted"),
        "plan": _("Plan adopted by the court"),
        "closure": pgettext("procedure", "The procedure is closed"),
    }
    notices: Sequence[tuple[date, str, str, str]] = house.reader.rows(_NOTICES, [found.siren])
    for day, kind, nature, court in notices:
        if day and kind in titles:
            where = ", ".join(filter(None, (nature, court)))
            detail = _("Of the firm, not of this place alone. BODACC: {notice}").format(
                notice=where or "—"
            )
            yield Fact(day, 6, titles[kind], detail)
