"""One establishment as lists, cards, tiles and files read it, from `establishments_shown` alone."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

TABLE = "establishments_shown"
PROCEDURES = "establishment_procedures"
"""What is listed for officers only: see `procedures`."""


@dataclass(frozen=True, slots=True)
class Establishment:
    """A row of the shown table. What is hidden is None here: it is not in the table."""

    siret: str
    siren: str
    state: str
    created_on: date | None
    state_since_on: date | None
    closed_on: date | None
    naf_code: str | None
    naf2025_code: str | None
    headcount_band: str | None
    headcount_year: int | None
    is_employer: bool | None
    is_head_office: bool | None
    is_natural_person: bool | None
    is_hidden: bool
    name: str | None
    sign: str | None
    unit_name: str | None
    acronym: str | None
    address: str | None
    address_more: str | None
    postal_code: str | None
    city: str | None
    commune_code: str | None
    longitude: float | None
    latitude: float | None
    qpv_code: str | None
    qpv_edge: bool | None
    has_position: bool
    legal_category: str | None
    unit_state: str | None
    unit_created_on: date | None
    unit_headcount_band: str | None
    category: str | None
    is_ess: bool | None
    is_mission: bool | None
    insertion_kind: str | None
    moved_from: str | None
    moved_from_on: date | None
    moved_to: str | None
    moved_to_on: date | None

    @property
    def is_active(self) -> bool:
        """Whether it is open today, as SIRENE says."""
        return self.state == "A"


COLUMNS: tuple[str, ...] = tuple(each.name for each in fields(Establishment))
READ = ", ".join(COLUMNS)
"""The columns of a row, in the order in which `establishment` takes them."""


def establishment(values: Sequence[Any]) -> Establishment:
    """A row read with `READ`."""
    return Establishment(*values)
