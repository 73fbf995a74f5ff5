"""Rows of `establishments_shown`, made for a test and published as a release serves them."""

from datetime import date
from typing import Any

from bassin.indicators.house import House
from bassin.observe.companies.search.index import FIRMS
from bassin.sources.sirene.procedures import PROCEDURES
from bassin.sources.sirene.shown import SHOWN
from bassin.store import made
from bassin.types import Origin
from tests.support.installing import put


def keyed(number: int) -> str:
    """A SIRET whose key is right, from a number."""
    body = f"{number:013d}"
    doubled = [int(digit) * (1 if place % 2 else 2) for place, digit in enumerate(reversed(body))]
    total = sum(value - 9 if value > 9 else value for value in doubled)
    return f"{body}{-total % 10}"


def row(number: int, **facts: Any) -> dict[str, Any]:
    """One establishment: an active workshop of the first commune, unless told otherwise."""
    siret = keyed(number)
    told: dict[str, Any] = dict.fromkeys((*SHOWN.columns, *PROCEDURES.columns))
    told |= {
        "siret": siret, "siren": siret[:9], "state": "A", "created_on": date(2010, 5, 4),
        "naf_code": "25.62B", "headcount_band": "11", "headcount_year": 2024, "is_employer": True,
        "is_head_office": True, "is_natural_person": False, "is_hidden": False,
        "name": f"ATELIER {number}", "unit_name": f"ATELIER {number}", "address": "1 RUE DES TOURS",
        "postal_code": "94400", "city": "VITRY-SUR-SEINE", "commune_code": "94081",
        "longitude": 2.39, "latitude": 48.79, "has_position": True, "legal_category": "5710",
        "unit_state": "A", "is_ess": False, "is_mission": False, "period": "2026-10-31",
        "cog": 2026,
    }  # fmt: skip
    told |= facts
    if told["is_hidden"]:
        hidden = ("name", "sign", "unit_name", "acronym", "address", "address_more", "longitude",
                  "latitude", "qpv_code", "postal_code", "procedure", "procedure_on",
                  "procedure_closed_on")  # fmt: skip
        told |= dict.fromkeys(hidden) | {"has_position": False}
    return told


def publish(house: House, rows: list[dict[str, Any]]) -> None:
    """Put the rows in service, in the order in which the table is kept, with their index."""
    order = sorted(rows, key=lambda each: [each[name] or "" for name in SHOWN.sort])
    told = [{name: each[name] for name in SHOWN.columns} for each in order]
    held = [
        {name: each[name] for name in PROCEDURES.columns} for each in order if each["procedure"]
    ]
    put(house, Origin.INVENTED, establishments_shown=told, establishment_procedures=held)
    made.prepare(house.store, house.reader.name, [FIRMS])
