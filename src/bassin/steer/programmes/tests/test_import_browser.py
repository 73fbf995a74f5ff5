"""An officer brings a plan in, in a real browser that runs no script."""

from pathlib import Path

import pytest

from bassin.steer.programmes.models import Action, ImportDraft
from tests.support.installing import install

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TEXT = (Path(__file__).parent / "data" / "plan.txt").read_text("utf-8")


@pytest.fixture
def site(france, tmp_path, settings, live_server, client, awa):
    """The live server, and the cookie of an officer."""
    settings.VAR = install(france, tmp_path / "var").var
    client.force_login(awa)
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": live_server.url,
    }


def test_a_plan_is_pasted_corrected_and_written_without_javascript(site, page_without_js):
    page = page_without_js
    page.context.add_cookies([site])
    page.goto("/piloter/importer/")
    page.get_by_label("Ou le texte du plan, collé").fill(TEXT)
    page.get_by_label("Nom du document").fill("Plan de Valmont")
    page.get_by_label("Titre du nouveau cadre").fill("Plan de Valmont")
    page.get_by_role("button", name="Lire").click()

    page.get_by_label("Titre").nth(1).fill("Rebondir après la crue")
    page.get_by_role("button", name="Garder mes corrections").click()
    assert page.get_by_label("Titre").nth(1).input_value() == "Rebondir après la crue"
    page.get_by_role("button", name="Écrire 8 fiches").click()

    assert "C'est écrit" in page.locator("main").inner_text()
    assert Action.objects.count() == 3


def test_axe_finds_nothing_on_a_computer_and_on_a_telephone(site, page, phone_page, axe):
    page.context.add_cookies([site])
    phone_page.context.add_cookies([site])
    page.goto("/piloter/importer/")
    page.get_by_label("Ou le texte du plan, collé").fill(TEXT)
    page.get_by_label("Nom du document").fill("Plan de Valmont")
    page.get_by_label("Titre du nouveau cadre").fill("Plan de Valmont")
    page.get_by_role("button", name="Lire").click()
    draft = ImportDraft.objects.get()

    for address in ("", f"{draft.pk}/", f"{draft.pk}/?vue=repare", f"{draft.pk}/?lang=en"):
        for opened in (page, phone_page):
            opened.goto(f"/piloter/importer/{address}")
            for details in opened.locator("details").all():
                details.evaluate("each => each.open = true")
            assert axe(opened) == []
        assert phone_page.evaluate("document.documentElement.scrollWidth") <= 390
