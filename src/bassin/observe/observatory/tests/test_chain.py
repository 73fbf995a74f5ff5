"""Figures before a chain began and since: only periods that are over."""

from dataclasses import dataclass
from datetime import date

import pytest

from bassin.observe.observatory.chain import ended, last_over


@dataclass
class Seen:
    period: str
    value: float | None = 1.0


@pytest.mark.parametrize(
    ("period", "day"),
    [("2022", date(2022, 12, 31)), ("2026-Q3", date(2026, 9, 30)), ("2026-02", date(2026, 2, 28)),
     ("2026-10-31", date(2026, 10, 31)), ("hier", None)],
)  # fmt: skip
def test_a_period_ends_on_its_last_day(period, day):
    assert ended(period) == day


def test_a_year_that_is_not_over_is_not_known_yet():
    series = [Seen("2021"), Seen("2022"), Seen("2023"), Seen("2024", None)]

    assert last_over(series, date(2023, 6, 15)).period == "2022"
    assert last_over(series, date(2026, 1, 1)).period == "2023"
    assert last_over(series, date(2021, 6, 1)) is None
