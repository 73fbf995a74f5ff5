"""The explorer in a real browser: an officer finds workshops near a station, and opens one."""

import re

import pytest
from django.urls import reverse

from bassin.observe.companies.tests.shown import publish, row
from bassin.types import Origin
from tests.support.browser import faults, watched_page
from tests.support.installing import install, put
from tests.support.people import open_session

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FOUND, SEEN = "ATELIER DE LA GARE", "ATELIER LOINTAIN"


@pytest.fixture(scope="module")
def town(france, tmp_path_factory):
    """A station and five establishments, of which one is a workshop of its size beside it."""
    house = install(france, tmp_path_factory.mktemp("explorer") / "var")
    station = {
        "station_id": "1", "stop_area_name": "Gare du Pont", "commune_code": "94081",
        "longitude": 2.39, "latitude": 48.79, "period": "2025", "cog": 2025,
    }  # fmt: skip
    put(house, Origin.INVENTED, stations=[station])
    publish(house, [
        row(1, name=FOUND, headcount_band="11"),
        row(2, name=SEEN, headcount_band="11", longitude=2.41),
        row(3, name="GRAND ATELIER", headcount_band="32"),
        row(4, name="BOULANGERIE", headcount_band="11", naf_code="10.71C"),
        row(5, name="ATELIER VOISIN", headcount_band="11", commune_code="94074", longitude=2.3901),
    ])  # fmt: skip
    return house


@pytest.fixture
def served(town, settings, live_server):
    """That town in service."""
    settings.VAR = town.var
    return live_server.url


def test_an_officer_finds_workshops_near_a_station_and_opens_one_without_javascript(
    served, browser, awa
):
    with watched_page(browser, served, java_script_enabled=False) as page:
        open_session(page, served, awa)
        page.goto("/entreprises/")
        page.locator("#group-activite > summary").click()
        page.locator("#cherche_naf").fill("mecanique industrielle")
        page.locator("#cherche_naf").press("Enter")
        page.locator("#group-activite > summary").click()
        page.get_by_label("25.62B Mécanique industrielle").check()
        page.locator("#group-effectif > summary").click()
        page.locator("#effectif_de").fill("10")
        page.locator("#effectif_a").fill("49")
        page.locator("#group-ou > summary").click()
        page.get_by_role("checkbox", name="Vitry-sur-Seine").check()
        page.locator("#rayon_m").select_option("500")
        page.locator("#rayon_de").select_option(label="Gare du Pont")
        page.get_by_role("button", name="Afficher", exact=True).click()
        said = page.locator(".firms-said").inner_text()
        query = page.url.partition("?")[2]
        page.locator(".firms-tools").get_by_role("link", name="Télécharger").click()
        assert query.partition("&cherche")[0] in page.url
        page.go_back()
        page.locator(".firms-list").get_by_role("link", name=FOUND).click()
        assert page.get_by_role("heading", level=1, name=FOUND).is_visible()

    assert said.startswith("1 établissement actif")
    assert "de 10 à 49 salariés" in said
    assert re.search(r"à 500 m au plus de la gare Gare du Pont", said)


def test_the_list_follows_the_moving_map_whose_points_open_their_cards(served, browser, awa):
    with watched_page(browser, served) as page:
        open_session(page, served, awa)
        page.goto("/entreprises/?effectif=10-49")
        whole = page.locator(".firms-said").inner_text()
        page.get_by_role("button", name="Ouvrir la carte mobile").click()
        page.wait_for_selector(".firmsmap[data-ready]")
        page.get_by_label("Couleur selon").select_option("staff")
        coloured = page.locator(".firmsmap__legend").inner_text()
        page.get_by_label("La liste suit la carte").check()
        page.locator(".firmsmap canvas").focus()
        for _press in range(2):
            page.keyboard.press("ArrowRight")
            page.wait_for_timeout(700)
        page.get_by_text("1 établissement actif", exact=True).wait_for()
        shared, focused = page.url, page.evaluate("document.activeElement.tagName")
        page.keyboard.press("Enter")
        page.locator("[data-map-picked]").get_by_role("link", name=SEEN).click()
        page.get_by_role("heading", level=1, name=SEEN).wait_for()
        page.goto(shared)
        again = page.locator(".firms-said").inner_text()

    assert whole.startswith("4 établissements actifs")
    assert (focused, "zone=" in shared) == ("CANVAS", True)
    assert "10 à 19" in coloured
    assert again.startswith("1 établissement actif · dans un cadre de la carte")


def test_axe_finds_nothing_on_the_pages_of_a_selection(served, page, phone_page, axe, awa):
    for window in (page, phone_page):
        open_session(window, served, awa)
    home = reverse("companies:home")
    pages = (home, f"{home}?naf=25&lieu=commune:94081&cherche_naf=mecanique", f"{home}?naf=01",
             f"{reverse('companies:figures')}?naf=25", reverse("companies:saved"),
             f"{reverse('companies:save')}?naf=25")  # fmt: skip

    found = faults((page, phone_page), axe, pages)

    assert found == [], "\n".join(found)
