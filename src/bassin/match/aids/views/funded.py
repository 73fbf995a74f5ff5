"""Projects that an aid paid for: as a list to filter, on the sheet, and to take away."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.match.aids.funded import AROUND, EVERYWHERE, HERE, Funded, Wanted, funded
from bassin.match.aids.rules.aid import Aid
from bassin.match.aids.views.common import crumbs, here, house, language
from bassin.types import Origin
from bassin.ui import spreadsheets
from bassin.ui.data import as_csv, as_file
from bassin.ui.opened import communes

PER_PAGE, SHOWN = 25, 5


def _wanted(request: HttpRequest) -> Wanted:
    """What an address asks for; what it writes badly is not asked."""
    asked = request.GET
    where, commune = asked.get("ou", HERE), asked.get("commune", "")
    least = asked.get("montant", "").replace(" ", "")
    return Wanted(
        where if where in (HERE, AROUND, EVERYWHERE) else HERE,
        commune if commune in communes() else "", asked.get("mesure", "")[:200],
        asked.get("annee", "")[:4], float(least) if least.isdecimal() and len(least) < 12 else 0,
        asked.get("q", "")[:100],
    )  # fmt: skip


def _found(slug: str, wanted: Wanted) -> tuple[Aid, Funded]:
    """An aid and what it paid for.

    Raises:
        Http404: there is no such aid, or none of its projects are known.
    """
    aid = here().catalogue.get(slug)
    found = funded(house(), aid.funded, wanted) if aid is not None and aid.funded else None
    if aid is None or found is None:
        raise Http404
    return aid, found


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """The projects, filtered by an address that says it all."""
    wanted = _wanted(request)
    aid, found = _found(slug, wanted)
    pages = Paginator(found.projects, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "aid": aid, "found": found, "page": pages, "wanted": wanted, "query": query.urlencode(),
        "wheres": [(HERE, house().home.name), (AROUND, _("the départements of here")),
                   (EVERYWHERE, _("all of France"))],
        "communes": sorted(communes().items(), key=lambda each: each[1]),
        "files": [(form, reverse("aids:funded_as", args=[slug, form])) for form in ("csv", "xlsx")],
        "crumbs": crumbs((_("All aids"), reverse("aids:guide")),
                         (aid.title.say(language()), reverse("aids:sheet", args=[slug])),
                         (_("Funded projects"), "")),
    }  # fmt: skip
    return render(request, "aids/funded.html", context)


@require_safe
def file(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The same to take away, with its source on each line."""
    aid, found = _found(slug, _wanted(request))
    rows: list[dict[str, Any]] = [
        {
            "project_id": each.number, "commune_code": each.commune_code, "commune": each.place,
            "departement_code": each.departement, "period": each.period, "title": each.title,
            "beneficiary": each.holder, "siren": each.siren, "measure": each.measure,
            "amount_eur": each.amount_eur, "source": found.source, "aid": aid.slug,
        }
        for each in found.projects
    ]  # fmt: skip
    name, sample = f"{slug}-projets", found.origin == Origin.INVENTED
    if form == "csv":
        return as_csv(rows, name, sample=sample)
    made = spreadsheets.workbook("xlsx", {slug[:31]: spreadsheets.table(rows)})
    return as_file(made, spreadsheets.MEDIA["xlsx"], f"{name}.xlsx", sample=sample)


def near(aid: Aid) -> dict[str, Any] | None:
    """What a sheet says of the projects that it paid for: here, else in the départements around."""
    for where in (HERE, AROUND):
        found = funded(house(), aid.funded, Wanted(where)) if aid.funded else None
        if found is None:
            return None
        if found.projects:
            return {"found": found, "first": found.projects[:SHOWN], "where": where}
    return {"found": found, "first": [], "where": AROUND}
