"""Invented firms, as the register shows them."""

from datetime import date
from typing import Any

from bassin.sources.sirene.shown import SHOWN

WORKSHOP, ALONE, CLOSED, CHOIR = (
    "00000010000016", "00000020000014", "00000030000012", "00000040000010"
)  # fmt: skip
FIRMS: tuple[dict[str, Any], ...] = (
    {"siret": WORKSHOP, "category": "PME"},
    {"siret": ALONE, "commune_code": "94054", "naf_code": "47.11B", "is_hidden": True,
     "is_natural_person": True, "legal_category": "1000", "unit_headcount_band": "NN",
     "headcount_band": "NN", "category": "PME", "has_position": False, "qpv_code": None,
     "unit_created_on": date(2025, 3, 1)},
    {"siret": CLOSED, "state": "F"},
    {"siret": CHOIR, "commune_code": "91027", "naf_code": "94.99Z", "legal_category": "9220",
     "unit_headcount_band": "01", "headcount_band": "01", "is_ess": True, "category": "PME"},
)  # fmt: skip
TROUBLED = (
    {"siret": CHOIR, "siren": CHOIR[:9], "procedure": "receivership",
     "procedure_on": date(2026, 9, 1)},
)  # fmt: skip


def row(**facts: Any) -> dict[str, Any]:
    """One establishment: an open workshop of twenty to forty-nine, unless told otherwise."""
    told: dict[str, Any] = dict.fromkeys(SHOWN.columns)
    return told | {
        "siren": facts["siret"][:9], "state": "A", "created_on": date(2010, 5, 4),
        "unit_created_on": date(2010, 5, 4), "naf_code": "25.62B", "naf2025_code": "25.53Y",
        "headcount_band": "12", "unit_headcount_band": "12", "is_employer": True,
        "is_head_office": True, "is_natural_person": False, "is_hidden": False, "name": "ATELIER",
        "city": "VITRY-SUR-SEINE", "commune_code": "94081", "has_position": True,
        "legal_category": "5710", "unit_state": "A", "period": "2026-10-31", "cog": 2026,
        "longitude": 2.39, "latitude": 48.79,
    } | facts  # fmt: skip
