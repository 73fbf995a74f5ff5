"""The network of training campuses: the map and the list, a site, a course."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.indicators.numbers import period as in_words
from bassin.match.skills import campus_asked, campus_map, campus_shown
from bassin.match.skills import permissions_campus as permissions
from bassin.match.skills.campus_asked import LIMITS, ORDERS, Answer, Asked
from bassin.match.skills.models import Course, Site
from bassin.match.skills.network import Network, Standing, network
from bassin.match.skills.shown import whole
from bassin.match.skills.views.common import crumbs, house, language, today
from bassin.territory.travel import Mode
from bassin.types import Origin
from bassin.ui.data import as_csv
from bassin.ui.parts import Download

PER_PAGE = 30


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Sites by sector and capacity, and the courses, filtered by the address."""
    opened, day = house(), today()
    found = network(opened, day)
    asked, answered = _answered(request, found)
    shown = Paginator(answered.found, PER_PAGE).get_page(request.GET.get("page"))
    sites = _sites(answered.found)
    timed = bool(asked.start)
    names = names_around()
    context = {
        "asked": asked,
        "page": shown,
        "count": len(answered.found),
        "elsewhere": answered.elsewhere,
        "columns": campus_shown.list_columns(timed=timed),
        "rows": [
            campus_shown.list_row(
                each, sites[each.site.pk], names, answered.minutes, day, timed=timed
            )
            for each in shown
        ],
        "figures": campus_shown.figures(answered.found, found),
        "map": _map(answered.found, sites, asked, names),
        "mark": Origin.together(each.origin for each in answered.found),
        "day": campus_shown.day_words(day),
        "place": opened.home,
        "register": found.register,
        "register_day": in_words(found.register.vintage, language()),
        "trade_label": found.rome.labels.get(asked.trade, ""),
        "may_keep": permissions.can_keep(request.user),
        "crumbs": crumbs((_("Training campuses"), "")),
        **_choices(names),
    }
    return render(request, "skills/campus.html", context)


def _answered(request: HttpRequest, found: Network) -> tuple[Asked, Answer]:
    opened = house()
    asked = campus_asked.read(request.GET, opened, found.rome.labels)
    return asked, campus_asked.answer(asked, opened, found)


def _sites(found: list[Standing]) -> dict[int, Site]:
    listed = {each.site.pk for each in found}
    return {each.pk: each for each in Site.objects.select_related("body") if each.pk in listed}


def names_around() -> dict[str, str]:
    """Names of the communes from which journeys are known, by their codes."""
    opened = house()
    places = opened.territory.gazetteer().places
    return {code: places[f"commune:{code}"].name for code in opened.travel.codes}


def _choices(names: dict[str, str]) -> dict[str, Any]:
    words = (_("next session"), _("places"), _("title"))
    return {
        "sectors": Course.Sector.choices,
        "levels": [str(level) for level in range(3, 9)],
        "fundings": Course.Funding.choices,
        "communes": sorted(names.items(), key=lambda each: each[1]),
        "modes": [(mode.value, mode.label.say(language())) for mode in Mode],
        "limits": LIMITS,
        "orders": list(zip(ORDERS, words, strict=True)),
    }


def _map(
    found: list[Standing], sites: dict[int, Site], asked: Asked, names: dict[str, str]
) -> dict[str, Any]:
    opened = house()
    placed = campus_map.spots(opened, found, sites)
    title = _("Training sites by sector and places")
    said = _("{sites} sites can be placed, {places} places known for a year.").format(
        sites=whole(len(placed)),
        places=whole(sum(each.places for each in placed)),
    )
    svg, outside = campus_map.drawn(opened, placed, title=title, said=said)
    columns, rows = campus_shown.site_rows(placed, names)
    return {
        "svg": svg, "outside": outside, "title": title, "said": said, "columns": columns,
        "rows": rows, "legend": campus_map.legend(placed),
        "files": [Download("CSV", f"{reverse('skills:campus_csv')}?{asked.query}")],
    }  # fmt: skip


@require_safe
def page_csv(request: HttpRequest) -> HttpResponse:
    """The same courses as a file, a line each."""
    found = network(house(), today())
    _asked, answered = _answered(request, found)
    sites = _sites(answered.found)
    rows = [_flat(each, sites[each.site.pk], answered) for each in answered.found]
    sample = any(row["origin"] == Origin.INVENTED for row in rows)
    return as_csv(rows, "formations", sample=sample)


def _flat(each: Standing, site: Site, answered: Answer) -> dict[str, Any]:
    coming = each.next
    return {
        "course": each.pk, "title": each.title, "body": site.body.name, "site": str(site),
        "commune_code": site.commune_code, "address_to_check": each.site.doubtful,
        "minutes": answered.minutes.get(site.commune_code), "sector": each.sector,
        "level": each.level, "certification": each.certification_code,
        "certification_ends_on": each.certification.ends_on if each.certification else None,
        "certification_open": each.valid, "trades": " ".join(each.trades),
        "at_a_distance": each.remote, "at_any_time": each.permanent,
        "next_session": coming.starts_on if coming else None,
        "places": coming.places if coming else None,
        "places_left": coming.left if coming else None, "places_within_a_year": each.places,
        "sessions_without_places": each.unsaid, "origin": each.origin,
    }  # fmt: skip


@require_safe
def site(request: HttpRequest, pk: int) -> HttpResponse:
    """A site: where it is, and what one learns there."""
    there = get_object_or_404(
        Site.objects.select_related("body"), pk=pk, archived_at=None, body__archived_at=None
    )
    opened, day = house(), today()
    found = network(opened, day)
    courses = [each for each in found.standings.values() if each.site.pk == pk]
    courses.sort(key=lambda each: (each.next is None, each.next and each.next.starts_on, each.pk))
    names = names_around()
    context = {
        "site": there,
        "town": names.get(there.commune_code, there.commune_code),
        "columns": campus_shown.list_columns(placed=False),
        "rows": [
            campus_shown.list_row(each, there, names, {}, day, placed=False) for each in courses
        ],
        "figures": campus_shown.figures(courses, found),
        "day": campus_shown.day_words(day),
        "mark": there.origin,
        "may_keep": permissions.can_keep(request.user, there.body),
        "crumbs": crumbs((_("Training campuses"), "skills:campus"), (str(there), "")),
    }
    return render(request, "skills/campus_site.html", context)


@require_safe
def course(request: HttpRequest, pk: int) -> HttpResponse:
    """A course: what it leads to, when, for how much, and what must be asked."""
    shown = get_object_or_404(Course.objects.select_related("site__body", "catalogue"), pk=pk)
    if not permissions.can_see_course(request.user, shown):
        raise Http404
    opened, day = house(), today()
    found = network(opened, day)
    standing = found.standings.get(pk)
    begins = standing.next.starts_on if standing and standing.next else day
    held = standing.certification if standing else None
    context = {
        "course": shown,
        "standing": standing,
        "held": held,
        "register": found.register,
        "register_day": in_words(found.register.vintage, language()),
        "validity": campus_shown.validity(held, shown.certification_code, begins),
        "town": names_around().get(shown.site.commune_code, shown.site.commune_code),
        "trades": [(code, found.rome.labels[code]) for code in standing.trades] if standing else [],
        "items": sorted(found.rome.item_label(code) for code in standing.items)
        if standing else [],
        "sector": campus_map.sector_words(standing.sector) if standing else "",
        "cost": campus_shown.cost(shown),
        "domains": campus_shown.domains(shown, held),
        "sessions": campus_shown.session_rows(shown, day),
        "questions": campus_shown.questions(shown, standing),
        "may_edit": permissions.can_edit_course(request.user, shown),
        "may_keep": permissions.can_keep(request.user, shown.site.body),
        "crumbs": crumbs((_("Training campuses"), "skills:campus"), (shown.title, "")),
    }  # fmt: skip
    return render(request, "skills/campus_course.html", context)
