"""Collective procedures: told on a firm's own card; listed, counted and exported for officers only.

A list of firms in difficulty may bring down those that are in it, so that none is given to
everybody (neither page, file, tile nor answer to a machine). The gazette itself stays public.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from bassin.indicators.house import House
from bassin.observe.companies.filters.base import listed
from bassin.observe.companies.rows import PROCEDURES as TABLE


@dataclass(frozen=True, slots=True)
class Procedure:
    """The latest procedure of a firm: `kind` is "safeguard", "receivership" or "liquidation"."""

    kind: str
    on: date
    plan_on: date | None = None
    closed_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is not known to be closed."""
        return self.closed_on is None


def procedures(house: House, sirets: Collection[str]) -> dict[str, Procedure]:
    """The procedure of each establishment that has one, by SIRET."""
    if not sirets or not house.reader.has(TABLE):
        return {}
    held = listed("siret", list(sirets))
    rows = house.reader.rows(
        "SELECT siret, procedure, procedure_on, procedure_plan_on, procedure_closed_on "
        f"FROM {TABLE} WHERE {held.sql}",
        list(held.parameters),
    )
    return {siret: Procedure(*facts) for siret, *facts in rows}


def of(house: House, siret: str) -> Procedure | None:
    """The procedure of one establishment; None when none is known."""
    return procedures(house, [siret]).get(siret)
