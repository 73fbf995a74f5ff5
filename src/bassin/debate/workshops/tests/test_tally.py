"""What a vote gives: counts made by hand, kind by kind."""

import pytest

from bassin.debate.workshops.tally import tally


def asked(kind: str, *codes: str, **more):
    options = [{"code": code, "text": {"fr": code.upper()}, "truth": {}} for code in codes]
    return {"kind": kind, "options": options, "most": None, "columns": [], **more}


def ballots(*answers, group: str = ""):
    return [{"answer": answer, "group": group} for answer in answers]


def levels(**counts):
    """Ballots by degree: levels(_1=3, _5=2)."""
    return [
        {"answer": {"level": int(level[1:])}, "group": ""}
        for level, count in counts.items()
        for _ in range(count)
    ]


CANNOT = {"answer": {"cannot_say": True}, "group": ""}


def test_a_likert_counts_shares_among_those_who_spoke():
    found = tally(asked("likert"), levels(_1=1, _2=1, _3=2, _4=4, _5=2) + [CANNOT] * 6)

    assert (found["n"], found["spoke"], found["cannot_say"]) == (16, 10, 6)
    assert found["agree"] == {"count": 6, "pct": 60.0}
    assert [each["pct"] for each in found["levels"]] == [10.0, 10.0, 20.0, 40.0, 20.0]
    assert (found["median"], found["net"]) == (4, 40.0)
    assert "mean" not in found


@pytest.mark.parametrize(
    ("counts", "consensus", "gap"),
    [({"_4": 8}, 100.0, 0), ({"_1": 5, "_5": 5}, 0.0, 2), ({"_3": 5, "_4": 5}, 75.0, 0.5)],
)
def test_consensus_goes_from_all_alike_to_two_halves_at_both_ends(counts, consensus, gap):
    found = tally(asked("likert"), levels(**counts))

    assert (found["consensus"], found["gap"]) == (consensus, gap)


def test_a_median_between_two_degrees_says_so():
    assert tally(asked("likert"), levels(_2=3, _3=3))["median"] == 2.5


def test_a_result_of_fewer_than_five_who_spoke_is_not_shown():
    found = tally(asked("likert"), levels(_5=4) + [CANNOT] * 3)

    assert found == {"kind": "likert", "n": 7, "shown": False}


def test_a_quiz_gives_each_rate_and_the_exact_set_where_the_truth_is_known():
    question = asked("quiz", "a", "b", "c", "d")
    for option, verdict in zip(
        question["options"], ["right", "wrong", "right", "depends"], strict=True
    ):
        option["judged"] = {"outcome": verdict}
    picks = [["a", "c"], ["a", "c", "d"], ["a"], ["a", "b", "c"], []]

    found = tally(question, ballots(*({"picks": each} for each in picks)))

    assert [line["count"] for line in found["lines"]] == [4, 1, 3, 1]
    # What depends on the comparator neither helps nor harms.
    assert found["exact"] == {"count": 2, "pct": 40.0}


def test_a_quiz_before_its_truth_has_no_exact_set():
    found = tally(asked("quiz", "a", "b"), ballots(*[{"picks": ["a"]}] * 5))

    assert found["exact"] is None
    assert {line["outcome"] for line in found["lines"]} == {"unknown"}


def test_a_choice_says_all_that_are_in_front():
    picks = [["a"], ["a"], ["b"], ["b"], ["c"]]

    found = tally(asked("choice", "a", "b", "c"), ballots(*({"picks": each} for each in picks)))

    assert found["leading"] == ["a", "b"]
    assert [line["pct"] for line in found["lines"]] == [40.0, 40.0, 20.0]


def test_points_are_shared_out_of_all_points_given():
    given = [{"a": 10}, {"a": 5, "b": 5}, {"b": 10}, {"b": 10}, {"b": 10}]

    found = tally(asked("points", "a", "b", "c"), ballots(*({"points": each} for each in given)))

    shown = [(line["code"], line["points"], line["pct"]) for line in found["lines"]]
    assert shown == [("b", 35, 70.0), ("a", 15, 30.0), ("c", 0, 0.0)]
    assert [line["givers"] for line in found["lines"]] == [4, 2, 0]


def test_sorting_says_the_side_of_each_and_when_the_room_is_split():
    places = [{"a": 0, "b": 1}, {"a": 0, "b": 0}, {"a": 0, "b": 1}, {"a": 1, "b": 0}, {"a": 0}]

    found = tally(asked("sorting", "a", "b"), ballots(*({"places": each} for each in places)))

    first, second = found["lines"]
    assert (first["left"], first["right"], first["side"], first["left_pct"]) == (4, 1, 0, 80.0)
    assert (second["side"], second["unplaced"]) == (None, 1)
