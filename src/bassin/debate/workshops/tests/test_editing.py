"""Preparing a workshop: its steps, its statements, its copies, and what no longer changes."""

import pytest
from django.core.exceptions import PermissionDenied

from bassin.debate.workshops import (
    actions_copying,
    actions_editing,
    actions_statements,
    translating,
)
from bassin.debate.workshops.actions_statements import Proposed
from bassin.debate.workshops.models import Series, Statement, Workshop
from bassin.debate.workshops.tests.conftest import NOW
from bassin.errors import Refused

RIGHT = {"by": "hand", "right": True, "source": "Note de l'atelier"}

pytestmark = pytest.mark.usefixtures("both_databases")


def content(room, title, **more):
    return actions_editing.add_step(
        room.workshop, by=room.by, kind="content", title={"fr": title}, **more
    )


def titles(room):
    return [each.title["fr"] for each in room.workshop.steps.all()]


def likert(room, words="Une proposition", **more):
    facts = {"kind": "likert", "text": {"fr": words}}
    return actions_statements.ask(
        room.workshop, by=room.by, facts=facts, options=[], step={"title": {"fr": "Avis"}}, **more
    )


def test_a_workshop_begins_with_a_code_of_its_own_in_preparation(people):
    made = [
        actions_editing.create(by=people.awa, now=NOW, title={"fr": "Atelier"}) for _ in range(3)
    ]

    assert len({each.code for each in made}) == 3
    assert {(each.state, tuple(each.languages)) for each in made} == {("draft", ("fr",))}
    with pytest.raises(PermissionDenied):
        actions_editing.create(by=people.bruno, now=NOW, title={"fr": "Atelier"})


def test_steps_are_written_at_the_end_or_after_another_and_move(room):
    first, last = content(room, "Un"), content(room, "Trois")
    content(room, "Deux", after=first)
    assert titles(room) == ["Un", "Deux", "Trois"]

    actions_editing.move_step(last, places=-1, by=room.by)
    actions_editing.move_step(first, places=99, by=room.by)

    assert titles(room) == ["Trois", "Deux", "Un"]
    assert [each.order for each in room.workshop.steps.all()] == [1, 2, 3]


def test_a_step_on_the_screen_or_put_to_the_vote_is_not_taken_out(room):
    voted, shown, other = room.step(), content(room, "Film"), content(room, "Débat")
    room.close(room.open(voted))
    room.workshop.step = shown
    room.workshop.save()

    for step in (voted, shown):
        with pytest.raises(Refused):
            actions_editing.remove_step(step, by=room.by)
    actions_editing.remove_step(other, by=room.by)

    assert titles(room) == ["Votre avis", "Film"]


def test_what_was_promised_no_longer_changes_once_the_doors_are_open(room):
    actions_editing.edit(room.workshop, typed={"place": "Salle du conseil"}, by=room.by)

    with pytest.raises(Refused, match="portes"):
        actions_editing.edit(room.workshop, typed={"secrecy": "open"}, by=room.by)

    room.workshop.refresh_from_db()
    assert (room.workshop.place, room.workshop.secrecy) == ("Salle du conseil", "pseudonymous")


def test_what_is_published_of_a_workshop_no_longer_changes_save_where_it_stands_among_others(room):
    Workshop.objects.update(languages=["fr", "en"], place="Mairie", state="published")
    room.workshop.refresh_from_db()
    series = Series.objects.create(slug="route", title={"fr": "La route"})
    title = next(each.key for each in translating.pieces(room.workshop) if each.field == "title")

    for typed in ({"title": {"fr": "Autre"}}, {"place": "Ailleurs"}, {"starts_at": NOW}):
        with pytest.raises(Refused, match="publiée"):
            actions_editing.edit(room.workshop, typed=typed, by=room.by)
    with pytest.raises(Refused, match="publiée"):
        translating.translate(room.workshop, "en", {title: "Other"}, by=room.by)
    actions_editing.edit(room.workshop, typed={"place": "Mairie", "series": series}, by=room.by)

    room.workshop.refresh_from_db()
    assert (room.workshop.place, room.workshop.series) == ("Mairie", series)
    assert "en" not in room.workshop.title


def test_a_workshop_that_is_over_keeps_its_run_sheet(room):
    step = content(room, "Film")
    Workshop.objects.update(state="closed")

    with pytest.raises(Refused, match="terminé"):
        actions_editing.edit_step(step, typed={"title": {"fr": "Autre"}}, by=room.by)


def test_open_pages_see_a_step_that_changes(room):
    step = content(room, "Film")
    room.workshop.refresh_from_db()
    before = room.workshop.revision

    actions_editing.edit_step(step, typed={"title": {"fr": "Le film"}}, by=room.by)

    room.workshop.refresh_from_db()
    assert room.workshop.revision > before


def test_a_step_is_extended_as_often_as_the_room_needs(room):
    step = content(room, "Débat", minutes=10)

    actions_editing.extend(step, minutes=5, by=room.by)
    actions_editing.extend(step, minutes=5, by=room.by)

    step.refresh_from_db()
    assert step.minutes == 20
    with pytest.raises(Refused):
        actions_editing.extend(step, minutes=-20, by=room.by)


def test_a_question_is_written_with_its_answers_and_each_keeps_its_code_when_reworded(room):
    step = actions_statements.ask(
        room.workshop, by=room.by, facts={"kind": "quiz", "text": {"fr": "Combien ?"}},
        options=[Proposed({"fr": "10 %"}, truth=RIGHT), Proposed({"fr": "15 %"})],
        step={"title": {"fr": "Quiz"}},
    )  # fmt: skip
    first, second = step.statement.options.all()
    assert first.truth == RIGHT

    actions_statements.edit(
        step.statement, workshop=room.workshop, facts={}, by=room.by,
        options=[Proposed({"fr": "Quinze"}, code=second.code), Proposed({"fr": "10 %"})],
    )  # fmt: skip

    kept = [(each.code, each.text["fr"]) for each in step.statement.options.all()]
    assert kept[0] == (second.code, "Quinze")
    assert len({code for code, _text in kept}) == 2


def test_a_question_to_choose_from_proposes_at_least_two_answers(room):
    with pytest.raises(Refused, match="2"):
        actions_statements.ask(
            room.workshop, by=room.by, facts={"kind": "choice", "text": {"fr": "Lequel ?"}},
            options=[Proposed({"fr": "Un"})], step={"title": {"fr": "Choix"}},
        )  # fmt: skip


def test_words_that_a_room_answered_stay_and_their_translations_may_come_later(room):
    step = likert(room)
    opened = room.open(step)
    room.vote(opened, room.ticket(), level=4)
    room.close(opened)
    edit = {"workshop": room.workshop, "options": [], "by": room.by}

    with pytest.raises(Refused, match="répondu"):
        actions_statements.edit(step.statement, facts={"text": {"fr": "Autre"}}, **edit)
    both = {"fr": "Une proposition", "en": "A proposition"}
    actions_statements.edit(step.statement, facts={"text": both}, **edit)

    assert Statement.objects.get(pk=step.statement_id).text == both


def test_a_rehearsal_leaves_the_words_free(room):
    step = likert(room)
    room.close(room.open(step))
    Workshop.objects.update(rehearsal=True)

    actions_statements.edit(
        step.statement, workshop=room.workshop, facts={"text": {"fr": "Mieux"}}, options=[],
        by=room.by,
    )  # fmt: skip

    assert Statement.objects.get(pk=step.statement_id).text == {"fr": "Mieux"}


def test_a_facilitator_writes_their_own_questions_and_not_those_that_others_ask(room, people):
    room.workshop.facilitators.create(person=people.chloe)
    workshop = Workshop.objects.get(pk=room.workshop.pk)
    own = likert(room)
    shared = likert(room)
    other = Workshop.objects.create(code="777777", title={"fr": "Autre"})
    actions_statements.ask_again(other, shared.statement, by=people.awa)
    change = {"workshop": workshop, "facts": {"text": {"fr": "Mieux"}}, "options": []}

    actions_statements.edit(own.statement, by=people.chloe, **change)
    with pytest.raises(PermissionDenied):
        actions_statements.edit(shared.statement, by=people.chloe, **change)


def test_a_copy_of_a_question_changes_without_the_first(room):
    step = room.step("choice", "a", "b")
    old = step.statement

    actions_statements.copy(step, by=room.by)

    step.refresh_from_db()
    assert step.statement != old
    assert [each.code for each in step.statement.options.all()] == ["a", "b"]


def test_a_duplicate_asks_the_same_statements_under_another_code(room, people):
    room.workshop.facilitators.create(person=people.chloe)
    step = likert(room)

    made = actions_copying.duplicate(room.workshop, by=room.by, now=NOW)

    assert made.state == "draft"
    assert made.code != room.workshop.code
    assert [each.statement_id for each in made.steps.all()] == [step.statement_id]
    assert [each.person for each in made.facilitators.all()] == [people.chloe]


def test_the_workshop_that_follows_opens_on_what_became_of_the_votes(room):
    likert(room)

    made = actions_copying.following(room.workshop, by=room.by, now=NOW)
    again = actions_copying.following(made, by=room.by, now=NOW)

    assert made.previous == room.workshop
    assert [each.kind for each in again.steps.all()] == ["became", "vote"]


def test_a_rehearsal_is_marked_and_open_to_whoever_has_its_code(room):
    room.workshop.access = "tickets"
    room.workshop.save()

    made = actions_copying.rehearsal(room.workshop, by=room.by, now=NOW)

    assert (made.rehearsal, made.origin, made.access) == (True, "invented", "code")


def test_a_workshop_with_people_in_it_is_not_put_away(room):
    with pytest.raises(Refused):
        actions_editing.put_away(room.workshop, why="Erreur", by=room.by, now=NOW)
    Workshop.objects.update(state="closed")

    actions_editing.put_away(room.workshop, why="Erreur", by=room.by, now=NOW)
    room.workshop.refresh_from_db()
    assert (room.workshop.archived_by, room.workshop.archived_why) == (room.by, "Erreur")

    actions_editing.bring_back(room.workshop, by=room.by)
    room.workshop.refresh_from_db()
    assert room.workshop.archived_at is None


def test_only_officers_say_who_runs_a_workshop(room, people):
    made = actions_editing.name_facilitator(room.workshop, people.chloe, by=people.awa)
    actions_editing.name_facilitator(room.workshop, people.chloe, by=people.awa)

    assert room.workshop.facilitators.count() == 1
    with pytest.raises(PermissionDenied):
        actions_editing.dismiss_facilitator(made, by=people.chloe)
    actions_editing.dismiss_facilitator(made, by=people.awa)
    assert not room.workshop.facilitators.exists()
