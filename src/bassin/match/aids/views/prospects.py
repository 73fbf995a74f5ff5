"""From one aid, the firms to call: for officers, as a list, on a map, and to take away."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bassin.indicators.numbers import number
from bassin.match.aids.permissions import can_prospect
from bassin.match.aids.prospects import (
    MOST_EXPORTED,
    PER_PAGE,
    Search,
    by_commune,
    listed,
    search,
)
from bassin.match.aids.prospects_map import drawn
from bassin.match.aids.rules.aid import Aid
from bassin.match.aids.rules.facts import facts
from bassin.match.aids.rules.wording import question
from bassin.match.aids.views.common import crumbs, here, house, language, require, today
from bassin.pairing.conditions import flat
from bassin.types import Origin
from bassin.ui import spreadsheets
from bassin.ui.data import as_csv, as_file, private
from bassin.ui.opened import communes


def _asked(request: HttpRequest, slug: str) -> tuple[Aid, Search, str, bool]:
    """The aid, and the firms that an address asks for.

    Raises:
        Http404: there is no such aid.
    """
    require(can_prospect(request.user))
    aid = here().catalogue.get(slug)
    if aid is None:
        raise Http404
    commune = request.GET.get("commune", "")
    commune = commune if commune in communes() else ""
    sure = request.GET.get("surs") == "oui"
    return aid, search(house(), aid, today(), commune, sure), commune, sure


@never_cache
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One page of the firms, and where they all are."""
    aid, found, commune, sure = _asked(request, slug)
    pages = Paginator(range(len(found.order)), PER_PAGE).get_page(request.GET.get("page"))
    counts = by_commune(house(), found)
    title = _("Firms that this aid may serve")
    said = _("{firms} establishments in {communes} communes").format(
        firms=number(len(found.order), 0, language()), communes=len(counts)
    )
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "aid": aid, "found": found, "page": pages, "query": query.urlencode(),
        "rows": listed(house(), found, list(pages.object_list), here().wording(language())),
        "counts": counts, "commune": commune, "sure": sure, "said": said,
        "communes": sorted(communes().items(), key=lambda each: each[1]),
        "map": drawn(house(), counts, title=title, said=said),
        "unknown": _unknown(aid, found), "most": MOST_EXPORTED, "invented": _invented(),
        "files": [(form, reverse("aids:prospects_as", args=[slug, form]))
                  for form in ("csv", "xlsx")],
        "crumbs": crumbs((_("All aids"), reverse("aids:guide")),
                         (aid.title.say(language()), reverse("aids:sheet", args=[slug])),
                         (_("Firms"), "")),
    }  # fmt: skip
    return private(render(request, "aids/prospects.html", context))


def _unknown(aid: Aid, found: Search) -> list[tuple[str, str]]:
    """What no register tells, to ask of every firm."""
    asked = {
        each.fact: each for each in flat(aid.clauses(today()))
        if each.fact not in found.firms.columns
    }  # fmt: skip
    return [
        (facts()[fact].label.say(language()) if fact in facts() else "",
         question(each, language())[0])
        for fact, each in asked.items()
    ]  # fmt: skip


def _invented() -> bool:
    return house().reader.release.origin("establishments_shown") == Origin.INVENTED


@never_cache
@require_safe
def file(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The list to call, with what is still to ask each."""
    aid, found, _commune, _sure = _asked(request, slug)
    places = list(range(min(len(found.order), MOST_EXPORTED)))
    rows: list[dict[str, Any]] = [
        {
            "siret": each.siret, "name": each.name, "activity": each.activity,
            "commune": each.commune, "staff": each.staff, "answer": each.answer,
            "to_ask": " | ".join(each.asked), "aid": aid.slug, "on": today().isoformat(),
        }
        for each in listed(house(), found, places, here().wording(language()))
    ]  # fmt: skip
    name = f"{aid.slug}-entreprises"
    if form == "csv":
        return private(as_csv(rows, name, sample=_invented()))
    made = spreadsheets.workbook("xlsx", {aid.slug[:31]: spreadsheets.table(rows)})
    return private(as_file(made, spreadsheets.MEDIA["xlsx"], f"{name}.xlsx", sample=_invented()))
