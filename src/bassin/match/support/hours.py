"""The 48 hours for a first answer, and which hours count: those of working days.

Saturdays, Sundays and the eleven public holidays of France do not count; a request that arrives on
one of them starts on the next working day.
"""

from datetime import date, datetime, time, timedelta
from functools import cache

HOURS = 48


@cache
def holidays(year: int) -> frozenset[date]:
    """The public holidays of metropolitan France (code du travail, article L3133-1)."""
    easter = _easter(year)
    fixed = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    moving = (1, 39, 50)  # Easter Monday, Ascension, Whit Monday
    return frozenset(
        [date(year, *each) for each in fixed] + [easter + timedelta(days=n) for n in moving]
    )


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap, left = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    quarter, after = divmod(rest, 4)
    week = (32 + 2 * left + 2 * quarter - moon - after) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def works(day: date) -> bool:
    """Whether people work on that day."""
    return day.weekday() < 5 and day not in holidays(day.year)


def due(asked_at: datetime, hours: int = HOURS) -> datetime:
    """When the first answer is due, in the time zone of the moment that is given."""
    at, left = asked_at, timedelta(hours=hours)
    while True:
        midnight = datetime.combine(at.date() + timedelta(days=1), time(), tzinfo=at.tzinfo)
        if works(at.date()):
            if at + left <= midnight:
                return at + left
            left -= midnight - at
        at = midnight


def in_time(asked_at: datetime, answered_at: datetime | None, now: datetime) -> bool | None:
    """Whether the first answer came in time; None while there is time left."""
    limit = due(asked_at)
    if answered_at is not None:
        return answered_at <= limit
    return False if now > limit else None
