"""« J'étais cariste à Valenton » : three jobs with reasons, then « Appeler », on a phone."""

from datetime import time

import pytest
from playwright.sync_api import expect

from bassin.match.jobs import supply
from bassin.match.jobs.models import Offer
from bassin.match.jobs.tests.trades import put_trades
from bassin.ui.reader import today
from tests.support.installing import install

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VOICES = """
const said = window.said = [];
const voices = window.voices = [
  {lang: "ar-SA", localService: true}, {lang: "fr_FR", localService: true}];
const device = new EventTarget();
device.getVoices = () => voices;
device.speak = (one) => said.push([one.lang, one.text]);
device.cancel = () => { said.length = 0; };
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
Object.defineProperty(window, "speechSynthesis", {value: device});
"""
"""A device that speaks Arabic and French: what it is given to say is in `said`."""


@pytest.fixture
def offered(france, tmp_path, settings):
    """Three offers within reach of Valenton, and one that a licence blocks."""
    house = install(france, tmp_path / "var")
    put_trades(house)
    settings.VAR = house.var
    supply.forget()
    day = today()
    facts = {
        "rome_code": "N1101", "employer_name": "Exemple Logistique", "contract": "cdi",
        "shift_start": time(9), "apply_by": "call", "contact_telephone": "01 00 00 00 00",
        "state": "published", "written_on": day, "published_on": day, "expires_on": day,
    }  # fmt: skip
    for code, place, licences in (
        ("94074", "Valenton", []), ("94078", "Villeneuve-Saint-Georges", []),
        ("94022", "Choisy-le-Roi", None), ("94054", "Orly", ["CE"]),
    ):  # fmt: skip
        Offer.objects.create(
            title=f"Cariste à {place}", commune_code=code, place=place, licences=licences, **facts
        )
    yield
    supply.forget()


def test_a_former_forklift_driver_finds_three_jobs_with_reasons_and_calls(
    phone_page, live_server, offered, axe
):
    page = phone_page
    page.goto(f"{live_server.url}/accompagner/emplois/")
    page.get_by_label("Quel emploi cherchez-vous ?").focus()
    page.keyboard.type("j'étais cariste à Valenton")
    page.get_by_label("Trajet", exact=True).select_option("car")
    page.get_by_label("Quel emploi cherchez-vous ?").press("Enter")

    cards = page.locator(".jobs-offer")
    expect(cards.filter(has_text="Cariste à Valenton").first).to_be_visible()
    expect(cards.filter(has_text="C'est votre métier.")).to_have_count(4)
    call = cards.first.get_by_role("link", name="Appeler 01 00 00 00 00")
    expect(call).to_have_attribute("href", "tel:0100000000")
    assert axe(page) == []
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide)
    assert "Oui :" in cards.first.aria_snapshot()

    page.get_by_role("link", name="De plus près").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Dans cette partie de la carte :").first).to_be_visible()
    expect(page.get_by_role("link", name="De plus près")).to_be_focused()
    assert "vue=" in page.url
    page.go_back()
    expect(page.locator(".jobs-narrowed")).to_have_count(0)
    expect(cards).to_have_count(4)


def test_a_profile_is_kept_on_the_device_only_when_asked_and_erased_there(
    page, live_server, offered, axe
):
    page.goto(f"{live_server.url}/accompagner/emplois/profil/?fait=cariste")
    assert axe(page) == []
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Conduire un chariot élévateur").check()
    assert axe(page) == []
    page.get_by_role("button", name="Ma carte pour un conseiller").click()
    expect(page.get_by_role("heading", name="Ma carte pour un conseiller")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0

    page.get_by_role("button", name="Le garder sur cet appareil").click()
    expect(page.get_by_text("Gardé sur cet appareil.")).to_be_visible()
    page.goto(f"{live_server.url}/accompagner/emplois/profil/")
    expect(page.get_by_role("link", name="Reprendre mon dernier profil")).to_be_visible()
    page.get_by_role("button", name="L'effacer de cet appareil").click()

    assert page.evaluate("localStorage.length") == 0


def test_a_jobseeker_finds_a_job_in_arabic_by_keyboard_at_a_kiosk_and_leaves_nothing(
    phone_page, live_server, offered, axe
):
    page = phone_page
    page.clock.install()
    page.add_init_script(VOICES)
    page.goto(f"{live_server.url}/accompagner/emplois/?lang=ar&borne=1")
    page.get_by_label("عن أي عمل تبحث؟").focus()
    page.keyboard.type("cariste à Valenton")
    page.get_by_label("الطريق", exact=True).select_option("car")
    page.get_by_label("عن أي عمل تبحث؟").press("Enter")

    card = page.locator(".jobs-offer").first
    expect(card).to_contain_text("هذه مهنتك.")
    expect(card).to_contain_text("نعم:")
    expect(card.locator(".kiosk-out .qr")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert card.locator("a[href^='tel:']").count() == 0
    assert card.locator("h3 [lang=fr]").count() == 1
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0

    hear_each_language_with_its_voice(page)
    page.locator(".skip").press("Enter")
    page.get_by_role("link", name="من أقرب").press("Enter")
    page.wait_for_url("**vue=**")
    page.clock.run_for(100_000)
    assert "cherche=" in page.url
    page.clock.run_for(30_000)
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    left_nothing(page)

    page.goto(f"{live_server.url}/accompagner/emplois/?lang=ar")
    again = page.get_by_role("link", name="ابدأ من جديد وامسح كل شيء")
    again.focus()
    again.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    left_nothing(page)


def hear_each_language_with_its_voice(page):
    aloud = page.get_by_role("button", name="استمع إلى هذه الصفحة")
    aloud.click()
    said = page.evaluate("said")
    assert said[0] == ["ar-SA", page.locator("h1").inner_text()]
    assert ["fr_FR", "Cariste à Valenton"] in said
    page.get_by_role("button", name="توقف").first.click()
    expect(aloud).to_be_visible()
    assert page.evaluate("said") == []
    page.evaluate("voices.length = 0; speechSynthesis.dispatchEvent(new Event('voiceschanged'))")
    expect(page.locator("[data-aloud]:visible")).to_have_count(0)


def left_nothing(page):
    assert {each["name"] for each in page.context.cookies()} == {"borne"}
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    page.go_back(wait_until="commit")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    assert "cherche" not in page.url
    assert page.locator("#cherche, [name=cherche]").input_value() == ""
