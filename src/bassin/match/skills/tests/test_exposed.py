"""Exposed jobs: an interval whose middle is shared among trades, to the job."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bassin.match.skills.reconversion.counts import Pair, figures, pairs
from bassin.match.skills.reconversion.exposed import Workplace, band, of_trades
from bassin.taxonomies.interval import Interval, shared, typed

wholes = st.tuples(st.integers(0, 5_000), st.integers(0, 5_000)).map(
    lambda two: Interval(*sorted(two))
)
weights = st.dictionaries(
    st.text("ABCDEFGH", min_size=1, max_size=3), st.integers(0, 10_000), min_size=1, max_size=40
).filter(lambda held: any(held.values()))


@settings(max_examples=200, deadline=None)
@given(wholes, weights)
def test_the_middles_sum_to_that_of_the_whole_and_each_stands_between_its_ends(whole, held):
    parts = shared(whole, held)

    assert sum(each.central for each in parts.values()) == whole.central
    for each in parts.values():
        assert 0 <= each.low <= each.central <= each.high
        assert each.central.denominator in (1, 2)
    assert set(parts) == {key for key, weight in held.items() if weight}


def test_a_middle_that_is_not_whole_is_counted_in_halves():
    parts = shared(Interval(100, 199), {"A": 1, "B": 1})

    assert {each.central for each in parts.values()} == {Fraction(75), Fraction(149, 2)}


def test_nothing_to_share_by_is_an_error():
    with pytest.raises(ValueError, match="share"):
        shared(Interval(1, 2), {"A": 0})
    with pytest.raises(ValueError, match="interval"):
        Interval(3, 2)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("140", Interval(140, 140)),
        ("100-199", Interval(100, 199)),
        ("100 à 199", Interval(100, 199)),
        (" 1\u202f000 ", Interval(1000, 1000)),
        ("200-100", None),
        ("beaucoup", None),
        ("-3", None),
        ("999999", None),
    ],
)
def test_jobs_are_typed_as_people_write_them(text, found):
    assert typed(text) == found


def test_a_band_of_sirene_is_an_interval_and_an_unknown_one_is_unknown():
    assert band("22") == Interval(100, 199)
    assert band("NN") is None
    assert band(None) is None
    assert band("53") == Interval(10_000, 10_000)


def test_jobs_typed_by_trade_are_shared_no_further():
    found = of_trades(
        {"H2903": Interval(10, 15), "H2502": Interval(4, 4)}, Workplace("", "94074", None)
    )

    assert found.whole == Interval(14, 19)
    assert found.main == ["H2903", "H2502"]
    assert found.parts["H2903"].central == Fraction(25, 2)
    assert found.commune_code == "94074"


def test_files_are_summed_by_pair_and_small_numbers_are_kept_from_the_public():
    steps = [
        ("A", "B", "begun", 6, "real"), ("A", "B", "begun", -1, "real"),
        ("A", "B", "signed", 3, "real"), ("A", "C", "begun", 2, "invented"),
    ]  # fmt: skip

    assert pairs(steps) == [Pair("A", "B", begun=5, signed=3), Pair("A", "C", begun=2)]
    found = figures(steps)
    assert found.public == {"begun": 7, "signed": None, "lasting": 0}
    assert found.invented
