"""What the guide says to a chain: the aids of a firm, and of who takes its site over, on a day.

Only what was known on that day counts: a headcount counted later, a code of a nomenclature to come
or a neighbourhood drawn later are unknown, and become questions.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from bassin.chain import Step, Subject
from bassin.indicators.house import House
from bassin.match.aids import asking
from bassin.match.aids.guide import Guide, guide
from bassin.match.aids.rules import firms
from bassin.match.aids.rules.aid import Aid
from bassin.match.aids.rules.decide import Decided, by_state, decide
from bassin.match.aids.rules.places import Places
from bassin.match.aids.rules.profile import Profile, values
from bassin.match.aids.shown import Shown, one
from bassin.pairing.conditions import Interval, State, Tags, Values
from bassin.systems import Taking
from bassin.territory.quarters import quarter_of
from bassin.types import Text
from bassin.ui.opened import house
from bassin.ui.reader import today

SHOWN = 3
"""Aids of each group that are told at once."""

_YEARS = """
    SELECT headcount_year, longitude, latitude, created_on FROM establishments_shown
    WHERE siret = ?
"""
_SPENT = ("spent", "suspended")


def step(subject: Subject, person: Any, language: str) -> Step | None:
    """The aids of the firm and of who takes the site over, as they were on the day."""
    opened, day = house(), subject.day
    here = guide(opened, today())
    listed, undated = open_then(here.catalogue.aids, day, today())
    places = Places(opened.territory, day if day < today() else None)
    firm = of_firm(opened, subject)
    taker = Profile(
        commune=subject.commune_code, naf=subject.naf_code,
        projects=frozenset(("takeover", "premises", "investment")),
    )  # fmt: skip
    known = {"event": Tags(frozenset(["job_cuts"]), open_to=("",)), **values(firm, day, places)}
    found = _group(here, listed, known, day, language)
    context = {
        "firm": found,
        "taker": _group(here, listed, values(taker, day, places), day, language),
        "undated": undated, "day": day,
        "origin": firm.origin,
    }  # fmt: skip
    yes, ask = found["yes_count"], found["ask_count"]
    return Step(
        "done" if yes and not ask else "ask" if ask else "todo", _said(yes, ask),
        "aids/_chain.html", context, todo=_todo(firm, day),
    )  # fmt: skip


def settling(subject: Subject, person: Any, language: str) -> Step | None:
    """The aids of who settles here: premises, an investment, hires when they are planned."""
    opened, day = house(), subject.day
    here = guide(opened, today())
    jobs = subject.planned
    plan = Profile(
        commune=subject.commune_code, naf=subject.naf_code, stage="firm",
        projects=frozenset(("premises", "investment", *(("hiring",) if jobs else ()))),
        hires=Interval(float(jobs), float(jobs)) if jobs else None,
    )  # fmt: skip
    known = values(plan, day, Places(opened.territory, day if day < today() else None))
    listed, undated = open_then(here.catalogue.aids, day, today())
    group = _group(here, listed, known, day, language)
    context = {"group": group, "undated": undated, "day": day}
    return Step(
        "ask" if group["ask_count"] else "done", _said(group["yes_count"], group["ask_count"]),
        "aids/_settling.html", context,
    )  # fmt: skip


def _said(yes: int, ask: int) -> str:
    certain = ngettext("{n} aid open for certain", "{n} aids open for certain", yes).format(n=yes)
    perhaps = ngettext("{n} to ask about", "{n} to ask about", ask).format(n=ask)
    return f"{certain}, {perhaps}"


def _todo(firm: Profile, day: date) -> tuple[Taking, ...]:
    """The guide, filled in with what is known; it answers for today only."""
    if day != today():
        return ()
    query = asking.address(firm).urlencode()
    label = Text("Répondre aux questions dans le guide", "Answer the questions in the guide")
    return (Taking(label, f"{reverse('aids:answers')}?{query}"),)


def open_then(aids: Sequence[Aid], day: date, now: date) -> tuple[list[Aid], int]:
    """The aids of which it can be told whether they were open on a day, and how many others.

    For an earlier year, an aid whose opening nobody dated may not have been there: it is counted,
    not told. That its budget is spent today says nothing of that year.
    """
    if day.year >= now.year:
        return list(aids), 0
    dated = [each for each in aids if each.opens_on is not None]
    return [
        replace(each, budget="unknown") if each.budget in _SPENT else each for each in dated
    ], len(aids) - len(dated)  # fmt: skip


def of_firm(opened: House, subject: Subject) -> Profile:
    """What was known of the firm on the day: from the register, else from what is told of it."""
    known = firms.known(opened, subject.siret) if subject.siret else None
    if known is None:
        return Profile(
            commune=subject.commune_code, naf=subject.naf_code, stage="firm",
            site_staff=_told(subject),
        )  # fmt: skip
    if subject.day >= today():
        return known
    year, longitude, latitude, _created = opened.reader.rows(_YEARS, [subject.siret])[0]
    counted = year is not None and year < subject.day.year
    return replace(
        known, naf_2025="", qpv=quarter_of(opened.reader, known.commune, (longitude, latitude),
                                           subject.day),
        staff=known.staff if counted else None, category=known.category if counted else "",
        site_staff=known.site_staff if counted else _told(subject),
    )  # fmt: skip


def _told(subject: Subject) -> Interval | None:
    """The jobs that the signal tells, as those of the site."""
    if not subject.parts:
        return None
    lows, highs = zip(*subject.parts.values(), strict=True)
    return Interval(float(sum(lows)), float(sum(highs)))


def _group(
    here: Guide, aids: Sequence[Aid], known: Values, day: date, language: str
) -> dict[str, Any]:
    """What may be got, each with its reason and its source; what is to be asked."""
    groups = by_state(decide(aids, known, day))
    yes, ask = groups[State.YES], groups[State.ASK]
    return {
        "yes": _shown(here, yes[:SHOWN], known, day, language), "yes_count": len(yes),
        "ask": _shown(here, ask[:SHOWN], known, day, language), "ask_count": len(ask),
        "shut": sum(each.shut for each in groups[State.NO]),
        "no_count": sum(not each.shut for each in groups[State.NO]),
    }  # fmt: skip


def _shown(
    here: Guide, found: Sequence[Decided], known: Values, day: date, language: str
) -> list[Shown]:
    wording = here.wording(language)
    return [one(each, known, wording, day, None, ()) for each in found]
