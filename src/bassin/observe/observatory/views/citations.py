"""A cited figure at its frozen address, with a banner when it was revised since."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from bassin.errors import Refused
from bassin.indicators.catalogue import indicators
from bassin.indicators.figure import Figure
from bassin.indicators.numbers import number, unit
from bassin.observe.observatory import actions
from bassin.observe.observatory import words as told
from bassin.observe.observatory.models import Citation
from bassin.observe.observatory.views.common import as_json, asked_date, found, house, language


@dataclass(frozen=True, slots=True)
class Since:
    """What became of a cited figure: unchanged, revised (with today's value), or withdrawn."""

    state: str
    shown: str = ""
    sentence: str = ""


@require_POST
def cite(request: HttpRequest) -> HttpResponse:
    """Freeze a figure and go to its address. The form gives `indicator`, `lieu` and `periode`."""
    opened = house()
    name = request.POST.get("indicator", "")
    if name not in indicators():
        raise Http404(f"There is no indicator {name}.")
    place = found(opened, request.POST.get("lieu", "") or opened.home.key)
    period = request.POST.get("periode", "")
    figure = opened.engine.figure(indicators()[name], place, asked_date(request), period)
    made = actions.cite(figure, release=opened.reader.name, now=timezone.now())
    return redirect(reverse("observatory:citation", kwargs={"code": made.code}))


def _today(citation: Citation) -> Figure | None:
    """The same figure, same place and period, from the release in service."""
    declared = indicators().get(citation.indicator)
    if declared is None:
        return None
    opened = house()
    try:
        place = opened.territory.place(citation.place_key)
    except Refused:
        return None
    figure = opened.engine.figure(declared, place, period=citation.period)
    return figure if figure.observation.period == citation.period else None


def since(citation: Citation) -> Since:
    """Compare a citation with what the same question answers today."""
    figure = _today(citation)
    if figure is None or figure.observation.value is None:
        return Since("withdrawn")
    same = told.written(figure.observation, figure.decimals, "fr") == _written(citation)
    if same and figure.observation.version == citation.indicator_version:
        return Since("same")
    shown = told.written(figure.observation, figure.decimals, language())
    return Since("revised", f"{shown} {unit(figure.symbol, language())}")


def _written(citation: Citation) -> str:
    """The cited value with the decimals it was shown with."""
    kept = citation.figure["fr"]
    text = number(kept["value"], kept["decimals"], "fr")
    return f"{text} – {number(kept['upper'], kept['decimals'], 'fr')}" if kept["upper"] else text


@require_safe
def frozen(request: HttpRequest, code: str) -> HttpResponse:
    """The figure as it was on the day it was cited."""
    citation = get_object_or_404(Citation, code=code)
    words = language()
    kept = citation.figure[words]
    context = {
        "citation": citation,
        "kept": kept,
        "value": _written(citation),
        "sentence": citation.sentence[words],
        "since": since(citation),
        "address": request.build_absolute_uri(),
        "today_url": reverse("observatory:indicator", kwargs={"name": citation.indicator})
        + f"?lieu={citation.place_key}",
    }
    return render(request, "observatory/citation.html", context)


@require_safe
def data(request: HttpRequest, code: str, extension: str) -> HttpResponse:
    """The frozen figure as JSON."""
    citation = get_object_or_404(Citation, code=code)
    if extension != "json":
        raise Http404(f"A cited figure is given as .json, not as .{extension}.")
    kept = citation.figure[language()]
    return as_json(
        {**kept, "cited_at": citation.cited_at.isoformat(), "since": since(citation).state}
    )
