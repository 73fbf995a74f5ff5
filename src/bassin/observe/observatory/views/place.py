"""A place: its profile, the same as data, one A4 before a council, a hand-made selection."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin import systems
from bassin.indicators import export
from bassin.indicators.catalogue import indicators
from bassin.indicators.figure import Figure
from bassin.indicators.house import House
from bassin.observe.observatory import charts, tables
from bassin.observe.observatory import profile as profiles
from bassin.observe.observatory.search import SCALE_WORDS
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
from bassin.observe.observatory.views.home import drawing
from bassin.territory import Place
from bassin.types import Origin, Scale
from bassin.ui.graphics import Spot
from bassin.ui.parts import Crumb, Download


@dataclass(frozen=True, slots=True)
class ChapterShown:
    """A chapter with the addresses and small drawings its template needs."""

    chapter: profiles.Chapter
    spots: tuple[Spot, ...]
    map_url: str
    line_url: str
    files: tuple[Download, ...]
    cite: str


def figure_url(figure: Figure, place: Place) -> str:
    """The indicator's page, opened on a place."""
    address = reverse("observatory:indicator", kwargs={"name": figure.observation.indicator})
    return f"{address}?lieu={place.key}"


def chart_url(name: str, place: Place, kind: str, extension: str = "svg") -> str:
    """Address of a chart."""
    keys = {"name": name, "scale": place.scale, "code": place.code, "kind": kind}
    return reverse("observatory:chart", kwargs={**keys, "extension": extension})


def _chapter(opened: House, chapter: profiles.Chapter, place: Place) -> ChapterShown:
    first = chapter.first
    if first is None:
        return ChapterShown(chapter, (), "", "", (), "")
    declared = indicators()[first.observation.indicator]
    kinds = charts.available(opened, declared, first, place)
    urls = {kind: chart_url(declared.id, place, kind) for kind in kinds}
    shown = next(iter(kinds), "")
    files = tuple(
        Download(extension.upper(), chart_url(declared.id, place, shown, extension))
        for extension in ("svg", "png", "csv")
        if shown
    )
    return ChapterShown(
        chapter, tables.spots(first, language()), urls.get("map", ""), urls.get("line", ""),
        files, tables.citation(first, language()),
    )  # fmt: skip


@require_safe
def profile(request: HttpRequest, scale: Scale, code: str) -> HttpResponse:
    """The whole profile of a place, readable without JavaScript."""
    opened, on = house(), asked_date(request)
    place = found(opened, f"{scale}:{code}", on)
    made = profiles.build(opened, place, language(), today(), on)
    context: dict[str, Any] = {
        "place": place,
        "profile": made,
        "scale_word": SCALE_WORDS[place.scale].say(language()),
        "crumbs": crumbs(opened, place, on=on),
        "drawing": drawing(opened, place),
        "at": on,
        "framing": tables.framing(opened, made, language()),
        "chapters": [_chapter(opened, each, place) for each in made.chapters],
        "communes": tables.communes(made, language()),
        "area_km2": _area(opened, place),
        "members": [(p, place_url(p)) for p in opened.territory.communes(place, on)][:130]
        if len(place.communes) > 1
        else [],
        "similar": [(p, place_url(p), why.say(language())) for p, why in made.similar],
        "sheet_url": place_url(place, "sheet"),
        "json_url": place_url(place, "place_data", extension="json"),
        "csv_url": place_url(place, "place_data", extension="csv"),
        "compare_url": f"{reverse('observatory:compare')}?lieu={place.key}",
    }
    return render(request, "observatory/place.html", context)


def _area(opened: House, place: Place) -> tuple[float, bool] | None:
    """Area in km² and whether it comes from IGN boundaries; None when a commune has none."""
    rows = opened.reader.rows(
        "SELECT sum(area_km2), bool_and(precise), count(*) FROM shapes "
        "WHERE commune_code IN (SELECT unnest($1))",
        [list(place.communes)],
    )
    area, precise, count = rows[0]
    return (area, bool(precise)) if area and count == len(place.communes) else None


@require_safe
def data(request: HttpRequest, scale: Scale, code: str, extension: str) -> HttpResponse:
    """Every figure of a place, as JSON or CSV."""
    opened, on = house(), asked_date(request)
    place = found(opened, f"{scale}:{code}", on)
    figures = opened.figures(place, on=on)
    sample = any(f.observation.origin == Origin.INVENTED for f in figures.values())
    if extension == "csv":
        rows = [export.flat(figure, language()) for figure in figures.values()]
        return as_csv(rows, f"{place.scale}-{place.code}", sample=sample)
    if extension != "json":
        raise Http404(f"A place is given as .json or .csv, not as .{extension}.")
    shown = [export.figure(figure, language()) for figure in figures.values()]
    return as_json(
        {
            "place": place.key,
            "name": place.name,
            "communes": place.communes,
            "release": opened.reader.name,
            "example": sample,
            "figures": shown,
        }
    )


@require_safe
def sheet(request: HttpRequest, scale: Scale, code: str) -> HttpResponse:
    """One A4 page before a council meeting: the cards of all systems about this place."""
    opened = house()
    place = found(opened, f"{scale}:{code}")
    context = {
        "place": place,
        "crumbs": crumbs(opened, place, Crumb(_("One page"))),
        "drawing": drawing(opened, place, 180.0),
        "cards": systems.cards("place", place.key, language()),
    }
    return render(request, "observatory/sheet.html", context)


@require_safe
def selection(request: HttpRequest) -> HttpResponse:
    """Make a selection of communes from what a form gives, then go to its own address."""
    opened = house()
    words = [word for text in request.GET.getlist("communes") for word in text.split(",")]
    codes = []
    for word in filter(None, (word.strip() for word in words)):
        answers = [p for p in opened.territory.search(word, 5) if p.scale == Scale.COMMUNE]
        codes.append(answers[0].code if answers else word)
    if not codes:
        communes = opened.territory.communes(opened.home)
        return render(request, "observatory/selection.html", {"communes": communes})
    place = opened.territory.selection(codes)
    return redirect(place_url(place))
