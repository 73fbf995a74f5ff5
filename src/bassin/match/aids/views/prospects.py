"""From one aid, the firms to call: for officers, as a list, on a map, and to take away."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bassin.errors import Refused
from bassin.indicators.numbers import number
from bassin.match.aids import lists
from bassin.match.aids.permissions import can_prospect
from bassin.match.aids.prospects import (
    MOST_EXPORTED,
    PER_PAGE,
    Prospect,
    Search,
    by_commune,
    listed,
    search,
    to_ask,
)
from bassin.match.aids.prospects_map import drawn
from bassin.match.aids.rules.aid import Aid
from bassin.match.aids.views.common import crumbs, here, house, language, require, today
from bassin.parties.access import signed_in
from bassin.systems import Taking, takings
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
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One page of the firms, and where they all are; kept under a name when it is sent."""
    aid, found, commune, sure = _asked(request, slug)
    if request.method == "POST":
        return _keep(request, slug, commune, sure)
    pages = Paginator(range(len(found.order)), PER_PAGE).get_page(request.GET.get("page"))
    counts = by_commune(house(), found)
    title = _("Firms that this aid may serve")
    said = _("{firms} establishments in {communes} communes").format(
        firms=number(len(found.order), 0, language()), communes=len(counts)
    )
    query = request.GET.copy()
    query.pop("page", None)
    shown = _chosen(request)
    rows = listed(house(), found, list(pages.object_list), here().wording(language()))
    context = {
        "aid": aid, "found": found, "page": pages, "query": query.urlencode(),
        "rows": [(each, [_cell(each, name) for name in shown], _case(aid, each)) for each in rows],
        "columns": [(name, word, name in shown) for name, word in columns().items()],
        "heads": [columns()[name] for name in shown],
        "counts": counts, "commune": commune, "sure": sure, "said": said,
        "communes": sorted(communes().items(), key=lambda each: each[1]),
        "map": drawn(house(), counts, title=title, said=said),
        "to_ask": to_ask(found, language()), "most": MOST_EXPORTED, "invented": _invented(),
        "files": [(form, reverse("aids:prospects_as", args=[slug, form]))
                  for form in ("csv", "xlsx")],
        "lists": lists.mine(signed_in(request)),
        "crumbs": crumbs((_("All aids"), reverse("aids:guide")),
                         (aid.title.say(language()), reverse("aids:sheet", args=[slug])),
                         (_("Firms"), "")),
    }  # fmt: skip
    return private(render(request, "aids/prospects.html", context))


def columns() -> dict[str, str]:
    """What may be shown of a firm, beside its name and its number."""
    return {
        "activite": _("Activity"), "commune": _("Commune"), "effectif": _("Staff"),
        "forme": _("Legal form"), "creee": _("Created on"), "qpv": _("Priority neighbourhood"),
        "questions": _("Still to ask"),
    }  # fmt: skip


FIELDS = {"activite": "activity", "commune": "commune", "effectif": "staff", "forme": "legal",
          "creee": "created", "qpv": "qpv", "questions": "asked"}  # fmt: skip
USUAL = ("activite", "commune", "effectif", "questions")


def _chosen(request: HttpRequest) -> list[str]:
    """The columns that an address asks for; the usual ones when it asks for none."""
    asked = request.GET.getlist("col")
    return [name for name in FIELDS if name in asked] or list(USUAL)


def _cell(row: Prospect, name: str) -> list[str]:
    """The lines of a cell."""
    held = getattr(row, FIELDS[name])
    return list(held) if isinstance(held, tuple) else [held] if held else []


def _case(aid: Aid, row: Prospect) -> list[Taking]:
    """Where the firm becomes a case: told by the system that follows firms."""
    found = takings("case", f"aids:aid:{aid.slug}", aid.title.say(language()), language())
    return [replace(each, url=f"{each.url}&siret={row.siret}") for each in found]


def _keep(request: HttpRequest, slug: str, commune: str, sure: bool) -> HttpResponse:
    """Keep the list under a name, or take one off."""
    person, sent = signed_in(request), request.POST
    back = f"{request.path}?{request.GET.urlencode()}"
    if gone := sent.get("gone", ""):
        known = lists.mine(person).filter(pk=gone) if gone.isdecimal() and len(gone) < 18 else None
        lists.remove(get_object_or_404(known), by=person) if known is not None else None
        return HttpResponseRedirect(back)
    try:
        kept = lists.keep(slug, name=sent.get("name", ""), commune=commune, sure_only=sure,
                          by=person, today=today())  # fmt: skip
    except Refused as refusal:
        messages.error(request, refusal.text.say(language()))
        return HttpResponseRedirect(back)
    said = _("“{name}” is kept: the watch and the follow-up find it among your selections.")
    messages.success(request, said.format(name=kept.name))
    return HttpResponseRedirect(back)


def _invented() -> bool:
    return house().reader.release.origin("establishments_shown") == Origin.INVENTED


@never_cache
@require_safe
def file(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The list to call, with the columns that were chosen and what is still to ask each."""
    aid, found, _commune, _sure = _asked(request, slug)
    places = list(range(min(len(found.order), MOST_EXPORTED)))
    shown = [name for name in _chosen(request) if name != "questions"]
    rows: list[dict[str, Any]] = [
        {
            "siret": each.siret, "name": each.name,
            **{FIELDS[name]: " ".join(_cell(each, name)) for name in shown},
            "answer": each.answer, "to_ask": " | ".join(each.asked),
            "to_ask_count": len(each.asked), "aid": aid.slug, "on": today().isoformat(),
        }
        for each in listed(house(), found, places, here().wording(language()))
    ]  # fmt: skip
    name = f"{aid.slug}-entreprises"
    if form == "csv":
        return private(as_csv(rows, name, sample=_invented()))
    made = spreadsheets.workbook("xlsx", {aid.slug[:31]: spreadsheets.table(rows)})
    return private(as_file(made, spreadsheets.MEDIA["xlsx"], f"{name}.xlsx", sample=_invented()))
