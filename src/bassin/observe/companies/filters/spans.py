"""Intervals in an address: "10-49", "10-", "2019..2021", "0-3ans"."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from bassin.indicators.numbers import period
from bassin.observe.companies.filters.base import Condition, unknown
from bassin.types import LANGUAGES, Text

_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_YEARS = re.compile(r"([0-9]{0,3})-([0-9]{0,3})ans")
_FR = (
    "Donnez deux dates : 2019-01-01..2021-06-30, 2019..2021 pour des années entières, 2019.. "
    "depuis, ..2021 jusque-là."
)
_EN = (
    "Give two dates: 2019-01-01..2021-06-30, 2019..2021 for whole years, 2019.. since, ..2021 "
    "until."
)


@dataclass(frozen=True, slots=True)
class Span:
    """From a day to a day, both included; an end may be open. `text` is how it was written."""

    text: str
    start: date | None
    end: date | None

    def written(self) -> tuple[str, ...]:
        return (self.text,)

    def on(self, column: str) -> Condition:
        """Whether a day is inside; no day is never inside."""
        kept = Condition(f"({column} IS NOT NULL")
        if self.start:
            kept &= Condition(f"{column} >= ?", (self.start,))
        if self.end:
            kept &= Condition(f"{column} <= ?", (self.end,))
        return Condition(f"{kept.sql})", kept.parameters)

    def said(self) -> Text:
        years = _YEARS.fullmatch(self.text)
        if years:
            return _said_years(*years.groups())
        start, start_en = (_said(self.start, each) for each in LANGUAGES)
        end, end_en = (_said(self.end, each) for each in LANGUAGES)
        if not end:
            return Text(f"depuis le {start}", f"since {start_en}")
        if not start:
            return Text(f"jusqu'au {end}", f"until {end_en}")
        return Text(f"du {start} au {end}", f"from {start_en} to {end_en}")


def _said(day: date | None, spoken: str) -> str:
    return period(day.isoformat(), spoken) if day else ""


def _said_years(low: str, high: str) -> Text:
    if not high:
        return Text(f"{low} ans et plus", f"{low} years and more")
    if int(low or 0) == 0:
        return Text(f"moins de {high} ans", f"less than {high} years")
    return Text(f"de {low} à {high} ans", f"from {low} to {high} years")


def span(text: str, param: str, today: date) -> Span:
    """An interval of days, or of ages in whole years ("0-3ans": less than three, today).

    Raises:
        Refused: it cannot be read, or it ends before it starts.
    """
    if years := _YEARS.fullmatch(text):
        return _ages(text, param, *years.groups(), today=today)
    low, dots, high = text.partition("..")
    start, end = _day(low, first=True), _day(high, first=False)
    wrong = not dots or (low and not start) or (high and not end) or not (low or high)
    if wrong:
        raise unknown(text, param, _FR, _EN)
    if start and end and end < start:
        raise unknown(
            text, param, "La fin vient avant le début : échangez-les (2019..2021).",
            "The end comes before the beginning: swap them (2019..2021).",
        )  # fmt: skip
    return Span(text, start, end)


def _ages(text: str, param: str, low: str, high: str, *, today: date) -> Span:
    if not (low or high) or (low and high and int(high) <= int(low)):
        raise unknown(
            text, param, "Donnez des âges : 0-3ans, 10-ans.", "Give ages: 0-3ans, 10-ans."
        )
    newest = _years_before(today, int(low)) if low else None
    oldest = _years_before(today, int(high)) if high else None
    start = None if oldest is None else date.fromordinal(oldest.toordinal() + 1)
    return Span(text, start, newest)


def _years_before(day: date, years: int) -> date:
    year = max(day.year - years, 1)
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def _day(text: str, *, first: bool) -> date | None:
    """The first or the last day of what is written: a year, a month, a day."""
    found = _DAY.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        month = month or (1 if first else 12)
        return date(year, month, day or (1 if first else calendar.monthrange(year, month)[1]))
    except (ValueError, IndexError):  # no such day in the calendar
        return None
