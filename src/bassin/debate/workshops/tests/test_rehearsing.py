"""Simulated participants: what they answer is an answer; what is told is what was kept."""

from types import SimpleNamespace

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from bassin.debate.workshops import actions_copying, answers, forms_live, rehearsing, simulating
from bassin.debate.workshops.models import Statement, Workshop
from bassin.debate.workshops.rehearsing import Service, rehearse
from bassin.debate.workshops.tests.conftest import NOW
from bassin.errors import Refused


@given(
    kind=st.sampled_from(Statement.Kind.values),
    count=st.integers(2, 6),
    most=st.none() | st.integers(1, 6),
    seed=st.integers(0, 10_000),
)
def test_what_a_simulated_participant_answers_is_an_answer(kind, count, most, seed):
    options = [{"code": f"c{n}", "text": {}} for n in range(count)]
    asked = {"kind": kind, "options": options, "most": most}
    for who in simulating.room(8, seed):
        given_answer = simulating.answer(asked, who)
        if given_answer is not None:
            sent = forms_live.parsed(asked, forms_live.fields(given_answer))
            assert answers.checked(asked, sent) == answers.checked(asked, given_answer)


def test_the_same_seed_gives_the_same_room_and_another_one_another():
    asked = {"kind": "likert", "options": [], "most": None}

    def told(seed):
        return [simulating.answer(asked, who) for who in simulating.room(40, seed)]

    assert told(3) == told(3)
    assert told(3) != told(4)


@pytest.fixture
def copy(room):
    room.step()
    room.step("words")
    return actions_copying.rehearsal(room.workshop, by=room.by, now=NOW)


@pytest.mark.usefixtures("both_databases")
def test_only_a_copy_that_has_not_begun_is_played(room, copy):
    with pytest.raises(Refused, match="copie"):
        rehearse(room.workshop, participants=30, by=room.by)
    with pytest.raises(Refused, match="5"):
        rehearse(copy, participants=1, by=room.by)
    copy.refresh_from_db()
    assert copy.state == "draft"


@pytest.mark.django_db
def test_without_a_service_nothing_begins(copy, room, settings, tmp_path):
    settings.VAR = tmp_path
    with pytest.raises(Refused, match="bassin serve"):
        rehearse(copy, participants=30, by=room.by)
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "serve.json").write_text('{"url": "http://0.0.0.0:8000"}')

    assert rehearsing.address_of_service() == "http://127.0.0.1:8000"
    copy.refresh_from_db()
    assert copy.state == "draft"


@pytest.mark.django_db
def test_answers_acknowledged_and_not_kept_are_told(copy, room, monkeypatch):
    monkeypatch.setattr(Service, "join", lambda self, device: True)
    monkeypatch.setattr(Service, "_one", lambda self, opened, device, again=False: "recorded")

    done = rehearse(copy, participants=20, by=room.by, address="http://127.0.0.1:9")

    copy.refresh_from_db()
    assert [(told, kept) for _title, told, kept in done.questions] == [(20, 0), (20, 0)]
    assert (done.exact, copy.state) == (False, "closed")


@pytest.mark.django_db
def test_a_rehearsal_is_asked_for_on_a_page_that_then_says_how_far_it_is(client, room, monkeypatch):
    asked = []
    task = SimpleNamespace(enqueue=lambda *facts: asked.append(facts) or SimpleNamespace(id="1"))
    monkeypatch.setattr("bassin.debate.workshops.views.rehearsal.tasks.rehearse", task)
    room.step()
    client.force_login(room.by)
    address = reverse("workshops:rehearse", args=[room.workshop.code])

    begun = client.post(address, {"participants": 40}, follow=True)
    made = Workshop.objects.get(rehearsal=True)
    Workshop.objects.filter(pk=made.pk).update(state="closed")
    over = client.get(reverse("workshops:rehearsal", args=[made.code]))

    assert asked == [(made.pk, 40, room.by.pk)]
    assert 'http-equiv="refresh"' in begun.content.decode()
    assert 'http-equiv="refresh"' not in over.content.decode()
    assert client.get(reverse("workshops:rehearse", args=[made.code])).status_code == 404


@pytest.mark.django_db
def test_a_rehearsal_that_stops_midway_leaves_no_workshop_under_way(copy, room, monkeypatch):
    def gone(self, opened, device, again=False):
        raise Refused("Plus de service")

    monkeypatch.setattr(Service, "join", lambda self, device: True)
    monkeypatch.setattr(Service, "_one", gone)

    with pytest.raises(Refused, match="Plus de service"):
        rehearse(copy, participants=20, by=room.by, address="http://127.0.0.1:9")

    copy.refresh_from_db()
    assert copy.state == "closed"
    assert not copy.rounds.filter(state__in=["open", "paused"]).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["draft", "lobby", "live"])
def test_a_rehearsal_whose_player_was_killed_is_stopped_by_a_button(copy, room, client, state):
    Workshop.objects.filter(pk=copy.pk).update(state=state)
    client.force_login(room.by)
    page = client.get(reverse("workshops:rehearsal", args=[copy.code])).content.decode()

    client.post(reverse("workshops:stop_rehearsal", args=[copy.code]))
    client.post(reverse("workshops:stop_rehearsal", args=[room.workshop.code]))

    copy.refresh_from_db()
    room.workshop.refresh_from_db()
    assert reverse("workshops:stop_rehearsal", args=[copy.code]) in page
    assert (copy.state, room.workshop.state) == ("closed", "live")
