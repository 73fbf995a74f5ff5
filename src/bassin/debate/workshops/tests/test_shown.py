"""A result as it is read: the sentence, the table, in both languages, and nothing too small."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from bassin.debate.workshops import shown_kinds
from bassin.debate.workshops.tally import tally
from bassin.debate.workshops.tests.test_tally import CANNOT, asked, ballots, levels


def read(question, cast, language: str = "fr", **more):
    with translation.override(language):
        return shown_kinds.shown(tally(question, cast, **more), language)


def test_a_likert_says_who_agrees_and_who_cannot_say():
    found = read(asked("likert"), levels(_1=1, _2=1, _3=2, _4=4, _5=2) + [CANNOT] * 6)

    assert found.sentence == "60\u202f% d’accord, 20\u202f% pas d’accord, 20\u202f% mitigés."
    assert any("6 personnes ne se prononcent pas" in fact for fact in found.facts)
    assert found.boards[0].lines[0].label == "Pas d’accord du tout"
    assert found.boards[0].lines[3].cells == ["40\u202f%", "4"]


def test_too_few_answers_are_told_and_nothing_else():
    found = read(asked("likert"), levels(_5=4))

    assert "4 personnes ont répondu" in found.sentence
    assert not found.boards


def test_a_ranking_whose_counts_disagree_says_so_in_its_first_sentence():
    orders = [["a", "b", "c"]] * 4 + [["b", "c", "a"]] * 3 + [["c", "b", "a"]] * 2

    found = read(asked("ranking", "a", "b", "c"), ballots(*({"order": each} for each in orders)))

    assert "ne mettent pas la même en tête" in found.sentence
    assert "par premières places\u00a0: «\u00a0A\u00a0»" in found.sentence


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (asked("quiz", "a", "b"), {"picks": ["a"]}),
        (asked("choice", "a", "b"), {"picks": ["a"]}),
        (asked("likert"), {"level": 4}),
        (asked("ranking", "a", "b", "c"), {"order": ["b"]}),
        (asked("points", "a", "b"), {"points": {"a": 4, "b": 6}}),
        (asked("sorting", "a", "b"), {"places": {"a": 1}}),
        (asked("words"), {"texts": ["Réemploi"]}),
        (asked("contributions"), {"texts": ["Partager les données."]}),
    ],
    ids=lambda each: each.get("kind", ""),
)
def test_each_kind_of_result_is_drawn_with_its_table(question, answer, language):
    result = tally(question, ballots(*[answer] * 7))

    with translation.override(language):
        drawn = render_to_string("workshops/_result.html", {"result": result, "language": language})

    assert 'class="result__sentence"' in drawn
    assert ("<table>" in drawn) == (question["kind"] != "contributions")


def test_what_people_wrote_is_never_markup():
    drawn = render_to_string(
        "workshops/_result.html",
        {"result": tally(asked("words"), ballots(*[{"texts": ["<b>gras</b>"]}] * 6))},
    )

    assert "&lt;b&gt;gras" in drawn
    assert "<b>gras" not in drawn


def test_of_many_words_the_first_are_shown_and_the_others_one_gesture_away():
    words = [{"texts": [f"mot {n % 40}"]} for n in range(80)]
    result = tally(asked("words"), ballots(*words))

    first, others = shown_kinds.shown(result, "fr").boards

    assert (len(first.lines), len(others.lines)) == (15, 25)
    assert render_to_string("workshops/_result.html", {"result": result}).count("<table>") == 2
    wall = render_to_string("workshops/_result.html", {"result": result, "plain": True})
    assert wall.count("<table>") == 1
