"""The observatory's answers to the search box: places, and figures of a place."""

from django.urls import reverse

from bassin.indicators.catalogue import indicators
from bassin.indicators.declaration import Indicator
from bassin.indicators.numbers import unit
from bassin.systems import Found
from bassin.territory import Place
from bassin.territory.search import folded
from bassin.types import Scale, Text
from bassin.ui.opened import house

SCALE_WORDS = {
    Scale.COMMUNE: Text("commune", "commune"),
    Scale.EPT: Text("établissement public territorial", "public territorial body"),
    Scale.EPCI: Text("intercommunalité", "intercommunal body"),
    Scale.METROPOLE: Text("métropole", "metropolis"),
    Scale.DEPARTEMENT: Text("département", "département"),
    Scale.REGION: Text("région", "region"),
    Scale.EMPLOYMENT_AREA: Text("bassin d'emploi", "employment area"),
    Scale.FRANCE: Text("pays", "country"),
    Scale.QPV: Text("quartier prioritaire", "priority neighbourhood"),
    Scale.IRIS: Text("quartier (Iris)", "neighbourhood (Iris)"),
    Scale.SELECTION: Text("sélection de communes", "selection of communes"),
}
_SMALL = {"a", "au", "aux", "de", "des", "du", "d", "en", "et", "l", "la", "le", "les", "in", "of"}


def search(query: str, language: str, limit: int) -> list[Found]:
    """Places whose name answers, then figures whose label does ("chômage à Brest" gives both)."""
    opened = house()
    places = opened.territory.search(query, limit)
    answers = [_place(place, language, 10.0 - rank) for rank, place in enumerate(places)]
    figures, rest = _figures(query, language)
    about = opened.territory.search(rest, 1) if rest and figures else []
    for rank, each in enumerate(figures[:limit]):
        place = about[0] if about else opened.home
        answers.append(_figure(each, place, language, 9.0 - rank))
    return answers[:limit]


def _place(place: Place, language: str, weight: float) -> Found:
    url = reverse("observatory:place", kwargs={"scale": place.scale, "code": place.code})
    kind = place.kind if place.kind == "arrondissement" else ""
    words = Text(kind, kind) if kind else SCALE_WORDS[place.scale]
    return Found(place.name, url, words, place.code, weight)


def _words(text: str) -> set[str]:
    return {word.rstrip("s") for word in folded(text).split()} - _SMALL


def _figures(query: str, language: str) -> tuple[list[Indicator], str]:
    """Indicators that share a word with the query, best first, and the words left for a place."""
    wanted = _words(query)
    scored = []
    used: set[str] = set()
    for each in indicators().values():
        common = wanted & (_words(each.label.fr) | _words(each.label.en))
        if common and each.status == "published":
            scored.append((len(common), each))
            used |= common
    scored.sort(key=lambda pair: -pair[0])
    rest = [word for word in folded(query).split() if word.rstrip("s") not in used | _SMALL]
    return [each for _, each in scored], " ".join(rest)


def _figure(each: Indicator, place: Place, language: str, weight: float) -> Found:
    address = reverse("observatory:indicator", kwargs={"name": each.id})
    title = f"{each.label.say(language)} : {place.name}"
    if language == "en":
        title = f"{each.label.say(language)}: {place.name}"
    return Found(
        title,
        f"{address}?lieu={place.key}",
        Text("chiffre", "figure"),
        unit(each.symbol, language),
        weight,
    )
