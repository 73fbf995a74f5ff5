"""In a real browser: the agenda, an operation and one's own data, with axe, without JavaScript."""

import pytest
from django.utils import timezone

from bassin.commons import sample
from bassin.parties import sample as people
from tests.support.people import open_session

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = ("/agenda/", "/agenda/exemple-atelier-reemploi/", "/operations/",
         "/operations/exemple-quartier-des-ateliers/", "/documents/", "/embauches/",
         "/donnees-personnelles/registre/", "/lieux/commune/94074/une-page/")  # fmt: skip
PRIVATE = ("/compte/mes-donnees/", "/compte/journal/", "/agenda/nouveau/", "/documents/nouveau/")


@pytest.fixture
def shown(site, live_server):
    """The live server shows the sample."""
    today = timezone.localdate()
    people.build(today)
    sample.build(today)
    return live_server.url


def faults(page, axe, addresses, width):
    found = {}
    for address in addresses:
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth") > width
        said = [*axe(page), *(["wider than the screen"] if wide else [])]
        found.update({address: said} if said else {})
    return found


def test_axe_finds_nothing_on_public_pages(shown, page, phone_page, axe):
    assert faults(page, axe, PAGES, 1280) == {}
    assert faults(phone_page, axe, PAGES[:4], 390) == {}


def test_axe_finds_nothing_on_the_pages_of_an_officer(awa, shown, page, phone_page, axe):
    open_session(page, shown, awa)
    open_session(phone_page, shown, awa)

    assert faults(page, axe, PRIVATE, 1280) == {}
    assert faults(phone_page, axe, PRIVATE, 390) == {}


def test_an_officer_announces_then_calls_off_and_a_visitor_reads_it(
    awa, shown, page_without_js, page
):
    officer = page_without_js
    open_session(officer, shown, awa)
    officer.goto("/agenda/")
    officer.get_by_role("link", name="Mettre un événement à l’agenda").or_(
        officer.get_by_role("link", name="Mettre un événement à l'agenda")
    ).click()
    officer.get_by_label("Titre", exact=True).fill("Réunion des artisans")
    officer.get_by_label("Début").fill("2031-03-04T18:00")
    officer.get_by_label("Fin").fill("2031-03-04T20:00")
    officer.get_by_label("Commune").select_option(label="Orly")
    officer.get_by_role("button", name="Enregistrer").click()
    assert officer.url.endswith("/agenda/reunion-des-artisans-2031-03-04/")
    address = officer.url

    officer.get_by_role("link", name="Modifier cet événement").click()
    officer.get_by_label("Oui, annuler cet événement").check()
    officer.get_by_role("button", name="Annuler cet événement").click()

    page.goto(address)
    assert "Cet événement est annulé" in page.inner_text("main")
    assert "Modifier" not in page.inner_text("main")
