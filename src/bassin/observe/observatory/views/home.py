"""The front door and the search box over all systems."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin import systems
from bassin.errors import Refused, SourceError
from bassin.indicators.catalogue import indicators
from bassin.indicators.figure import Figure
from bassin.indicators.house import House
from bassin.observe.observatory.outlines import rings
from bassin.observe.observatory.views.common import house, language, place_url
from bassin.territory import Place
from bassin.types import Origin
from bassin.ui.graphics import outline

SHOWN_FIGURES = 3


@dataclass(frozen=True, slots=True)
class DoorShown:
    """A door as the page shows it; a door whose page does not exist is left out."""

    audience: str
    sentence: str
    action: str
    field: str
    hint: str
    button: str


def doors(words: str) -> list[DoorShown]:
    """The doors that open onto something, in their order, one per audience."""
    shown: dict[str, DoorShown] = {}
    found = [door for system in systems.systems() for door in system.doors]
    for door in sorted(found, key=lambda door: door.order):
        try:
            action = reverse(door.action)
        except NoReverseMatch:
            continue
        shown.setdefault(
            door.audience,
            DoorShown(
                door.audience, door.sentence.say(words), action, door.field,
                door.hint.say(words), door.button.say(words),
            ),
        )  # fmt: skip
    return list(shown.values())


def drawing(opened: House, place: Place, height: float = 320.0, more: str = "") -> str:
    """The outline of a place, or nothing when the packages hold none."""
    drawn = rings(opened, place)
    if not drawn:
        return ""
    said = _("Outline of {place}, {count} communes.").format(
        place=place.name, count=len(place.communes)
    )
    return outline(drawn, title=place.name, said=more or said, height=height)


def moved(figures: dict[str, Figure]) -> list[Figure]:
    """The figures that moved most, each with a comparison over time; never an invented one."""
    real = [
        figure
        for figure in figures.values()
        if figure.change is not None and figure.observation.origin != Origin.INVENTED
    ]
    changed = sorted(real, key=lambda f: -abs(f.change.amount if f.change else 0.0))
    return changed[:SHOWN_FIGURES]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The territory's name and map, one search, four doors, what moved."""
    opened = house()
    try:
        place = opened.home
    except (Refused, SourceError):
        return render(request, "observatory/not_ready.html", status=503)
    figures = opened.figures(place)
    context: dict[str, Any] = {
        "place": place,
        "place_url": place_url(place),
        "drawing": drawing(opened, place, 420.0),
        "doors": doors(language()),
        "moved": moved(figures),
        "indicators_count": len(indicators()),
        "communes": [(each, place_url(each)) for each in opened.territory.communes(place)][:60],
    }
    return render(request, "observatory/home.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """One search box over all systems; a single exact place opens at once."""
    query = request.GET.get("q", "").strip()[:200]
    found = systems.search(query, language()) if query else []
    if len(found) == 1 and "tout" not in request.GET:
        return redirect(found[0].url)
    context = {"query": query, "found": found}
    return render(request, "observatory/search.html", context)
