"""Conditions in three-valued logic: what a state means, and the same answers by both ways."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bassin.errors import Refused
from bassin.pairing.conditions import (
    AnyOf,
    Condition,
    Fact,
    Interval,
    Kind,
    OneOf,
    State,
    Tags,
    at,
    finding,
    flag,
    parse,
    state,
    together,
)
from bassin.pairing.conditions.batch import Column, Evaluation
from bassin.types import Text

NOTHING = Text("")
FACTS = {
    "staff": Fact("staff", Kind.NUMBER, NOTHING, NOTHING, NOTHING),
    "place": Fact("place", Kind.TAGS, NOTHING, NOTHING, NOTHING),
    "size": Fact("size", Kind.CHOICE, NOTHING, NOTHING, NOTHING),
}
CODES = tuple("abcde")
NUMBERS = range(6)

numbers = st.sampled_from(NUMBERS)
codes = st.lists(st.sampled_from(CODES), min_size=1, max_size=3, unique=True)
intervals = st.tuples(numbers, numbers).map(lambda pair: Interval(min(pair), max(pair)))
tags = st.tuples(st.frozensets(st.sampled_from(CODES)), st.frozensets(st.sampled_from(CODES))).map(
    lambda pair: Tags(pair[0], pair[1] - pair[0])
)
choices = st.frozensets(st.sampled_from(CODES), min_size=1).map(OneOf)
KNOWN = {"staff": intervals, "place": tags, "size": choices}


@st.composite
def conditions(draw):
    fact = draw(st.sampled_from(sorted(FACTS)))
    if fact != "staff":
        op = draw(st.sampled_from(["in", "not_in"]))
        return parse({"fact": fact, "op": op, "value": draw(codes)}, FACTS)
    op = draw(st.sampled_from(["at_least", "at_most", "above", "below", "between"]))
    value = draw(numbers)
    both = sorted([value, draw(numbers)])
    return parse({"fact": fact, "op": op, "value": both if op == "between" else value}, FACTS)


clauses = st.one_of(
    conditions(), st.lists(conditions(), min_size=1, max_size=3).map(lambda x: AnyOf(tuple(x)))
)
records = st.fixed_dictionaries({}, optional={key: KNOWN[key] for key in KNOWN})


def worlds(value):
    """Every way in which what is known may turn out, with whole numbers."""
    if isinstance(value, Interval):
        return [float(each) for each in range(int(value.low), int(value.high) + 1)]
    if isinstance(value, OneOf):
        return [frozenset([each]) for each in value.possible]
    found = [value.held]
    for code in value.maybe:
        found += [each | {code} for each in found]
    return found


def holds(condition, world):
    """Whether a demand is met once everything is known."""
    wanted = condition.value
    match condition.op:
        case "at_least":
            return world >= wanted[0]
        case "at_most":
            return world <= wanted[0]
        case "above":
            return world > wanted[0]
        case "below":
            return world < wanted[0]
        case "between":
            return wanted[0] <= world <= wanted[1]
        case "in":
            return bool(world & set(wanted))
        case _:
            return not world & set(wanted)


@given(data=st.data(), condition=conditions())
@settings(max_examples=300, deadline=None)
def test_a_state_is_what_all_that_a_fact_may_still_be_agrees_on(data, condition):
    value = data.draw(KNOWN[condition.fact])

    found = state(condition, value)

    answers = {holds(condition, each) for each in worlds(value)}
    surely = {frozenset([True]): State.YES, frozenset([False]): State.NO}
    assert found is surely.get(frozenset(answers), State.ASK)


@given(
    st.lists(records, min_size=1, max_size=12), st.lists(st.lists(clauses, max_size=4), max_size=5)
)
@settings(max_examples=200, deadline=None)
def test_many_records_at_once_have_the_answers_of_one_by_one(rows, sets):
    columns = {}
    for fact in FACTS:
        values = tuple(dict.fromkeys(row.get(fact) for row in rows))
        codes = [values.index(row.get(fact)) for row in rows]
        columns[fact] = Column(values, np.array(codes, np.int32))

    evaluation = Evaluation(columns, len(rows))
    found = evaluation.every(sets)

    for line, each in enumerate(sets):
        for place, row in enumerate(rows):
            findings = [finding(clause, row) for clause in each]
            assert found[line, place] == together(one.state for one in findings)
            asked = [one for every in findings for one in every.asked]
            assert list(evaluation.missing(each, place)) == asked


@given(
    st.sampled_from(["at_least", "at_most", "above", "below"]),
    st.integers(-2, 20),
    st.integers(0, 9),
)
@settings(max_examples=60, deadline=None)
def test_numbers_compared_as_arrays_say_what_they_say_one_by_one(op, value, more):
    ends = [(low, low + width) for low in range(10) for width in range(9)]
    values = tuple(Interval(*each) for each in ends)
    demands = [{"op": op, "value": value}, {"op": "between", "value": [value, value + more]}]

    column = Column(values, np.arange(len(values), dtype=np.int32))
    for demand in demands:
        condition = parse({"fact": "staff", **demand}, FACTS)
        found = Evaluation({"staff": column}, len(values)).together([condition])
        assert [State(int(each)) for each in found] == [state(condition, each) for each in values]


def test_a_place_partly_known_is_a_question_only_where_it_may_be():
    town = Tags(frozenset(["commune:a", "region:11"]), frozenset(["qpv:1"]), ("zone:",))

    said = {
        value: state(parse({"fact": "place", "op": "in", "value": [value]}, FACTS), town).word
        for value in ("region:11", "region:93", "qpv:1", "qpv:2", "zone:zfu")
    }

    assert said == {
        "region:11": "yes", "region:93": "no", "qpv:1": "unknown", "qpv:2": "no",
        "zone:zfu": "unknown",
    }  # fmt: skip


def test_a_condition_holds_between_its_days_only():
    old = parse({"fact": "staff", "op": "below", "value": 3, "until": date(2025, 12, 31)}, FACTS)
    new = parse({"fact": "staff", "op": "below", "value": 5, "from": date(2026, 1, 1)}, FACTS)

    assert at([old, new], date(2025, 12, 31)) == (old,)
    assert at([AnyOf((old, new))], date(2026, 1, 1)) == (AnyOf((new,)),)


def test_a_free_demand_is_unknown_until_it_is_answered():
    asked = parse({"fact": "said:begun", "op": "is", "value": False, "question": "?"}, FACTS)

    assert state(asked, None) is State.ASK
    assert state(asked, flag(False)) is State.YES
    assert state(asked, flag(True)) is State.NO


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ({"fact": "stafff", "op": "below", "value": 3}, "stafff"),
        ({"fact": "staff", "op": "in", "value": ["3"]}, "at_least"),
        ({"fact": "staff", "op": "below", "value": "3"}, "3"),
        ({"fact": "staff", "op": "between", "value": [5, 3]}, "between"),
        ({"fact": "place", "op": "in", "value": []}, "place"),
        ({"fact": "staff", "op": "below", "value": 3, "valor": 4}, "valor"),
        ({"fact": "staff", "op": "below", "value": 3, "verified_on": date(2026, 1, 1)}, "who"),
        ({"any": [], "op": "in"}, "op"),
        ({"any": []}, "any"),
    ],
)
def test_a_condition_badly_written_is_told_with_what_it_says(raw, told):
    with pytest.raises(Refused, match=told):
        parse(raw, FACTS)


def test_the_meaning_of_a_condition_does_not_hold_its_text():
    one = Condition("staff", "below", (3.0,), source=Text("A"))
    other = Condition("staff", "below", (3.0,), source=Text("B"))

    assert one.demand == other.demand
