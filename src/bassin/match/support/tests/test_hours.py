"""The 48 hours of the first answer: working days alone count."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bassin.match.support import hours

PARIS = ZoneInfo("Europe/Paris")
MOMENTS = st.dates(date(2020, 1, 1), date(2035, 12, 31)).flatmap(
    lambda day: st.times().map(lambda at: datetime.combine(day, at, tzinfo=UTC))
)
"""In UTC: a day of change of hour has 23 or 25 of them in Paris, and the test counts days."""


def _at(*said: int) -> datetime:
    return datetime(*said, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ((2026, 11, 23, 9), (2026, 11, 25, 9)),  # Monday to Wednesday
        ((2026, 11, 26, 10), (2026, 11, 30, 10)),  # Thursday to Monday
        ((2026, 11, 28, 15), (2026, 12, 2, 0)),  # a Saturday counts from Monday, 0:00
        ((2026, 12, 24, 12), (2026, 12, 29, 12)),  # Christmas is a Friday
        ((2026, 5, 13, 12), (2026, 5, 18, 12)),  # Ascension Day is the Thursday
    ],
)  # fmt: skip
def test_an_answer_is_due_after_48_hours_of_working_days(asked, due):
    assert hours.due(_at(*asked)) == _at(*due)


@pytest.mark.parametrize(
    ("year", "monday"), [(2024, (4, 1)), (2025, (4, 21)), (2026, (4, 6)), (2027, (3, 29))]
)
def test_easter_monday_is_on_its_day(year, monday):
    assert date(year, *monday) in hours.holidays(year)
    assert len(hours.holidays(year)) == 11


@given(MOMENTS)
def test_exactly_48_working_hours_pass_before_an_answer_is_due(asked):
    due = hours.due(asked)

    worked, at = timedelta(), asked
    while at < due:
        midnight = datetime.combine(at.date() + timedelta(days=1), time(), tzinfo=UTC)
        end = min(midnight, due)
        if hours.works(at.date()):
            worked += end - at
        at = end
    assert worked == timedelta(hours=48)


@given(MOMENTS, MOMENTS)
def test_who_asks_later_is_never_due_sooner(one, other):
    first, last = sorted((one, other))

    assert hours.due(first) <= hours.due(last)


def test_a_request_without_an_answer_is_late_only_once_its_time_is_over():
    asked = _at(2026, 11, 23, 9)

    assert hours.in_time(asked, None, _at(2026, 11, 25, 9)) is None
    assert hours.in_time(asked, None, _at(2026, 11, 25, 9, 1)) is False
    assert hours.in_time(asked, _at(2026, 11, 24, 9), _at(2026, 12, 1)) is True
    assert hours.in_time(asked, _at(2026, 11, 26, 9), _at(2026, 12, 1)) is False
