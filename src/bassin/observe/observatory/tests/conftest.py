"""An observatory with a few tables, opened as a visitor meets it."""

from typing import Any

import pytest

from bassin.indicators.house import House
from bassin.types import Origin
from tests.support.installing import install, put

PERIODS = ("2007", "2012", "2017", "2022")
QUARTERS = (
    ("QP094001", "Le Sud", 2015, "94054", 54.0, 31.0),
    ("QN09401M", "Le Sud", 2024, "94054", None, None),
    ("QP094002", "Les Hautes Noues", 2015, "94041", 50.0, 20.0),
)


def census(house: House) -> list[dict[str, Any]]:
    """A census of Île-de-France: believable, different in each commune, growing with time."""
    communes = house.territory.communes(house.place("region:11"))
    rows = []
    for index, commune in enumerate(communes):
        people = float(commune.population or 0)
        for step, period in enumerate(PERIODS):
            active = people * (0.45 + index % 7 / 100)
            rows.append(
                {
                    "commune_code": commune.code, "period": period, "cog": 2026,
                    "population": people * (1 + step / 50), "active": active,
                    "unemployed": active * (0.07 + index % 11 / 100 + step / 200),
                    "managers": active * (0.1 + index % 5 / 50),
                    "workers": active * (0.1 + index % 4 / 40),
                }
            )  # fmt: skip
    return rows


def quarters() -> dict[str, list[dict[str, Any]]]:
    """Three priority neighbourhoods of both generations, two of them with statistics."""
    perimeters = [
        {
            "qpv_code": code, "name": name, "generation": generation, "commune_code": commune,
            "commune_codes": commune, "period": str(generation), "cog": generation,
        }
        for code, name, generation, commune, *_ in QUARTERS
    ]  # fmt: skip
    statistics = [
        {
            "qpv_code": code, "name": name, "period": "2020", "generation": generation,
            "theme": "test", "employment_pct": employed, "precarious_pct": precarious,
            "precarious_women_pct": precarious + 4, "precarious_masked": False,
        }
        for code, name, generation, _commune, employed, precarious in QUARTERS
        if employed is not None and precarious is not None
    ]  # fmt: skip
    return {"qpv": perimeters, "qpv_statistics": statistics}


@pytest.fixture(scope="session")
def observed(france, tmp_path_factory) -> House:
    """An installation with a census and priority neighbourhoods. Read it, never write in it."""
    house = install(france, tmp_path_factory.mktemp("observed") / "var")
    put(house, Origin.REAL, census=census(house), **quarters())
    return house


@pytest.fixture
def visit(observed, client, settings, db):
    """Ask for a page of that installation: `visit("/")` gives the response."""
    settings.VAR = observed.var
    return client.get
