"""The score of an eco-development loop lets nothing make up for a condition at zero."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bassin.errors import Refused
from bassin.ui.loops import CONDITIONS, checked, loop, maturity, score

LEVELS = st.fixed_dictionaries(dict.fromkeys(CONDITIONS, st.integers(0, 4)))
SIDES = {side: {"fr": "Dit."} for side in ("production", "ecology", "skills")}


def facts(**levels):
    """A loop whose conditions are at 3 with evidence, save those given."""
    given = dict.fromkeys(CONDITIONS, 3) | levels
    evidence, raised = {"fr": "12 marchés en 2025"}, {"fr": "Une clause de plus."}
    return {
        "name": {"fr": "Réemploi"},
        "dimensions": SIDES,
        "conditions": {
            code: {"level": level, "evidence": evidence, "next": raised}
            for code, level in given.items()
        },
    }


@given(LEVELS)
def test_the_score_lies_between_the_lowest_and_the_highest_level(levels):
    assert min(levels.values()) - 1e-9 <= score(levels) <= max(levels.values()) + 1e-9


@given(LEVELS, st.sampled_from(list(CONDITIONS)))
def test_a_condition_at_zero_makes_the_score_zero(levels, code):
    assert score({**levels, code: 0}) == 0


@given(LEVELS)
def test_the_score_never_exceeds_the_plain_mean(levels):
    assert score(levels) <= sum(levels.values()) / len(levels) + 1e-9


@given(LEVELS, st.sampled_from(list(CONDITIONS)))
def test_raising_a_condition_never_lowers_the_score_nor_the_class(levels, code):
    raised = {**levels, code: min(4, levels[code] + 1)}
    order = ["idée", "émergente", "mûre"]

    assert score(raised) >= score(levels) - 1e-9
    assert order.index(maturity(raised).fr) >= order.index(maturity(levels).fr)


@pytest.mark.parametrize(
    ("levels", "word"),
    [
        ((3, 3, 3, 3, 3, 3), "mûre"), ((4, 4, 4, 2, 2, 2), "mûre"),
        ((4, 4, 4, 4, 4, 1), "émergente"),
        ((3, 3, 3, 3, 3, 2), "émergente"), ((4, 4, 4, 4, 4, 0), "idée"),
    ],
)  # fmt: skip
def test_a_loop_is_mature_when_its_lowest_is_two_and_its_mean_three(levels, word):
    assert maturity(dict(zip(CONDITIONS, levels, strict=True))).fr == word


def test_the_weakest_condition_is_named_with_what_would_raise_it():
    card = loop(facts(C5=1))

    assert card.score == pytest.approx(4 * ((3 / 4) ** 5 * 1 / 4) ** (1 / 6))
    assert [each.code for each in card.weakest] == ["C5"]
    assert card.weakest[0].step.fr == "Une clause de plus."


def test_conditions_that_are_as_weak_as_one_another_are_all_named():
    assert [each.code for each in loop(facts(C1=1, C4=1)).weakest] == ["C1", "C4"]


def test_a_level_without_evidence_is_no_level_and_there_is_no_score():
    unsaid = facts()
    unsaid["conditions"]["C1"]["evidence"] = {}

    card = loop(unsaid)

    assert card.conditions[0].level is None
    assert card.score is None
    assert [each.fr for each in card.missing] == [CONDITIONS["C1"].fr]


def test_without_its_three_dimensions_it_is_no_loop():
    unsaid = {**facts(), "dimensions": {"production": {"fr": "Dit."}}}

    card = loop(unsaid)

    assert (card.score, card.maturity.fr) == (None, "idée")
    assert len(card.missing) == 2


def test_nothing_kept_makes_no_card():
    assert loop({}) is None


def test_what_is_complete_is_kept_as_it_was_written():
    assert checked(facts()) == facts()
    assert checked({}) == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {**facts(), "name": {}},
        facts(C1=5),
        facts(C7=1),
        {**facts(), "conditions": {"C1": {"level": 2}}},
    ],
)
def test_a_loop_without_name_evidence_or_a_level_of_the_scale_is_refused(wrong):
    with pytest.raises(Refused):
        checked(wrong)
