"""Figures of the tests, made in one line each."""

from bassin.indicators.figure import Comparison, Figure, Observation, PlaceName, Rank
from bassin.types import Scale, Text


def place(name: str, scale: str = "commune", article: int = 0, short: Text | None = None):
    return PlaceName(f"{scale}:{name}", name, Scale(scale), article, short)


T12 = place("Grand-Orly Seine Bièvre", "ept")
METROPOLE = place("Métropole du Grand Paris", "metropole")
IDF = place("Île-de-France", "region", 1)
FRANCE = place("France", "france", 3)
PARIS = place("Paris")


def seen(where: PlaceName, value: float | None, **facts) -> Observation:
    facts = {"period": "2016", "cog": 2016, "version": 3} | facts
    return Observation(indicator="chomage_rp", place=where, value=value, **facts)


def against(where: PlaceName, gap: float | None, unit: str = "points", **facts) -> Comparison:
    observation = facts.pop("observation", None) or seen(where, facts.pop("value", 13.5))
    return Comparison(where, observation, gap, unit, **facts)


def rate(value: float | None = 14.32, where: PlaceName = T12, **facts) -> Figure:
    """The unemployment rate of the census, with nothing around it unless asked."""
    observed = {k: facts.pop(k) for k in list(facts) if k in Observation.__dataclass_fields__}
    declared = {
        "label": Text(
            "Taux de chômage au sens du recensement", "Unemployment rate (census definition)"
        ),
        "definition": Text("Part des actifs qui se déclarent au chômage."),
        "symbol": "%",
        "decimals": 1,
        "kind": "ratio",
        "difference": "points",
        "polarity": "neutral",
        "source": Text("Insee, recensement de la population 2016", "Insee, 2016 census"),
        "licence": "Licence Ouverte 2.0",
    }
    return Figure(observation=seen(where, value, **observed), **(declared | facts))


def count(value: float | None = 281735, where: PlaceName = T12, **facts) -> Figure:
    """A number of jobs."""
    declared = {"label": Text("Emplois au lieu de travail", "Jobs at the workplace")}
    declared |= {"symbol": "", "decimals": 0, "kind": "count", "difference": "relative"}
    declared |= {"noun": Text("un emploi", "a job")}
    return rate(value, where, **(declared | facts))


def income(value: float | None = 20262, where: PlaceName = T12, **facts) -> Figure:
    """A median income."""
    declared = {"label": Text("Revenu médian par unité de consommation", "Median income per unit")}
    declared |= {"symbol": "€", "decimals": 0, "kind": "median", "difference": "relative"}
    return rate(value, where, **(declared | facts))


def ranked(position: int = 2, size: int = 12, ahead=(PARIS,), **facts) -> Rank:
    group = Text("territoires de la Métropole et Paris", "territories of the Métropole and Paris")
    return Rank(position, size, tuple(ahead), group, **facts)


def spaced(text: str) -> str:
    """Turn no-break spaces into plain ones, so that expected sentences stay legible."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")
