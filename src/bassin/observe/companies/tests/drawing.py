"""Establishments drawn at random, always the same, with every sort of absence."""

import random
from datetime import date, timedelta
from functools import cache
from typing import Any

from bassin.observe.companies.tests.shown import row

COMMUNES = ("94081", "94074", "94054", "91027", "75113")
NAF = ("25.62B", "25.11Z", "10.71C", "56.10A", "47.11F", "38.32Z", "95.11Z", "62.01Z", "43.21A")
NAF_2025 = ("25.53Y", "25.11Y", "47.11G", "56.11G")
BANDS = (None, "NN", "00", "01", "02", "03", "11", "12", "21", "22", "31", "32", "53")
FORMS = (None, "1000", "5499", "5710", "9220", "5195", "7210")
KINDS = (None, None, None, "ACI", "EI", "ETTI", "ACI EI")
QUARTERS = (None, None, "QN09401M", "QN09402A")


def _day(chance: random.Random) -> date:
    return date(2000, 1, 1) + timedelta(days=chance.randrange(9800))


def _drawn(number: int, chance: random.Random) -> dict[str, Any]:
    closed = chance.random() < 0.3
    hidden = chance.random() < 0.2
    there = chance.random() < 0.85
    procedure = chance.choice((None, None, None, "safeguard", "receivership", "liquidation"))
    return row(
        number,
        state="F" if closed else "A",
        closed_on=_day(chance) if closed and chance.random() < 0.9 else None,
        created_on=None if chance.random() < 0.05 else _day(chance),
        naf_code=chance.choice((*NAF, None)),
        naf2025_code=(*NAF_2025, None)[number % (len(NAF_2025) + 1)],
        headcount_band=chance.choice(BANDS),
        is_head_office=chance.choice((True, False, None)),
        commune_code=chance.choice(COMMUNES),
        longitude=2.3 + chance.random() * 0.2 if there else None,
        latitude=48.7 + chance.random() * 0.15 if there else None,
        has_position=there,
        qpv_code=chance.choice(QUARTERS) if there else None,
        legal_category=chance.choice(FORMS),
        is_ess=chance.choice((True, False, None)),
        insertion_kind=chance.choice(KINDS),
        procedure=procedure,
        procedure_on=_day(chance) if procedure else None,
        procedure_closed_on=_day(chance) if procedure and chance.random() < 0.4 else None,
        moved_from=f"{number:014d}" if chance.random() < 0.1 else None,
        moved_to=f"{number:014d}" if chance.random() < 0.1 else None,
        is_hidden=hidden,
    )


@cache
def drawn_rows(number: int) -> list[dict[str, Any]]:
    """Some establishments, the same at each call."""
    chance = random.Random(20261126)
    return [_drawn(each, chance) for each in range(1, number + 1)]


def quarters() -> list[dict[str, Any]]:
    """The priority neighbourhoods that the establishments may lie in."""
    return [
        {"qpv_code": code, "name": f"Quartier {code}", "generation": 2024, "commune_code": "94081",
         "commune_codes": "94081", "period": "2024", "cog": 2024}
        for code in QUARTERS if code
    ]  # fmt: skip
