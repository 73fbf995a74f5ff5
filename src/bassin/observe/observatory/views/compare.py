"""Up to six places side by side, only on figures that may be compared."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.errors import Refused
from bassin.indicators.catalogue import indicators
from bassin.indicators.figure import Observation
from bassin.indicators.house import House
from bassin.indicators.numbers import period as in_words
from bassin.observe.observatory import words as told
from bassin.observe.observatory.views.common import (
    as_csv,
    as_json,
    asked_date,
    found,
    house,
    language,
    place_url,
)
from bassin.territory import Place
from bassin.types import Origin
from bassin.ui.parts import Cell, Column, Row

MOST_PLACES = 6


def _places(request: HttpRequest, opened: House) -> list[Place]:
    keys = list(dict.fromkeys(filter(None, request.GET.getlist("lieu"))))
    if len(keys) > MOST_PLACES:
        raise Refused(
            _("{count} places were asked for; at most {most} are readable side by side.").format(
                count=len(keys), most=MOST_PLACES
            )
        )
    return [found(opened, key, asked_date(request)) for key in keys]


def _rows(
    request: HttpRequest, opened: House, places: list[Place]
) -> list[tuple[str, str, list[Observation | None]]]:
    """(indicator id, period, one observation per place), at the last period all of them share."""
    rows = []
    for each in indicators().values():
        if each.status != "published" or not places:
            continue
        observed = opened.engine.observe(each, places, asked_date(request))
        known = [{o.period for o in observed[p.key] if o.value is not None} for p in places]
        shared = set.intersection(*known) or set.union(*known)
        if not shared:
            continue
        period = max(shared)
        cells = [next((o for o in observed[p.key] if o.period == period), None) for p in places]
        rows.append((each.id, period, cells))
    return rows


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """The page; `?ajouter=` takes a name typed by a person and puts the place's key in the URL."""
    opened = house()
    added = request.GET.get("ajouter", "").strip()
    if added:
        answers = opened.territory.search(added, 1)
        if not answers:
            raise Refused(_("No place has a name close to “{name}”.").format(name=added))
        keys = [*request.GET.getlist("lieu"), answers[0].key]
        query = urlencode({"lieu": list(dict.fromkeys(keys))}, doseq=True)
        return redirect(f"{reverse('observatory:compare')}?{query}")
    places = _places(request, opened)
    context: dict[str, Any] = {
        "places": [(each, place_url(each), _without(request, each)) for each in places],
        "keys": [each.key for each in places],
        "table": _table(_rows(request, opened, places), places) if places else None,
        "full": len(places) >= MOST_PLACES,
        "query": request.GET.urlencode(),
    }
    return render(request, "observatory/compare.html", context)


def _without(request: HttpRequest, place: Place) -> str:
    keys = [key for key in request.GET.getlist("lieu") if key != place.key]
    return f"{reverse('observatory:compare')}?{urlencode({'lieu': keys}, doseq=True)}"


def _table(
    rows: list[tuple[str, str, list[Observation | None]]], places: list[Place]
) -> tuple[list[Column], list[Row]]:
    words = language()
    columns = [
        Column(_("Figure")),
        Column(_("Date")),
        *(Column(p.name, number=True) for p in places),
    ]
    made = []
    for name, period, cells in rows:
        declared = indicators()[name]
        url = reverse("observatory:indicator", kwargs={"name": name})
        heading = Cell(text=f"{declared.label.say(words)} ({declared.symbol})", url=url)
        shown = [
            Cell(text=told.written(o, declared.decimals, words), sort=o.value, origin=o.origin)
            if o is not None and o.value is not None
            else Cell(why=told.why(o, words) if o else _("to be loaded"))
            for o in cells
        ]
        made.append(Row(heading, [Cell(text=in_words(period, words)), *shown]))
    return columns, made


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
            "unit": declared.symbol, "period": period,
        }  # fmt: skip
        for place, observed in zip(places, cells, strict=True):
            row[place.key] = observed.value if observed else None
            invented = observed is not None and observed.origin == Origin.INVENTED
            row[f"{place.key} origin"] = observed.origin.value if observed else None
            sample = sample or invented
        rows.append(row)
    if extension == "csv":
        return as_csv(rows, "comparaison", sample=sample)
    if extension != "json":
        raise Http404(f"A comparison is given as .json or .csv, not as .{extension}.")
    return as_json({"places": [place.key for place in places], "rows": rows, "example": sample})
