"""Observations: values of indicators for places, each with all that is needed to read it.

They come from the engine and from nowhere else, so that what secrecy hides is hidden here too,
whatever the order in which somebody asks: a verdict never depends on who asks, nor when.
"""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest

from bassin.errors import Refused
from bassin.indicators import asked, export
from bassin.indicators.catalogue import indicators
from bassin.indicators.declaration import Indicator
from bassin.indicators.figure import Observation, Reliability, Status
from bassin.observe.opendata.api import figures
from bassin.observe.opendata.api.endpoint import Endpoint, Page, Query
from bassin.observe.opendata.api.fields import Field
from bassin.observe.opendata.api.parameters import Parameter
from bassin.observe.opendata.api.places import AT, WIDE_KEY, WITHIN, known, unknown
from bassin.observe.opendata.api.ranking import BY_VALUE, ranked
from bassin.observe.opendata.sharing import uses
from bassin.territory import Place
from bassin.types import Origin, Scale, Text

TOGETHER = 50
"""Places read together: what the engine keeps of them weighs little."""
MOST_READINGS = 20
"""Groups of places read for one page: who asks for all of France turns pages."""
PERIOD = r"(latest|all|[0-9]{4}(-(Q[1-4]|[0-9]{2}(-[0-9]{2})?))?)"

FIELDS = (
    Field("indicator", "string", Text("nom de l'indicateur", "name of the indicator"),
          "population"),
    Field("version", "string", Text("version de la définition et de la table",
                                    "version of the definition and of the table"), "1@6aad7f36"),
    Field("label", "string", Text("intitulé", "label"), "Population municipale"),
    Field("place", "string", Text("clé du lieu", "key of the place"), "departement:48"),
    Field("place_name", "string", Text("nom du lieu", "name of the place"), "Lozère"),
    Field("period", "string", Text("période des données", "period of the data"), "2023",
          nullable=True),
    Field("value", "number", Text("valeur, dans l'unité ; vide quand elle est cachée ou absente",
                                  "value, in the unit; empty when it is hidden or missing"),
          76_519, nullable=True),
    Field("upper", "number", Text("fin de l'intervalle, pour un chiffre qui en est un",
                                  "end of the interval, for a figure that is one"), None,
          nullable=True),
    Field("unit", "string", Text("unité, en mots", "unit, in words"), "habitants", nullable=True),
    Field("status", "string", Text("pourquoi il y a une valeur, ou pourquoi il n'y en a pas",
                                   "why there is a value, or why there is none"), "normal",
          choices=tuple(each.value for each in Status)),
    Field("secrecy", "string", Text("ce que le secret statistique a fait du chiffre",
                                    "what statistical secrecy did to the figure"), "free",
          choices=("free", "secret", "secondary", "rounded")),
    Field("why", "string", Text("le motif, en mots, quand la valeur est cachée, arrondie, absente",
                                "the reason, in words, when the value is hidden, rounded, missing"),
          None, nullable=True),
    Field("reliability", "string", Text("fiabilité d'un chiffre tiré d'un sondage",
                                        "reliability of a figure from a sample"), "exhaustive",
          choices=tuple(each.value for each in Reliability)),
    Field("origin", "string", Text("marque : réel, cité ou inventé pour l'exemple",
                                   "mark: real, cited or invented for the sample"), "real",
          choices=tuple(each.value for each in Origin)),
    Field("numerator", "number", Text("ce qui est compté", "what is counted"), None, nullable=True),
    Field("denominator", "number", Text("ce à quoi on le rapporte", "what it is divided by"), None,
          nullable=True),
    Field("definition", "string", Text("définition", "definition"), "Personnes qui résident…"),
    Field("universe", "string", Text("périmètre : de qui ou de quoi il est question",
                                     "perimeter: whom or what it is about"), "Population"),
    Field("source", "string", Text("source, comme on la cite", "source, as it is cited"),
          "Insee, recensement de la population 2023"),
    Field("licence", "string", Text("licence", "licence"), "Licence Ouverte 2.0"),
    Field("cog", "integer", Text("année du code officiel géographique",
                                 "year of the official geographic code"), 2026, nullable=True),
    Field("covered", "integer", Text("communes du lieu qui ont des données",
                                     "communes of the place that have data"), 152, nullable=True),
    Field("members", "integer", Text("communes du lieu", "communes of the place"), 152,
          nullable=True),
    Field("known_pct", "number", Text("part de la population du lieu dont la table parle, %",
                                      "share of the place's people that the table tells of, %"),
          100.0, nullable=True),
)  # fmt: skip
_PERIOD = Parameter(
    "period", "text", Text("latest (la dernière qui ait une valeur), all, ou une période",
                           "latest (the last that has a value), all, or a period"), "2023", PERIOD,
    default="latest",
)  # fmt: skip
_OWN = (
    Parameter("indicator", "words", Text("noms d'indicateurs ; tous sinon",
                                         "names of indicators; else all"), ["population"],
              choices=figures.names),
    Parameter("place", "words", Text("clés de lieux ; sinon le territoire de la plateforme",
                                     "keys of places; else the territory of the platform"),
              ["departement:48"], WIDE_KEY),
    WITHIN,
    Parameter("scale", "text", Text("échelle des lieux contenus dans « within » : communes sinon",
                                    "scale of the places held by “within”; else communes"),
              "commune", choices=lambda: ("commune", "epci", "ept", "departement", "region", "qpv",
                                          "iris", "employment_area")),
    _PERIOD, AT,
)  # fmt: skip


def _place(query: Query, key: str) -> Place:
    if not key.startswith(f"{Scale.SELECTION}:"):
        return known(query.house, key, query.asked, "place")
    try:
        return query.house.territory.place(key, query.asked.get("at"))
    except Refused as refusal:
        raise unknown(key, "place") from refusal


def _places(query: Query) -> list[Place]:
    """The places asked for by name, then those inside another; else the territory's own."""
    found = [_place(query, key) for key in query.asked.get("place", ())]
    if "within" in query.asked or "scale" in query.asked:
        key = query.asked.get("within", query.house.home.key)
        around = known(query.house, key, query.asked, "within")
        scale = Scale(query.asked.get("scale", "commune"))
        gazetteer = query.house.territory.gazetteer(query.asked.get("at"))
        found += [p for p in gazetteer.by_scale[scale] if around.key in p.parents]
    elif not found:
        found = [query.house.home]
    return list({place.key: place for place in found}.values())


Step = tuple[list[int], Indicator, Observation | None]


def _steps(query: Query) -> Iterator[Step]:
    """Everything asked for from where the cursor says, some places at a time.

    A step is where to go on (indicator, place, periods of it already told) and an observation, or
    None before places are read.
    """
    places = _places(query)
    number, start, done = query.after or (0, 0, 0)
    chosen = [figures.public()[name] for name in query.asked.get("indicator", figures.names())]
    for index, indicator in enumerate(chosen[number:], start=number):
        for first in range(start, len(places), TOGETHER):
            batch = places[first : first + TOGETHER]
            yield [index, first, done], indicator, None
            found = query.house.engine.observe(indicator, batch, query.asked.get("at"))
            for at, place in enumerate(batch, start=first):
                kept = asked.kept(
                    query.house.reader, indicator, place, found[place.key], query.asked["period"]
                )
                told = kept if query.asked.get("sort") == "period" else kept[::-1]
                for count, each in enumerate(told[done:], start=done + 1):
                    yield [index, at, count], indicator, each
                done = 0
        start = 0


def _page(query: Query) -> Page:
    """At most so many rows, and at most so many readings: a page may be short and go on."""
    if query.asked.get("sort") in BY_VALUE:
        return ranked(query, _places(query))
    rows: list[dict[str, Any]] = []
    readings = 0
    before: list[int] = []
    for here, indicator, observed in _steps(query):
        if len(rows) == query.limit:
            return Page(rows, before)
        readings += observed is None
        if readings > MOST_READINGS:
            return Page(rows, here)
        if observed is not None:
            rows.append(export.record(indicator, observed, query.language))
            before = here
    return Page(rows)


def _item(query: Query) -> dict[str, Any]:
    indicator = figures.public()[query.asked["indicator"]]
    place, period = _place(query, query.asked["place"]), query.asked["period"]
    found = query.house.engine.observe(indicator, [place], query.asked.get("at"))[place.key]
    reader = query.house.reader
    kept = asked.kept(reader, indicator, place, found, period)
    if not kept:
        kept = [asked.nothing(reader, indicator, place, period)]
    return export.record(indicator, kept[0], query.language)


def _read(request: HttpRequest, path: dict[str, str]) -> None:
    """Count the shared tables that the figures asked for by name are made from."""
    asked_for = path.get("indicator") or request.GET.get("indicator", "")
    known = indicators()
    for key in {known[name].dataset for name in asked_for.split(",") if name in known}:
        uses.note_public(request, key, "api")


LISTED = Endpoint(
    "observations", "observations", Text("Observations", "Observations"),
    Text("Les valeurs des indicateurs. Chacune porte son unité, sa période, sa source, sa marque, "
         "sa fiabilité ; ce que le secret cache n'a pas de valeur et dit pourquoi.",
         "The values of indicators. Each bears its unit, period, source, mark, reliability; what "
         "secrecy hides has no value and says why."),
    FIELDS, _OWN, page=_page,
    sorts=("period", "-period", *BY_VALUE),
    example={"indicator": "population", "within": "departement:48", "limit": "2"}, read=_read,
)  # fmt: skip
ONE = Endpoint(
    "observations/{indicator}/{place}", "observation", Text("Une observation", "An observation"),
    Text("Une valeur : la dernière connue, ou celle d'une période.",
         "One value: the last known, or that of a period."),
    FIELDS,
    (Parameter("indicator", "text", Text("nom de l'indicateur", "name of the indicator"),
               "population", choices=figures.names, in_path=True),
     Parameter("place", "text", Text("clé du lieu", "key of the place"), "departement:48",
               WIDE_KEY, in_path=True),
     Parameter("period", "text", Text("latest (la dernière qui ait une valeur) ou une période",
                                      "latest (the last that has a value) or a period"), "2022",
               PERIOD.replace("all|", ""), default="latest"), AT),
    item=_item, read=_read,
)  # fmt: skip
