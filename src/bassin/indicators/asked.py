"""Of all the observations of a place, those of the period that somebody asks for."""

from bassin.indicators.declaration import Indicator
from bassin.indicators.engine import name_of
from bassin.indicators.figure import Observation, Status
from bassin.store import Reader
from bassin.territory import Place
from bassin.types import Origin, Text

LATEST, ALL = "latest", "all"


def kept(
    reader: Reader, indicator: Indicator, place: Place, found: list[Observation], period: str
) -> list[Observation]:
    """Those of a period ("2023"), of all of them ("all"), or the last that has a value ("latest").

    "latest" always answers one observation: it says why when there is nothing at all.
    """
    if period == LATEST:
        last = next((each for each in reversed(found) if each.value is not None), None)
        return [last or (found[-1] if found else nothing(reader, indicator, place))]
    if period == ALL:
        return found
    return [each for each in found if each.period == period]


def nothing(reader: Reader, indicator: Indicator, place: Place, period: str = "") -> Observation:
    """What is said of a place of which the table has no row, or of a table that is not loaded."""
    origin = Origin.REAL
    if reader.has(indicator.dataset):
        origin = reader.release.tables[indicator.dataset].version.origin
        why = Text(
            "la table chargée ne dit rien de ce lieu, ou pas à cette période",
            "the loaded table tells nothing of this place, or not then",
        )
    else:
        load = indicator.to_load or indicator.cited("")
        why = Text(f"à charger : {load.fr}", f"to be loaded: {load.say('en')}")
    return Observation(
        indicator.id, indicator.version, name_of(place), period, 0, None, status=Status.MISSING,
        origin=origin, why=why, members=len(place.communes),
    )  # fmt: skip
