"""Working days in France: neither a week-end nor one of the eleven holidays of article L3133-1."""

from datetime import date, timedelta
from functools import cache

PROMISED = 5
"""Working days within which a firm is contacted."""

_FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian computus (Meeus, 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    j, k = c // 4, c % 4
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * j - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


@cache
def holidays(year: int) -> frozenset[date]:
    """The public holidays of a year."""
    sunday = easter(year)
    moving = (1, 39, 50)  # Easter Monday, Ascension, Whit Monday
    return frozenset(
        (*(date(year, month, day) for month, day in _FIXED),
         *(sunday + timedelta(days=each) for each in moving))
    )  # fmt: skip


def is_working(day: date) -> bool:
    """Whether offices are open."""
    return day.weekday() < 5 and day not in holidays(day.year)


def between(start: date, end: date) -> int:
    """Working days after `start`, until `end` included; 0 when it is not later."""
    days = (start + timedelta(days=each) for each in range(1, (end - start).days + 1))
    return sum(is_working(each) for each in days)


def due(start: date) -> date:
    """The last day on which a contact is in time."""
    day, left = start, PROMISED
    while left:
        day += timedelta(days=1)
        left -= is_working(day)
    return day
