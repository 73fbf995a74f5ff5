"""The front of the room: a code to type, what is coming, what came out, and nothing hidden."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from bassin.debate.workshops import announcing
from bassin.debate.workshops.models import Series, Workshop


@pytest.fixture
def front(client):
    return lambda: client.get("/debattre/").content.decode()


@pytest.fixture
def held(room):
    """A vote of five people who agree and of one who cannot say."""
    opened = room.open(room.step("likert", text={"fr": "Confier l'agence à l'EPT"}))
    for level in (5, 5, 5, 4, 4):
        room.vote(opened, room.ticket(), level=level)
    room.vote(opened, room.ticket(), cannot_say=True)
    room.close(opened)
    return room.workshop


def test_whoever_is_in_the_room_types_its_code(front, db):
    assert 'name="code"' in front()


def test_a_published_workshop_shows_who_took_part_and_what_came_out(front, held):
    Workshop.objects.filter(pk=held.pk).update(state="published", origin="invented")

    page = front()

    assert f"/debattre/ateliers/{held.code}/synthese/" in page
    assert "6 personnes y ont pris part" in page
    assert "100\u202f% d&#x27;accord, 1 ne se prononce pas" in page
    assert "inventé" in page


@pytest.mark.parametrize("facts", [{}, {"state": "published", "rehearsal": True}])
def test_a_workshop_that_is_not_published_is_not_shown(front, held, facts):
    Workshop.objects.filter(pk=held.pk).update(**facts)

    assert held.code not in front()


def test_only_announced_workshops_to_come_are_told(front, room):
    workshop = room.workshop
    workshop.title = {"fr": "Atelier des berges"}
    workshop.starts_at = timezone.now() + timedelta(days=9)
    workshop.save()
    assert "Atelier des berges" not in front()
    event = announcing.announce(workshop, by=room.by)

    assert re.search(rf'/agenda/{event.slug}/">Atelier des berges', front())

    announcing.withdraw(workshop, by=room.by, now=timezone.now())
    assert "Atelier des berges" not in front()


def test_only_a_public_series_is_named(front, db):
    Series.objects.create(slug="a", title={"fr": "Projet ouvert"}, public=True)
    Series.objects.create(slug="b", title={"fr": "Projet caché"})

    page = front()

    assert "Projet ouvert" in page
    assert "Projet caché" not in page


def test_the_front_says_what_a_workshop_is_not(front, db):
    assert "jamais une élection" in front()


def test_many_workshops_ask_no_more_of_the_database(front, held, django_assert_max_num_queries):
    Workshop.objects.filter(pk=held.pk).update(state="published")
    for number in range(5):
        Workshop.objects.create(code=f"48291{number}", title={"fr": "A"}, state="published")

    with django_assert_max_num_queries(30):
        front()
