"""Two people prepare one workshop: the second to save sees what changed, and loses nothing."""

import re

import pytest
from django.urls import reverse

from bassin.debate.workshops import actions_editing, actions_statements
from bassin.debate.workshops.actions_statements import Proposed
from bassin.debate.workshops.models import Minutes, Note, Series, Statement, Step, Workshop
from bassin.debate.workshops.tests.conftest import change, opened_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(client, awa):
    """A browser in which Awa is signed in."""
    client.force_login(awa)
    return client


def at(room, name, *more):
    return reverse(f"workshops:{name}", args=[room.workshop.code, *more])


def opened(site, address):
    return opened_on(site.get(address))


def content(room, **more):
    facts = {"title": {"fr": "Constats"}, "text": {"fr": "Avant"}, **more}
    return actions_editing.add_step(room.workshop, by=room.by, kind="content", **facts)


def test_the_second_to_save_a_step_sees_what_changed_and_saves_again(site, room):
    step = content(room, source="Insee, 2018")
    address = at(room, "edit_step", step.pk)
    base = opened(site, address)
    typed = {"title": "Constats", "text": "Le mien", "source": "Insee, 2018", "base": base}

    actions_editing.edit_step(step, typed={"text": {"fr": "Le sien"}, "minutes": 12}, by=room.by)
    refused = site.post(address, typed)
    page = refused.content.decode()
    kept = Step.objects.get()

    assert refused.status_code == 409
    assert kept.text == {"fr": "Le sien"}
    for each in ("Avant", "Le sien", "Le mien", 'value="12"'):
        assert each in page
    again = site.post(address, {**typed, "minutes": "12", "base": opened_on(refused)})
    kept.refresh_from_db()
    assert (again.status_code, kept.text, kept.minutes) == (302, {"fr": "Le mien"}, 12)


def test_a_mistake_corrected_does_not_hide_what_somebody_else_saved(site, room):
    step = content(room)
    address = at(room, "edit_step", step.pk)
    typed = {"title": "Constats", "text": "Le mien", "base": opened(site, address)}
    actions_editing.edit_step(step, typed={"text": {"fr": "Le sien"}}, by=room.by)

    wrong = site.post(address, {**typed, "minutes": "mille"})
    refused = site.post(address, {**typed, "base": opened_on(wrong)})

    assert (wrong.status_code, refused.status_code) == (400, 409)
    assert Step.objects.get().text == {"fr": "Le sien"}


def test_answers_that_somebody_else_wrote_are_not_erased_by_who_changed_the_title(site, room):
    step = room.step("choice", "Un", "Deux")
    address = at(room, "edit_step", step.pk)
    typed = {"asked": "Énoncé", "title": "Autre titre", "most": "1", "base": opened(site, address),
             "answer-0": "Un", "code-0": "Un", "answer-1": "Deux", "code-1": "Deux"}  # fmt: skip
    options = [Proposed({"fr": each}, each) for each in ("Un", "Deux")]
    actions_statements.edit(
        step.statement, workshop=room.workshop, by=room.by, facts={"most": 1},
        options=[*options, Proposed({"fr": "Trois"})],
    )  # fmt: skip

    refused = site.post(address, typed)

    page = refused.content.decode()
    assert refused.status_code == 409
    assert 'value="Trois"' in page
    assert 'value="Autre titre"' in page
    assert Statement.objects.get().options.count() == 3


def test_every_form_of_what_several_people_write_compares_before_it_saves(site, room):
    series = Series.objects.create(slug="route", title={"fr": "La route"})
    note = Note.objects.create(workshop=room.workshop, text="Avant")
    step = room.step()
    room.workshop.refresh_from_db()
    forms = [
        (at(room, "edit"), {"title": "Atelier", "access": "code", "secrecy": "pseudonymous",
                            "min_group": 5, "place": "Chez moi"},
         lambda: Workshop.objects.update(place="Chez lui")),
        (at(room, "note", note.pk), {"text": "Moi", "kind": "argument", "side": ""},
         lambda: Note.objects.update(text="Lui")),
        (reverse("workshops:edit_series", args=["route"]), {"title": "Moi"},
         lambda: Series.objects.update(title={"fr": "Lui"})),
        (at(room, "loop", step.pk), {"name": "Moi", "beside": [step.statement_id]},
         lambda: Statement.objects.update(loop={"name": {"fr": "Lui"}})),
        (at(room, "minutes"), {"act": "draft", "text": "Moi"},
         lambda: Minutes.objects.update_or_create(
             workshop=room.workshop, defaults={"text": "Lui"})),
    ]  # fmt: skip
    for address, typed, meanwhile in forms:
        base = opened(site, address)
        meanwhile()
        answer = site.post(address, {**typed, "base": base})
        assert answer.status_code == 409, address
        assert "Quelqu'un a enregistré avant vous" in answer.content.decode().replace("&#x27;", "'")

    series.refresh_from_db()
    assert (series.title, Minutes.objects.get().text) == ({"fr": "Lui"}, "Lui")


def test_what_somebody_else_takes_out_meanwhile_stays_on_the_page_and_is_added_again(site, room):
    quiz = room.step("quiz", "Un", "Deux")
    note = Note.objects.create(workshop=room.workshop, text="Avant")
    answers = {"answer-0": "Un", "code-0": "Un", "answer-1": "Trois à moi"}
    forms = [
        (at(room, "edit_step", content(room).pk), {"title": "Titre à moi", "text": "Le mien"}),
        (at(room, "edit_step", quiz.pk), {"asked": "Question à moi", "title": "T", **answers}),
        (at(room, "note", note.pk), {"text": "Note à moi", "kind": "argument", "side": ""}),
    ]
    pages = [site.get(address).content.decode() for address, _typed in forms]
    Step.objects.all().delete()
    Note.objects.all().delete()

    for (address, typed), page in zip(forms, pages, strict=True):
        kind = re.search(r'name="of_kind" value="([^"]+)"', page)
        sent = {**typed, **({"of_kind": kind[1]} if kind else {})}
        kept = site.post(address, sent)
        told = kept.content.decode()
        assert kept.status_code == 409, address
        assert "Quelqu'un a retiré cela" in told.replace("’", "'").replace("&#x27;", "'")
        assert all(each in told for each in typed.values() if "à moi" in each)
        again = re.search(r'<form method="post" action="([^"]+)"', told)[1]
        assert site.post(again, typed).status_code == 302
        assert site.get(address).status_code == 404

    texts = [each.statement.text["fr"] for each in Step.objects.exclude(statement=None)]
    assert (texts, Note.objects.get().text) == (["Question à moi"], "Note à moi")
    assert Step.objects.filter(title={"fr": "Titre à moi"}).count() == 1
    options = Statement.objects.get(text={"fr": "Question à moi"}).options.all()
    assert [each.text["fr"] for each in options] == ["Un", "Trois à moi"]


def test_a_card_written_beside_a_question_taken_out_is_kept_to_be_copied(site, room):
    quiz = room.step("quiz", "a")
    pages = [at(room, "loop", quiz.pk), at(room, "compute", quiz.pk, "a")]
    Step.objects.all().delete()

    for page, typed in zip(pages, ({"name": "Réemploi à moi"}, {"stated": "12"}), strict=True):
        kept = site.post(page, typed)
        assert kept.status_code == 409
        assert all(each in kept.content.decode() for each in typed.values())
        assert site.get(page).status_code == 404


def test_a_step_taken_out_meanwhile_is_neither_shown_nor_moved_and_that_is_said(site, room):
    first, gone = room.step(), room.step()
    room.open(first)
    room.close(room.workshop.rounds.get())
    pk = gone.pk
    actions_editing.remove_step(gone, by=room.by)

    shown = site.post(at(room, "deed", "go"), {"step": pk, "from": first.pk}, follow=True)
    moved = site.post(at(room, "step_up", pk), follow=True)

    for each in (shown, moved):
        assert each.status_code == 200
        assert "Quelqu'un a retiré cette étape" in each.content.decode().replace("’", "'")


def test_two_translators_at_once_each_keep_what_they_wrote(site, room):
    Workshop.objects.update(languages=["fr", "en"])
    step = room.step("choice", "Un", "Deux")
    address = at(room, "translate", "en")
    one, two = (f"option-{each.pk}-text" for each in step.statement.options.all())
    mine, theirs = site.get(address), site.get(address)

    site.post(address, {one: "One", two: "", "base": opened_on(theirs)})
    site.post(address, {one: "", two: "Two", "base": opened_on(mine)})
    kept = [each.text.get("en") for each in step.statement.options.all()]
    refused = site.post(address, {one: "The first", two: "", "base": opened_on(mine)})

    assert kept == ["One", "Two"]
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "The first" in page
    assert "One" in page
    saved = site.post(address, {one: "The first", two: "Two", "base": opened_on(refused)})
    assert saved.status_code == 302
    assert [each.text.get("en") for each in step.statement.options.all()] == ["The first", "Two"]


def test_answers_are_put_in_another_order_before_they_are_saved(site, room):
    step = room.step("ranking", "Un", "Deux", "Trois")
    address = at(room, "edit_step", step.pk)
    typed = {"asked": "Énoncé", "title": "Titre"}
    for index, each in enumerate(("Un", "Deux", "", "Trois")):
        typed |= {f"answer-{index}": each, f"code-{index}": each}

    arranged = change(site, address, {**typed, "up": "3"})
    codes = [each.code for each in arranged.context["rows"] if each.text]
    unsaved = [each.code for each in step.statement.options.all()]
    moved = {f"{name}-{n}": each for n, each in enumerate(codes) for name in ("answer", "code")}
    saved = change(site, address, {"asked": "Énoncé", "title": "Titre", **moved})

    assert (arranged.status_code, saved.status_code) == (200, 302)
    assert (codes, unsaved) == (["Un", "Trois", "Deux"], ["Un", "Deux", "Trois"])
    assert [each.code for each in step.statement.options.all()] == codes


def test_the_card_of_a_loop_is_translated_once_for_the_questions_that_show_it(site, room):
    Workshop.objects.update(languages=["fr", "en"])
    card = {
        "name": {"fr": "Réemploi"}, "dimensions": {"skills": {"fr": "Déposer"}},
        "conditions": {"C1": {"level": 1, "evidence": {"fr": "12 t/an"}}},
    }  # fmt: skip
    steps = [room.step(loop=card), room.step(loop=card), room.step()]
    key = f"statement-{steps[0].statement_id}-loop"
    sent = {f"{key}-name": "Reuse", f"{key}-conditions-C1-evidence": "12 t/yr"}

    page = site.get(at(room, "translate", "en")).content.decode()
    change(site, at(room, "translate", "en"), sent)

    cards = [each.loop for each in Statement.objects.order_by("pk")]
    assert page.count("Réemploi") == 2  # shown in French, and named for its field
    assert cards[0] == cards[1]
    assert cards[0]["name"] == {"fr": "Réemploi", "en": "Reuse"}
    assert cards[0]["conditions"]["C1"]["evidence"]["en"] == "12 t/yr"
    assert cards[0]["dimensions"] == card["dimensions"]
    assert not cards[2]
