"""The page from which results are placed, and decisions and actions begin."""

import pytest

from bassin import systems
from bassin.commons.models import Event
from bassin.debate.workshops.models import Attachment
from bassin.debate.workshops.tests.conftest import NOW
from bassin.debate.workshops.tests.test_links import ACTION, FOUND, known
from bassin.systems import Taking
from bassin.types import Text

__all__ = ["known"]


@pytest.fixture
def held(room):
    """A vote that closed, on which somebody proposed an action."""
    opened = room.open(room.step("likert", text={"fr": "Confier l'agence à l'EPT"}))
    for level in (5, 5, 5, 4, 4):
        room.vote(opened, room.ticket(), level=level)
    room.workshop.notes.create(text="Prêter des ordinateurs", kind="action")
    room.workshop.notes.create(text="C'est loin", kind="argument")
    return room.close(opened)


@pytest.fixture
def ask(held, client, people, monkeypatch):
    """The page as Awa sees it, or what she sends to it."""
    monkeypatch.setattr(
        systems,
        "takings",
        lambda kind, reference, text, language: [
            Taking(Text(f"{kind} de {reference}"), f"/vers/?{text}")
        ],
    )
    client.force_login(people.awa)
    page = f"/debattre/ateliers/{held.workshop.code}/suites/"

    def asked(**sent) -> str:
        answer = client.post(page, sent, follow=True) if sent else client.get(page)
        return answer.content.decode()

    return asked


def test_the_page_tells_results_and_proposals_with_what_can_be_made_of_them(ask, held):
    page = ask()

    note = held.workshop.notes.get(kind="action")
    assert "Confier l&#x27;agence à l&#x27;EPT" in page
    assert "100\u202f% d&#x27;accord" in page
    assert f"evidence de workshops:round:{held.pk}" in page
    assert f"idea de workshops:note:{note.pk}" in page
    assert "C&#x27;est loin" not in page


def test_a_result_is_placed_from_its_page_and_taken_away(known, ask, held, client):
    place = f"/debattre/ateliers/{held.workshop.code}/suites/{held.pk}/"
    page = client.post(place, {"reference": ACTION}, follow=True).content.decode()
    assert FOUND.title.replace("'", "&#x27;") in page

    placed = Attachment.objects.get()
    ask(act="detach", key=placed.pk)

    assert not Attachment.objects.exists()


def test_a_reference_that_leads_nowhere_is_refused_with_a_sentence(ask, held, client):
    place = f"/debattre/ateliers/{held.workshop.code}/suites/{held.pk}/"

    refused = client.post(place, {"reference": "roadmap:action:99"})
    empty = client.post(place, {"reference": ""})

    assert "« roadmap:action:99 » ne mène à rien" in refused.content.decode()
    assert (refused.status_code, empty.status_code) == (400, 400)
    assert not Attachment.objects.exists()


def test_a_workshop_is_announced_and_called_off_from_the_page(ask, held):
    assert "Dites quand l&#x27;atelier commence" in ask(act="announce")
    held.workshop.starts_at = NOW
    held.workshop.save()

    assert "L&#x27;atelier est dans l&#x27;agenda." in ask(act="announce")
    assert "annulé" in ask(act="withdraw")
    assert Event.objects.get().cancelled_at is not None


@pytest.mark.parametrize(
    "sent", [{"act": "explode"}, {"act": "detach", "key": "x"}, {"act": "detach", "key": "999"}]
)
def test_what_is_not_there_is_not_found(ask, sent, client, held):
    page = f"/debattre/ateliers/{held.workshop.code}/suites/"

    assert client.post(page, sent).status_code == 404


def test_only_who_runs_the_workshop_opens_the_page(held, client, people):
    page = f"/debattre/ateliers/{held.workshop.code}/suites/"
    assert client.get(page).status_code == 302
    client.force_login(people.bruno)

    assert client.get(page).status_code == 404
