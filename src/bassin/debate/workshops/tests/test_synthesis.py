"""The synthesis, its papers, its minutes; a question over years; a series."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bassin.debate.workshops import actions, actions_notes, pages, publishing
from bassin.debate.workshops.models import Series, Workshop
from bassin.debate.workshops.synthesis import synthesis
from bassin.debate.workshops.tests.conftest import NOW, Room, change
from bassin.debate.workshops.tests.test_publishing import TODAY, answered, over, published
from tests.support.papers import read_odt, read_pdf


def address(workshop, page="synthese/"):
    return f"/debattre/ateliers/{workshop.code}/{page}"


@pytest.fixture
def debated(room):
    """Two rounds of one question, with what was said between them."""
    step = room.step()
    first = answered(room, step, [{"level": 2}] * 6 + [{"level": 5}] * 6)
    for side, text in (("for", "Des emplois restent."), ("against", "Cela coûte."), ("", "Où ?")):
        actions_notes.write(
            room.workshop, by=room.by, step=step, kind="argument", side=side, text=text
        )
    actions_notes.write(room.workshop, by=room.by, result=first, kind="action", text="Un forum 👍")
    answered(room, step, [{"level": 4}] * 9 + [{"level": 2}] * 3)
    return room


def test_a_synthesis_tells_each_question_its_rounds_what_moved_and_what_was_said(debated):
    read = synthesis(debated.workshop, "fr")

    (part,) = read.parts
    assert [each.number for each in part.rounds] == [1, 2]
    assert part.rounds[1].moved.endswith("de 50\u202f% à 75\u202f%, +25 points.")
    assert (part.pros, part.cons, part.others) == (
        ["Des emplois restent."],
        ["Cela coûte."],
        ["Où ?"],
    )
    assert part.proposals == [("action proposée", "Un forum 👍")]
    assert read.facts == ["24 personnes ont participé"]


def test_a_second_round_shown_to_the_room_says_what_moved_on_telephones(debated):
    shown = pages.participant_fragment(Workshop.objects.get(), "fr")

    assert "de 50\u202f% à 75\u202f%, +25 points." in shown


def test_a_round_set_aside_is_told_with_its_reason_and_counts_for_nothing(debated):
    step = debated.workshop.steps.get()
    opened = debated.open(step)
    actions.void(opened, why="Panne du micro.", by=debated.by, now=NOW)

    (part,) = synthesis(debated.workshop, "fr").parts

    assert part.void == ["Panne du micro."]
    assert len(part.rounds) == 2


def test_before_the_end_only_what_the_room_saw_is_read(room):
    step = room.step()
    opened = room.open(step)
    for _ in range(6):
        room.vote(opened, room.ticket(), level=4)
    room.close(opened)

    assert synthesis(room.workshop, "fr").parts == []
    over(room)
    assert len(synthesis(Workshop.objects.get(), "fr").parts) == 1


def test_who_reads_a_synthesis_before_and_after_it_is_published(debated, people, client):
    page = address(debated.workshop)
    assert client.get(page).status_code == 302
    client.force_login(people.bruno)
    assert client.get(page).status_code == 404
    over(debated)
    response = client.get(page)
    assert response.status_code == 200
    assert "private" in response.headers["Cache-Control"]

    publishing.validate(debated.workshop, by_whom="Bureau", on=TODAY, by=debated.by, today=TODAY)
    publishing.publish(debated.workshop, by=debated.by, now=NOW)

    client.logout()
    shown = client.get(page).content.decode()
    assert "Ce n’est pas une élection" in shown
    assert "bassin workshop recount" in shown
    assert "Validée par Bureau" in shown


@pytest.mark.parametrize("extension", ["pdf", "odt"])
def test_the_synthesis_is_a_paper_with_the_same_words(debated, client, extension):
    published(debated)

    response = client.get(address(debated.workshop, f"synthese.{extension}"))

    text = read_pdf(response.content).text if extension == "pdf" else read_odt(response.content)[0]
    for words in (
        "Tour 2",
        "+25 points",
        "Des emplois restent.",
        "Tout à fait d’accord",
        "SHA-256",
    ):
        assert words in text
    assert client.get(address(debated.workshop, "synthese.txt")).status_code == 404


def test_the_ballots_are_given_once_published_and_never_before(debated, client, people):
    client.force_login(people.awa)
    page = address(debated.workshop, "bulletins.json")
    assert client.get(page).status_code == 404

    minutes = published(debated)

    assert client.get(page).content.decode() == minutes.ballots


def test_the_minutes_are_written_validated_and_published_from_their_page(debated, client, people):
    over(debated)
    client.force_login(people.awa)
    page = address(debated.workshop, "compte-rendu/")

    change(client, page, {"act": "draft", "text": "Un accord net."})
    refused = client.post(page, {"act": "publish"}, follow=True)
    assert "une fois validé" in refused.content.decode()
    late = client.post(page, {"act": "validate", "by_whom": "Bureau", "on": "2999-01-01"})
    assert "est à venir" in late.content.decode()
    client.post(page, {"act": "validate", "by_whom": "Bureau", "on": "2026-11-01"})
    shown = client.post(page, {"act": "publish"}, follow=True)

    assert "Un accord net." in shown.content.decode()
    assert Workshop.objects.get().state == "published"
    assert "ne changent plus" in client.get(page).content.decode()


def test_a_facilitator_writes_and_does_not_publish(debated, client, people):
    debated.workshop.facilitators.create(person=people.dan)
    over(debated)
    client.force_login(people.dan)
    page = address(debated.workshop, "compte-rendu/")

    assert change(client, page, {"act": "draft", "text": "Un accord."}).status_code == 302
    assert client.post(page, {"act": "publish"}).status_code == 403
    client.force_login(people.bruno)
    assert client.get(page).status_code == 404


def test_a_question_asked_in_two_workshops_makes_a_series_in_time(debated, client, people):
    series = Series.objects.create(slug="projet", title={"fr": "Projet"}, public=True)
    debated.workshop.series = series
    debated.workshop.save()
    published(debated)
    statement = debated.workshop.steps.get().statement
    later = Room(people.awa, series=series, title={"fr": "Un an après"})
    step = later.workshop.steps.create(
        order=1, kind="vote", title={"fr": "De nouveau"}, statement=statement
    )
    statement.text = {"fr": "Énoncé revu"}
    statement.save()
    answered(later, step, [{"level": 5}] * 8, when=NOW + timedelta(days=365))

    page = f"/debattre/questions/{statement.slug}/"
    visitor = client.get(page).content.decode()
    client.force_login(people.awa)
    officer = client.get(page).content.decode()
    shown = client.get("/debattre/series/projet/").content.decode()

    assert "On y a répondu 2 fois" in visitor.replace("\u00a0", " ")
    assert "Un an après" not in visitor
    assert "On y a répondu 3 fois" in officer.replace("\u00a0", " ")
    assert "Ses mots ont changé" in officer
    assert "26 novembre 2027" in officer
    assert shown.index("Atelier") < shown.index("Un an après")
    assert page in shown


def test_what_is_not_there_or_not_to_be_seen_is_not_found(room, client):
    Series.objects.create(slug="cachee", title={"fr": "Cachée"})
    step = room.step()

    assert client.get("/debattre/series/cachee/").status_code == 404
    assert client.get(f"/debattre/questions/{step.statement.slug}/").status_code == 404
    assert client.get("/debattre/ateliers/000000/synthese.pdf").status_code == 404


def test_a_synthesis_of_many_questions_asks_no_more_of_the_database(
    debated, django_assert_num_queries
):
    answered(debated, debated.step(target="roadmap:action:9"), [{"level": 4}] * 6)
    with CaptureQueriesContext(connection) as few:
        synthesis(debated.workshop, "fr")

    for each in range(1, 7):
        answered(debated, debated.step(target=f"roadmap:action:{each}"), [{"level": 4}] * 6)

    with django_assert_num_queries(len(few)):
        assert len(synthesis(debated.workshop, "fr").parts) == 8
