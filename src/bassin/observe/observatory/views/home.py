"""The front door and the search box over all systems."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin import systems
from bassin.errors import Refused, SourceError
from bassin.observe.observatory import claims, maps, profile, provenance
from bassin.observe.observatory.views.common import house, language, place_url, today
from bassin.territory import Place, commitments
from bassin.territory.search import folded

SHOWN_COMMUNES = 60
LONGEST_QUERY = 120


@dataclass(frozen=True, slots=True)
class DoorShown:
    """A door as the page shows it; a door whose page does not exist is left out."""

    audience: str
    sentence: str
    action: str
    field: str
    hint: str
    button: str


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do now: a verb, why it is worth a minute, and its address."""

    icon: str
    title: str
    why: str
    url: str


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


def to_do(place: Place, has_claims: bool) -> list[ToDo]:
    """Three things anyone may do here today; a page that would be empty gives way to another."""
    compare = f"{reverse('observatory:compare')}?{urlencode({'lieu': place.key})}"
    listed = [
        ToDo("printer", _("Print one page for the next council"),
             _("The essential figures of a place on one A4, with their dates and sources."),
             place_url(place, "sheet")),
        ToDo("scale", _("Compare your commune"),
             _("Up to six places side by side, on figures that may be compared."), compare),
    ]  # fmt: skip
    if not has_claims:
        loaded = ToDo("table", _("See what is loaded, and what could be"),
                      _("Each source with its date, its age and what is missing."),
                      reverse("observatory:sources"))  # fmt: skip
        return [*listed, loaded]
    checked = ToDo("circle-check", _("See the quoted figures checked"),
                   _("Each figure of the authority's documents, set against published data."),
                   reverse("observatory:claims"))  # fmt: skip
    return [checked, *listed]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The territory's name and map, one search, four doors, what moved, what to do."""
    opened = house()
    try:
        place = opened.home
    except (Refused, SourceError):
        return render(request, "observatory/not_ready.html", status=503)
    figures = opened.figures(place)
    moved = profile.moved(figures)
    communes = opened.territory.communes(place) if len(place.communes) > 1 else []
    context: dict[str, Any] = {
        "place": place,
        "place_url": place_url(place),
        "drawing": maps.portrait(opened, place),
        "doors": doors(language()),
        "moved": moved,
        "to_do": to_do(place, claims.read(opened.var) is not None),
        "troubles": provenance.troubles(opened, moved, today(), language()),
        "communes": [(each, place_url(each)) for each in communes[:SHOWN_COMMUNES]],
        "communes_count": len(communes),
        "has_claims": claims.read(opened.var) is not None,
        "has_promises": bool(commitments.programmes(opened.var)),
    }
    return render(request, "observatory/home.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """One search box over all systems; a single exact answer opens at once."""
    typed = " ".join(request.GET.get("q", "").replace("\0", " ").split())
    query = typed[:LONGEST_QUERY]
    found = systems.search(query, language()) if query else []
    if len(found) == 1 and folded(query) in (folded(found[0].title), folded(found[0].detail)):
        return redirect(found[0].url)
    context = {"query": query, "found": found, "cut": len(typed) > LONGEST_QUERY}
    return render(request, "observatory/search.html", context)
