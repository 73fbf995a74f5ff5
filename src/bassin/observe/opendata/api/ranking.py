"""Observations of one figure at one period, in the order of their values."""

from bassin.indicators import asked, export
from bassin.indicators.figure import Observation
from bassin.observe.opendata.api import figures
from bassin.observe.opendata.api.endpoint import Page, Query
from bassin.observe.opendata.api.problems import PARAMETER, Problem
from bassin.territory import Place
from bassin.types import Text

BY_VALUE = ("value", "-value")
MOST = 1000
"""Places that are read to know which comes first."""


def ranked(query: Query, places: list[Place]) -> Page:
    """One page, those without a value last: an order tells nothing of what secrecy hides.

    Raises:
        Problem: several figures or periods, which have no common order, or too many places.
    """
    names = list(dict.fromkeys(query.asked.get("indicator", ())))
    if len(names) != 1 or query.asked["period"] == "all":
        raise Problem(PARAMETER, Text(
            "Un tri par valeur porte sur un seul indicateur et une seule période : donnez "
            "« indicator » une fois, et « period » autrement que all.",
            "An order by value is of one indicator and one period: give “indicator” once, and "
            "“period” other than all.",
        ), "sort")  # fmt: skip
    if len(places) > MOST:
        raise Problem(PARAMETER, Text(
            f"Un tri par valeur porte sur {MOST} lieux au plus, et {len(places)} sont demandés. "
            "Donnez « within » d'un lieu plus petit, ou une échelle plus large.",
            f"An order by value is of {MOST} places at most, and {len(places)} are asked for. Give "
            "“within” a smaller place, or a larger scale.",
        ), "sort")  # fmt: skip
    indicator = figures.public()[names[0]]
    observed = query.house.engine.observe(indicator, places, query.asked.get("at"))
    found = [
        each
        for place in places
        for each in asked.kept(
            query.house.reader, indicator, place, observed[place.key], query.asked["period"]
        )
    ]
    sign = -1 if query.asked["sort"].startswith("-") else 1
    found.sort(key=lambda each: _rank(each, sign))
    start = query.after[0] if query.after else 0
    end = start + query.limit
    rows = [export.record(indicator, each, query.language) for each in found[start:end]]
    return Page(rows, [end] if end < len(found) else None)


def _rank(observed: Observation, sign: int) -> tuple[bool, float, str]:
    value = observed.value
    return value is None, 0.0 if value is None else sign * value, observed.place.key
