"""What skills says to a chain: the trades exposed, where they lead, and the scheme of the day."""

from collections import Counter
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bassin.chain import Step, Subject
from bassin.errors import Refused
from bassin.match.skills.campus_map import sector_words
from bassin.match.skills.courses import minutes_from
from bassin.match.skills.hypotheses import Hypotheses
from bassin.match.skills.models import Assumption, Course
from bassin.match.skills.network import network
from bassin.match.skills.reconversion import plan, shown
from bassin.match.skills.reconversion.exposed import Workplace, of_sites
from bassin.match.skills.reconversion.papers import bias
from bassin.match.skills.reconversion.plan import Asked, Plan
from bassin.match.skills.trades import Trades
from bassin.systems import Taking
from bassin.taxonomies.interval import Interval
from bassin.territory.travel import Mode
from bassin.types import Text
from bassin.ui.opened import house
from bassin.ui.reader import today

LINES = 3
"""Exposed trades told with where they lead; the whole plan is one link away."""

MOST_MINUTES = 45
"""The journey within which courses are told to who settles here."""

_USED = ("occupation_hirings", "tension", "urssaf_headcounts")


def step(subject: Subject, person: Any, language: str) -> Step | None:
    """The exposed jobs by trade, a promising trade for each, the scheme valid on the day."""
    if not subject.parts:
        return None
    sites = [
        Workplace(code, subject.commune_code, Interval(low, high))
        for code, (low, high) in subject.parts.items()
    ]
    try:
        trades = Trades.here(house(), Hypotheses.of(Assumption.objects.on(today())))
        exposed = of_sites(trades.rome, sites, trades.rome.origin)
        made = plan.made(house(), trades, Asked(exposed, subject.day), today())
        if not made.around.communes:  # no public transport is known from there
            by_car = Asked(exposed, subject.day, mode=Mode.CAR)
            made = plan.made(house(), trades, by_car, today())
    except Refused as refusal:
        return Step("ask", refusal.text.say(language), "skills/_chain_none.html", {})
    if not exposed.main:
        return Step(
            "ask", _("The hires of this activity are not known by trade: ask the firm its trades."),
            "skills/_chain_none.html", {},
        )  # fmt: skip
    return Step(
        "done", shown.sentence(made), "skills/_chain.html", _context(made, trades, language),
        todo=(_whole(subject),),
    )  # fmt: skip


def training(subject: Subject, person: Any, language: str) -> Step | None:
    """The courses within 45 minutes of a place, by sector; those of its activity first."""
    opened = house()
    near = minutes_from(opened, subject.commune_code, Mode.TRANSIT.value)
    mode = Mode.TRANSIT
    if len(near) <= 1:  # no public transport is known from there
        near, mode = minutes_from(opened, subject.commune_code, Mode.CAR.value), Mode.CAR
    wanted = set(_hired(subject.naf_code)) if subject.naf_code else set()
    rows = [
        (each, near[each.site.commune_code])
        for each in network(opened, subject.day).standings.values()
        if near.get(each.site.commune_code, MOST_MINUTES + 1) <= MOST_MINUTES
    ]
    rows.sort(key=lambda row: (wanted.isdisjoint(row[0].trades), row[1], row[0].title))
    sites = Course.objects.select_related("site__body").in_bulk([row[0].pk for row in rows[:6]])
    counts = Counter(sector_words(each.sector) for each, _minutes in rows)
    context = {
        "courses": [
            (each.title, reverse("skills:course", args=[each.pk]), sites[each.pk].site, minutes,
             not wanted.isdisjoint(each.trades), each.origin)
            for each, minutes in rows[:6] if each.pk in sites
        ],
        "count": len(rows), "sectors": counts.most_common(), "mode": mode.label.say(language),
        "minutes": MOST_MINUTES, "url": reverse("skills:campus"),
    }  # fmt: skip
    said = ngettext(
        "{n} course within {minutes} minutes {mode}", "{n} courses within {minutes} minutes {mode}",
        len(rows),
    ).format(n=len(rows), minutes=MOST_MINUTES, mode=context["mode"])  # fmt: skip
    return Step("done" if rows else "ask", said, "skills/_training.html", context)


def _hired(naf_code: str) -> list[str]:
    """The trades that an activity hires."""
    reader = house().reader
    if not reader.has("occupation_hirings"):
        return []
    rows = reader.rows(
        "SELECT rome_code FROM occupation_hirings WHERE naf_code = ? AND hirings > 0 "
        "ORDER BY hirings DESC LIMIT 10",
        [naf_code],
    )
    return [code for (code,) in rows]


def _context(made: Plan, trades: Trades, language: str) -> dict[str, Any]:
    exposed = made.asked.exposed
    lines = [
        (line, shown.jobs(line.part.central), shown.here(line.stays),
         shown.card(line.leads[0]) if line.leads else None)
        for line in made.lines[:LINES]
    ]  # fmt: skip
    asked = [said for _title, said, _checked in shown.conditions(made)
             if said.reason.says == "unknown"]  # fmt: skip
    return {
        "lines": lines,
        "others": len(exposed.main) - len(lines),
        "sum": shown.jobs(sum((each.central for each in exposed.parts.values()), exposed.whole.unit
                              * 0)),
        "whole": shown.between(exposed.whole), "bias": bias(),
        "reached": made.around.communes, "minutes": made.asked.minutes,
        "mode": made.asked.mode.label.say(language),
        "scheme": made.on_day.scheme.title if made.on_day.scheme else None,
        "scheme_said": made.on_day.said, "scheme_source": made.on_day.source,
        "open": made.on_day.is_open, "asked": asked, "day": shown.day(made),
        "later": _later(made.asked.day.year, language), "origin": made.origin,
    }  # fmt: skip


def _later(year: int, language: str) -> list[str]:
    """The tables that tell of a later time than the day: they stand in for those of then."""
    tables = house().reader.release.tables
    found = []
    for name in _USED:
        version = tables[name].version if name in tables else None
        if (
            version is not None
            and version.vintage[:4].isdigit()
            and int(version.vintage[:4]) > year
        ):
            found.append(f"{version.publisher}, {version.vintage}")
    return found


def _whole(subject: Subject) -> Taking:
    """The whole plan: its address holds an activity, jobs, a commune and a day, never a firm."""
    code, (low, high) = max(subject.parts.items(), key=lambda each: sum(each[1]))
    jobs = f"{low}-{high}" if low < high else str(low)
    day = subject.day.isoformat()
    asked = {"naf": code, "emplois": jobs, "commune": subject.commune_code, "date": day}
    query = urlencode(asked)
    label = Text(
        "Le plan de reconversion entier, à cette date", "The whole reconversion plan, on that day"
    )
    return Taking(label, f"{reverse('skills:reconversion')}?{query}")
