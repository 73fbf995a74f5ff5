"""What a participant sees at each moment of a workshop."""

import pytest

from bassin.debate.workshops import actions, pages
from bassin.debate.workshops.tests.conftest import NOW
from bassin.debate.workshops.voting import Verdict

KINDS = {
    "quiz": ("a", "b"),
    "choice": ("a", "b"),
    "likert": (),
    "ranking": ("a", "b", "c"),
    "points": ("a", "b"),
    "sorting": ("a", "b"),
    "words": (),
    "contributions": (),
}
SENT = {
    "quiz": {"picks": ["a"]},
    "choice": {"picks": ["b"]},
    "likert": {"level": 4},
    "ranking": {"order": ["b", "a"]},
    "points": {"points": {"a": 3, "b": 7}},
    "sorting": {"places": {"a": 1}},
    "words": {"texts": ["ville vécue"]},
    "contributions": {"texts": ["Plus de bancs"]},
}
COLUMNS = [{"fr": "Opportunités"}, {"fr": "Risques"}]


def asking(room, kind):
    opened = room.open(room.step(kind, *KINDS[kind], columns=COLUMNS))
    room.workshop.refresh_from_db()
    return opened


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_question_is_a_plain_form_to_the_live_part(room, kind):
    opened = asking(room, kind)

    shown = pages.participant_fragment(room.workshop, "fr")

    assert f'method="post" action="/live/workshops/{room.workshop.code}/vote?lang=fr"' in shown
    assert f'name="round" value="{opened.pk}"' in shown
    assert "Je ne peux pas me prononcer" in shown


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_given_is_read_back_to_whoever_gave_it(room, kind):
    opened, token = asking(room, kind), room.ticket()
    assert room.vote(opened, token, **SENT[kind]).verdict is Verdict.RECORDED

    page = pages.participant_page(room.workshop, "fr", token=token)
    other = pages.participant_page(room.workshop, "fr", token=room.ticket())

    panel = '<section class="recorded" data-recorded'
    assert f"{panel}>" in page
    assert f"{panel} hidden>" in other


def test_the_part_sent_to_everybody_tells_nobodys_answer(room):
    opened, token = asking(room, "words"), room.ticket()
    room.vote(opened, token, texts=["ville vécue"])

    assert "ville vécue" not in pages.participant_fragment(room.workshop, "fr")


def test_an_answer_refused_stays_on_the_page_as_it_was_typed(room):
    opened = asking(room, "points")
    round_sent = ("round", str(opened.pk))
    page = pages.participant_page(
        room.workshop, "fr", token=room.ticket(), why="Répartissez exactement 10 points.",
        sent=[round_sent, ("points-a", "9"), ("points-b", "douze")],
    )  # fmt: skip

    assert "Répartissez exactement 10 points." in page
    assert 'value="9"' in page
    assert 'value="douze"' in page


def test_a_hostile_answer_of_whoever_answered_already_breaks_no_page(room):
    opened, token = asking(room, "sorting"), room.ticket()
    room.vote(opened, token, places={"a": 1})

    page = pages.participant_page(
        room.workshop, "fr", token=token, why="Chacun va dans une des deux colonnes.",
        sent=[("round", str(opened.pk)), ("place-a", "7"), ("place-b", "²")],
    )  # fmt: skip

    assert "Chacun va dans une des deux colonnes." in page


def test_an_answer_to_the_question_before_does_not_fill_in_the_one_that_follows(room):
    asking(room, "likert")

    page = pages.participant_page(
        room.workshop, "fr", token=room.ticket(), why="Trop tard.",
        sent=[("round", "0"), ("level", "4")],
    )  # fmt: skip

    assert "Trop tard." in page
    assert "checked" not in page


def test_what_is_shown_follows_the_round(room):
    opened = asking(room, "likert")
    actions.pause(opened, by=room.by, now=NOW)
    paused = pages.participant_fragment(room.workshop, "fr")
    room.close(opened)
    closed = pages.participant_fragment(room.workshop, "fr")
    actions.void(opened, why="Mauvaise question", by=room.by, now=NOW)
    void = pages.participant_fragment(room.workshop, "fr")

    assert "disabled" in paused
    assert "<form" not in closed
    assert "Mauvaise question" in void
