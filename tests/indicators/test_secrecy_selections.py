"""Hand-made selections of communes: rounded or refused, and never a way to a hidden cell."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bassin.indicators.figure import Observation, PlaceName, Status
from bassin.indicators.secrecy import (
    ALL,
    CellTable,
    Verdict,
    cross,
    protect,
    regime,
    round_to_5,
    rounded,
    selection_policy,
)
from bassin.types import Scale

BUSINESS = regime("business")
COMMUNES = ["a", "b", "c", "d", "e"]
PLACES = {"T12": COMMUNES, "north": ["a", "b"]}


def judged(units: list[int], values: list[float]) -> dict[str, Verdict]:
    cells = CellTable.of(
        [(one, ALL) for one in COMMUNES],
        units,
        values,
        [value / max(count, 1) for count, value in zip(units, values, strict=True)],
    )
    published = cross({one: [one] for one in COMMUNES} | PLACES, headlines=["T12"])
    return {place: verdict for (place, _), verdict in protect(cells, BUSINESS, published).items()}


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, 0), (2, 0), (2.5, 5), (7, 5), (7.5, 10), (-2.5, -5), (-7, -5), (1_002.5, 1_005)],
)
def test_rounding_to_5_goes_away_from_zero_at_halves(value: float, expected: float) -> None:
    assert round_to_5(value) == expected


def test_a_selection_of_shown_communes_is_rounded_and_says_so() -> None:
    answer = selection_policy(BUSINESS, ["c", "d"], judged([9] * 5, [100] * 5), PLACES)

    assert answer.verdict.status is Status.ROUNDED
    assert answer.verdict.reason is not None
    assert answer.verdict.reason.fr == "sélection faite à la main : arrondi à 5"


def test_a_selection_with_a_hidden_commune_is_refused_and_says_what_to_take_out() -> None:
    verdicts = judged([2, 9, 9, 9, 9], [40, 900, 300, 500, 700])
    answer = selection_policy(BUSINESS, ["a", "d"], verdicts, PLACES, {"a": "Ablon-sur-Seine"})

    assert answer.verdict.status is Status.REFUSED
    assert answer.blocking == ("a",)
    assert answer.verdict.reason is not None
    assert answer.verdict.reason.fr == (
        "refusé : une sélection moins une autre révélerait une cellule ; retirez Ablon-sur-Seine"
    )


def test_a_selection_that_is_a_published_place_has_its_verdict() -> None:
    verdicts = judged([2, 9, 9, 9, 9], [40, 900, 300, 500, 700])
    answer = selection_policy(BUSINESS, list(reversed(COMMUNES)), verdicts, PLACES)

    assert answer.same_as == "T12"
    assert answer.verdict == verdicts["T12"]


def test_open_data_are_given_exactly_for_any_selection() -> None:
    answer = selection_policy(regime("already_protected"), ["a"], {}, {})

    assert answer.verdict.status is Status.NORMAL


def test_a_commune_that_was_never_judged_counts_as_hidden() -> None:
    assert selection_policy(BUSINESS, ["z"], {}, {}).blocking == ("z",)


def observation(value: float, numerator: float | None, denominator: float | None) -> Observation:
    name = PlaceName("selection:x", "ma sélection", Scale.SELECTION)
    return Observation("jobs", 1, name, "2022", 2025, value, numerator, denominator, units_count=12)


def test_both_terms_of_a_ratio_are_rounded_before_the_division() -> None:
    found = rounded(observation(24.14, 21, 87), scale=100)

    assert (found.numerator, found.denominator) == (20, 85)
    assert found.value == pytest.approx(100 * 20 / 85)
    assert (found.status, found.units_count) == (Status.ROUNDED, None)


def test_a_count_is_rounded_and_a_denominator_of_zero_leaves_no_figure() -> None:
    assert rounded(observation(1_234, None, None)).value == 1_235
    nothing = rounded(observation(50, 1, 2), scale=100)
    assert (nothing.status, nothing.value, nothing.numerator) == (Status.REFUSED, None, None)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 300)), min_size=5, max_size=5))
def test_all_selections_together_tell_nothing_that_is_not_published(
    firms: list[tuple[int, int]],
) -> None:
    # given any table and everything it publishes
    units = [count for count, _ in firms]
    values = [float(value) if count else 0.0 for count, value in firms]
    verdicts = judged(units, values)
    shown = {one: value for one, value in zip(COMMUNES, values, strict=True) if verdicts[one].shown}
    # when every possible selection is asked for
    for size in range(1, 6):
        for selection in combinations(COMMUNES, size):
            answer = selection_policy(BUSINESS, selection, verdicts, PLACES)
            # then each answer is one that the reader could have written from published figures
            if answer.same_as is not None:
                assert answer.verdict is verdicts[answer.same_as]
            elif answer.verdict.shown:
                assert answer.verdict.status is Status.ROUNDED
                assert set(selection) <= set(shown)
            else:
                assert set(answer.blocking) == set(selection) - set(shown)


def test_rounding_alone_would_give_a_hidden_commune_to_the_unit() -> None:
    # given a hidden commune, and shown ones of known values that move it across the roundings
    hidden, shown = 1_013, [9, 11, 17, 38]
    sums = [sum(some) for size in range(5) for some in combinations(shown, size)]
    # when selections with it were only rounded to 5
    answers = [(known, round_to_5(known + hidden)) for known in sums]
    possible = [
        guess
        for guess in range(2_000)
        if all(round_to_5(known + guess) == answer for known, answer in answers)
    ]
    # then one value fits: this is why such selections are refused
    assert possible == [hidden]
