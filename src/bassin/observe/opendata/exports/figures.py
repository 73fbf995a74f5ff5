"""A figure for every place of the territory, after statistical secrecy: what is hidden stays so."""

from collections.abc import Sequence

import pyarrow as pa

from bassin.indicators.declaration import Indicator
from bassin.indicators.figure import Observation, Status
from bassin.indicators.house import House
from bassin.indicators.numbers import unit
from bassin.indicators.secrecy import journal
from bassin.observe.opendata.units import OBSERVATION
from bassin.territory import Place

HIDDEN = (Status.SECRET, Status.SECONDARY)
"""What secrecy hides; a figure rounded to five is shown, and says so."""

MOST_COMMUNES = 1_500
"""Communes of a territory above which its figures are not given one by one."""

_TYPES = {"VARCHAR": pa.string(), "DOUBLE": pa.float64(), "INTEGER": pa.int32()}

SCHEMA = pa.schema([(name, _TYPES[each.type]) for name, each in OBSERVATION.items()])
"""The columns of a figure's file."""


def places(opened: House) -> list[Place]:
    """The territory, its communes, and the larger places that hold it."""
    communes = opened.territory.communes(opened.home)[:MOST_COMMUNES]
    return [opened.home, *communes, *opened.territory.containers(opened.home)]


def observations(opened: House, made: Indicator) -> list[Observation]:
    """Every value of a figure for these places, judged together."""
    found = opened.engine.observe(made, places(opened))
    return [each for listed in found.values() for each in listed]


def table(made: Indicator, observed: Sequence[Observation], language: str) -> pa.Table:
    """Values as rows."""
    journal.told(observed)
    symbol = unit(made.symbol, language) or made.symbol
    rows = [
        {
            "place": each.place.key, "place_name": each.place.name, "period": each.period,
            "value": None if each.status in HIDDEN else each.value,
            "upper": None if each.status in HIDDEN else each.upper,
            "unit": symbol, "status": each.status.value, "reliability": each.reliability.value,
            "origin": each.origin.value, "cog": each.cog,
            "why": each.why.say(language) if each.why else None,
        }
        for each in observed
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, SCHEMA)


def hidden(observed: Sequence[Observation]) -> int:
    """How many values secrecy hides or rounds."""
    return sum(each.status in (*HIDDEN, Status.ROUNDED) for each in observed)
