"""An installation with firms, neighbourhoods, stations and a figure under secrecy."""

from datetime import date
from importlib import resources
from typing import Any

import pytest
import shapely

from bassin.indicators.catalogue import follow
from bassin.indicators.house import House
from bassin.observe.opendata.api.serving import ANSWERS
from bassin.types import Origin
from tests.support.installing import install, put, spread

SECRET = "salaried_under_secrecy"
FIRM = "12345678200002"
PERSON = "98765432100004"
MOST = 30


def firm(number: int, **facts: Any) -> dict[str, Any]:
    """A row of what may be shown; its SIRET has a right key."""
    siret = with_key(f"1234567{number:06}")
    return {
        "siret": siret, "siren": siret[:9], "state": "A", "naf_code": "25.62B",
        "headcount_band": "11", "is_employer": True, "is_head_office": True,
        "is_natural_person": False, "is_hidden": False, "name": f"Atelier {number:03}",
        "unit_name": f"Atelier {number:03}", "address": f"{number} RUE DU PONT",
        "postal_code": "94400", "city": "VITRY", "commune_code": "94081",
        "longitude": 2.38 + number / 1000, "latitude": 48.79, "has_position": True,
        "legal_category": "5710", "created_on": date(2000 + number % 25, 3, 1),
        "is_ess": number % 2 == 0, "period": "2026-11-01", "cog": 2026, **facts,
    }  # fmt: skip


def with_key(digits: str) -> str:
    """Thirteen digits and their key."""
    doubled = (int(d) * (2 if at % 2 == 0 else 1) for at, d in enumerate(reversed(digits)))
    total = sum(value - 9 if value > 9 else value for value in doubled)
    return f"{digits}{-total % 10}"


def hidden(number: int) -> dict[str, Any]:
    """A natural person: the commune and the activity stay, nothing else."""
    nothing = dict.fromkeys(("name", "unit_name", "address", "longitude", "latitude"))
    return firm(number, is_hidden=True, is_natural_person=True, has_position=False,
                headcount_band="NN", legal_category="1000", **nothing)  # fmt: skip


def tables(house: House) -> dict[str, list[dict[str, Any]]]:
    """Firms, two neighbourhoods, three stations, and salaried jobs of few employers somewhere."""
    square = shapely.to_wkb(shapely.box(2.38, 48.78, 2.40, 48.80))
    quarters = [
        {"qpv_code": code, "name": "Le Sud", "generation": int(year), "commune_code": "94081",
         "commune_codes": "94081", "period": year, "cog": int(year), "shape": square,
         "area_km2": 3.2, "longitude": 2.39, "latitude": 48.79}
        for code, year in (("QP094001", "2015"), ("QN09401M", "2024"))
    ]  # fmt: skip
    stations = [
        {"station_id": str(number), "line_id": "C01", "name": f"Gare {number}",
         "stop_area_name": f"Gare {number}", "mode": "RER", "line": "C", "operator": "SNCF",
         "longitude": 2.38 + number / 100, "latitude": 48.79, "period": "2025", "cog": 2025}
        for number in range(3)
    ]  # fmt: skip
    few = {"94081": 2}
    jobs = [
        {"commune_code": each.code, "naf_code": "10.11Z", "period": "2023", "cog": 2026,
         "establishments": few.get(each.code, 30), "headcount": 10 * few.get(each.code, 30),
         "headcount_masked": False}
        for each in house.territory.communes(house.home)
    ]  # fmt: skip
    return {
        "establishments_shown": [*(firm(number) for number in range(MOST)), hidden(500)],
        "qpv": quarters, "stations": stations, "urssaf_headcounts": jobs,
        "jobs_at_workplace": spread(house, "2022", jobs=24_000),
    }  # fmt: skip


def under_secrecy() -> str:
    """The declaration of a figure that the engine must judge, as an authority would write it."""
    folder = resources.files("bassin.observe.observatory") / "indicators"
    text = (folder / "jobs_at_workplace.toml").read_text("utf-8")
    measured = 'numerator = {dataset = "urssaf_headcounts", column = "headcount", agg = "sum"}'
    counted = 'units = {dataset = "urssaf_headcounts", column = "establishments", agg = "sum"}'
    rule = 'secrecy = {regime = "business", waiver = {fr = "inconnu", en = "not known"}}'
    return (
        text.replace('"jobs_at_workplace"\nversion', f'"{SECRET}"\nversion')
        .replace('secrecy = {regime = "already_protected"}', rule)
        .replace('numerator = {dataset = "jobs_at_workplace", column = "jobs", agg = "sum"}',
                 f"{measured}\n{counted}")
    )  # fmt: skip


@pytest.fixture(scope="session")
def open_house(france, tmp_path_factory) -> House:
    """That installation. Read it, never write in it."""
    made = install(france, tmp_path_factory.mktemp("machines") / "var")
    folder = made.var / "authority" / "indicators"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{SECRET}.toml").write_text(under_secrecy(), "utf-8")
    put(made, Origin.REAL, **tables(made))
    return made


@pytest.fixture
def api(open_house, client, settings, db):
    """Ask that installation: `api("/api/v1/places")`."""
    settings.VAR = open_house.var
    settings.API_PER_MINUTE = 0
    ANSWERS.forget()
    yield client.get
    follow(settings.VAR / "nobody")  # the figure declared here is not for other tests
