"""What the observatory says to a chain: figures before it began and since, never as its effect."""

import calendar
import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bassin.chain import Step, Subject
from bassin.errors import Refused, SourceError
from bassin.indicators.catalogue import indicators
from bassin.indicators.figure import Figure, Observation
from bassin.indicators.numbers import MINUS, points, quantity, signed
from bassin.indicators.numbers import period as in_words
from bassin.types import Scale
from bassin.ui.opened import house
from bassin.ui.parts import Cell, Column, Row

FIGURES = ("private_employees", "failures", "jobseekers_abc")
"""Figures on which a closing or a plan may tell, in the place where it happens."""

_YEAR = re.compile(r"(\d{4})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})-?[QT]([1-4])")


def step(subject: Subject, person: Any, language: str) -> Step | None:
    """Figures of the commune and of the territory at two dates: what was over on each."""
    courses = [
        made for name in FIGURES for key in _places(subject)
        if (made := _course(name, key, subject, language)) is not None
    ]  # fmt: skip
    known = sum(moved for _row, moved in courses)
    said = (
        ngettext("{n} figure before and since", "{n} figures before and since", known).format(
            n=known
        ) if known
        else _("No figure tells of the time since: the next ones are awaited.")
    )  # fmt: skip
    columns = [Column(_("Figure")), *(Column(each, number=True) for each in (
        _("Before"), _("Since then"), _("Gap")))]  # fmt: skip
    context = {"columns": columns, "rows": [row for row, _moved in courses]}
    return Step("done" if known else "ask", said, "observatory/_chain.html", context)


def _places(subject: Subject) -> Sequence[str]:
    commune = f"{Scale.COMMUNE}:{subject.commune_code}"
    return (commune, "") if subject.commune_code else ("",)


def ended(period: str) -> date | None:
    """The last day of a period; None for one that is written in no known way."""
    if found := _QUARTER.fullmatch(period):
        month = 3 * int(found[2])
        return date(int(found[1]), month, calendar.monthrange(int(found[1]), month)[1])
    if found := _MONTH.fullmatch(period):
        year, month = int(found[1]), int(found[2])
        return date(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 else None
    if found := _YEAR.fullmatch(period):
        return date(int(found[1]), 12, 31)
    try:
        return date.fromisoformat(period)
    except ValueError:
        return None


def last_over(series: Sequence[Observation], day: date) -> Observation | None:
    """The last value whose period was over before a day."""
    over = [
        each for each in series
        if each.value is not None and (end := ended(each.period)) is not None and end < day
    ]  # fmt: skip
    return over[-1] if over else None


def _course(name: str, key: str, subject: Subject, language: str) -> tuple[Row, bool] | None:
    """A figure as a row, and whether a period is over since; None when nothing is known of it."""
    if name not in indicators():
        return None
    try:
        figure = house().figure(name, key)
    except (Refused, SourceError):
        return None
    before = last_over(figure.series, subject.since)
    after = last_over(figure.series, subject.day + timedelta(days=1))
    shown = before or after
    if shown is None:
        return None
    moved = before is not None and after is not None and after.period > before.period
    note = f"{figure.definition.say(language)} {figure.source.say(language)}"
    where = f"{figure.label.say(language)}, {shown.place.name}"
    heading = Cell(where, url=reverse("observatory:indicator", kwargs={"name": name}), note=note)
    cells = [
        _cell(figure, before, language), _cell(figure, after if moved else None, language),
        Cell(_gap(figure, before, after, language) if moved else "—"),
    ]  # fmt: skip
    return Row(heading, cells), moved


def _cell(figure: Figure, found: Observation | None, language: str) -> Cell:
    """A value with its period; that a later one is awaited is said, never a number."""
    if found is None or found.value is None:
        return Cell(why=_("awaited: no later period is over and published"))
    value = quantity(found.value, figure.symbol, figure.decimals, language)
    return Cell(value, sort=found.value, origin=found.origin, note=in_words(found.period, language))


def _gap(
    figure: Figure, before: Observation | None, after: Observation | None, language: str
) -> str:
    """By how much it moved: in points for a share, in its own unit otherwise."""
    if before is None or after is None or before.value is None or after.value is None:
        return ""
    moved = after.value - before.value
    if figure.difference == "points":
        said = points(abs(moved), figure.decimals, language)
        return f"+{said}" if moved > 0 else f"{MINUS}{said}" if moved < 0 else said
    return signed(moved, figure.decimals, language)
