"""Courses on the pages of a trade and of a project: what brings people to a trade from here."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.indicators.numbers import number
from bassin.match.skills import near
from bassin.match.skills.campus_asked import USUAL_MINUTES, usual_mode
from bassin.match.skills.campus_shown import (
    day_words,
    list_columns,
    list_row,
    none_enough,
    places_words,
)
from bassin.match.skills.courses import Departure, Offered, chosen
from bassin.match.skills.hypotheses import is_enough
from bassin.match.skills.models import GreenProject, Site
from bassin.match.skills.near import Arriving
from bassin.match.skills.network import asked, network
from bassin.match.skills.shown import whole
from bassin.match.skills.trades import Trades
from bassin.territory.travel import Mode
from bassin.types import Origin
from bassin.ui.parts import Cell, Column, Row
from bassin.ui.reader import language

MOST = 8


@dataclass(frozen=True, slots=True)
class Training:
    """A table of courses; `count` is how many there are in all."""

    columns: list[Column] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    count: int = 0
    minutes: int = USUAL_MINUTES
    mode: str = ""
    none: str = ""


def of_trade(house: House, code: str, day: date) -> Training:
    """The courses that lead to a trade: those one may enter first, then by their next session."""
    found = network(house, day).by_trade.get(code, ())
    if not found:
        return Training()
    wanted = asked(network(house, day).rome, (code,))
    partly = {each.pk: len(each.items & wanted) for each in found
              if not is_enough(len(each.items & wanted), len(wanted))}  # fmt: skip
    ordered = sorted(
        found,
        key=lambda each: (
            each.pk in partly, not each.counts, each.site.commune_code not in house.home.communes,
            each.next.starts_on if each.next else date.max, each.pk,
        ),
    )[:MOST]  # fmt: skip
    sites = Site.objects.select_related("body").in_bulk([each.site.pk for each in ordered])
    gazetteer = house.territory.gazetteer().places
    names = {
        code: gazetteer[key].name
        for each in ordered
        if (key := f"commune:{(code := each.site.commune_code)}") in gazetteer
    }
    rows = [
        list_row(
            each, sites[each.site.pk], names, {}, day,
            note=_partly(partly[each.pk], len(wanted)) if each.pk in partly else "",
        )
        for each in ordered
    ]  # fmt: skip
    none = none_enough() if len(partly) == len(found) else ""
    return Training(list_columns(), rows, len(found), none=none)


def _partly(taught: int, missing: int) -> str:
    return _("partial: {covered} of {all} skills ({share} %)").format(
        covered=taught, all=missing, share=number(100 * taught / missing, 0, language())
    )


def of_project(house: House, among: Trades, project: GreenProject, day: date) -> Training:
    """For each near trade, the course that fits best what its people lack for the project."""
    mode = usual_mode(house)
    try:
        sources = near.arriving(house, project.rome_code)
    except Refused:
        return Training()
    wanted = asked(among.rome, (project.rome_code,))
    there = Departure(house, project.commune_code, USUAL_MINUTES, mode, day)
    rows = []
    for each in sources:
        lacked = wanted - set(among.rome.items_of(each.rome_code))
        if not lacked:
            continue
        rows += [
            _row(each, offered, len(lacked), among)
            for offered in chosen(there.courses(project.rome_code, lacked), 1)
        ]
    columns = [
        Column(_("Coming from")), Column(_("Jobseekers"), number=True), Column(_("Course")),
        Column(_("Of what they lack")), Column(_("Journey, minutes"), number=True),
        Column(_("Next session")),
    ]  # fmt: skip
    said = Mode(mode).label.say(language())
    return Training(columns, rows, len(rows), USUAL_MINUTES, said)


def _row(each: Arriving, offered: Offered, lacked: int, among: Trades) -> Row:
    seen = among.market.seen.get(each.rome_code)
    seekers = seen.jobseekers if seen else None
    session = offered.session
    share = number(100 * len(offered.covers) / lacked, 0, language())
    said = _("{covered} of {all} skills ({share} %)")
    if not offered.enough:
        said = _("partial: {covered} of {all} skills ({share} %)")
    taught = said.format(covered=len(offered.covers), all=lacked, share=share)
    course = offered.course
    return Row(
        Cell(each.label, url=reverse("skills:trade", args=[each.rome_code])),
        [
            Cell(whole(seekers), sort=seekers, origin=among.market.tension_origin)
            if seekers is not None else Cell(why=_("not published")),
            Cell(course.title, url=reverse("skills:course", args=[course.pk]),
                 note=str(offered.site) if offered.enough else f"{none_enough()} {offered.site}",
                 origin=Origin(course.origin)),
            Cell(taught, note=_("supposed: what its trades ask") if offered.supposed else ""),
            Cell(str(offered.minutes), sort=offered.minutes)
            if offered.minutes is not None else Cell(why=_("unknown: ask")),
            Cell(f"{day_words(session.starts_on)}, {places_words(session)}")
            if session else Cell(why=_("no date known: ask")),
        ],
    )  # fmt: skip
