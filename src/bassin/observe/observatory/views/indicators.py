"""The list of all figures, and the page of one: ranking, map, series, table, method."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.errors import Refused
from bassin.indicators import export
from bassin.indicators.catalogue import indicators
from bassin.indicators.declaration import Indicator
from bassin.indicators.figure import Figure, Observation
from bassin.indicators.house import House
from bassin.indicators.numbers import period as in_words
from bassin.indicators.numbers import unit
from bassin.indicators.sentences import describe_chart, sentence
from bassin.observe.observatory import charts, provenance, tables
from bassin.observe.observatory import words as told
from bassin.observe.observatory.profile import CHAPTERS, figures_of
from bassin.observe.observatory.views import embeds
from bassin.observe.observatory.views.common import (
    as_csv,
    as_json,
    asked_date,
    crumbs,
    found,
    house,
    language,
    place_url,
    today,
)
from bassin.observe.observatory.views.portrait import chart_url
from bassin.territory import Place
from bassin.types import Origin, Scale, Text
from bassin.ui.graphics import quiet_bar
from bassin.ui.parts import Cell, Column, Crumb, Download, Row

PICTURES = ("map", "line")
"""Kinds of chart shown on the page; bars and strips stand in its tables, and are kept as files."""


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every declared figure by chapter, with its unit, source and state for a place."""
    opened, on = house(), asked_date(request)
    place = _asked(request, opened)
    figures = figures_of(opened, place, on)
    groups = [
        (code, title.say(language()), [figures[i.id] for i in indicators().values()
                                       if i.chapter == code and i.id in figures])
        for code, (title, _question) in CHAPTERS.items()
    ]  # fmt: skip
    context = {
        "groups": [group for group in groups if group[2]],
        "known": sum(figure.observation.value is not None for figure in figures.values()),
        "total": len(figures),
        "any_invented": any(
            figure.observation.origin == Origin.INVENTED and figure.observation.value is not None
            for figure in figures.values()
        ),
        "place": place,
        "crumbs": crumbs(opened, place, Crumb(_("All figures")), on=on),
        "troubles": provenance.troubles(opened, figures.values(), today(), language()),
    }
    return render(request, "observatory/indicators.html", context)


def _declared(name: str) -> Indicator:
    if name not in indicators():
        raise Http404(f"There is no indicator {name}.")
    return indicators()[name]


def _asked(request: HttpRequest, opened: House) -> Place:
    key = request.GET.get("lieu", "").strip()
    return found(opened, key, asked_date(request)) if key else opened.home


@require_safe
def detail(request: HttpRequest, name: str) -> HttpResponse:
    """One figure in every way it can be seen; `?chercher=` takes a place typed by a person."""
    opened, on = house(), asked_date(request)
    declared = _declared(name)
    typed = " ".join(request.GET.get("chercher", "").replace("\0", " ").split())[:120]
    if typed:
        answers = opened.territory.search(typed, 1)
        key = answers[0].key if answers else ""
        if not answers:
            raise Refused(_("No place has a name close to “{name}”.").format(name=typed))
        return redirect(f"{reverse('observatory:indicator', kwargs={'name': name})}?lieu={key}")
    place = _asked(request, opened)
    figure = opened.engine.figure(declared, place, on)
    kinds = [kind for kind in charts.available(opened, declared, figure, place) if kind in PICTURES]
    embedded = {
        each.ref: each.lines(request.build_absolute_uri)
        for each in embeds.shown(figure, place, kinds)
    }
    context: dict[str, Any] = {
        "declared": declared,
        "place": place,
        "figure": figure,
        "crumbs": crumbs(opened, place, Crumb(figure.label.say(language())), on=on),
        "answer": sentence(figure, language()),
        "described": describe_chart(figure, language()),
        "spots": tables.spots(figure, language()),
        "pictures": [
            (kind, chart_url(name, place, kind), _files(name, place, kind), embedded[kind])
            for kind in kinds
        ],
        "embed": embedded["figure"],
        "comparison": _comparison(figure, language()),
        "ranking": _ranking(opened, declared, figure, place),
        "series": _series(figure),
        **_standing(opened, declared, figure),
        "place_url": place_url(place),
        "compare_url": f"{reverse('observatory:compare')}?lieu={place.key}",
        "query": f"?lieu={place.key}" + (f"&at={on.isoformat()}" if on else ""),
    }
    return render(request, "observatory/indicator.html", context)


def _standing(opened: House, declared: Indicator, figure: Figure) -> dict[str, Any]:
    """What the figure stands on, and with what it must not be compared."""
    used = provenance.used(opened, [figure], today(), language())
    return {
        "sources": used,
        "troubles": [each.trouble for each in used if each.trouble],
        "not_with": [
            (indicators()[other].label.say(language()) if other in indicators() else other, why)
            for other, why in declared.not_with
        ],
        "citation": told.citation(figure, language()),
        "history": [
            (each["version"], each["on"], Text.of(each["why"]))
            for each in declared.raw.get("history", ())
        ],
        "ended": Text.of(declared.raw["withdrawn"]["why"]) if "withdrawn" in declared.raw else None,
    }


def _files(name: str, place: Place, kind: str) -> list[Download]:
    return [
        Download(extension.upper(), chart_url(name, place, kind, extension))
        for extension in ("svg", "png", "pdf", "csv")
    ]


def _comparison(figure: Figure, words: str) -> tuple[list[Column], list[Row]]:
    columns = [
        Column(_("Larger place")),
        Column(_("Value"), number=True),
        Column(_("Gap"), number=True),
        Column(_("Our share"), number=True),
    ]
    rows = []
    for each in figure.comparisons:
        value = told.written(each.observation, figure.decimals, words)
        origin = each.observation.origin
        cell = (
            Cell(text=value, origin=origin)
            if value
            else Cell(why=told.why(each.observation, words))
        )
        gap, share = told.gap(each, figure.decimals, words), told.share(each, 1, words)
        beside = [Cell(text=text, origin=figure.observation.origin) for text in (gap, share)]
        rows.append(Row(Cell(text=each.place.name), [cell, *beside]))
    return columns, rows


def _ranking(
    opened: House, declared: Indicator, figure: Figure, place: Place
) -> tuple[list[Column], list[Row]]:
    """The communes of a place from the first to the last, else the places like it."""
    several = declared.native == "commune" and 1 < len(place.communes) <= 400
    if several:
        places: Sequence[Place] = opened.territory.communes(place)
    else:
        places = opened.territory.peers(place).places
    observed = opened.engine.observe(declared, places)
    period = figure.observation.period
    pairs = [
        (each, next((o for o in observed[each.key] if o.period == period), None)) for each in places
    ]
    return _ranked(declared, figure, place, pairs)


def _ranked(
    declared: Indicator,
    figure: Figure,
    place: Place,
    pairs: Sequence[tuple[Place, Observation | None]],
) -> tuple[list[Column], list[Row]]:
    words = language()
    valued = [(p, o) for p, o in pairs if o is not None and o.value is not None]
    valued.sort(key=lambda pair: pair[1].value or 0.0, reverse=declared.rank_order == "desc")
    largest = max((abs(o.value or 0.0) for _p, o in valued), default=0.0)
    rows = []
    for rank, (each, observed) in enumerate(valued, start=1):
        text = told.written(observed, figure.decimals, words)
        value = observed.value or 0.0
        drawn = quiet_bar(value, largest) if largest and value >= 0 else ""
        cells = [Cell(text=str(rank), sort=rank),
                 Cell(text=text, sort=value, drawn=drawn, origin=observed.origin)]  # fmt: skip
        rows.append(
            Row(Cell(text=each.name, url=place_url(each)), cells, ours=each.key == place.key)
        )
    for each, missing in pairs:
        if missing is None or missing.value is None:
            reason = told.why(missing, words) if missing else _("no data")
            cells = [Cell(text=""), Cell(why=reason)]
            rows.append(Row(Cell(text=each.name, url=place_url(each)), cells))
    columns = [Column(_("Place")), Column(_("Rank"), number=True)]
    return [*columns, Column(unit(figure.symbol, words) or _("Value"), number=True)], rows


def _series(figure: Figure) -> tuple[list[Column], list[Row]]:
    words = language()
    value = unit(figure.symbol, words) or _("Value")
    columns = [Column(_("Period")), Column(value, number=True), Column(_("Mark"))]
    rows = [
        Row(
            Cell(text=in_words(each.period, words), sort=each.period),
            [
                Cell(text=told.written(each, figure.decimals, words), origin=each.origin)
                if each.value is not None
                else Cell(why=told.why(each, words)),
                Cell(text=each.origin.label.say(words)),
            ],
        )
        for each in reversed(figure.series)
    ]
    return columns, rows


@require_safe
def data(request: HttpRequest, name: str, extension: str) -> HttpResponse:
    """One figure for a place and its communes, as JSON or CSV."""
    opened, on = house(), asked_date(request)
    declared, place = _declared(name), _asked(request, opened)
    figure = opened.engine.figure(declared, place, on)
    communes = opened.territory.communes(place, on)[:1500] if place.scale != Scale.FRANCE else []
    observed = opened.engine.observe(declared, communes, on)
    rows = [export.observation(each, language()) for o in observed.values() for each in o]
    sample = figure.observation.origin == Origin.INVENTED
    if extension == "csv":
        ours = [export.observation(each, language()) for each in figure.series]
        return as_csv([*ours, *rows], f"{name}-{place.code}", sample=sample)
    if extension != "json":
        raise Http404(f"A figure is given as .json or .csv, not as .{extension}.")
    shown = export.figure(figure, language())
    return as_json({**shown, "communes": rows, "example": sample, "declaration": declared.raw})
