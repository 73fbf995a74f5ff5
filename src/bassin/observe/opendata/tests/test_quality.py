"""The nine criteria are counted from the data, and say what they counted."""

from datetime import date

import pytest

from bassin.observe.opendata.datasets import figures, tables
from bassin.observe.opendata.measures import Measure, measure
from bassin.observe.opendata.periods import ends_on, starts_on
from bassin.observe.opendata.quality import CRITERIA, quality

TODAY = date(2026, 11, 20)


def marks(house, dataset, today=TODAY):
    return {mark.criterion.code: mark for mark in quality(house, dataset, today).marks}


def test_there_are_nine_criteria_and_each_tells_its_facts_in_both_languages(installed):
    judged = quality(installed, tables(installed)["census"], TODAY)

    assert len(judged.marks) == len(CRITERIA) == 9
    assert all(mark.facts.fr and mark.facts.en for mark in judged.marks)
    assert all(0 <= mark.share <= 1 for mark in judged.marks)


def test_old_data_lose_their_freshness_by_their_publishers_own_rhythm(installed):
    census = tables(installed)["census"]
    new, old, ancient = (
        marks(installed, census, today)["freshness"]
        for today in (date(2017, 6, 1), date(2022, 6, 1), date(2040, 1, 1))
    )

    assert new.share == 1
    assert 0 <= ancient.share < old.share or old.share == 1
    assert ancient.state == "no"


def test_a_repeated_key_is_found(installed):
    mark = marks(installed, tables(installed)["census"])["uniqueness"]

    assert mark.share == 1
    assert "40 clés distinctes pour 40 lignes" in mark.facts.fr


def test_a_closed_table_has_no_format_and_is_told_so(installed):
    assert marks(installed, tables(installed)["establishments"])["formats"].share == 0


def test_a_cell_that_its_publisher_masks_is_not_missing():
    counted = Measure(10, {"value": 6, "value_masked": 10}, {"value": 4}, 10)

    assert counted.completeness() == 1
    assert counted.completeness(("value",)) == 1


def test_a_figure_is_judged_on_the_columns_that_it_reads(installed):
    figure = figures(installed)["unemployment_rate_census"]

    assert marks(installed, figure)["completeness"].share == 1
    assert measure(installed.reader, "census").completeness() < 1


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("2026-Q3", "2026-07-01", "2026-09-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-10-31", "2026-10-31", "2026-10-31"),
    ],
)
def test_a_period_has_a_first_and_a_last_day(period, first, last):
    assert starts_on(period).isoformat() == first
    assert ends_on(period).isoformat() == last


@pytest.mark.parametrize("period", ["", "v460", "2026-13", "2026-02-30", "9999"])
def test_what_is_no_period_has_no_days(period):
    assert ends_on(period) is None
