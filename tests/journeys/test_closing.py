"""A plant announces its closure: from the signal to the figures, in 2023 and in 2026.

The same journey at two dates: another scheme, other aids, another neighbourhood, other figures.
"""

import re
from datetime import date

import pytest
import shapely
from playwright.sync_api import expect

from bassin.match.skills.tests.conftest import _market, _rome
from bassin.match.support.models import Case
from bassin.observe.watch.models import Signal
from bassin.sources.sirene.shown import SHOWN
from bassin.steer.programmes.models import Action
from bassin.types import Origin
from tests.support.browser import PHONE
from tests.support.installing import install, put
from tests.support.people import open_session

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NAME, SIRET, COMMUNE = "EXEMPLE DÉCOLLETAGE DU QUAI", "00000000100016", "94074"
IN_2023, IN_2026 = date(2023, 6, 15), date(2026, 11, 16)
POINT = (2.40, 48.75)
HIRES = [("25.62B", "N1101", 41), ("25.62B", "F1703", 9), ("52.29A", "N1103", 70),
         ("52.29A", "N1101", 30), ("41.20A", "F1703", 100)]  # fmt: skip


def _plant():
    return dict.fromkeys(SHOWN.columns) | {
        "siret": SIRET, "siren": SIRET[:9], "state": "A", "created_on": date(2001, 3, 1),
        "unit_created_on": date(2001, 3, 1), "name": NAME, "unit_name": NAME, "naf_code": "25.62B",
        "naf2025_code": "25.53B", "headcount_band": "22", "headcount_year": 2022,
        "unit_headcount_band": "22", "category": "PME", "legal_category": "5710",
        "commune_code": COMMUNE, "is_hidden": False, "is_head_office": True,
        "has_position": True, "longitude": POINT[0], "latitude": POINT[1], "period": "2026-10-31",
        "cog": 2026,
    }  # fmt: skip


def _quarter(code, name, year, west):
    shape = shapely.box(west, 48.74, west + 0.02, 48.76)
    return {
        "qpv_code": code, "name": name, "generation": year, "commune_code": COMMUNE,
        "commune_codes": COMMUNE, "commune_names": "", "period": str(year), "cog": year,
        "shape": shapely.to_wkb(shape), "area_km2": 1.0, "longitude": west + 0.01,
        "latitude": 48.75,
    }  # fmt: skip


def _jobs():
    """What the trades are shared by, and employees of each year."""
    market = _market()
    market["establishments_shown"] = [_plant()]
    market["occupation_hirings"] = [
        {"naf_code": naf, "rome_code": rome, "hirings": count, "period": "2019"}
        for naf, rome, count in HIRES
    ]
    market.pop("offers")
    market["tension"] = [{**each, "tension": 5} for each in market["tension"]]
    market["urssaf_headcounts"] = [
        {**each, "period": year, "headcount": each["headcount"] + 10 * number}
        for number, year in enumerate(("2021", "2022", "2024", "2025"))
        for each in market["urssaf_headcounts"]
    ]
    return market


@pytest.fixture
def territory(france, tmp_path, settings):
    """A plant of 100 to 199 people, in a neighbourhood of 2015 that is none since 2024."""
    house = install(france, tmp_path / "var")
    areas = [
        {"commune_code": code, "period": "2024", "cog": 2024, "employment_area_code": "1129",
         "employment_area_name": "Bassin d'essai"}
        for code in sorted(house.territory.codes(house.home))
    ]  # fmt: skip
    quarters = [_quarter("QP094001", "Les Hautes Rives", 2015, 2.39),
                _quarter("QN09401A", "Les Basses Rives", 2024, 2.43)]  # fmt: skip
    put(house, Origin.INVENTED, employment_areas=areas, qpv=quarters, **_rome(), **_jobs())
    settings.VAR = house.var


def signal(on):
    """An adviser's note: 140 people, closing."""
    return Signal.objects.create(
        key=f"note:{on}", kind="note", subject="firm", on=on, found_on=on, reliability="said",
        name=NAME, siren=SIRET[:9], sites=[SIRET], communes=f" {COMMUNE} ", naf_code="25.62B",
        jobs_low=140, jobs_high=140, parts={"25.62B": [140, 140]}, origin="invented",
        text="L'atelier ferme.",
    )  # fmt: skip


def opened_from(page, alarm):
    """A case, opened from the page of its signal: its firm and its proofs are filled in."""
    page.goto(f"/observer/veille/{alarm.pk}/")
    page.get_by_role("link", name="Ouvrir un dossier").click()
    assert page.get_by_label("Nom de l'entreprise").input_value() == NAME
    assert "140 emplois" in page.get_by_label("Ce qui a été demandé").input_value()
    page.get_by_label("La demande est arrivée le").fill(alarm.on.isoformat())
    page.get_by_role("button", name="Ouvrir le dossier").click()
    return Case.objects.get(source=alarm.reference)


def step(page, name):
    """One step of the chain, as text."""
    found = page.get_by_role("region", name=name)
    return " ".join(found.inner_text().replace("\u202f", " ").replace("\xa0", " ").split())


def end_check(page):
    """The trades sum to the jobs; every proposal has a reason and a source; nobody is named."""
    trades = page.get_by_role("region", name="Quels métiers sont exposés")
    counts = re.findall(r"· (\d+) emplois", step(page, "Quels métiers sont exposés"))
    assert sum(map(int, counts)) == 140
    leads = trades.locator(".chain__lead")
    assert leads.count() >= 1
    for each in leads.all():
        assert each.locator(".reasons__yes small").first.inner_text().strip()


def test_a_plant_announces_its_closure_in_2023_and_in_2026(page, live_server, territory, axe, awa):
    open_session(page, live_server.url, awa)
    then, now = signal(IN_2023), signal(IN_2026)

    case = opened_from(page, then)
    page.goto(f"/accompagner/suivi/dossiers/{case.pk}/chaine/?au={IN_2023}")
    end_check(page)
    firm, aids = step(page, "Quelle entreprise"), step(page, "Quelles aides")
    assert "quartier prioritaire Les Hautes Rives (périmètres de 2015)" in firm
    assert "NAF 2025" not in firm
    assert "Emplois francs" in aids
    assert "2023 ? À demander" in aids
    assert "Transitions collectives" in step(page, "Quels métiers sont exposés")
    assert "2024" not in step(page, "Qu'est-ce qui a bougé")
    assert axe(page) == []

    case = opened_from(page, now)
    page.goto(f"/accompagner/suivi/dossiers/{case.pk}/chaine/?au={IN_2026}")
    end_check(page)
    firm, aids = step(page, "Quelle entreprise"), step(page, "Quelles aides")
    assert "hors de tout quartier prioritaire (périmètres de 2024)" in firm
    assert "NAF 2025" in firm
    assert "Emplois francs" not in aids
    assert "Période de reconversion" in step(page, "Quels métiers sont exposés")
    assert "à demander" in step(page, "Que devient le site")
    page.get_by_role("link", name="Proposer une action au programme").click()
    page.get_by_label("Titre", exact=True).fill("Un plan pour les métiers d'un atelier")
    page.get_by_role("button", name="Écrire l'action").click()
    assert Action.objects.get().source == case.reference
    page.goto(f"/accompagner/suivi/dossiers/{case.pk}/chaine/")
    assert "Un plan pour les métiers" in step(page, "Quelle action du programme")
    risk = step(page, "Combien des emplois menacés")
    assert "280 emplois menacés sont suivis" in risk
    assert "140 sur 280" in risk

    page.set_viewport_size(PHONE)
    expect(page.locator("html")).to_have_js_property("scrollWidth", PHONE["width"])
    page.goto(f"/accompagner/suivi/dossiers/{Case.objects.get(source=then.reference).pk}/chaine/")
    assert "2022" in step(page, "Qu'est-ce qui a bougé")
    assert "2025" in step(page, "Qu'est-ce qui a bougé")
