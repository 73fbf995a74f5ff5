"""An installation with a few tables, for the client to read."""

from datetime import date
from pathlib import Path

import pytest

from bassin.types import Origin
from tests.support.installing import install, put, spread


def firm(siret: str, **facts) -> dict:
    """A row of what may be shown of an establishment."""
    return {
        "siret": siret, "siren": siret[:9], "state": "A", "naf_code": "25.62B",
        "headcount_band": "11", "is_head_office": True, "is_hidden": False, "name": "Atelier",
        "address": "3 RUE DU PONT", "commune_code": "94081", "created_on": date(2011, 3, 1),
        "period": "2026-11-01", "cog": 2026, **facts,
    }  # fmt: skip


@pytest.fixture(scope="session")
def var(france, tmp_path_factory) -> Path:
    """The folder of that installation. Read it, never write in it."""
    house = install(france, tmp_path_factory.mktemp("client") / "var")
    hidden = {"is_hidden": True, "name": None, "address": None}
    put(
        house, Origin.INVENTED,
        jobs_at_workplace=[*spread(house, "2017", jobs=240.0), *spread(house, "2022", jobs=2400.0)],
        establishments_shown=[
            firm("12345678200002"), firm("12345678200010", commune_code="75056", name="Loin"),
            firm("98765432100004", naf_code="96.02A", headcount_band="NN", **hidden),
        ],
    )  # fmt: skip
    return house.var
