"""What the loaded SIRENE shows of a firm, in the table that holds nothing hidden."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from bassin.indicators.house import House

TABLE, PROCEDURES = "establishments_shown", "establishment_procedures"
_BY_SIRET = """
    SELECT siret, siren, coalesce(name, unit_name, ''), coalesce(commune_code, ''),
        coalesce(naf_code, ''), state = 'A', is_hidden, coalesce(legal_category, ''),
        coalesce(qpv_code, ''), coalesce(is_ess, false), moved_to, moved_to_on, created_on,
        closed_on
    FROM establishments_shown WHERE siret IN (SELECT unnest(?))
"""
_BY_SIREN = """
    SELECT siret, siren, coalesce(name, unit_name, ''), coalesce(commune_code, ''),
        coalesce(naf_code, ''), state = 'A', is_hidden, coalesce(legal_category, ''),
        coalesce(qpv_code, ''), coalesce(is_ess, false), moved_to, moved_to_on, created_on,
        closed_on
    FROM establishments_shown WHERE siren = ? AND state = 'A'
    ORDER BY created_on NULLS LAST, siret LIMIT 20
"""
_PROCEDURE = """
    SELECT procedure_on FROM establishment_procedures
    WHERE siret = ? AND procedure_closed_on IS NULL
"""


@dataclass(frozen=True, slots=True)
class Firm:
    """An establishment. What is hidden is empty."""

    siret: str
    siren: str
    name: str
    commune_code: str
    naf_code: str
    is_open: bool
    is_hidden: bool
    legal_category: str
    qpv_code: str
    is_ess: bool
    moved_to: str | None
    moved_to_on: date | None
    created_on: date | None
    closed_on: date | None


def firms(opened: House, sirets: Collection[str]) -> dict[str, Firm]:
    """Those of some SIRETs that the loaded files know."""
    asked = sorted({each for each in sirets if each})
    if not asked or not opened.reader.has(TABLE):
        return {}
    rows = opened.reader.rows(_BY_SIRET, [asked])
    return {row[0]: Firm(*row) for row in rows}


def firm(opened: House, siret: str) -> Firm | None:
    """That of one SIRET; None when no loaded file knows it."""
    return firms(opened, [siret]).get(siret)


def open_of(opened: House, siren: str) -> list[Firm]:
    """The open establishments of a legal unit here, the oldest first."""
    if not siren or not opened.reader.has(TABLE):
        return []
    rows = opened.reader.rows(_BY_SIREN, [siren])
    return [Firm(*row) for row in rows]


def followed(opened: House, siret: str) -> str:
    """Where an establishment is now, by its succession links; itself when it did not move."""
    seen = {siret}
    while (found := firm(opened, siret)) is not None and found.moved_to:
        if found.moved_to in seen:
            break
        siret = found.moved_to
        seen.add(siret)
    return siret


def procedure_since(opened: House, siret: str) -> date | None:
    """The day on which the procedure that the firm is in was opened; None when none is known."""
    if not opened.reader.has(PROCEDURES):
        return None
    return next((on for (on,) in opened.reader.rows(_PROCEDURE, [siret])), None)
