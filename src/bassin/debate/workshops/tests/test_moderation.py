"""What people wrote: read, merged, grouped, hidden, and every decision undone."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from bassin import systems
from bassin.debate.workshops import actions_moderation, actions_notes
from bassin.debate.workshops.models import Moderation, Note
from bassin.debate.workshops.tests.conftest import NOW
from bassin.errors import Refused
from bassin.systems import Became

pytestmark = pytest.mark.usefixtures("both_databases")

SAID = (["Coopération", "Emploi"], ["coopération"], ["La coopération", "emploi"], ["Vulgaire"])


@pytest.fixture
def closed(room):
    """A question that was answered with words, and closed."""
    opened = room.open(room.step("words"))
    for words in SAID:
        room.vote(opened, room.ticket(), texts=words)
    return room.close(opened)


def said(room, closed):
    return {each.expression.label: each for each in actions_moderation.gather(closed, by=room.by)}


def by_label(room, closed, *labels):
    listed = said(room, closed)
    return [listed[label].expression for label in labels]


def counts(room, closed):
    return {label: each.count for label, each in said(room, closed).items()}


def decide(verb, room, closed, *labels, **more):
    return verb(by_label(room, closed, *labels), by=room.by, now=NOW, **more)


def test_texts_are_counted_by_what_they_say_and_gathered_once(room, closed):
    first = counts(room, closed)

    assert first == {"Coopération": 2, "Emploi": 2, "La coopération": 1, "Vulgaire": 1}
    assert counts(room, closed) == first
    assert closed.expressions.count() == 4


def test_nothing_is_read_while_people_write(room):
    opened = room.open(room.step("words"))
    room.vote(opened, room.ticket(), texts=["Coopération"])

    with pytest.raises(Refused, match="Fermez"):
        actions_moderation.gather(opened, by=room.by)
    assert not opened.expressions.exists()


def test_a_question_without_texts_has_none_to_read(room):
    with pytest.raises(Refused):
        actions_moderation.gather(room.close(room.open(room.step())), by=room.by)


def test_merged_texts_count_each_person_once_and_are_set_apart_again(room, closed):
    merge, part = actions_moderation.merge, actions_moderation.part
    decide(merge, room, closed, "Coopération", "La coopération", label="Coopération")
    merged = said(room, closed)["Coopération"]
    assert (merged.count, [each.label for each in merged.merged]) == (3, ["La coopération"])

    part(merged.merged[0], by=room.by, now=NOW)

    assert counts(room, closed)["Coopération"] == 2
    assert counts(room, closed)["La coopération"] == 1


def test_someone_who_wrote_both_forms_counts_once_when_they_are_merged(room):
    opened = room.open(room.step("words"))
    room.vote(opened, room.ticket(), texts=["Emploi", "Travail"])
    closed = room.close(opened)

    decide(actions_moderation.merge, room, closed, "Emploi", "Travail", label="Emploi")

    assert counts(room, closed) == {"Emploi": 1}


def test_a_merge_into_a_merge_keeps_the_first_and_no_text_is_merged_twice(room, closed):
    merge = actions_moderation.merge
    hidden = by_label(room, closed, "La coopération")
    decide(merge, room, closed, "Coopération", "La coopération", label="Coopération")
    decide(merge, room, closed, "Coopération", "Emploi", label="Emploi et coopération")

    assert counts(room, closed) == {"Emploi et coopération": 3, "Vulgaire": 1}
    with pytest.raises(Refused, match="entre-temps"):
        actions_moderation.hide(hidden, why="Injure", by=room.by, now=NOW)


def test_a_text_is_hidden_with_the_reason_and_shown_again(room, closed):
    hide, show = actions_moderation.hide, actions_moderation.show
    with pytest.raises(Refused):
        decide(hide, room, closed, "Vulgaire", why=" ")

    decide(hide, room, closed, "Vulgaire", why="Injure")
    assert by_label(room, closed, "Vulgaire")[0].why == "Injure"

    decide(show, room, closed, "Vulgaire")
    shown = by_label(room, closed, "Vulgaire")[0]
    assert (shown.state, shown.why) == ("shown", "")


def test_texts_are_grouped_under_a_theme_and_taken_out_of_it(room, closed):
    decide(actions_moderation.group, room, closed, "Emploi", "Vulgaire", theme="  Le   travail ")
    assert by_label(room, closed, "Emploi")[0].theme == "Le travail"

    decide(actions_moderation.group, room, closed, "Emploi", theme="")
    assert by_label(room, closed, "Emploi")[0].theme == ""


def test_every_decision_is_noted_with_who_took_it_and_tells_open_pages(room, closed):
    room.workshop.refresh_from_db()
    before = room.workshop.revision

    decide(
        actions_moderation.merge, room, closed, "Coopération", "La coopération", label="Coopérer"
    )

    noted = Moderation.objects.get()
    room.workshop.refresh_from_db()
    assert (noted.verb, noted.into, noted.done_by) == ("merged", "Coopérer", room.by)
    assert noted.texts == ["Coopération", "La coopération"]
    assert room.workshop.revision > before


def test_nobody_else_reads_or_decides(room, closed, people):
    listed = by_label(room, closed, "Vulgaire")

    with pytest.raises(PermissionDenied):
        actions_moderation.gather(closed, by=people.bruno)
    with pytest.raises(PermissionDenied):
        actions_moderation.hide(listed, why="Injure", by=people.bruno, now=NOW)


def test_texts_of_two_questions_are_not_decided_together(room, closed):
    opened = room.open(room.step("words"))
    room.vote(opened, room.ticket(), texts=["Emploi"])
    other = by_label(room, room.close(opened), "Emploi")

    with pytest.raises(PermissionDenied):
        actions_moderation.merge(
            [*by_label(room, closed, "Emploi"), *other], label="Emploi", by=room.by, now=NOW
        )


def test_what_was_said_is_noted_corrected_and_taken_out_unless_it_became_something(
    room, closed, monkeypatch
):
    note = actions_notes.write(
        room.workshop, by=room.by, result=closed, kind="argument", side="for", text="  Oui.  "
    )
    assert (note.text, note.round) == ("Oui.", closed)
    actions_notes.edit(note, by=room.by, text="Oui, et vite.")
    with pytest.raises(Refused):
        actions_notes.edit(note, by=room.by, text=" ")

    told = {f"workshops:note:{note.pk}": [Became("action", "Y aller", "", None, "/a")]}
    monkeypatch.setattr(
        systems, "became", lambda asked, _language: {each: told.get(each, []) for each in asked}
    )
    for changing in (actions_notes.remove, partial(actions_notes.edit, text="Non.")):
        with pytest.raises(Refused, match="devenue"):
            changing(note, by=room.by)
    told.clear()
    actions_notes.remove(note, by=room.by)
    assert not Note.objects.exists()


def test_the_result_follows_what_was_decided_until_it_is_published(room):
    opened = room.open(room.step("words"))
    for words in (["Emploi"], ["Emploi"], ["Travail"], ["Injure"], ["Eau"], ["Injure"]):
        room.vote(opened, room.ticket(), texts=words)
    closed = room.close(opened)

    decide(actions_moderation.merge, room, closed, "Emploi", "Travail", label="Le travail")
    decide(actions_moderation.hide, room, closed, "Injure", why="Injure")

    closed.refresh_from_db()
    shown = [(each["label"], each["count"]) for each in closed.results["items"]]
    assert shown == [("Le travail", 3)]
    room.workshop.state = "published"
    room.workshop.save()
    with pytest.raises(Refused, match="publiée"):
        decide(actions_moderation.show, room, closed, "Injure")
