"""The card in a real browser, without JavaScript, examined by axe: an officer reports an error."""

import time

import pytest
from django.core.cache import cache
from django.urls import reverse

from bassin.observe.companies.models import Correction
from bassin.observe.companies.tests.registry import OPEN, PERSON, UNKNOWN
from bassin.parties import traps
from tests.support.browser import faults, watched_page
from tests.support.people import open_session

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_an_officer_opens_a_card_and_reports_an_error_without_javascript(
    register, browser, live_server, awa, monkeypatch
):
    cache.clear()
    monkeypatch.setattr(traps, "QUICKEST", 0)  # a browser fills forms faster than people
    with watched_page(browser, live_server.url, java_script_enabled=False) as page:
        open_session(page, live_server.url, awa)
        page.goto(f"/mon-entreprise/?q={OPEN}")
        page.get_by_role("link", name="Sa fiche publique").click()
        page.get_by_role("link", name="Signaler une erreur : Effectif salarié").click()
        page.get_by_label("Qu'est-ce qui est vrai ?").select_option("21")
        page.get_by_label("Comment le savez-vous ?").fill("Visite du 12 novembre.")
        time.sleep(1.1)  # the seal of the form counts in seconds
        page.get_by_role("button", name="Envoyer").click()
        assert page.get_by_role("heading", name="Merci, c'est noté").is_visible()
        page.get_by_role("link", name="Revenir à la fiche").click()
        assert page.get_by_role("heading", level=1, name="ATELIER DU PONT").is_visible()

    made = Correction.objects.get()
    assert (made.column, made.value, made.quality, made.reported_by) == (
        "headcount_band", "21", "officer", awa,
    )  # fmt: skip


def test_axe_finds_nothing_on_the_pages_of_one_firm(
    register, live_server, page, phone_page, axe, awa
):
    for window in (page, phone_page):
        open_session(window, live_server.url, awa)
    cards = [reverse("companies:establishment", args=[siret]) for siret in (OPEN, PERSON, UNKNOWN)]
    more = [reverse(f"companies:{name}", args=[OPEN]) for name in ("mine", "report", "reported")]
    pages = (*cards, *more, f"{more[1]}?donnee=headcount_band", reverse("companies:mine_find"),
             reverse("companies:corrections"))  # fmt: skip

    found = faults((page, phone_page), axe, pages)

    assert found == [], "\n".join(found)
