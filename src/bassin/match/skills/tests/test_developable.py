"""What could be developed here: people counted by nearness, and never more than they are."""

import numpy as np
import pytest

from bassin.match.skills.developable import JOBS, Developable, Part, nearby
from bassin.match.skills.forecast import Values
from bassin.match.skills.tags import Tags, share

CODES = ("A", "B", "C")
NEARNESS = np.array([[1.0, 0.6, 0.1], [0.6, 1.0, 0.5], [0.1, 0.5, 1.0]])


def test_people_of_near_trades_count_by_their_nearness_and_far_ones_not_at_all():
    near = nearby(CODES, NEARNESS, {"A": 100.0, "C": 10.0})

    assert near.tolist() == pytest.approx([0.0, 65.0, 0.0])  # A and C are too far apart


def test_people_of_a_trade_are_not_counted_again_as_near_to_itself():
    assert nearby(CODES, NEARNESS, {"B": 40.0}).tolist() == pytest.approx([24.0, 0.0, 20.0])


def test_a_trade_is_never_covered_more_than_once_and_an_unknown_one_is_unknown():
    assert Part("A", 0.2, 20, 300.0, 50.0).covered == 1.0
    assert Part("A", 0.2, 20, 4.0, 1.0).covered == 0.25
    assert Part("A", 0.2, 20, None, 50.0).covered is None


def test_the_tightest_trade_is_a_main_one():
    parts = (
        Part("A", 0.9, 90, 45.0, 0.0), Part("B", 0.08, 8, 80.0, 0.0), Part("C", 0.02, 2, 0.0, 0.0),
    )  # fmt: skip

    found = Developable("52.29A", 53.0, 53.0, parts, 3)

    assert found.tightest == parts[0]
    assert found.ease == 0.5
    assert JOBS == 100


def tags(fiches, **tagged):
    return Tags(fiches, {"green": (), "greening": (), "brown": ()} | tagged)


def test_the_share_of_a_tag_lies_between_all_fiches_and_one_fiche():
    tagged = {"A": tags(2, green=("a",)), "B": tags(1, green=("b",)), "C": tags(3)}

    found = share({"A": 20, "B": 10, "C": 70}, tagged, ("green",))

    assert found == Values(10.0, 20.0, 30.0)


def test_a_fiche_that_is_green_and_greening_is_counted_once():
    tagged = {"A": tags(2, green=("a",), greening=("a", "b"))}

    assert share({"A": 5}, tagged, ("green", "greening")) == Values(100.0, 100.0, 100.0)
    assert share({}, tagged, ("green",)) is None
