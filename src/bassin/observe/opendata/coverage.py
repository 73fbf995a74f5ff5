"""How much of the territory a table tells of."""

from dataclasses import dataclass
from functools import lru_cache

from bassin.indicators.house import House
from bassin.indicators.numbers import number
from bassin.sources.checks import quoted
from bassin.types import LANGUAGES, Text

PLACES = ("commune_code", "home_commune_code")
"""Columns that name a commune, the first there is being looked at."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Communes of the territory that a table has a row for; `asked` is 0 when none is asked."""

    found: int
    asked: int

    @property
    def share(self) -> float:
        """Share of the territory."""
        return self.found / self.asked if self.asked else 1.0

    @property
    def facts(self) -> Text:
        """The same in words."""
        if not self.asked:
            return Text(
                "Table sans communes : elle vaut partout.", "A table without communes: it holds "
                "everywhere.",
            )  # fmt: skip
        fr, en = ((number(self.found, 0, each), number(self.asked, 0, each)) for each in LANGUAGES)
        return Text(
            f"{fr[0]} communes du territoire sur {fr[1]} ont au moins une ligne.",
            f"{en[0]} of the territory's {en[1]} communes have a row.",
        )


def coverage(opened: House, table: str) -> Coverage:
    """How many communes of the home territory a table of the release in service tells of."""
    return _coverage(opened.reader.key, opened.home.key, opened, table)


@lru_cache(maxsize=512)
def _coverage(key: tuple[str, str], home: str, opened: House, table: str) -> Coverage:
    columns = opened.reader.release.tables[table].version.columns
    column = next((each for each in PLACES if each in columns), "")
    if not column:
        return Coverage(0, 0)
    codes = sorted(opened.territory.codes(opened.home))
    current = {place.code for place in opened.territory.communes(opened.home)}
    rows = opened.reader.rows(
        f"SELECT DISTINCT {column} FROM {quoted(table)} "  # noqa: S608  columns and tables of ours
        f"WHERE {column} IN (SELECT unnest($1))",
        [codes],
    )
    return Coverage(len({row[0] for row in rows} & current), len(current))
