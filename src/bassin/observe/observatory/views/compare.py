"""Up to six places side by side, only on figures that may be compared."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.errors import Refused
from bassin.indicators.catalogue import indicators
from bassin.indicators.comparisons import is_wider
from bassin.indicators.declaration import Indicator
from bassin.indicators.figure import Observation
from bassin.indicators.house import House
from bassin.indicators.numbers import period as in_words
from bassin.indicators.numbers import unit
from bassin.observe.observatory import provenance
from bassin.observe.observatory import words as told
from bassin.observe.observatory.profile import CHAPTERS
from bassin.observe.observatory.views.common import (
    as_csv,
    as_json,
    asked_date,
    found,
    house,
    language,
    place_url,
    today,
)
from bassin.territory import Place
from bassin.types import Origin
from bassin.ui.embedding import Line, Shown
from bassin.ui.parts import Cell, Column, Crumb, Row

MOST_PLACES = 6
SUGGESTED = 5


def _places(request: HttpRequest, opened: House) -> list[Place]:
    keys = list(dict.fromkeys(filter(None, request.GET.getlist("lieu"))))
    if len(keys) > MOST_PLACES:
        raise Refused(
            _("{count} places were asked for; at most {most} are readable side by side.").format(
                count=len(keys), most=MOST_PLACES
            )
        )
    return [found(opened, key, asked_date(request)) for key in keys]


def _comparable(declared: Indicator, places: list[Place]) -> bool:
    """Not a wider area's value given to two neighbours, nor a number that only tells a size."""
    if declared.status != "published" or any(is_wider(declared, p.scale) for p in places):
        return False
    return declared.kind not in ("count", "sum") or len({p.scale for p in places}) == 1


def _rows(
    request: HttpRequest, opened: House, places: list[Place]
) -> list[tuple[str, str, list[Observation | None]]]:
    """(indicator id, period, one observation per place), at the last period all of them share."""
    rows, on = [], asked_date(request)
    for each in indicators().values():
        if not places or not _comparable(each, places):
            continue
        observed = opened.engine.observe(each, places, on)
        known = [{o.period for o in observed[p.key] if o.value is not None} for p in places]
        shared = set.intersection(*known) or set.union(*known)
        if not shared:
            continue
        period = max(shared)
        found = [next((o for o in observed[p.key] if o.period == period), None) for p in places]
        cells = [
            opened.engine.judged(each, place, o, on) if o is not None else None
            for place, o in zip(places, found, strict=True)
        ]
        rows.append((each.id, period, cells))
    return rows


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """The page; `?ajouter=` takes a name typed by a person and puts the place's key in the URL."""
    opened = house()
    added = " ".join(request.GET.get("ajouter", "").replace("\0", " ").split())[:120]
    answers = opened.territory.search(added, 1) if added else []
    if answers:
        keys = [*request.GET.getlist("lieu"), answers[0].key]
        return redirect(_address(list(dict.fromkeys(keys))))
    places = _places(request, opened)
    rows = _rows(request, opened, places)
    query = request.GET.copy()
    query.pop("ajouter", None)
    context: dict[str, Any] = {
        "places": [(each, place_url(each), _without(request, each)) for each in places],
        "keys": [each.key for each in places],
        "unknown": added,
        "tables": _tables(rows, places),
        "scales_differ": len({each.scale for each in places}) > 1,
        "troubles": _troubles(opened, rows),
        "suggestions": _suggestions(opened, places),
        "full": len(places) >= MOST_PLACES,
        "query": query.urlencode(),
        "embed": _embedded(places, request.build_absolute_uri),
        "crumbs": [Crumb(_("Home"), reverse("observatory:home")), Crumb(_("Compare places"))],
    }
    return render(request, "observatory/compare.html", context)


def side_by_side(
    request: HttpRequest,
) -> tuple[list[Place], list[tuple[str, list[Column], list[Row]]]]:
    """The places that an address asks for, and their tables, for a page that shows these alone."""
    opened = house()
    places = _places(request, opened)
    return places, _tables(_rows(request, opened, places), places)


def _embedded(places: list[Place], absolute: Callable[[str], str]) -> tuple[Line, ...]:
    if not places:
        return ()
    address = _address([each.key for each in places])
    frame = address.replace(reverse("observatory:compare"), reverse("observatory:embed_compare"))
    title = ", ".join(each.name for each in places)
    return Shown("compare", title, frame, address, height=900).lines(absolute)


def _address(keys: list[str]) -> str:
    return f"{reverse('observatory:compare')}?{urlencode({'lieu': keys}, doseq=True)}"


def _suggestions(opened: House, places: list[Place]) -> list[tuple[str, str]]:
    """A few places worth adding: the first one's peers, else our own communes."""
    if not places or len(places) >= MOST_PLACES:
        return []
    kept = [each.key for each in places]
    around = [p for p in opened.territory.peers(places[0]).places if p.key not in kept]
    return [(each.name, _address([*kept, each.key])) for each in around[:SUGGESTED]]


def _troubles(opened: House, rows: list[tuple[str, str, list[Observation | None]]]) -> list[str]:
    """Sources in trouble behind the figures of the page."""
    states = provenance.states(opened, today())
    keys = {key for name, *_ in rows for key in provenance.roots(indicators()[name].dataset)}
    said = (
        provenance.trouble(states[k], today(), language()) for k in sorted(keys & states.keys())
    )
    return [sentence for sentence in said if sentence]


def _without(request: HttpRequest, place: Place) -> str:
    return _address([key for key in request.GET.getlist("lieu") if key != place.key])


def _tables(
    rows: list[tuple[str, str, list[Observation | None]]], places: list[Place]
) -> list[tuple[str, list[Column], list[Row]]]:
    """One table per chapter that has a figure."""
    words = language()
    columns = [
        Column(_("Figure")),
        Column(_("Date")),
        *(Column(place.name, number=True) for place in places),
    ]
    chapters: dict[str, list[Row]] = {code: [] for code in CHAPTERS}
    for name, period, cells in rows:
        chapters[indicators()[name].chapter].append(_row(name, period, cells, words))
    return [
        (CHAPTERS[code][0].say(words), columns, listed)
        for code, listed in chapters.items()
        if listed
    ]


def _row(name: str, period: str, cells: list[Observation | None], words: str) -> Row:
    declared = indicators()[name]
    url = reverse("observatory:indicator", kwargs={"name": name})
    symbol = f" ({unit(declared.symbol, words)})" if declared.symbol else ""
    shown = [_cell(o, declared, words) for o in cells]
    heading = Cell(text=f"{declared.label.say(words)}{symbol}", url=url)
    return Row(heading, [Cell(text=in_words(period, words)), *shown])


def _cell(observed: Observation | None, declared: Indicator, words: str) -> Cell:
    if observed is None or observed.value is None:
        return Cell(why=told.why(observed, words) if observed else _("no data"))
    return Cell(
        text=told.written(observed, declared.decimals, words), sort=observed.value,
        origin=observed.origin, note=told.known_part(observed, words),
    )  # fmt: skip


@require_safe
def data(request: HttpRequest, extension: str) -> HttpResponse:
    """The same comparison as JSON or CSV."""
    opened = house()
    places = _places(request, opened)
    rows: list[dict[str, Any]] = []
    sample = False
    for name, period, cells in _rows(request, opened, places):
        declared = indicators()[name]
        row: dict[str, Any] = {
            "indicator": name, "label": declared.label.say(language()),
            "unit": unit(declared.symbol, language()), "period": period,
        }  # fmt: skip
        for place, observed in zip(places, cells, strict=True):
            row[place.key] = observed.value if observed else None
            invented = observed is not None and observed.origin == Origin.INVENTED
            row[f"{place.key} origin"] = observed.origin.value if observed else None
            row[f"{place.key} partial"] = told.known_part(observed, language()) if observed else ""
            sample = sample or invented
        rows.append(row)
    if extension == "csv":
        return as_csv(rows, "comparaison", sample=sample)
    if extension != "json":
        raise Http404(f"A comparison is given as .json or .csv, not as .{extension}.")
    return as_json({"places": [place.key for place in places], "rows": rows, "example": sample})
