"""The console and the editor in a real browser: no script, another device, axe; keyboard alone and
what a screen reader is given are in `test_in_the_room.py`."""

import pytest
from playwright.sync_api import expect

from bassin.debate.workshops import actions
from bassin.debate.workshops.models import Workshop
from bassin.debate.workshops.tests.conftest import NOW
from tests.support.people import open_session

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def address(room, page="animer"):
    return f"/debattre/ateliers/{room.workshop.code}/{page}/"


def test_without_script_every_step_of_a_vote_is_run(page_without_js, live_server, room):
    page = page_without_js
    room.step()
    Workshop.objects.update(state="draft")
    open_session(page, live_server.url, room.by)
    page.goto(address(room))

    for name in ("Ouvrir les portes", "Commencer l'atelier", "Ouvrir la question"):
        page.get_by_role("button", name=name).click()
    page.get_by_text("Fermer la question…").click()
    page.get_by_role("button", name="Oui : Fermer la question").click()
    page.get_by_role("button", name="Montrer le résultat à la salle").click()
    page.get_by_text("Clore l'atelier…").click()
    page.get_by_role("button", name="Oui : Clore l'atelier").click()
    expect(page.get_by_text("Clore l'atelier…")).to_have_count(0)

    assert Workshop.objects.get().state == "closed"


def test_a_page_follows_another_device_and_keeps_what_is_being_typed(phone_page, live_server, room):
    page = phone_page
    opened = room.open(room.step())
    open_session(page, live_server.url, room.by)
    page.goto(address(room))
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide)
    page.locator("#note_text").fill("Ouvrir une halle")

    # The live part does not answer here: the page asks again by itself.
    actions.pause(opened, by=room.by, now=NOW)
    page.get_by_role("button", name="Reprendre les réponses").wait_for()

    assert page.locator("#note_text").input_value() == "Ouvrir une halle"


def test_a_question_being_confirmed_is_not_replaced(page, live_server, room, axe):
    opened = room.open(room.step())
    open_session(page, live_server.url, room.by)
    page.goto(address(room))
    page.get_by_text("Fermer la question…").click()
    assert "plus aucune réponse" in page.locator(".run-sure[open]").inner_text()
    assert axe(page) == []

    actions.pause(opened, by=room.by, now=NOW)
    page.get_by_text("La salle a changé. Mettre la page à jour").wait_for()

    assert page.locator(".run-sure[open]").is_visible()


def test_the_pages_that_prepare_have_no_fault_for_axe(page, live_server, room, axe):
    Workshop.objects.update(languages=["fr", "ar"])
    quiz = room.step("quiz", "a", "b")
    opened = room.open(room.step("words"))
    for words in ("Emploi", "Emplois", "Eau"):
        room.vote(opened, room.ticket(), texts=[words])
    room.close(opened)
    open_session(page, live_server.url, room.by)
    pages = [
        "preparer", "preparer/fiche", f"preparer/etapes/{quiz.pk}", "preparer/traduire/ar",
        "preparer/reprendre", "preparer/repeter", "animer/billets", f"animer/textes/{opened.pk}",
    ]  # fmt: skip

    faults = {}
    for each in pages:
        page.goto(address(room, each))
        faults[each] = axe(page)

    assert faults == {each: [] for each in pages}


def test_a_question_is_written_with_enter_and_lines_are_added_without_losing_any(
    page, live_server, room
):
    open_session(page, live_server.url, room.by)
    page.goto(address(room, "preparer/etapes/ajouter/choice"))
    page.get_by_label("La question", exact=False).first.fill("Lequel ?")
    page.get_by_label("Réponse 1").fill("Un")
    with page.expect_navigation():
        page.get_by_role("button", name="Plus de lignes de réponses").click()
    page.get_by_label("Réponse 2").fill("Deux")
    page.keyboard.press("Enter")

    page.wait_for_url("**/preparer/*")
    statement = room.workshop.steps.get().statement
    assert [each.text["fr"] for each in statement.options.all()] == ["Un", "Deux"]


def test_five_long_items_to_rank_hold_on_the_big_screen(page, live_server, room):
    text = "Mettre en œuvre un service commun de la médiation numérique des agents publics locaux "
    text += "et des actions d'inclusion appuyées sur la coopération entre communes et territoire"
    codes = [f"m{n}" for n in range(5)]
    step = room.step("ranking", *codes, text={"fr": "Quelles missions remplir d'abord ?"})
    step.statement.options.update(text={"fr": text})
    room.open(step)
    open_session(page, live_server.url, room.by)
    page.set_viewport_size({"width": 1920, "height": 1080})

    page.goto(f"{live_server.url}/debattre/ateliers/{room.workshop.code}/ecran/")

    assert page.locator(".wall__options li").count() == 5
    assert page.evaluate("document.documentElement.scrollHeight") == 1080
    small = page.evaluate(
        "Math.min(...[...document.querySelectorAll('.wall *')].map(each => "
        "parseFloat(getComputedStyle(each).fontSize)))"
    )
    assert small >= 38
