"""A published synthesis is corrected by a numbered version; the one that was read stays."""

import pytest
from django.urls import reverse

from bassin import systems
from bassin.debate.workshops import publishing
from bassin.debate.workshops.models import Correction, Minutes, Note
from bassin.debate.workshops.tests.conftest import NOW, change

pytestmark = pytest.mark.django_db


DECIDED = {"decided_by": "la présidence", "decided_in": "Bureau", "decided_on": "2026-11-01"}


@pytest.fixture
def published(room):
    """A workshop whose synthesis everyone reads."""
    opened = room.open(room.step())
    for level in (5, 5, 4, 4, 2):
        room.vote(opened, room.ticket(), level=level)
    room.close(opened)
    Note.objects.create(workshop=room.workshop, step=opened.step, text="M. Dupond est contre")
    room.workshop.refresh_from_db()
    room.workshop.state = "closed"
    room.workshop.save()
    today = NOW.date()
    publishing.draft(room.workshop, text="Un accord de 60 %.", by=room.by)
    publishing.validate(room.workshop, by_whom="Bureau", on=today, by=room.by, today=today)
    publishing.publish(room.workshop, by=room.by, now=NOW)
    return room.workshop


def at(workshop, name):
    return reverse(f"workshops:{name}", args=[workshop.code])


def test_the_corrected_version_is_read_with_its_reason_and_the_former_one_stays(
    published, client, people
):
    note = Note.objects.get()
    ballots = Minutes.objects.get().ballots
    client.force_login(people.awa)

    answer = change(client, at(published, "correct"), {
        **DECIDED, "why": "Une part fausse et un nom", "text": "Un accord de 80 %.",
        f"note-{note.pk}": "Un participant est contre",
    })  # fmt: skip

    client.logout()
    last = client.get(at(published, "synthesis")).content.decode()
    former = client.get(at(published, "synthesis") + "?version=1").content.decode()
    assert answer.status_code == 302
    assert "Un accord de 80 %." in last
    assert "Dupond" not in last
    assert "Version 2" in last
    assert "Une part fausse et un nom. Décidé par : la présidence, Bureau, le" in last
    assert "?version=1" in last
    assert "Un accord de 60 %." in former
    assert "M. Dupond est contre" in former
    assert "corrigée depuis" in former
    assert Minutes.objects.get().ballots == ballots


def test_each_correction_has_its_number_and_every_version_is_found_again(published, client, people):
    client.force_login(people.awa)
    for text in ("Deuxième.", "Troisième."):
        change(client, at(published, "correct"), {
            **DECIDED, "why": f"Faute {text}", "text": text, **_notes()
        })  # fmt: skip

    pages = [client.get(f"{at(published, 'synthesis')}?version={n}") for n in range(1, 5)]

    assert [each.status_code for each in pages] == [200, 200, 200, 404]
    for page, text in zip(pages, ("Un accord de 60 %.", "Deuxième.", "Troisième."), strict=False):
        assert text in page.content.decode()
    assert list(Correction.objects.values_list("number", flat=True)) == [2, 3]
    paper = client.get(
        reverse("workshops:synthesis_file", args=[published.code, "pdf"]) + "?version=2"
    )
    assert paper.content.startswith(b"%PDF")


def test_a_correction_without_a_reason_or_without_a_change_is_refused(published, client, people):
    client.force_login(people.awa)
    same = {"text": "Un accord de 60 %.", **DECIDED, **_notes()}

    without = change(client, at(published, "correct"), {**same, "text": "Autre", "why": ""})
    nothing = change(client, at(published, "correct"), {**same, "why": "Pour voir"})

    assert (without.status_code, nothing.status_code) == (400, 400)
    assert "Rien n" in nothing.content.decode()
    assert not Correction.objects.exists()


def test_a_correction_that_nobody_decided_or_is_decided_tomorrow_is_refused(
    published, client, people
):
    client.force_login(people.awa)
    sent = {"why": "Faute", "text": "Autre", **DECIDED, **_notes()}
    page = client.get(at(published, "correct")).content.decode()

    answers = [
        change(client, at(published, "correct"), {**sent, **wrong})
        for wrong in ({"decided_by": " "}, {"decided_in": ""}, {"decided_on": "2999-01-01"})
    ]

    assert 'name="decided_in" value="Bureau"' in page
    assert [each.status_code for each in answers] == [400, 400, 400]
    assert "est à venir" in answers[2].content.decode()
    assert not Correction.objects.exists()


def test_a_published_result_is_offered_as_what_a_decision_rests_on_and_no_other(published):
    held = published.rounds.get()

    offered = systems.picks(["result"], "énoncé atelier", "fr")
    other = systems.picks(["result"], "ailleurs", "fr")
    published.state = "closed"
    published.save()

    assert list(offered) == [f"workshops:round:{held.pk}"]
    assert other == systems.picks(["result"], "", "fr") == {}


def test_only_officers_correct_and_only_what_is_published(published, client, people, room):
    client.force_login(people.chloe)
    assert client.get(at(published, "correct")).status_code == 404

    Minutes.objects.update(state="draft")
    client.force_login(people.awa)

    assert client.get(at(published, "correct")).status_code == 404


def _notes():
    return {f"note-{each.pk}": each.text for each in Note.objects.all()}
