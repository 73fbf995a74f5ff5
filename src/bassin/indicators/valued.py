"""From the parts that a query returns to a value, with its status and its reliability."""

from dataclasses import replace
from typing import Any

from bassin.indicators.compile import counts_communes
from bassin.indicators.declaration import Indicator
from bassin.indicators.figure import Observation, PlaceName, Reliability, Status
from bassin.store import Version
from bassin.territory import Place
from bassin.types import Origin, Text

NOT_ADDED = Text(
    "une valeur publiée ne s'additionne ni ne se moyenne : à lire commune par commune",
    "a published value is neither added nor averaged: read it commune by commune",
)
NOT_RELEASED = Text("non diffusé par le producteur", "not released by its publisher")


def covered(indicator: Indicator, place: Place, met: int) -> int | None:
    """How many communes of a place have data; None where communes are not what is counted."""
    if indicator.native in ("employment_area", "qpv"):
        return None
    if not counts_communes(indicator):
        return len(place.communes)
    # Arrondissements and former communes count as the commune they belong to.
    return min(met, len(place.communes))


Row = tuple[Any, ...]


def observation(
    indicator: Indicator, place: Place, name: PlaceName, row: Row, served: Version
) -> Observation:
    """The value made of a row of `Query.rows`, with its status and reliability.

    Hundreds are made for one page: each is built once, whole, and never copied.
    """
    _, period, cog, numerator, denominator, upper, units, met = row
    status, value, why = _valued(indicator, numerator, denominator, units)
    if status == Status.REFUSED:
        numerator = denominator = None
    reliability = Reliability.EXHAUSTIVE
    if value is not None:
        reliability = _reliability(indicator, numerator)
        upper = _scaled(indicator, upper, denominator)
    return Observation(
        indicator.id, indicator.version, name, str(period), cog or 0,
        value, numerator, denominator, units, status, reliability,
        served.origin, served.version, covered(indicator, place, met or 0), len(place.communes),
        why, upper,
    )  # fmt: skip


def _valued(
    indicator: Indicator, numerator: float | None, denominator: float | None, units: int | None
) -> tuple[Status, float | None, Text | None]:
    """The status, the value, and why there is none."""
    if indicator.rule == "published_only" and (units or 0) > 1:
        return Status.REFUSED, None, NOT_ADDED
    value = _scaled(indicator, numerator, denominator)
    if value is None:
        return Status.MISSING, None, NOT_RELEASED
    return Status.NORMAL, value, None


def _scaled(indicator: Indicator, part: float | None, denominator: float | None) -> float | None:
    if indicator.denominator is not None:
        part = part / denominator if part is not None and denominator else None
    return None if part is None else part * indicator.scale


def _reliability(indicator: Indicator, behind: float | None) -> Reliability:
    """By the count behind a sampled figure: INSEE advises care below 500 and 200."""
    if not indicator.sampled:
        return Reliability.EXHAUSTIVE
    if (behind or 0.0) < indicator.fragile_below:
        return Reliability.FRAGILE
    return (
        Reliability.CAUTION if (behind or 0.0) < indicator.reliable_from else Reliability.RELIABLE
    )


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
