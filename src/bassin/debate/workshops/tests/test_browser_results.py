"""In a real browser: results read by a screen reader and by keyboard, published without scripts."""

import pytest
from playwright.sync_api import expect

from bassin.debate.workshops.models import Series, Workshop
from bassin.debate.workshops.tests.test_publishing import answered, over
from tests.support.people import open_session

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def held(room, live_server):
    """A workshop that is over: two rounds, a quiz, a ranking, words, two groups."""
    room.workshop.series = Series.objects.create(slug="elus", title={"fr": "Élus"}, public=True)
    room.workshop.save()
    step = room.step()
    for levels in ([2, 4], [4, 5]):
        answered(room, step, [{"level": each} for each in levels * 8], group="Vitry")
    answered(room, room.step("quiz", "a", "b"), [{"picks": ["a"]}] * 8)
    answered(room, room.step("ranking", *"abc"), [{"order": ["b", "a"]}] * 8)
    answered(room, room.step("words"), [{"texts": ["réemploi"]}] * 8)
    over(room)
    return room.workshop


def addresses(workshop):
    slug = workshop.steps.first().statement.slug
    return (f"/debattre/ateliers/{workshop.code}/synthese/", f"/debattre/questions/{slug}/",
            "/debattre/series/elus/")  # fmt: skip


def test_an_officer_publishes_without_scripts_and_everyone_reads(
    held, people, live_server, page_without_js, page, phone_page, axe
):
    officer = page_without_js
    open_session(officer, live_server.url, people.awa)
    officer.goto(f"/debattre/ateliers/{held.code}/compte-rendu/")
    officer.get_by_label("En quelques phrases").fill("Un accord plus net après l’échange.")
    officer.get_by_role("button", name="Enregistrer ce texte").click()
    officer.get_by_label("Validé par").fill("Bureau")
    officer.get_by_role("button", name="Noter", exact=True).click()
    officer.get_by_role("button", name="Publier définitivement").click()
    expect(officer.get_by_role("button", name="Publier définitivement")).to_have_count(0)

    assert Workshop.objects.get().state == "published"
    for reader in (page, phone_page):
        for address in addresses(held):
            reader.goto(address)
            wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            assert not reader.evaluate(wide)
            assert axe(reader) == []


def test_a_result_is_a_table_to_a_screen_reader_and_opens_by_keyboard(
    held, people, live_server, page, axe
):
    open_session(page, live_server.url, people.awa)
    page.goto(f"/debattre/ateliers/{held.code}/compte-rendu/")
    assert axe(page) == []
    page.goto(addresses(held)[0])
    table = page.get_by_role("table", name="Degrés d’accord").last

    told = table.aria_snapshot()
    assert 'row "D’accord 50 % 8"' in told.replace("\u202f", " ").replace("\u00a0", " ")

    page.locator("summary", has_text="Ce qui a bougé").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("table", name="Ce qui a bougé")).to_be_visible()
    assert "img" not in told
