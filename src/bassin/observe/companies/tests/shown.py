"""Rows of `establishments_shown`, made for a test and published as a release serves them."""

from datetime import date
from itertools import count
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from bassin.indicators.house import House
from bassin.store import Store, Version
from bassin.types import Origin

_MOMENTS = count(1)
_DAYS = ("created_on", "state_since_on", "closed_on", "unit_created_on", "procedure_on",
         "procedure_closed_on", "moved_from_on", "moved_to_on")  # fmt: skip
_YES = ("is_employer", "is_head_office", "is_natural_person", "is_hidden", "has_position", "is_ess",
        "is_mission")  # fmt: skip
_TEXTS = ("siret", "siren", "state", "naf_code", "naf2025_code", "headcount_band", "name", "sign",
          "unit_name", "acronym", "address", "address_more", "postal_code", "city",
          "commune_code", "qpv_code", "legal_category", "unit_state", "unit_headcount_band",
          "category", "insertion_kind", "procedure", "moved_from", "moved_to",
          "period")  # fmt: skip
SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in _TEXTS),
        *((name, pa.date32()) for name in _DAYS),
        *((name, pa.bool_()) for name in _YES),
        ("longitude", pa.float64()), ("latitude", pa.float64()),
        ("headcount_year", pa.int16()), ("cog", pa.int16()),
    ]
)  # fmt: skip


def keyed(number: int) -> str:
    """A SIRET whose key is right, from a number."""
    body = f"{number:013d}"
    doubled = [int(digit) * (1 if place % 2 else 2) for place, digit in enumerate(reversed(body))]
    total = sum(value - 9 if value > 9 else value for value in doubled)
    return f"{body}{-total % 10}"


def row(number: int, **facts: Any) -> dict[str, Any]:
    """One establishment: an active workshop of the first commune, unless told otherwise."""
    siret = keyed(number)
    made: dict[str, Any] = dict.fromkeys(SCHEMA.names)
    made |= {
        "siret": siret, "siren": siret[:9], "state": "A", "created_on": date(2010, 5, 4),
        "naf_code": "25.62B", "headcount_band": "11", "headcount_year": 2024, "is_employer": True,
        "is_head_office": True, "is_natural_person": False, "is_hidden": False,
        "name": f"ATELIER {number}", "unit_name": f"ATELIER {number}", "address": "1 RUE DES TOURS",
        "postal_code": "94400", "city": "VITRY-SUR-SEINE", "commune_code": "94081",
        "longitude": 2.39, "latitude": 48.79, "has_position": True, "legal_category": "5710",
        "unit_state": "A", "is_ess": False, "is_mission": False, "period": "2026-10-31",
        "cog": 2026,
    }  # fmt: skip
    made |= facts
    if made["is_hidden"]:
        hidden = ("name", "sign", "unit_name", "acronym", "address", "address_more", "longitude",
                  "latitude", "qpv_code")  # fmt: skip
        made |= dict.fromkeys(hidden) | {"has_position": False}
    return made


def publish(house: House, rows: list[dict[str, Any]]) -> None:
    """Put the rows in service."""
    moment = next(_MOMENTS)
    now = f"2026-11-21T23:00:00.{moment:06}+00:00"
    store = Store(house.var / "store")
    with store.writing():
        with store.scratch("shown") as folder:
            made = folder / "made"
            made.mkdir()
            order = sorted(rows, key=lambda each: (each["state"], each["commune_code"] or ""))
            pq.write_table(pa.Table.from_pylist(order, SCHEMA), made / "data.parquet")
            facts = Version(
                "establishments_shown", f"test-{moment}", Origin.INVENTED, len(rows), 0, "2026",
                now, columns=tuple(SCHEMA.names), has_communes=True,
            )  # fmt: skip
            store.add(facts, made)
        store.publish(now)
    house.refresh()
