"""A SIRET: whether its key is right, and what the loaded SIRENE says of its establishment.

Five plain answers: open, open with an identity that its owner hides, closed, not in the stock, or
no stock to look in. Nothing hidden is ever told.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bassin.indicators.house import House

_LA_POSTE = "356000000"
"""The one SIREN whose establishments do not follow the key: their digits sum to a multiple of 5."""

_SQL = """
    SELECT e.siret, e.state, e.closed_on, e.diffusion = 'O' AND coalesce({unit_shown}, true),
           coalesce(nullif(e.sign, ''), nullif(e.name, ''), {unit_name}), e.address, e.city,
           e.commune_code, try_cast(e.period AS DATE)
    FROM establishments AS e {units} WHERE e.siret IN ({asked})
"""


class Standing(StrEnum):
    """What SIRENE says of an establishment."""

    OPEN = "open"
    HIDDEN = "hidden"  # open, and its identity is not shown
    CLOSED = "closed"
    ABSENT = "absent"
    UNREAD = "unread"  # no stock is loaded


@dataclass(frozen=True, slots=True)
class Establishment:
    """An establishment by its SIRET. What SIRENE hides or does not say is empty."""

    siret: str
    standing: Standing
    name: str = ""
    address: str = ""
    commune_code: str = ""
    closed_on: date | None = None
    stock: date | None = None

    @property
    def may_be_claimed(self) -> bool:
        """Whether somebody may ask to write in its name."""
        return self.standing != Standing.CLOSED


def digits(typed: str) -> str:
    """A SIRET as it is kept, however it was typed: with spaces, points or hyphens."""
    return re.sub(r"[\s.\-]", "", typed)


def is_right(siret: str) -> bool:
    """Whether it has fourteen digits and its key is right (Luhn)."""
    if not re.fullmatch(r"[0-9]{14}", siret) or not int(siret):
        return False
    if siret.startswith(_LA_POSTE) and sum(map(int, siret)) % 5 == 0:
        return True
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(siret)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def look_up(opened: House, siret: str) -> Establishment:
    """What the loaded SIRENE says of a SIRET whose key is right."""
    return look_up_all(opened, [siret])[siret]


def look_up_all(opened: House, sirets: Collection[str]) -> dict[str, Establishment]:
    """The same for several, read together."""
    if not opened.reader.has("establishments"):
        return {siret: Establishment(siret, Standing.UNREAD) for siret in sirets}
    known = opened.reader.has("legal_units")
    sql = _SQL.format(
        unit_shown="u.diffusion = 'O'" if known else "true",
        unit_name="u.name" if known else "''",
        units="LEFT JOIN legal_units AS u USING (siren)" if known else "",
        asked=", ".join("?" * len(sirets)),
    )
    rows = opened.reader.rows(sql, list(sirets)) if sirets else []
    found = {siret: _told(siret, *said) for siret, *said in rows}
    return {siret: found.get(siret) or Establishment(siret, Standing.ABSENT) for siret in sirets}


def _told(
    siret: str, state: str, closed_on: date | None, shown: bool, name: str | None,
    address: str | None, city: str | None, commune: str | None, stock: date | None,
) -> Establishment:  # fmt: skip
    if state != "A":
        return Establishment(siret, Standing.CLOSED, closed_on=closed_on, stock=stock)
    if not shown:
        return Establishment(siret, Standing.HIDDEN, stock=stock)
    where = ", ".join(filter(None, (address, city)))
    return Establishment(siret, Standing.OPEN, name or "", where, commune or "", stock=stock)
