"""A small labour market: four trades, three activities, one area, on the sample's places."""

from types import SimpleNamespace

import pytest

from bassin.match.skills import network
from bassin.match.skills.tests.campus import certifications
from bassin.types import Origin
from bassin.ui import opened
from tests.support.installing import install, put
from tests.support.people import seat

AREA, COMMUNE = "1129", "94074"
LABELS = {
    "N1101": "Conduite d'engins",
    "N1103": "Magasinage",
    "K2304": "Tri",
    "F1703": "Maçonnerie",
}
SKILLS = {
    "N1101": ["1", "2", "3"], "N1103": ["2", "3", "4"], "K2304": ["3", "5"], "F1703": ["6", "7"],
}  # fmt: skip


def _rome() -> dict[str, list[dict]]:
    items = sorted({item for each in SKILLS.values() for item in each})
    version = {"version": "v347"}
    return {
        "rome_occupations": [{"rome_code": c, "label": n, **version} for c, n in LABELS.items()],
        "rome_items": [
            {"item_code": each, "kind": "skill", "label": f"Geste {each}", **version}
            for each in items
        ],
        "rome_skills": [
            {"rome_code": code, "item_code": item, "kind": "skill", "is_core": True, **version}
            for code, held in SKILLS.items() for item in held
        ],
        "rome4_occupations": [
            {"rome_code": "K2304", "rome4_code": "K2304", "label": "Agent de tri",
             "ecological_tag": "Emploi Vert", "is_green": True, "is_greening": False,
             "is_brown": False, "version": "v460"},
            {"rome_code": "F1703", "rome4_code": "F1703", "label": "Maçon",
             "ecological_tag": "Emploi stratégique pour la Transition écologique",
             "is_green": False, "is_greening": True, "is_brown": False, "version": "v460"},
            {"rome_code": "F1703", "rome4_code": "F1799", "label": "Maçon décorateur",
             "ecological_tag": "Emploi Blanc", "is_green": False, "is_greening": False,
             "is_brown": False, "version": "v460"},
        ],
    }  # fmt: skip


def _market() -> dict[str, list[dict]]:
    hires = [("52.29A", "N1101", 30), ("52.29A", "N1103", 70), ("38.11Z", "K2304", 100),
             ("41.20A", "F1703", 100)]  # fmt: skip
    heads = [("52.29A", 400, 8), ("38.11Z", 90, 2), ("41.20A", 60, 12)]
    seen = [("N1101", 200.0, 4), ("N1103", 500.0, 1), ("F1703", 40.0, 5)]
    return {
        "establishments_shown": [
            {"siret": f"{number:014}", "siren": "1" * 9, "state": "A", "naf_code": naf}
            for number, naf in enumerate(("52.29A", "01.11Z"))
        ],
        "occupation_hirings": [
            {"naf_code": naf, "rome_code": rome, "hirings": count, "period": "2019"}
            for naf, rome, count in hires
        ],
        "urssaf_headcounts": [
            {"commune_code": COMMUNE, "naf_code": naf, "period": "2024", "cog": 2024,
             "establishments": count, "headcount": jobs, "headcount_masked": False}
            for naf, jobs, count in heads
        ],
        "tension": [
            {"employment_area_code": AREA, "rome_code": rome, "period": "2021", "offers": 50.0,
             "jobseekers_abc": people, "tension": tension}
            for rome, people, tension in seen
        ],
        "offers": [
            {"commune_code": COMMUNE, "location": "commune", "rome_code": "N1101",
             "period": "2021-12-21", "cog": 2021, "extracted_on": "2021-12-21", "offers": 7},
        ],
    }  # fmt: skip


@pytest.fixture(scope="session")
def installed(france, tmp_path_factory):
    """The places, and a small labour market. Read it, never write in it."""
    from datetime import date

    house = install(france, tmp_path_factory.mktemp("skills") / "var")
    market = _market()
    for each in market["offers"]:
        each["extracted_on"] = date(2021, 12, 21)
    inside = sorted(house.territory.codes(house.home))
    areas = [
        {"commune_code": code, "period": "2024", "cog": 2024, "employment_area_code": AREA,
         "employment_area_name": "Bassin d'essai"}
        for code in inside
    ]  # fmt: skip
    put(house, Origin.INVENTED, employment_areas=areas, **_rome(), **market, **certifications())
    house.refresh()
    return house


@pytest.fixture
def here(installed, settings, db):
    """The territory in which pages are opened."""
    settings.VAR = installed.var
    network.forget()
    return opened.house()


@pytest.fixture
def people(db):
    """An officer, a partner, a firm, and another firm."""
    return SimpleNamespace(
        awa=seat("Awa", "authority", "officer"),
        bruno=seat("Bruno", "chamber", "officer"),
        chloe=seat("Chloe", "firm", "administrator", siret="00000000100018"),
        other=seat("Other", "firm", "administrator", slug="test-other-firm"),
    )
