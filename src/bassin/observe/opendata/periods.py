"""The first and the last day of a period as tables write it: a year, a quarter, a month, a day."""

import re
from datetime import date, timedelta

_DATED = re.compile(r"(\d{4})(?:-Q([1-4])|-(\d{2})(?:-(\d{2}))?)?")


def _days(period: str) -> tuple[date, date] | None:
    found = _DATED.fullmatch(period)
    if found is None:
        return None
    year, quarter, month, day = (int(each) if each else 0 for each in found.groups())
    first = 3 * quarter - 2 if quarter else month or 1
    last = 3 * quarter or month or 12
    try:
        if day:
            return date(year, month, day), date(year, month, day)
        following = date(year + last // 12, last % 12 + 1, 1)
        return date(year, first, 1), following - timedelta(days=1)
    except ValueError:
        return None


def starts_on(period: str) -> date | None:
    """The first day of a period; None when it is no date."""
    days = _days(period)
    return days[0] if days else None


def ends_on(period: str) -> date | None:
    """The last day of a period; None when it is no date."""
    days = _days(period)
    return days[1] if days else None
