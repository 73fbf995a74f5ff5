"""Signing in as people do it: on a telephone, without JavaScript, with what axe finds."""

import re
import time

import pytest
from django.core import mail
from django.utils import timezone

from bassin.parties import actions
from tests.support.people import application_code, open_session

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    "/compte/", "/compte/sessions/", "/compte/second-facteur/", "/compte/organisations/",
    "/compte/organisations/test-firm/", "/compte/preuve/",
)  # fmt: skip


def code() -> str:
    return re.search(r"^    (\S+)$", mail.outbox[-1].body, flags=re.MULTILINE)[1]


def test_a_firm_signs_in_without_javascript_and_signs_out(page_without_js, axe, chloe):
    page = page_without_js
    page.goto("/compte/sessions/")
    page.get_by_label("Votre adresse électronique").fill(chloe.email)
    page.get_by_role("button", name="Recevoir un code").click()
    page.get_by_label("Le code que vous avez reçu").fill(code())
    page.locator("main").get_by_role("button", name="Se connecter").click()

    assert page.url.endswith("/compte/sessions/")
    page.get_by_role("button", name="Se déconnecter").click()
    page.goto("/compte/")
    assert "/compte/connexion/" in page.url


def test_an_officer_shows_a_second_factor_on_a_telephone(phone_page, axe, awa):
    page, faults = phone_page, {}
    page.goto("/compte/organisations/")
    faults["address"] = axe(page)
    page.get_by_label("Votre adresse électronique").fill(awa.email)
    page.get_by_role("button", name="Recevoir un code").click()
    faults["code"] = axe(page)
    page.get_by_label("Le code que vous avez reçu").fill(code())
    page.locator("main").get_by_role("button", name="Se connecter").click()
    faults["second factor"] = axe(page)
    page.get_by_label("Les six chiffres").fill(application_code(time.time()))
    page.locator("main").get_by_role("button", name="Se connecter").click()

    assert page.url.endswith("/compte/organisations/")
    assert {name: found for name, found in faults.items() if found} == {}


def test_pages_of_an_account_are_sound_and_fit_a_telephone(phone_page, axe, live_server, chloe):
    open_session(phone_page, live_server.url, chloe)
    faults, wide = {}, {}
    for path in PAGES:
        phone_page.goto(path)
        faults[path] = axe(phone_page)
        wide[path] = phone_page.evaluate("document.documentElement.scrollWidth")

    assert {path: found for path, found in faults.items() if found} == {}
    assert set(wide.values()) == {390}


def test_someone_who_took_the_wrong_address_can_take_another(page, chloe):
    page.goto("/compte/connexion/")
    page.get_by_label("Votre adresse électronique").fill("wrong@example.org")
    page.get_by_role("button", name="Recevoir un code").click()
    page.get_by_role("button", name="Utiliser une autre adresse").click()

    assert page.get_by_label("Votre adresse électronique").is_visible()


def test_an_invitation_and_a_role_that_ends_are_sound(page, axe, live_server, chloe, dan):
    tokens = []
    actions.invite(
        chloe.memberships.get().organisation, dan.email, "member", by=chloe,
        now=timezone.now(), address=lambda token: tokens.append(token) or token,
    )  # fmt: skip
    page.goto(f"/invitation/{tokens[0]}/")
    visitor = axe(page)
    open_session(page, live_server.url, dan)
    page.reload()
    page.get_by_role("button", name="Rejoindre").click()
    page.get_by_role("link", name="Quitter").click()

    assert visitor == []
    assert axe(page) == []
