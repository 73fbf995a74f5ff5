"""From the parts that a query returns to a value, with its status and its reliability."""

from dataclasses import replace

from bassin.indicators.declaration import Indicator
from bassin.indicators.figure import Observation, Reliability, Status
from bassin.territory import Place
from bassin.types import Origin, Text


def covered(indicator: Indicator, place: Place, met: int) -> int | None:
    """How many communes of a place have data; None where communes are not what is counted."""
    if indicator.native in ("employment_area", "qpv"):
        return None
    if indicator.absent == "zero":
        return len(place.communes)
    # Arrondissements and former communes count as the commune they belong to.
    return min(met, len(place.communes))


def valued(indicator: Indicator, row: Observation) -> Observation:
    """The value from its parts, with its status and reliability."""
    if indicator.rule == "published_only" and (row.units_count or 0) > 1:
        why = Text(
            "une valeur publiée ne s'additionne ni ne se moyenne : à lire commune par commune",
            "a published value is neither added nor averaged: read it commune by commune",
        )
        return replace(row, numerator=None, denominator=None, status=Status.REFUSED, why=why)
    value = row.numerator
    if indicator.denominator is not None:
        value = (
            row.numerator / row.denominator
            if row.numerator is not None and row.denominator
            else None
        )
    if value is None:
        why = Text("non diffusé par le producteur", "not released by its publisher")
        return replace(row, status=Status.MISSING, why=why)
    upper = row.upper
    if upper is not None and indicator.denominator is not None:
        upper = upper / row.denominator if row.denominator else None
    return replace(
        row,
        value=value * indicator.scale,
        upper=upper * indicator.scale if upper is not None else None,
        reliability=_reliability(indicator, row),
    )


def _reliability(indicator: Indicator, row: Observation) -> Reliability:
    """By the count behind a sampled figure: INSEE advises care below 500 and 200."""
    if not indicator.sampled:
        return Reliability.EXHAUSTIVE
    behind = row.numerator or 0.0
    if behind < indicator.fragile_below:
        return Reliability.FRAGILE
    return Reliability.CAUTION if behind < indicator.reliable_from else Reliability.RELIABLE


def hidden(found: dict[str, list[Observation]], why: Text) -> dict[str, list[Observation]]:
    """The same periods without any number, and the reason."""
    return {
        key: [
            replace(
                each, value=None, numerator=None, denominator=None, upper=None, units_count=None,
                status=Status.MISSING, why=why,
            )
            for each in observations
        ]
        for key, observations in found.items()
    }  # fmt: skip


def source(indicator: Indicator, observed: Observation) -> Text:
    """Who is quoted for a value; nobody for an invented one."""
    if observed.origin == Origin.INVENTED:
        return Text(
            "Exemple inventé, calé sur des chiffres publics",
            "Invented sample, scaled on public figures",
        )
    return indicator.cited(observed.period)
