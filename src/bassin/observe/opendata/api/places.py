"""Places: communes, what groups them, what lies inside them."""

from typing import Any

from bassin.indicators.house import House
from bassin.observe.opendata.api.endpoint import Endpoint, Page, Query
from bassin.observe.opendata.api.fields import Field
from bassin.observe.opendata.api.parameters import Parameter
from bassin.observe.opendata.api.problems import UNKNOWN, Problem
from bassin.observe.opendata.api.sorting import following
from bassin.territory import Place
from bassin.territory.search import folded
from bassin.types import Scale, Text

SCALES = tuple(each.value for each in Scale if each is not Scale.SELECTION)
KEY = rf"({'|'.join(SCALES)}):[0-9A-Z]{{1,12}}"
"""A place's key. A selection made by hand is written `selection:48095-48140`."""
WIDE_KEY = rf"({KEY}|selection:[0-9AB]{{5}}(-[0-9AB]{{5}}){{0,199}})"

FIELDS = (
    Field("key", "string", Text("échelle et code : ce qui nomme le lieu partout ailleurs",
                                "scale and code: what names the place everywhere else"),
          "commune:48095"),
    Field("scale", "string", Text("échelle", "scale"), "commune", choices=SCALES),
    Field("code", "string", Text("code officiel", "official code"), "48095"),
    Field("name", "string", Text("nom", "name"), "Mende"),
    Field("kind", "string", Text("nature : CC, CA, METRO, arrondissement, génération d'un QPV",
                                 "nature: CC, CA, METRO, arrondissement, generation of a QPV"),
          "", nullable=True),
    Field("population", "integer", Text("population municipale, habitants",
                                        "municipal population, inhabitants"),
          12318, nullable=True),
    Field("population_period", "string", Text("année de cette population",
                                              "year of that population"), "2023", nullable=True),
    Field("communes_count", "integer", Text("communes qui le composent", "communes it is made of"),
          1),
    Field("cog", "integer", Text("année du code officiel géographique",
                                 "year of the official geographic code"), 2026),
    Field("communes", "string[]", Text("codes de ses communes ; donné si on le demande",
                                       "codes of its communes; given when asked for"),
          ["48095"], given=False),
    Field("parents", "string[]", Text("clés des lieux qui le contiennent, du plus petit au plus "
                                      "grand ; donné si on le demande",
                                      "keys of the places that hold it, from the smallest to the "
                                      "largest; given when asked for"),
          ["epci:244800405", "departement:48"], given=False),
)  # fmt: skip

AT = Parameter(
    "at", "day", Text("date à laquelle lire la géographie et les chiffres",
                      "day at which geography and figures are read"), "2019-06-30",
)  # fmt: skip
WITHIN = Parameter(
    "within", "text", Text("clé d'un lieu qui les contient", "key of a place that holds them"),
    "departement:48", KEY,
)  # fmt: skip
_OWN = (
    Parameter("scale", "words", Text("échelles", "scales"), ["commune"], choices=lambda: SCALES),
    WITHIN,
    Parameter("q", "text", Text("mots du nom, sans souci des accents ; ou code",
                                "words of the name, accents apart; or code"), "mende"),
    AT,
)  # fmt: skip


def unknown(key: str, parameter: str) -> Problem:
    """The refusal of a place that is not."""
    return Problem(
        UNKNOWN,
        Text(
            f"Aucun lieu n'a la clé {key}. Cherchez-le par son nom : /api/v1/places?q=…",
            f"No place has the key {key}. Search for it by name: /api/v1/places?q=…",
        ),
        parameter,
    )


def known(house: House, key: str, asked: dict[str, Any] | Any, parameter: str) -> Place:
    """The place of a key, at the date asked for.

    Raises:
        Problem: there is none.
    """
    place = house.territory.gazetteer(asked.get("at")).places.get(key)
    if place is None:
        raise unknown(key, parameter)
    return place


def _record(place: Place, cog: int) -> dict[str, Any]:
    return {
        "key": place.key, "scale": place.scale.value, "code": place.code, "name": place.name,
        "kind": place.kind or None, "population": place.population,
        "population_period": place.population_period or None,
        "communes_count": len(place.communes), "cog": cog,
        "communes": place.communes, "parents": place.parents,
    }  # fmt: skip


def _order(sort: str) -> Any:
    """What a list is sorted by: a key of two parts, never the same twice."""
    if sort == "name":
        return lambda place: [folded(place.name), place.key]
    if sort == "-population":
        return lambda place: [-(place.population or 0), place.key]
    return lambda place: [place.key]


def _page(query: Query) -> Page:
    gazetteer = query.house.territory.gazetteer(query.asked.get("at"))
    found = list(gazetteer.places.values())
    if "scale" in query.asked:
        found = [p for scale in query.asked["scale"] for p in gazetteer.by_scale[Scale(scale)]]
    if "within" in query.asked:
        around = known(query.house, query.asked["within"], query.asked, "within")
        found = [place for place in found if around.key in place.parents]
    if "q" in query.asked:
        words = folded(query.asked["q"])
        found = [p for p in found if p.code == query.asked["q"] or _named(p, words)]
    key = _order(query.asked["sort"])
    rows, after = following(sorted(found, key=key), key, query.after, query.limit)
    return Page([_record(place, gazetteer.cog) for place in rows], after, len(found))


def _named(place: Place, words: str) -> bool:
    return bool(words) and words in folded(place.name)


def _item(query: Query) -> dict[str, Any]:
    gazetteer = query.house.territory.gazetteer(query.asked.get("at"))
    return _record(known(query.house, query.asked["key"], query.asked, "key"), gazetteer.cog)


LISTED = Endpoint(
    "places", "places", Text("Lieux", "Places"),
    Text("Communes, départements, régions, EPCI, EPT, bassins d'emploi, quartiers prioritaires, "
         "IRIS : tous ceux de France, à une date.",
         "Communes, départements, régions, EPCIs, EPTs, employment areas, priority "
         "neighbourhoods, IRIS: all those of France, at a date."),
    FIELDS, _OWN, page=_page, sorts=("key", "name", "-population"),
    example={"scale": "commune", "within": "departement:48", "sort": "-population", "limit": "2"},
)  # fmt: skip
ONE = Endpoint(
    "places/{key}", "place", Text("Un lieu", "A place"),
    Text("Un lieu par sa clé.", "A place by its key."), FIELDS,
    (Parameter("key", "text", Text("clé du lieu", "key of the place"), "departement:48", KEY,
               in_path=True), AT),
    item=_item,
)  # fmt: skip
