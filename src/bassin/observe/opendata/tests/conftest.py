"""An installation with real and invented tables, open and closed, as a re-user meets it."""

from typing import Any

import pytest

from bassin.indicators.house import House
from bassin.types import Origin
from tests.support.installing import install, put


def census(house: House, factor: float = 1.0) -> list[dict[str, Any]]:
    """Two censuses of the territory's communes."""
    return [
        {
            "commune_code": commune.code, "period": period, "cog": 2026,
            "population": factor * float(commune.population or 0),
            "active": 100.0 + 7 * at, "unemployed": 10.0 + at,
        }
        for at, commune in enumerate(house.territory.communes(house.home))
        for period in ("2017", "2022")
    ]  # fmt: skip


def shown(house: House) -> list[dict[str, Any]]:
    """Three establishments as they may be shown, one of a person."""
    code = house.territory.communes(house.home)[0].code
    common = {"state": "A", "commune_code": code, "period": "2026-10-31", "cog": 2026}
    return [
        {**common, "siret": "55208131766522", "siren": "552081317", "is_hidden": False,
         "name": "=Atelier", "longitude": 2.4, "latitude": 48.78},
        {**common, "siret": "55208131766530", "siren": "552081317", "is_hidden": False,
         "name": "Dépôt", "longitude": 2.41, "latitude": 48.79},
        {**common, "siret": "80000000100019", "siren": "800000001", "is_hidden": True},
    ]  # fmt: skip


@pytest.fixture(scope="session")
def installed(france, tmp_path_factory) -> House:
    """Read it, never write in it."""
    house = install(france, tmp_path_factory.mktemp("opendata") / "var")
    put(house, Origin.REAL, census=census(house), establishments=[])
    put(house, Origin.INVENTED, establishments_shown=shown(house))
    put(house, Origin.REAL, census=[*census(house), *census(house, 2)][:40])
    return house


@pytest.fixture
def visit(installed, client, settings, db):
    """Ask for an address of that installation."""
    settings.VAR = installed.var
    return client.get
