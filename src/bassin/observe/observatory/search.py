"""The observatory's answers to the search box: places, and figures of a place."""

import re
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext as _

from bassin.indicators.catalogue import indicators
from bassin.indicators.declaration import Indicator
from bassin.indicators.numbers import period, unit
from bassin.observe.observatory.profile import CHAPTERS
from bassin.observe.observatory.words import written
from bassin.systems import Found
from bassin.territory import Place
from bassin.territory.search import folded
from bassin.types import LANGUAGES, Scale, Text
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
    place = about[0] if about else opened.home
    told = [(each, _latest(each, place, language)) for each in figures[:limit]]
    told.sort(key=lambda pair: not pair[1])  # those that wait for their data come last
    for rank, (each, latest) in enumerate(told):
        answers.append(_figure(each, place, language, 9.0 - rank, latest or _("to be loaded")))
    return answers[:limit]


def _place(place: Place, language: str, weight: float) -> Found:
    url = reverse("observatory:place", kwargs={"scale": place.scale, "code": place.code})
    kind = place.kind if place.kind == "arrondissement" else ""
    words = Text(kind, kind) if kind else SCALE_WORDS[place.scale]
    return Found(place.name, url, words, place.code, weight)


def _words(text: str) -> set[str]:
    return {word.rstrip("s") for word in folded(text).split()} - _SMALL


def _figures(query: str, language: str) -> tuple[list[Indicator], str]:
    """Indicators that share a word with the query, best first, and the words left for a place.

    A word of the label counts more than one of the definition or of the chapter, which never
    keeps a word from naming a place.
    """
    wanted = _words(query)
    scored = []
    used: set[str] = set()
    for each in indicators().values():
        common = wanted & (_words(each.label.fr) | _words(each.label.en))
        around = wanted & _around(each.id, each.digest)
        if (common or around) and each.status == "published":
            scored.append((len(common), len(around), each))
            used |= common
    scored.sort(key=lambda found: (-found[0], -found[1]))
    rest = [word for word in folded(query).split() if word.rstrip("s") not in used | _SMALL]
    return [each for *_counts, each in scored], " ".join(rest)


@lru_cache(maxsize=400)
def _around(name: str, digest: str) -> frozenset[str]:
    """Words of what an indicator measures, beyond its label: definition, chapter, topics."""
    each = indicators()[name]
    texts = (each.definition, CHAPTERS[each.chapter][0])
    topics = each.raw.get("topics", ())
    said = [text.say(language) for text in texts for language in LANGUAGES]
    said += [re.sub(r"[._]", " ", topic) for topic in topics]
    return frozenset().union(*map(_words, said))


def _figure(each: Indicator, place: Place, language: str, weight: float, latest: str) -> Found:
    address = reverse("observatory:indicator", kwargs={"name": each.id})
    title = f"{each.label.say(language)} : {place.name}"
    if language == "en":
        title = f"{each.label.say(language)}: {place.name}"
    return Found(
        title,
        f"{address}?lieu={place.key}",
        Text("chiffre", "figure"),
        latest,
        weight,
    )


def _latest(each: Indicator, place: Place, language: str) -> str:
    """« 13,8 % (2018), inventé »: a place's latest value, its date and its mark; empty without."""
    known = house().engine.observe(each, [place])[place.key]
    found = next((o for o in reversed(known) if o.value is not None), None)
    if found is None:
        return ""
    shown = f"{written(found, each.decimals, language)} {unit(each.symbol, language)}".strip()
    return f"{shown} ({period(found.period, language)}), {found.origin.label.say(language)}"
