"""The pages of who prepares and runs a workshop, without any script."""

import html
import re

import pytest
from django.urls import reverse

from bassin.debate.workshops import actions, actions_editing
from bassin.debate.workshops.models import Note, Round, Statement, Ticket, Workshop
from bassin.debate.workshops.tests.conftest import NOW, change
from tests.support.papers import read_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(client, awa):
    """A browser in which Awa is signed in."""
    client.force_login(awa)
    return client


def at(room, name, *more):
    return reverse(f"workshops:{name}", args=[room.workshop.code, *more])


def read(site, address):
    answer = site.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def press(site, room, name, **sent):
    return site.post(at(room, "deed", name), sent, follow=True).content.decode()


def first(page):
    """The words of the big button."""
    page = re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)
    found = re.search(r'class="run-first">.*?button--big[^>]*>(.*?)</', page, re.DOTALL)
    return html.unescape(" ".join(re.sub(r"<[^>]*>", " ", found[1]).split()))


def test_the_console_proposes_the_next_thing_first_from_the_doors_to_the_end(site, room):
    step = room.step()
    Workshop.objects.update(state="draft")
    seen = [first(read(site, at(room, "run")))]
    for name in ("advance-lobby", "advance-live", "open", "pause", "resume", "close", "reveal"):
        asked = getattr(Round.objects.first(), "pk", 0)
        seen += [first(press(site, room, name, step=step.pk, round=asked))]
    seen += [first(press(site, room, "advance-closed"))]

    assert seen == [
        "Ouvrir les portes", "Commencer l'atelier", "Ouvrir la question",
        "Fermer la question…", "Reprendre les réponses", "Fermer la question…",
        "Montrer le résultat à la salle", "Clore l'atelier…", "Écrire la synthèse",
    ]  # fmt: skip
    assert Workshop.objects.get().state == "closed"


def test_a_second_press_says_that_somebody_pressed_first(site, room):
    opened = room.open(room.step())
    press(site, room, "close", round=opened.pk)

    page = press(site, room, "close", round=opened.pk)

    assert "message--error" in page


def test_a_button_of_an_old_page_does_not_move_the_room_back(site, room):
    steps = [room.step() for _ in range(3)]
    for each in steps:
        actions.go_to(room.workshop, each, by=room.by, now=NOW)

    press(site, room, "go", step=steps[1].pk, **{"from": steps[0].pk})

    assert Workshop.objects.get().step == steps[2]


def test_another_facilitator_takes_over_from_another_device(site, room, people, client_factory):
    room.workshop.facilitators.create(person=people.chloe)
    opened = room.open(room.step())
    other = client_factory()
    other.force_login(people.chloe)

    press(site, room, "pause", round=opened.pk)
    page = press(other, room, "resume", round=opened.pk)

    assert Round.objects.get().state == "open"
    assert first(page) == "Fermer la question…"


def test_a_step_lasts_longer_and_nothing_hurries(site, room):
    step = actions_editing.add_step(
        room.workshop, by=room.by, kind="discussion", title={"fr": "Débat"}, minutes=10
    )
    actions.go_to(room.workshop, step, by=room.by, now=NOW)

    page = press(site, room, "extend", step=step.pk)

    step.refresh_from_db()
    assert step.minutes == 15
    assert "15 étaient prévues" in page


def test_a_question_is_set_aside_only_with_a_reason(site, room):
    opened = room.open(room.step())
    press(site, room, "void", round=opened.pk, why=" ")
    assert Round.objects.get().state == "open"

    press(site, room, "void", round=opened.pk, why="Micro en panne")

    assert Round.objects.get().void_why == "Micro en panne"


def test_a_paper_is_entered_from_the_form_of_the_question(site, room):
    opened = room.open(room.step("ranking", "a", "b"))
    address = at(room, "papers")
    assert 'name="rank-a"' in read(site, address)

    wrong = site.post(address, {"channel": "paper", "number": 3, "rank-a": "x"})
    right = site.post(address, {"channel": "paper", "number": 3, "rank-b": "1", "rank-a": ""})

    assert (wrong.status_code, right.status_code) == (400, 302)
    assert opened.ballots.get().answer == {"order": ["b"]}
    assert "next=4" in right.headers["Location"]


def test_tickets_are_shown_once_and_a_lost_one_is_replaced(site, room):
    made = site.post(at(room, "tickets"), {"count": 2, "channel": "printed"})
    tokens = re.findall(rf"/a/{room.workshop.code}/t/([\w-]+)/", made.content.decode())

    lost = Ticket.objects.get(number=1)
    again = site.post(at(room, "ticket_deed", lost.pk, "replace")).content.decode()

    assert len(set(tokens)) == 2
    assert made.headers["Cache-Control"] == "private, no-store"
    assert not any(token in read(site, at(room, "tickets")) for token in tokens)
    assert "Billet 3" in again


def test_the_tickets_just_made_are_a_paper_to_cut_out_that_screen_readers_read(site, room):
    made = site.post(at(room, "tickets"), {"count": 11, "channel": "printed"})
    tokens = made.context["tokens"]
    Ticket.objects.filter(number=2).update(state="revoked")

    paper = site.post(at(room, "tickets_pdf"), {"tokens": f"{tokens} forged"})
    nothing = site.post(at(room, "tickets_pdf"), {"tokens": "forged"})

    found = read_pdf(paper.content)
    text = re.sub(r"\s", "", found.text)
    codes = tokens.split()
    assert (nothing.status_code, paper.headers["Cache-Control"]) == (404, "private, no-store")
    assert (found.ua_part, found.language, found.pages) == ("1", "fr", 1)
    assert [f"/t/{each}/" in text for each in codes] == [n != 1 for n in range(11)]
    assert "Billet1" in text
    assert f"{room.workshop.code[:3]}{room.workshop.code[3:]}" in text
    assert len(found.alternatives) == 10
    assert codes[0] in found.alternatives[0]


def test_texts_are_read_merged_and_set_apart_on_their_page(site, room):
    opened = room.open(room.step("contributions"))
    for text in ("Un lieu commun", "Un lieu", "<script>alert(1)</script>"):
        room.vote(opened, room.ticket(), texts=[text])
    room.close(opened)
    address, decide = at(room, "texts", opened.pk), at(room, "decide_texts", opened.pk)
    page = read(site, address)
    assert "<script>alert" not in page
    keys = dict(opened.expressions.values_list("label", "pk"))

    both = [keys["Un lieu commun"], keys["Un lieu"]]
    site.post(decide, {"do": "merge", "text": both, "label": "Un lieu à partager"})
    site.post(decide, {"do": "hide", "text": [keys["<script>alert(1)</script>"]], "why": "Hors"})
    merged = read(site, address)
    apart = opened.expressions.get(merged_into__isnull=False)
    site.post(decide, {"do": "part", "text": [apart.pk]})

    assert "Un lieu à partager" in merged
    assert "(Hors)" in merged
    assert not opened.expressions.filter(merged_into__isnull=False).exists()


def test_a_note_is_written_corrected_and_read_on_the_console(site, room):
    opened = room.open(room.step())
    sent = {"step": opened.step_id, "round": opened.pk, "kind": "action", "side": ""}
    site.post(at(room, "add_note"), {**sent, "text": "Ouvrir une halle"})
    note = Note.objects.get()

    change(site, at(room, "note", note.pk), {**sent, "text": "Ouvrir deux halles"})

    assert (note.step_id, note.round_id) == (opened.step_id, opened.pk)
    assert "Ouvrir deux halles" in read(site, at(room, "run"))


def test_a_workshop_is_built_from_nothing(site):
    site.post(reverse("workshops:begin"), {
        "title": "Atelier des élus", "access": "code", "secrecy": "pseudonymous", "min_group": 5,
        "languages": ["en"], "groups": "Élus\nAgents",
    })  # fmt: skip
    made = Workshop.objects.get()

    def add(kind, **sent):
        return site.post(reverse("workshops:add_step", args=[made.code, kind]), sent)

    add("video", title="Le film", placeholder="on")
    add("discussion", title="Premier débat", minutes="20")
    quiz = add("quiz", **{"asked": "C'est :", "answer-0": "10 %", "judged-0": "right",
                          "source-0": "Recensement 2018", "answer-3": "15 %"})  # fmt: skip
    again = add("likert", asked="Une proposition", another="1")

    assert quiz.status_code == 302
    assert "/ajouter/likert/" in again.headers["Location"]
    assert (made.languages, made.groups) == (["fr", "en"], ["Élus", "Agents"])
    assert [each.kind for each in made.steps.all()] == ["video", "discussion", "vote", "vote"]
    options = Statement.objects.get(kind="quiz").options.all()
    assert [(each.text["fr"], each.truth.get("right")) for each in options] == [
        ("10 %", True), ("15 %", None),
    ]  # fmt: skip
    page = read(site, reverse("workshops:prepare", args=[made.code]))
    assert "Rien ne dit encore quelles réponses sont exactes" in page


def test_more_lines_keep_what_was_typed_and_save_nothing(site, room):
    address = at(room, "add_step", "choice")

    page = site.post(address, {"asked": "Lequel ?", "answer-0": "Un", "more": "1"})

    assert page.status_code == 200
    assert 'value="Un"' in page.content.decode()
    assert 'name="answer-6"' in page.content.decode()
    assert not Statement.objects.exists()


def test_a_question_refused_gives_back_what_was_typed(site, room):
    answer = site.post(at(room, "add_step", "choice"), {"asked": "Lequel ?", "answer-0": "Seul"})

    assert answer.status_code == 400
    assert 'value="Seul"' in answer.content.decode()
    assert "au moins 2" in answer.content.decode()


def test_steps_move_with_buttons_and_are_taken_out(site, room):
    one, two = room.step(), room.step()

    site.post(at(room, "step_up", two.pk))
    assert [each.pk for each in room.workshop.steps.all()] == [two.pk, one.pk]
    site.post(at(room, "remove_step", one.pk))
    assert [each.pk for each in room.workshop.steps.all()] == [two.pk]


def test_a_translation_is_written_side_by_side_and_what_is_missing_is_said(site, room):
    Workshop.objects.update(languages=["fr", "en"])
    step = room.step("sorting", "a", columns=[{"fr": "Pour"}, {"fr": "Contre"}])
    address = at(room, "translate", "en")
    page = read(site, address)
    assert page.count("pair__missing") == 6  # two titles, a question, two columns, an answer

    sent = {
        f"statement-{step.statement_id}-text": "A statement",
        f"statement-{step.statement_id}-columns-0": "For",
        f"statement-{step.statement_id}-columns-1": "Against",
    }
    site.post(address, sent)

    kept = Statement.objects.get()
    assert kept.text == {"fr": "Énoncé", "en": "A statement"}
    assert kept.columns == [{"fr": "Pour", "en": "For"}, {"fr": "Contre", "en": "Against"}]
    assert read(site, address).count("pair__missing") == 3


def test_a_film_is_judged_by_its_content(site, room):
    from django.core.files.uploadedfile import SimpleUploadedFile

    address = at(room, "add_step", "video")
    page = site.post(address, {"title": "Film", "film": SimpleUploadedFile("a.webm", b"<html>")})

    assert page.status_code == 400
    assert not room.workshop.steps.exists()


def test_a_statement_is_asked_again_and_copied_to_be_changed(site, room):
    step = room.step()
    other = Workshop.objects.create(code="777777", title={"fr": "Autre"})
    found = read(site, reverse("workshops:reuse", args=["777777"]) + "?q=énon")
    assert "Énoncé" in found

    ask = {"statement": step.statement_id}
    site.post(reverse("workshops:ask_again", args=["777777"]), ask)
    again = other.steps.get()
    assert again.statement == step.statement
    site.post(reverse("workshops:copy_statement", args=["777777", again.pk]))

    again.refresh_from_db()
    assert again.statement != step.statement


def test_whoever_may_not_run_it_finds_nothing(client, room, people):
    opened = room.open(room.step("words"))
    pages = [at(room, name) for name in ("run", "prepare", "tickets", "papers", "edit")]
    pages += [at(room, "texts", opened.pk), at(room, "translate", "en")]
    for person in (people.bruno, people.chloe, people.dan, people.eve):
        client.force_login(person)
        assert {client.get(each).status_code for each in pages} == {404}
        assert client.post(at(room, "deed", "close"), {"round": opened.pk}).status_code == 404
    client.logout()
    assert {client.get(each).status_code for each in pages} == {302}

    assert Round.objects.get().state == "open"


def test_a_title_taken_from_the_question_is_translated_with_it(site, room):
    Workshop.objects.update(languages=["fr", "en"])
    site.post(at(room, "add_step", "likert"), {"asked": "Faut-il une agence ?"})
    step = room.workshop.steps.get()

    sent = {f"statement-{step.statement_id}-text": "Should there be an agency?"}
    site.post(at(room, "translate", "en"), sent)

    step.refresh_from_db()
    assert step.title == {"fr": "Faut-il une agence ?", "en": "Should there be an agency?"}


def test_the_card_of_a_loop_is_written_beside_several_questions_and_taken_away(site, room):
    one, two = room.step(), room.step()
    address = at(room, "loop", one.pk)
    typed = {
        "name": "Réemploi", "production": "Chantiers", "C1-level": "2", "C1-evidence": "12 t/an",
        "beside": [one.statement_id, two.statement_id],
    }  # fmt: skip

    refused = change(site, address, {**typed, "C2-level": "3"})
    change(site, address, typed)

    cards = [each.loop for each in Statement.objects.all()]
    assert refused.status_code == 400
    assert cards[0] == cards[1]
    assert cards[0]["conditions"] == {"C1": {"level": 2, "evidence": {"fr": "12 t/an"}}}
    assert 'value="Réemploi"' in read(site, at(room, "loop", two.pk))

    change(site, address, {**typed, "beside": [one.statement_id]})
    assert [bool(each.loop) for each in Statement.objects.order_by("pk")] == [True, False]
    change(site, address, {"name": ""})
    assert not any(each.loop for each in Statement.objects.all())


def test_numbers_that_no_form_sends_are_refused_in_a_sentence(site, room):
    opened = room.open(room.step("words"))
    room.vote(opened, room.ticket(), texts=["Emploi"])
    room.close(opened)
    odd = ["9" * 40, "²", "-1", ""]

    for each in odd:
        sent = {"do": "show", "text": [each], "step": each, "round": each, "from": each}
        decided = site.post(at(room, "decide_texts", opened.pk), sent, follow=True)
        assert "message--error" in decided.content.decode()
        assert site.post(at(room, "deed", "close"), sent).status_code == 404
        assert site.post(at(room, "papers"), {**sent, "number": each}).status_code == 302
    assert site.get(at(room, "texts", 10**30)).status_code == 404


@pytest.mark.usefixtures("both_databases")
def test_signs_that_no_database_takes_are_left_out(client, room):
    client.force_login(room.by)
    Workshop.objects.update(languages=["fr", "en"])
    opened = room.open(room.step("words"))
    room.vote(opened, room.ticket(), texts=["Emploi"])
    room.close(opened)
    client.get(at(room, "texts", opened.pk))
    said = opened.expressions.get()

    client.post(at(room, "decide_texts", opened.pk), {
        "do": "group", "text": [said.pk], "theme": "Le\0travail",
    })  # fmt: skip
    client.post(at(room, "add_step", "choice"), {
        "asked": "Lequel ?", "answer-0": "U\0n", "answer-1": "Deux",
    })  # fmt: skip
    statement = opened.step.statement
    client.post(at(room, "translate", "en"), {f"statement-{statement.pk}-text": "A\0B"})
    press(client, room, "void", round=opened.pk, why="Pan\0ne")

    said.refresh_from_db()
    statement.refresh_from_db()
    options = Statement.objects.get(kind="choice").options.all()
    assert (said.theme, statement.text["en"]) == ("Letravail", "AB")
    assert [each.text["fr"] for each in options] == ["Un", "Deux"]
    assert Round.objects.get().void_why == "Panne"
