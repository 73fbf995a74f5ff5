"""A workshop of 140 people announces its closure: the plan of that day, at two dates."""

import pytest
from playwright.sync_api import expect

from bassin.match.skills.models import ReconversionPlan
from bassin.match.skills.tests.conftest import _market, _rome
from bassin.types import Origin
from tests.support.browser import PHONE
from tests.support.installing import install, put
from tests.support.people import open_session

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HIRES = [("25.62B", "N1101", 41), ("25.62B", "F1703", 9), ("52.29A", "N1103", 70),
         ("52.29A", "N1101", 30), ("41.20A", "F1703", 100)]  # fmt: skip


@pytest.fixture
def announced(france, tmp_path, settings):
    """A labour market in which the workshop's activity hires two trades."""
    house = install(france, tmp_path / "var")
    market = _market()
    market["occupation_hirings"] = [
        {"naf_code": naf, "rome_code": rome, "hirings": count, "period": "2019"}
        for naf, rome, count in HIRES
    ]
    market.pop("offers")
    areas = [
        {"commune_code": code, "period": "2024", "cog": 2024, "employment_area_code": "1129",
         "employment_area_name": "Bassin d'essai"}
        for code in sorted(house.territory.codes(house.home))
    ]  # fmt: skip
    put(house, Origin.INVENTED, employment_areas=areas, **_rome(), **market)
    settings.VAR = house.var


def end_check(page):
    """The parts sum to the whole, and every proposal has a reason with its source."""
    total = page.get_by_role("row", name="Ensemble").get_by_role("cell")
    parts = page.get_by_role("table", name="Emplois exposés par métier").get_by_role("row")
    counts = [int(row.get_by_role("cell").inner_text()) for row in parts.all()[1:-1]]
    assert (sum(counts), total.inner_text()) == (140, "140")
    cards = page.locator("article.reasons")
    assert cards.count() >= 2
    for card in cards.all():
        reason = card.locator(".reasons__yes").first
        assert reason.locator("small").inner_text().strip()


def test_an_officer_enters_the_workshop_and_reads_its_plan_at_two_dates(
    page, live_server, announced, axe, awa
):
    open_session(page, live_server.url, awa)
    page.goto("/accompagner/competences/reconversion/")
    page.get_by_label("Activité (code NAF)").fill("25.62B")
    page.get_by_label("Emplois exposés", exact=False).first.fill("140")
    page.get_by_label("Commune").select_option("94074")
    page.get_by_label("Les personnes se déplacent").select_option("car")
    page.get_by_label("Quel jour").fill("2023-05-15")
    assert axe(page) == []
    page.get_by_role("button", name="Faire le plan").click()

    expect(page.get_by_text("le dispositif est « Transitions collectives »")).to_be_visible()
    end_check(page)
    assert "Awa" not in page.locator("main").inner_text()
    assert axe(page) == []

    page.get_by_text("Modifier ce qui est demandé").click()
    page.get_by_label("Quel jour").fill("2026-05-15")
    page.get_by_role("button", name="Faire le plan").click()
    expect(page.get_by_text("le dispositif est la « période de reconversion »")).to_be_visible()
    expect(page.get_by_text("9,15")).not_to_have_count(0)
    page.set_viewport_size(PHONE)
    assert axe(page) == []
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide)

    page.get_by_label("Titre du plan").fill("Atelier fictif")
    page.get_by_role("button", name="Garder ce plan").click()
    expect(page.get_by_role("heading", name="Atelier fictif")).to_be_visible()
    assert axe(page) == []
    assert not page.evaluate(wide)
    kept = ReconversionPlan.objects.get()
    assert (kept.jobs_low, kept.jobs_high, kept.scheme) == (140, 140, "periode")
