"""Rankings counted three ways: by hand, then against brute force on any ballots."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from bassin.debate.workshops.tally import tally
from bassin.debate.workshops.tests.test_tally import asked, ballots


def ranked(codes, orders):
    return tally(asked("ranking", *codes), ballots(*({"order": each} for each in orders)))


def test_borda_shares_what_is_left_among_those_left_out():
    found = ranked("abcd", [["a"], ["a"], ["a"], ["b", "c"], ["b", "c"]])

    # Alone, « a » leaves 2 + 1 + 0 points to three; « b, c » leave 1 + 0 to two.
    points = {line["code"]: line["borda"] for line in found["lines"]}
    assert points == {"a": 10, "b": 9, "c": 7, "d": 4}


def test_the_methods_may_put_different_ones_first_and_it_is_said():
    # 4 prefer a, yet 5 put b and c before it: a wins first places, b every duel.
    found = ranked("abc", [["a", "b", "c"]] * 4 + [["b", "c", "a"]] * 3 + [["c", "b", "a"]] * 2)

    assert found["winners"] == {"borda": ["b"], "first": ["a"], "pairs": ["b"]}
    assert not found["agree"]
    assert found["order"] == ["b", "c", "a"]


def test_a_circle_of_duels_has_no_condorcet_winner():
    found = ranked("abc", [["a", "b", "c"]] * 2 + [["b", "c", "a"]] * 2 + [["c", "a", "b"]] * 2)

    assert found["condorcet"] is None
    assert not found["unique"]
    assert [line["rank"] for line in found["lines"]] == [1, 1, 1]


def test_those_left_out_come_after_every_one_ranked_and_level_with_each_other():
    pairs = ranked("abc", [["c"]] * 5)["pairs"]

    assert pairs == {"a": {"b": 0, "c": 0}, "b": {"a": 0, "c": 0}, "c": {"a": 5, "b": 5}}


def test_many_missions_have_no_closest_order_but_everything_else():
    codes = [f"m{n}" for n in range(13)]

    found = ranked(codes, [codes] * 5)

    assert (found["order"], found["condorcet"]) == (None, "m0")


orders = st.lists(
    st.permutations("abcd").flatmap(
        lambda whole: st.integers(1, 4).map(lambda size: list(whole[:size]))
    ),
    min_size=5,
    max_size=30,
)


@given(orders)
def test_points_are_neither_made_nor_lost(cast):
    found = ranked("abcd", cast)

    assert sum(line["borda"] for line in found["lines"]) == 6 * len(cast)
    assert sum(line["first"] for line in found["lines"]) == len(cast)


@given(orders)
def test_the_closest_order_is_that_of_brute_force(cast):
    found = ranked("abcd", cast)
    pairs = found["pairs"]

    def against(order):
        return sum(pairs[b][a] for n, a in enumerate(order) for b in order[n + 1 :])

    least = min(map(against, permutations("abcd")))
    assert against(found["order"]) == least
    assert found["unique"] == (sum(against(order) == least for order in permutations("abcd")) == 1)
    if found["condorcet"]:
        assert found["order"][0] == found["condorcet"]


@given(orders, st.randoms())
def test_the_order_of_ballots_changes_nothing(cast, chance):
    mixed = list(cast)
    chance.shuffle(mixed)

    assert ranked("abcd", mixed) == ranked("abcd", cast)
