"""Answers by group: nothing shown tells what fewer than five people answered."""

from collections import Counter
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from bassin.debate.workshops.tally import tally
from bassin.debate.workshops.tests.test_tally import asked


def cast(**groups):
    """Ballots by group: cast(vitry={5: 6, 1: 7})."""
    return [
        {"answer": {"level": level} if level else {"cannot_say": True}, "group": group}
        for group, levels in groups.items()
        for level, count in levels.items()
        for _ in range(count)
    ]


def rows(found):
    return {row["group"]: row["counts"] for row in found["groups"]["rows"]}


def test_groups_large_enough_stand_on_their_own_line():
    big = {5: 8, 3: 6, 1: 7, 0: 5}

    found = tally(asked("likert"), cast(vitry=big, ivry=big))

    assert found["groups"]["cells"] == ["agree", "mixed", "disagree", "cannot_say"]
    assert rows(found) == {"ivry": [8, 6, 7, 5], "vitry": [8, 6, 7, 5]}


def test_a_cell_under_five_hides_its_group_and_nothing_lets_it_be_found():
    big, small = {5: 20, 3: 9, 1: 9, 0: 9}, {5: 20, 3: 4, 1: 9, 0: 9}

    found = tally(asked("likert"), cast(vitry=big, ivry={5: 9, 3: 5, 1: 5, 0: 5}, thiais=small))

    # The whole less Vitry and Ivry would give Thiais: the smaller of the two joins it.
    assert rows(found) == {"vitry": [20, 9, 9, 9], None: [29, 9, 14, 14]}


def test_two_groups_of_which_one_is_small_show_nothing():
    found = tally(asked("likert"), cast(vitry={5: 20, 1: 20}, ivry={5: 3}))

    assert found["groups"] is None


def test_without_groups_there_is_no_table():
    assert tally(asked("likert"), cast(**{"": {5: 20, 1: 20}}))["groups"] is None


def test_a_coarser_cut_is_tried_before_nothing_is_shown():
    found = tally(asked("likert"), cast(vitry={5: 9, 3: 2, 1: 4}, ivry={4: 8, 1: 6, 0: 1}))

    assert found["groups"]["cells"] == ["agree", "not_agree"]
    assert found["groups"]["coarse"]


def test_a_quiz_has_one_table_an_answer():
    ballots = [
        {"answer": {"picks": ["a"] if n % 2 else ["b"]}, "group": "ivry" if n % 3 else "vitry"}
        for n in range(40)
    ]

    found = tally(asked("quiz", "a", "b", "c"), ballots)["groups"]["by_option"]

    assert found["c"] is None
    assert {row["group"] for row in found["a"]["rows"]} == {"ivry", "vitry"}


people = st.lists(
    st.tuples(st.sampled_from(["", "a", "b", "c", "d"]), st.sampled_from([0, 1, 2, 3, 4, 5])),
    max_size=200,
)


@given(people, st.integers(5, 9))
def test_no_line_and_no_difference_of_lines_counts_fewer_than_the_smallest_group(drawn, least):
    ballots = [
        {"answer": {"level": level} if level else {"cannot_say": True}, "group": group}
        for group, level in drawn
    ]
    found = tally(asked("likert"), ballots, min_group=least).get("groups")
    if not found:
        return

    lines = [Counter(dict(enumerate(row["counts"]))) for row in found["rows"]]
    whole = sum(lines, Counter())
    for size in range(1, len(lines)):
        for some in combinations(lines, size):
            rest = whole - sum(some, Counter())
            assert all(rest[cell] >= least for cell in range(len(found["cells"])))
    assert whole.total() == sum(row["n"] for row in found["rows"])
