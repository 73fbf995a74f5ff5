"""A selection as a place for the observatory: the page, its charts, the same as data."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.observe.companies import comparing, embedded, observed, portrait, said, standing
from bassin.observe.companies.observed import Observed
from bassin.observe.companies.views import reading
from bassin.types import Origin
from bassin.ui.charts.client import ask
from bassin.ui.charts.model import FILES, FORMATS, ChartInput
from bassin.ui.data import as_csv
from bassin.ui.opened import house
from bassin.ui.parts import Crumb
from bassin.ui.reader import language, today

_TODAYS = ("effectif", "siege", "qpv", "zone", "rayon", "operation", "ess", "insertion", "offres")
"""Filters on what SIRENE says today: an establishment closed long ago may have lost it."""


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The portrait of what an address asks for, beside the territory."""
    opened, spoken = house(), language()
    selection = reading.selection(request, opened)
    found = observed.observe(opened, selection)
    stands, query = standing.standing(opened, spoken), selection.query()
    home = f"{reverse('companies:home')}{'?' if query else ''}{query}"
    other = comparing.other(
        request.GET.get(comparing.PARAMETER, ""), opened, today(), officer=reading.officer(request)
    )
    context: dict[str, Any] = {
        "found": found, "standing": stands, "query": query, "list_url": home,
        "parts": said.parts(selection, spoken), "territory": opened.home.name,
        "crumbs": [Crumb(_("Firms"), home), Crumb(_("Figures of this selection"))],
        "few": observed.rule().few_units(), "rule": observed.rule(),
        "todays": any(param in _TODAYS for param, _choice in selection.chosen()),
    }  # fmt: skip
    if found is not None:
        charts = portrait.charts(opened, found, stands, query, spoken)
        context |= {
            "said": said.head(selection, found.total, spoken),
            "sections": portrait.sections(opened, found, spoken, stands.origin),
            "charts": charts,
            "pairs": selection.parameters(),
            "compared": comparing.compared(opened, found, selection, other, stands, spoken)
            if other is not None
            else None,
            "embedded": {
                code: embedded.chart_lines(code, each.chart.title, selection, request)
                for code, each in charts.items()
            },
        }
    return render(request, "companies/figures.html", context)


def _asked(request: HttpRequest) -> Observed:
    """What an address asks for, observed.

    Raises:
        Http404: it holds too few establishments.
    """
    opened = house()
    found = observed.observe(opened, reading.selection(request, opened))
    if found is None:
        raise Http404(_("Too few establishments for a figure."))
    return found


def drawn(request: HttpRequest, code: str) -> ChartInput:
    """A chart of what an address asks for, as data.

    Raises:
        Http404: there is no such chart, or too few establishments for it.
    """
    opened, spoken = house(), language()
    made = portrait.inputs(opened, _asked(request), standing.standing(opened, spoken), spoken)
    if code not in made:
        raise Http404(f"There is no chart {code} of this selection.")
    return made[code]


@require_safe
def chart(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """One chart as a file to keep."""
    if form not in FILES:
        raise Http404(f"There is no chart as {form}.")
    return HttpResponse(ask(drawn(request, code), FILES[form]), content_type=FORMATS[form])


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Every figure of the page as CSV."""
    opened, spoken = house(), language()
    found, stands = _asked(request), standing.standing(opened, spoken)
    called = portrait.labels(opened, found, spoken)
    rows: list[dict[str, Any]] = [
        {"measure": name, "group": part.code, "name": called[name](part.code), "period": "",
         "value": part.count, "share_pct": round(part.share, 2),
         "territory_pct": None if part.theirs is None else round(part.theirs, 2), "why": ""}
        for name in ("activities", "sizes", "forms", "communes")
        for part in getattr(found, name)
    ]  # fmt: skip
    few = observed.rule().few_units().say(spoken)
    rows += [
        {"measure": name, "group": "", "name": "", "period": year.period,
         "value": getattr(year, name), "why": few if name in year.secret else ""}
        for name in ("births", "closures", "survival_3y", "survival_5y", "failures")
        for year in found.years
    ]  # fmt: skip
    marks = {"source": stands.source, "date": stands.day, "origin": stands.origin.value}
    return as_csv(
        [row | marks for row in rows], "selection", sample=stands.origin == Origin.INVENTED
    )
