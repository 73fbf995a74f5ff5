"""Trades in need without a course near: by commune, as a map and tables; missing courses ranked."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.indicators.numbers import number
from bassin.match.skills import campus_asked, campus_shown, gaps, sectors
from bassin.match.skills.campus_asked import LIMITS
from bassin.match.skills.campus_map import sector_words
from bassin.match.skills.gaps import Lack, Wanted
from bassin.match.skills.models import Course
from bassin.match.skills.network import Network, network
from bassin.match.skills.shown import whole
from bassin.match.skills.trades import Trades
from bassin.match.skills.views.common import (
    Picture,
    communes,
    crumbs,
    draw,
    here,
    house,
    language,
    today,
)
from bassin.pairing import Proposal
from bassin.territory.travel import Mode
from bassin.types import Origin
from bassin.ui.charts.model import ChartInput, Point
from bassin.ui.data import as_csv
from bassin.ui.outlines import map_shapes
from bassin.ui.parts import Cell, Column, Row

RANKED = 15
PER_PAGE = 30
TENSIONS = ("3", "4", "5")
GAPS = ("0", "1", "20", "50", "100")


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Where courses are missing, and which first."""
    among, opened = here(), house()
    wanted, sector, commune = _asked(request)
    there = network(opened, today())
    found = _lacks(among, there, wanted, sector)
    shown = [each for each in found if not commune or each.states.get(commune) != "yes"]
    listed = Paginator(_sorted(shown, commune), PER_PAGE).get_page(request.GET.get("page"))
    origin = _origin(among, there, found)
    mode = Mode(wanted.mode).label.say(language())
    context = {
        "wanted": wanted, "sector": sector, "commune": commune, "mode": mode,
        "mode_code": wanted.mode,
        "needs": len(found),
        "nowhere": sum(not each.courses for each in found),
        "count": len(shown),
        "page": listed,
        "columns": _columns(commune),
        "rows": [_row(each, commune) for each in listed],
        "map": _map(found, wanted, origin),
        "ranked": [_ranked(each, among) for each in gaps.ranked(found, today(), RANKED)],
        "by_commune": _by_commune(found, origin),
        "query": _query(wanted, sector, commune),
        "place": opened.home, "day": campus_shown.day_words(today()), "mark": origin,
        "communes": sorted(communes().items(), key=lambda each: each[1]),
        "modes": [(each.value, each.label.say(language())) for each in Mode],
        "limits": LIMITS, "tensions": TENSIONS, "gap_choices": GAPS,
        "sectors": Course.Sector.choices,
        "market": among.market,
        "crumbs": crumbs((_("Training campuses"), "skills:campus"), (_("Missing courses"), "")),
    }  # fmt: skip
    return render(request, "skills/campus_gaps.html", context)


def _asked(request: HttpRequest) -> tuple[Wanted, str, str]:
    given = request.GET
    modes = {mode.value for mode in Mode}
    minutes, tension = given.get("minutes", ""), given.get("tension", "")
    mode = given.get("mode", "")
    wanted = Wanted(
        minutes=int(minutes) if minutes in LIMITS else campus_asked.USUAL_MINUTES,
        mode=mode if mode in modes else campus_asked.usual_mode(house()),
        tension=int(tension) if tension in TENSIONS else 4,
        gap=int(given["prevision"]) if given.get("prevision") in GAPS else Wanted().gap,
        remote=given.get("distance") == "1",
    )
    sector, commune = given.get("secteur", ""), given.get("commune", "")
    return (
        wanted,
        sector if sector in Course.Sector.values else "",
        commune if commune in communes() else "",
    )


def _query(wanted: Wanted, sector: str, commune: str) -> str:
    said = {
        "minutes": wanted.minutes, "mode": wanted.mode, "tension": wanted.tension,
        "prevision": wanted.gap, "distance": int(wanted.remote), "secteur": sector,
        "commune": commune,
    }  # fmt: skip
    return urlencode({name: value for name, value in said.items() if value != ""})


def _lacks(among: Trades, there: Network, wanted: Wanted, sector: str) -> list[Lack]:
    needs = [
        each for each in gaps.in_need(among, wanted)
        if not sector or sectors.of_trade(each.code) == sector
    ]  # fmt: skip
    return gaps.lacks(house(), there, needs, wanted)


def _origin(among: Trades, there: Network, found: list[Lack]) -> Origin:
    """Invented as soon as a table, a hypothesis or a course is."""
    standings = there.standings.values()
    origins = {among.market.tension_origin, among.work.origin, *(each.origin for each in standings)}
    origins |= {each.need.trade.origin for each in found}
    return Origin.together(origins)


def _sorted(found: list[Lack], commune: str) -> list[Lack]:
    """The most lacking first: by communes without a course, then by tension and gap."""
    return sorted(
        found,
        key=lambda each: (
            -(each.states.get(commune) == "no") if commune else -len(each.without),
            -(each.need.tension or 0), -(each.need.gap or 0), each.need.code,
        ),
    )  # fmt: skip


def _columns(commune: str) -> list[Column]:
    where = (
        [Column(_("Here"))] if commune
        else [Column(_("Communes without"), number=True), Column(_("To be asked"), number=True)]
    )  # fmt: skip
    return [
        Column(_("Trade")), Column(_("Tension, of 5"), number=True),
        Column(_("Gap in 5 years, central"), number=True), *where,
        Column(_("Nearest, minutes"), number=True), Column(_("Courses"), number=True),
        Column(_("Places known for a year"), number=True),
    ]  # fmt: skip


def _row(each: Lack, commune: str) -> Row:
    need = each.need
    market = need.trade.among.market
    url = f"{reverse('skills:campus')}?{urlencode({'metier': need.code, 'autour': 1})}"
    if commune:
        state = each.states.get(commune, "ask")
        where = [Cell(_("no course near")) if state == "no" else Cell(why=_("to be asked"))]
        near = each.nearest.get(commune)
    else:
        where = [
            Cell(str(len(each.without)), sort=len(each.without)),
            Cell(str(len(each.doubtful)), sort=len(each.doubtful)),
        ]
        near = each.minutes if each.nearest and each.without else min(
            each.nearest.values(), default=None
        )  # fmt: skip
    cells = [
        Cell(str(need.tension), sort=need.tension, origin=market.tension_origin)
        if need.tension else Cell(why=_("not published")),
        Cell(whole(need.gap), sort=need.gap, origin=need.trade.origin)
        if need.gap is not None else Cell(why=_("unknown or secret")),
        *where,
        Cell(str(near), sort=near) if near is not None else Cell(why=_("none known")),
        Cell(str(each.courses), sort=each.courses, url=url if each.courses else ""),
        Cell(whole(each.places), sort=each.places)
        if each.places or not each.unsaid else Cell(why=_("not said")),
    ]  # fmt: skip
    label = f"{need.trade.label} ({need.code})"
    return Row(Cell(label, url=reverse("skills:trade", args=[need.code])), cells)


def _map(found: list[Lack], wanted: Wanted, origin: Origin) -> dict[str, Any]:
    opened = house()
    lacking = Counter(code for each in found for code in each.without)
    places = opened.territory.communes(opened.home)
    title = _("Trades in need without a course within {minutes} minutes").format(
        minutes=wanted.minutes
    )
    outlines = map_shapes(opened, places)
    most = max(places, key=lambda place: lacking[place.code], default=None)
    said = _("Of {needs} trades in need, {count} lack a course near in {place}, the most.").format(
        needs=whole(len(found)), count=whole(lacking[most.code]),
        place=most.name,
    ) if most else ""  # fmt: skip
    chart = ChartInput(
        kind="choropleth", title=title, said=said or title, unit=_("trades"),
        points=tuple(
            Point(place.name, float(lacking[place.code]), key=place.key) for place in places
        ),
        shapes=outlines,
        source=_("Catalogue of courses, tension (Dares), forecast, estimated journeys"),
        origin=origin, language=language(),
    ) if outlines else None  # fmt: skip
    picture: Picture | None = draw(chart) if found else None
    return {"title": title, "said": said, "picture": picture}


def _by_commune(found: list[Lack], origin: Origin) -> tuple[list[Column], list[Row]]:
    names = communes()
    columns = [
        Column(_("Commune")), Column(_("Trades without a course near"), number=True),
        Column(_("To be asked"), number=True), Column(_("With a course near"), number=True),
    ]  # fmt: skip
    counted: dict[str, Counter[str]] = {code: Counter() for code in names}
    for each in found:
        for code, state in each.states.items():
            if code in counted:
                counted[code][state] += 1
    ordered = sorted(names, key=lambda code: (-counted[code]["no"], names[code]))
    return columns, [
        Row(
            Cell(names[code]),
            [Cell(str(counted[code][state]), sort=counted[code][state], origin=origin)
             for state in ("no", "ask", "yes")],
        )
        for code in ordered
    ]  # fmt: skip


def _ranked(said: Proposal, among: Trades) -> dict[str, Any]:
    """A missing course with its reasons, the weightiest first."""
    reasons = sorted(said.reasons, key=lambda each: -each.points)
    return {
        "code": said.key,
        "label": among.rome.labels.get(said.key, said.key),
        "sector": sector_words(sectors.of_trade(said.key)),
        "score": number(float(said.score), 0, language()),
        "reasons": [
            (each.state, each.sentence.say(language()), number(float(each.points), 1, language()),
             number(float(each.weight), 0, language()), each.source.say(language()))
            for each in reasons
        ],
    }  # fmt: skip


@require_safe
def page_csv(request: HttpRequest) -> HttpResponse:
    """Every trade in need and commune: whether a course is near, and how far the nearest is."""
    among = here()
    wanted, sector, _commune = _asked(request)
    there = network(house(), today())
    found = _lacks(among, there, wanted, sector)
    names, origin = communes(), _origin(among, there, found)
    rows = [
        {
            "rome_code": each.need.code, "label": each.need.trade.label,
            "tension": each.need.tension,
            "gap_central": None if each.need.gap is None else round(each.need.gap, 1),
            "commune_code": code, "commune": names.get(code, code), "course_near": state,
            "nearest_minutes": each.nearest.get(code), "minutes": wanted.minutes,
            "mode": wanted.mode, "courses": each.courses, "places_within_a_year": each.places,
            "sessions_without_places": each.unsaid, "origin": origin.value,
        }
        for each in found for code, state in each.states.items()
    ]  # fmt: skip
    return as_csv(rows, "metiers-sans-formation", sample=origin == Origin.INVENTED)


@require_safe
def ranked_csv(request: HttpRequest) -> HttpResponse:
    """Missing courses in their order, with the points of each reason."""
    among = here()
    wanted, sector, _commune = _asked(request)
    there = network(house(), today())
    found = _lacks(among, there, wanted, sector)
    origin = _origin(among, there, found)
    rows = [
        {
            "rank": each.rank, "rome_code": each.key, "label": among.rome.labels[each.key],
            "score": each.score,
            **{f"points_{reason.code}": reason.points for reason in each.reasons},
            **{f"state_{reason.code}": reason.state for reason in each.reasons},
            "origin": origin.value,
        }
        for each in gaps.ranked(found, today(), len(found))
    ]  # fmt: skip
    return as_csv(rows, "formations-manquantes", sample=origin == Origin.INVENTED)
