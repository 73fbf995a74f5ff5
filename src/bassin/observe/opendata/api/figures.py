"""Indicators: what each figure means, and how it may be read."""

from typing import Any

from bassin.indicators.catalogue import indicators
from bassin.indicators.declaration import Indicator
from bassin.indicators.numbers import unit
from bassin.observe.opendata.api.endpoint import Endpoint, Page, Query
from bassin.observe.opendata.api.fields import Field
from bassin.observe.opendata.api.parameters import Parameter
from bassin.observe.opendata.api.sorting import following
from bassin.territory.search import folded
from bassin.types import Text


def public() -> dict[str, Indicator]:
    """The figures given to everyone: no draft, and none that its declaration keeps closer."""
    return {name: each for name, each in indicators().items() if each.is_public}


def names() -> list[str]:
    """Their ids."""
    return list(public())


def _chapters() -> list[str]:
    return list(dict.fromkeys(each.chapter for each in public().values() if each.chapter))


FIELDS = (
    Field("id", "string", Text("nom de l'indicateur", "name of the indicator"), "population"),
    Field("version", "integer", Text("version de sa définition : elle change dès qu'un nombre "
                                     "peut changer", "version of its definition: it changes as "
                                     "soon as a number may"), 1),
    Field("status", "string", Text("état", "state"), "published",
          choices=("published", "deprecated")),
    Field("label", "string", Text("intitulé", "label"), "Population municipale"),
    Field("definition", "string", Text("définition", "definition"), "Personnes qui résident…"),
    Field("universe", "string", Text("de qui ou de quoi il est question",
                                     "whom or what it is about"), "Population des communes"),
    Field("kind", "string", Text("nature du nombre", "nature of the number"), "count",
          choices=("count", "sum", "ratio", "mean", "median", "index")),
    Field("unit", "string", Text("unité, en mots", "unit, in words"), "habitants", nullable=True),
    Field("decimals", "integer", Text("décimales utiles", "decimals worth writing"), 0),
    Field("difference", "string", Text("comment dire un écart", "how a gap is told"), "relative",
          choices=("points", "relative", "absolute")),
    Field("polarity", "string", Text("s'il vaut mieux plus ou moins",
                                     "whether more or less is better"), "neutral",
          choices=("higher_better", "lower_better", "neutral")),
    Field("aggregation", "string", Text("comment il se calcule pour un lieu plus grand",
                                        "how it is computed for a larger place"), "sum",
          choices=("sum", "recompute_from_parts", "published_only", "none")),
    Field("native", "string", Text("échelle à laquelle il est publié",
                                   "scale at which it is published"), "commune"),
    Field("chapter", "string", Text("chapitre", "chapter"), "population", nullable=True),
    Field("secrecy", "string", Text("régime de secret statistique", "regime of secrecy"),
          "already_protected"),
    Field("sampled", "boolean", Text("vient-il d'un sondage ?", "does it come from a sample?"),
          False),
    Field("table", "string", Text("table dont il est tiré", "table it is made from"), "census"),
    Field("loaded", "boolean", Text("cette table est-elle chargée ici ?",
                                    "is that table loaded here?"), True),
    Field("source", "string", Text("producteur et titre", "publisher and title"),
          "Insee, recensement de la population"),
    Field("licence", "string", Text("licence", "licence"), "Licence Ouverte 2.0"),
    Field("not_with", "string[]", Text("indicateurs avec lesquels il ne se compare pas",
                                       "indicators it is not to be compared with"), []),
    Field("caveat", "string", Text("à savoir avant de lire un petit nombre",
                                   "to know before reading a small number"), None, nullable=True),
)  # fmt: skip
_OWN = (
    Parameter("chapter", "words", Text("chapitres", "chapters"), ["population"], choices=_chapters),
    Parameter("kind", "words", Text("natures", "natures"), ["ratio"],
              choices=lambda: ("count", "sum", "ratio", "mean", "median", "index")),
    Parameter("loaded", "boolean", Text("ceux dont la table est chargée, ou les autres",
                                        "those whose table is loaded, or the others"), True),
    Parameter("q", "text", Text("mots de l'intitulé ou de la définition",
                                "words of the label or of the definition"), "logement"),
)  # fmt: skip


def _record(query: Query, each: Indicator) -> dict[str, Any]:
    words = query.language
    return {
        "id": each.id, "version": each.version, "status": each.status,
        "label": each.label.say(words), "definition": each.definition.say(words),
        "universe": each.universe.say(words), "kind": each.kind,
        "unit": unit(each.symbol, words) or None, "decimals": each.decimals,
        "difference": each.difference, "polarity": each.polarity, "aggregation": each.rule,
        "native": each.native, "chapter": each.chapter or None, "secrecy": each.regime,
        "sampled": each.sampled, "table": each.dataset,
        "loaded": query.house.reader.has(each.dataset), "source": each.cited("").say(words),
        "licence": each.licence, "not_with": [other for other, _why in each.not_with],
        "caveat": each.caveat.say(words) if each.caveat else None,
    }  # fmt: skip


def _page(query: Query) -> Page:
    asked = query.asked
    found = [
        each
        for each in public().values()
        if each.chapter in asked.get("chapter", (each.chapter,))
        and each.kind in asked.get("kind", (each.kind,))
        and query.house.reader.has(each.dataset) is asked.get(
            "loaded", query.house.reader.has(each.dataset)
        )
        and _tells(each, folded(asked.get("q", "")), query.language)
    ]  # fmt: skip
    places = {each.id: number for number, each in enumerate(public().values())}
    if asked["sort"] == "id":
        rows, after = following(
            sorted(found, key=lambda e: e.id), lambda e: [e.id], query.after, query.limit
        )
    else:
        rows, after = following(found, lambda e: [places[e.id]], query.after, query.limit)
    return Page([_record(query, each) for each in rows], after, len(found))


def _tells(each: Indicator, words: str, language: str) -> bool:
    return words in folded(f"{each.label.say(language)} {each.definition.say(language)}")


def _item(query: Query) -> dict[str, Any]:
    return _record(query, public()[query.asked["id"]])


LISTED = Endpoint(
    "indicators", "indicators", Text("Indicateurs", "Indicators"),
    Text("Chaque chiffre que la plateforme sait calculer, avec sa définition et ses limites.",
         "Each figure that the platform can compute, with its definition and its limits."),
    FIELDS, _OWN, page=_page, sorts=("chapter", "id"), example={"loaded": "true", "limit": "2"},
)  # fmt: skip
ONE = Endpoint(
    "indicators/{id}", "indicator", Text("Un indicateur", "An indicator"),
    Text("Un indicateur par son nom.", "An indicator by its name."), FIELDS,
    (Parameter("id", "text", Text("nom de l'indicateur", "name of the indicator"), "population",
               choices=names, in_path=True),),
    item=_item,
)  # fmt: skip
