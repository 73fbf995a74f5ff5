"""A text says itself in French, in English, and in languages that it learnt."""

import pytest

from bassin import types
from bassin.pairing.explain import called
from bassin.types import Text


@pytest.fixture
def portuguese(monkeypatch):
    monkeypatch.setattr(
        types, "_LEARNT", {"pt": lambda said: {"Your trade": "O seu ofício"}.get(said, "")}
    )


def test_a_text_is_said_in_a_language_that_was_learnt(portuguese):
    assert Text("Votre métier", "Your trade").say("pt") == "O seu ofício"


def test_a_text_that_a_language_lacks_is_said_in_french(portuguese):
    assert Text("Votre âge", "Your age").say("pt") == "Votre âge"
    assert Text("Votre âge", "Your age").only("pt") == ""


def test_a_sentence_that_holds_a_value_is_made_for_each_language(portuguese):
    made = Text.made(lambda language: f"{language} 12" if language != "en" else "12")

    assert [made.say(each) for each in ("fr", "en", "pt")] == ["fr 12", "12", "pt 12"]


def test_a_french_name_keeps_its_direction_inside_another_language(portuguese):
    assert (
        called(Text("Cariste"), "pt")
        == "\N{FIRST STRONG ISOLATE}Cariste\N{POP DIRECTIONAL ISOLATE}"
    )
    assert called(Text("Votre métier", "Your trade"), "pt") == "O seu ofício"
    assert called(Text("Cariste"), "fr") == "Cariste"
