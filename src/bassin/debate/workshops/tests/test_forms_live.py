"""Plain form fields become answers, and answers become fields again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bassin.debate.workshops import answers
from bassin.debate.workshops.forms_live import fields, parsed
from bassin.errors import Refused

CODES = ["a", "b", "c-d"]
OPTIONS = [{"code": code, "text": {"fr": code}, "truth": {}} for code in CODES]
COLUMNS = [{"fr": "Opportunités"}, {"fr": "Risques"}]


def asked(kind: str, most: int | None = None) -> dict:
    return {
        "kind": kind, "text": {"fr": "?"}, "options": OPTIONS, "most": most, "columns": COLUMNS,
    }  # fmt: skip


def points(total: int) -> st.SearchStrategy:
    """Points shared out between the options."""
    cuts = st.lists(st.integers(0, total), min_size=2, max_size=2).map(sorted)
    return cuts.map(lambda cut: (cut[0], cut[1] - cut[0], total - cut[1]))


ANSWERS = st.one_of(
    st.tuples(st.just("quiz"), st.sets(st.sampled_from(CODES)).map(lambda s: {"picks": list(s)})),
    st.tuples(st.just("likert"), st.integers(1, 5).map(lambda level: {"level": level})),
    st.tuples(
        st.just("ranking"),
        st.permutations(CODES).flatmap(
            lambda order: st.integers(1, 3).map(lambda n: {"order": order[:n]})
        ),
    ),
    st.tuples(
        st.just("points"),
        points(10).map(lambda given: {"points": dict(zip(CODES, given, strict=True))}),
    ),
    st.tuples(
        st.just("sorting"),
        st.dictionaries(st.sampled_from(CODES), st.integers(0, 1), min_size=1).map(
            lambda places: {"places": places}
        ),
    ),
    st.tuples(
        st.just("words"),
        st.lists(st.sampled_from(["ville vécue", "emploi", "الماء"]), min_size=1, max_size=2).map(
            lambda texts: {"texts": texts}
        ),
    ),
    st.tuples(st.sampled_from(["quiz", "likert", "points"]), st.just({"cannot_say": True})),
)


@given(ANSWERS)
def test_an_answer_shown_again_in_its_form_is_the_same_answer(drawn):
    kind, sent = drawn
    kept = answers.checked(asked(kind), sent)

    assert answers.checked(asked(kind), parsed(asked(kind), fields(kept))) == kept


@given(
    kind=st.sampled_from(
        ["quiz", "choice", "likert", "ranking", "points", "sorting", "words", "contributions"]
    ),
    items=st.lists(
        st.tuples(
            st.sampled_from(["pick", "level", "rank-a", "points-a", "place-a", "text", "x"]),
            st.text(max_size=12),
        ),
        max_size=4,
    ),
)
def test_whatever_a_form_sends_is_an_answer_or_a_refusal_with_a_sentence(kind, items):
    said = ""
    try:
        kept = answers.checked(asked(kind), parsed(asked(kind), items))
    except Refused as refused:
        kept, said = {}, str(refused)

    assert kept or said


def test_an_empty_quiz_says_that_none_is_right():
    assert parsed(asked("quiz"), []) == {"picks": []}


def test_ranks_may_leave_gaps_and_some_aside():
    sent = [("rank-a", "4"), ("rank-b", ""), ("rank-c-d", "2")]

    assert parsed(asked("ranking"), sent) == {"order": ["c-d", "a"]}


def test_two_answers_of_the_same_rank_are_refused_by_their_rank():
    with pytest.raises(Refused, match="2"):
        parsed(asked("ranking"), [("rank-a", "2"), ("rank-b", "2")])


@pytest.mark.parametrize("typed", ["two", "1.5", "²", "99999999999", "--1"])
def test_points_that_are_no_whole_number_are_refused(typed):
    with pytest.raises(Refused):
        parsed(asked("points"), [("points-a", typed)])


def test_the_sixth_answer_of_an_agreement_is_not_a_degree():
    assert parsed(asked("likert"), [("level", "cannot_say")]) == {"cannot_say": True}


def test_the_button_that_says_cannot_say_wins_over_what_was_ticked():
    sent = [("pick", "a"), ("cannot_say", "1")]

    assert parsed(asked("choice"), sent) == {"cannot_say": True}
