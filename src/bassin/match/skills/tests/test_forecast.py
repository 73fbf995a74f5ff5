"""The arithmetic of a forecast: its terms sum, its scenarios are in order, nothing is hidden."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bassin.match.skills.forecast import (
    ZERO,
    Band,
    Resource,
    Values,
    ages,
    exits,
    gap,
    need,
    older,
)
from bassin.match.skills.hypotheses import Hypotheses, declared

NATIONAL_JOBS = 27_000_000  # order of magnitude of people at work, France, 2019: to be checked
SHAPE = ages([Band(15, 80), Band(55, 19), Band(65, 1)])


def ordered(least, most):
    numbers = st.floats(least, most, allow_nan=False)
    return st.tuples(numbers, numbers, numbers).map(lambda three: Values(*sorted(three)))


stocks = st.dictionaries(st.sampled_from("CFGHQ"), ordered(0, 50_000), min_size=1)
rates = st.fixed_dictionaries({sector: ordered(-0.2, 0.2) for sector in "CFGHQ"})


@settings(max_examples=60, deadline=None)
@given(stocks, rates, ordered(0, 0.5), st.integers(1, 12))
def test_terms_sum_and_scenarios_are_in_order(stock, growth, leaving, years):
    found = need(stock, growth, leaving, years)

    for name in Values._fields:
        creation, departures = getattr(found.creation, name), getattr(found.departures, name)
        assert getattr(found.balance, name) == pytest.approx(creation + departures)
        assert getattr(found.gross, name) == max(0, getattr(found.balance, name))
    spread = 1e-6 * (1 + abs(found.balance.high))
    assert found.balance.low <= found.balance.central + spread
    assert found.balance.central <= found.balance.high + spread


@settings(max_examples=40, deadline=None)
@given(stocks, rates, ordered(0, 0.5), st.lists(st.one_of(st.none(), ordered(-500, 500))))
def test_a_gap_is_an_interval_and_names_what_it_leaves_out(stock, growth, leaving, terms):
    resources = [Resource(f"term {n}", values) for n, values in enumerate(terms)]

    found = gap(need(stock, growth, leaving, 5), resources)

    spread = 1e-6 * (1 + abs(found.values.high) + abs(found.values.low))
    assert found.values.low <= found.values.central + spread
    assert found.values.central <= found.values.high + spread
    assert len(found.unknown) == terms.count(None)


def test_jobs_that_go_faster_than_people_leave_are_shown_and_create_no_need():
    found = need({"C": Values(90, 100, 110)}, {"C": Values(-0.1, -0.1, -0.1)}, ZERO, 2)

    assert found.creation.central == pytest.approx(-19)
    assert found.balance.low == pytest.approx(-110 * 0.19)
    assert found.gross == ZERO


def test_where_a_sector_shrinks_the_lowest_need_rests_on_its_greatest_stock():
    stock = {"C": Values(10, 1000, 1000), "F": Values(100, 100, 100)}
    growth = {"C": Values(-0.2, -0.15, -0.1), "F": Values(0.1, 0.1, 0.1)}

    assert need(stock, growth, ZERO, 1).balance.ordered


@settings(max_examples=40, deadline=None)
@given(st.floats(0.01, 0.6), st.integers(1, 11))
def test_the_older_those_in_place_the_more_leave(share, years):
    leaving = [Band(55, 0.05), Band(62, 0.4)]
    young, old = older(SHAPE, share), older(SHAPE, share + 0.2)

    assert sum(young.values()) == pytest.approx(1)
    assert exits(young, leaving, years) < exits(old, leaving, years)
    assert exits(young, leaving, years) < exits(young, leaving, years + 1) < 1


def test_nobody_leaves_when_nobody_is_near_the_end():
    assert exits({20: 0.5, 30: 0.5}, [Band(50, 0.3)], 5) == 0


def test_the_defaults_give_back_the_national_forecast_they_are_checked_against():
    # 760,000 positions a year between 2019 and 2030, 89 % of them departures (défi-métiers).
    years, supposed = 11, Hypotheses.of([])
    jobs = Values(*[float(NATIONAL_JOBS)] * 3)

    found = need({"": jobs}, {"": supposed.growth("", "")}, supposed.exits("", years), years)

    assert found.gross.central / years == pytest.approx(760_000, rel=0.03)
    assert found.departures.central / found.gross.central == pytest.approx(0.89, abs=0.01)


def test_every_default_is_three_values_in_order_with_a_reason():
    supposed = {name: each for name, each in declared().items()
                if isinstance(each, dict) and "values" in each}  # fmt: skip

    assert set(supposed) == {"growth", "older", "ready", "insertion"}
    for each in supposed.values():
        assert Values(*each["values"]).ordered
        assert each["why"]["fr"]
        assert each["why"]["en"]
