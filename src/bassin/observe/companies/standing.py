"""What the establishments stand on: source, date, mark, as every number of these pages says it."""

from dataclasses import dataclass

from bassin.indicators.house import House
from bassin.indicators.numbers import period
from bassin.observe.companies.rows import TABLE
from bassin.types import Origin, Text

STOCK = Text("Insee, répertoire SIRENE", "Insee, SIRENE register")


@dataclass(frozen=True, slots=True)
class Standing:
    """Source, date and mark of the establishments shown; nothing when none is loaded."""

    source: str
    asof: str
    origin: Origin
    day: str = ""


def standing(house: House, language: str, table: str = TABLE) -> Standing:
    """What a table of the release in service stands on."""
    if not house.reader.has(table):
        return Standing(STOCK.say(language), "", Origin.REAL)
    version = house.reader.release.tables[table].version
    return Standing(
        STOCK.say(language), period(version.vintage, language), version.origin, version.vintage
    )
