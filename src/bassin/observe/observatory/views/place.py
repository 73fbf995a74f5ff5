"""A place: its profile, the same as data, one A4 before a council, a hand-made selection."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin import systems
from bassin.indicators import export
from bassin.indicators.figure import Figure
from bassin.indicators.house import House
from bassin.indicators.numbers import period
from bassin.observe.observatory import framing, maps, provenance, stated, tables
from bassin.observe.observatory import profile as profiles
from bassin.observe.observatory.search import SCALE_WORDS
from bassin.observe.observatory.views import embeds, portrait, scenarios
from bassin.observe.observatory.views.common import (
    as_csv,
    as_json,
    asked_date,
    crumbs,
    found,
    house,
    language,
    lighter,
    place_url,
    today,
)
from bassin.observe.observatory.words import link
from bassin.territory import Place
from bassin.types import Origin, Scale
from bassin.ui import spreadsheets
from bassin.ui.data import as_file
from bassin.ui.parts import Crumb, Download

LISTED_MEMBERS = 400


@require_safe
def profile(request: HttpRequest, scale: Scale, code: str) -> HttpResponse:
    """The whole profile of a place, readable without JavaScript."""
    opened, on = house(), asked_date(request)
    place = found(opened, f"{scale}:{code}", on)
    words = language()
    made = profiles.build(opened, place, words, today(), on)
    outlines, drawing, chapters = portrait.chapters(opened, made, words, on)
    context: dict[str, Any] = {
        **_head(opened, place, made, on),
        **_standing(opened, made, words),
        "profile": made,
        "framing": framing.table(made, words),
        "framing_cite": framing.citation(made, words),
        "compared": framing.beside(made, words),
        "ranked_among": framing.ranked_among(made, words),
        "stated_url": stated.address(made.framing),
        "outlines": outlines,
        "drawing": drawing,
        "chapters": chapters,
        "communes": tables.communes(made, words),
        "communes_note": tables.communes_note(made, words),
        "exposure": scenarios.section(opened, place, words, on),
        "special": portrait.specialisation(tuple(made.figures.values()), words),
        "similar": [(p, place_url(p), why.say(words)) for p, why in made.similar],
        "quarters": _quarters(opened, place, on),
        "files": _files(place, on),
        "embed": embeds.place_shown(place).lines(request.build_absolute_uri),
        "sheet_url": place_url(place, "sheet"),
        "json_url": place_url(place, "place_data", extension="json"),
        "csv_url": place_url(place, "place_data", extension="csv"),
    }
    return lighter(render(request, "observatory/place.html", context))


def _head(opened: House, place: Place, made: profiles.Profile, on: date | None) -> dict[str, Any]:
    """Who the place is: name, drawing, size, containers, communes."""
    area = _area(opened, place)
    people = place.population
    inside = opened.territory.communes(place, on) if len(place.communes) > 1 else []
    return {
        "place": place,
        "scale_word": SCALE_WORDS[place.scale].say(language()),
        "crumbs": crumbs(opened, place, on=on),
        "at": on,
        "area": area,
        "density": people / area[0] if area and people else None,
        "members": [(each, place_url(each)) for each in inside[:LISTED_MEMBERS]],
        "facts": [(f.label.say(language()), link(f)) for f in made.facts],
    }


def _standing(opened: House, made: profiles.Profile, words: str) -> dict[str, Any]:
    """What the page stands on: its sources, those in trouble, what is hidden."""
    sources = provenance.used(opened, made.figures.values(), today(), words)
    years = {f.observation.cog for f in made.figures.values() if f.observation.value is not None}
    return {
        "sources": sources,
        "troubles": [each.trouble for each in sources if each.trouble],
        "cogs": ", ".join(str(year) for year in sorted(years) if year),
        "known": sum(f.observation.value is not None for f in made.figures.values()),
        "today": period(today().isoformat(), words),
    }


def _area(opened: House, place: Place) -> tuple[float, bool] | None:
    """Area in km² and whether it comes from IGN boundaries; None when a commune has none."""
    rows = opened.reader.rows(
        "SELECT sum(area_km2), bool_and(precise), count(*) FROM shapes "
        "WHERE commune_code IN (SELECT unnest($1))",
        [list(place.communes)],
    )
    area, precise, count = rows[0]
    return (area, bool(precise)) if area and count == len(place.communes) else None


def _quarters(opened: House, place: Place, on: date | None) -> dict[str, Any] | None:
    """Priority neighbourhoods of a place: those known, else why none is shown."""
    if place.scale in (Scale.FRANCE, Scale.QPV, Scale.REGION) or not place.communes:
        return None
    listed = opened.territory.quarters(place, on)
    departements = {code[:2] for code in place.communes}
    loaded = opened.reader.has("qpv") and any(
        each.scale == Scale.QPV and each.code[3:5] in departements
        for each in opened.territory.gazetteer(on).places.values()
    )
    return {"places": [(each, place_url(each)) for each in listed], "loaded": loaded}


def _files(place: Place, on: date | None) -> list[Download]:
    query = f"?at={on.isoformat()}" if on else ""
    return [
        Download(form.upper(), place_url(place, "place_data", extension=form) + query)
        for form in ("csv", "xlsx", "ods", "json")
    ]


@require_safe
def data(request: HttpRequest, scale: Scale, code: str, extension: str) -> HttpResponse:
    """Every figure of a place, as JSON, CSV, XLSX or ODS."""
    opened, on = house(), asked_date(request)
    place = found(opened, f"{scale}:{code}", on)
    figures = profiles.figures_of(opened, place, on)
    sample = any(f.observation.origin == Origin.INVENTED for f in figures.values())
    name = f"{place.scale}-{place.code}"
    if extension in ("csv", *spreadsheets.MEDIA):
        rows = [export.flat(figure, language()) for figure in figures.values()]
        if extension == "csv":
            return as_csv(rows, name, sample=sample)
        return _workbook(opened, place, figures, rows, extension, name, sample)
    if extension != "json":
        raise Http404(f"A place is given as .json, .csv, .xlsx or .ods, not as .{extension}.")
    return as_json(
        {
            "place": place.key,
            "name": place.name,
            "communes": place.communes,
            "release": opened.reader.name,
            "example": sample,
            "figures": [export.figure(figure, language()) for figure in figures.values()],
        }
    )


def _workbook(
    opened: House,
    place: Place,
    figures: dict[str, Figure],
    rows: list[dict[str, Any]],
    extension: str,
    name: str,
    sample: bool,
) -> HttpResponse:
    """Figures on one sheet, where they are from on another; a sample says so everywhere."""
    used = provenance.used(opened, figures.values(), today(), language())
    if sample:
        rows = [
            {"EXEMPLE": "EXEMPLE" if row["origin"] == Origin.INVENTED else "", **row}
            for row in rows
        ]
    about: list[list[Any]] = [
        [_("Place"), place.name],
        [_("Release"), opened.reader.name],
        [_("Made on"), today().isoformat()],
        *([[_("Sample"), "EXEMPLE"]] if sample else []),
        [],
        [_("Source"), _("Publisher"), _("Licence"), _("Date of the data"), _("Received on")],
        *([u.title, u.publisher, u.licence, u.vintage, str(u.loaded_on or "")] for u in used),
    ]
    sheets = {_("Figures"): spreadsheets.table(rows), _("Sources"): about}
    content = spreadsheets.workbook(extension, sheets)
    media = spreadsheets.MEDIA[extension]
    return as_file(content, media, f"{name}.{extension}", sample=sample)


@require_safe
def sheet(request: HttpRequest, scale: Scale, code: str) -> HttpResponse:
    """One A4 page before a council meeting: the cards of all systems about this place."""
    opened = house()
    place = found(opened, f"{scale}:{code}")
    area = _area(opened, place)
    containers = opened.territory.containers(place)
    context = {
        "place": place,
        "scale_word": SCALE_WORDS[place.scale].say(language()),
        "container": next((each for each in containers if each.scale != Scale.FRANCE), None),
        "area": area,
        "crumbs": crumbs(opened, place, Crumb(_("One page"))),
        "drawing": maps.portrait(opened, place),
        "cards": systems.cards("place", place.key, language()),
        "today": period(today().isoformat(), language()),
        "profile_url": place_url(place),
        "address": request.build_absolute_uri(place_url(place)),
    }
    return render(request, "observatory/sheet.html", context)


@require_safe
def selection(request: HttpRequest) -> HttpResponse:
    """Make a selection of communes from what a form gives, then go to its own address."""
    opened = house()
    words = [word for text in request.GET.getlist("communes") for word in text[:500].split(",")]
    codes: list[str] = []
    unknown: list[str] = []
    for word in filter(None, (word.replace("\0", "").strip() for word in words)):
        answers = [p for p in opened.territory.search(word, 5) if p.scale == Scale.COMMUNE]
        (codes if answers else unknown).append(answers[0].code if answers else word)
    if codes and not unknown:
        return redirect(place_url(opened.territory.selection(codes)))
    context = {
        "communes": opened.territory.communes(opened.home),
        "unknown": unknown,
        "typed": ", ".join(words),
        "crumbs": [Crumb(_("Home"), reverse("observatory:home")), Crumb(_("A selection"))],
    }
    return render(request, "observatory/selection.html", context)
