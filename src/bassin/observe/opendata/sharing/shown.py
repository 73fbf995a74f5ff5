"""Agreements as pages tell them: what is shared, by whom, with whom, why, until when."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bassin.indicators.numbers import period as in_words
from bassin.observe.opendata.models import Agreement
from bassin.types import Origin
from bassin.ui.parts import Cell, Column, Row

Table = tuple[list[Column], list[Row]]


def in_force(day: date) -> list[Agreement]:
    """The agreements of a day, those to review first."""
    found = Agreement.objects.in_force(day).select_related("producer")
    return sorted(
        found.prefetch_related("readers"), key=lambda each: (not each.is_overdue(day), each.title)
    )


def audience(agreement: Agreement) -> str:
    """With whom it is shared, in words."""
    if agreement.level == Agreement.Level.PUBLIC:
        return _("everyone")
    if agreement.level == Agreement.Level.INTERNAL:
        return _("the authority's officers")
    named = sorted({str(each) for each in agreement.readers.all()} | {str(agreement.producer)})
    return ", ".join(named)


def review(agreement: Agreement, day: date, language: str) -> str:
    """Until when it holds without being looked at again."""
    when = in_words(agreement.review_on.isoformat(), language)
    if agreement.is_overdue(day):
        return _("{day}, overdue").format(day=when)
    return when


def _mark(agreement: Agreement, language: str) -> str:
    """That it was invented, where it was."""
    origin = Origin(agreement.origin)
    return "" if origin == Origin.REAL else origin.label.say(language)


def listed(agreements: Sequence[Agreement], day: date, language: str) -> Table:
    """Agreements in force as a table."""
    columns = [
        Column(pgettext("sharing", "Agreement")), Column(_("Producer")), Column(_("Shared with")),
        Column(_("Why")), Column(_("To be reviewed on")),
    ]  # fmt: skip
    rows = [
        Row(
            Cell(text=each.title, note=_mark(each, language),
                 url=reverse("opendata:agreement", kwargs={"slug": each.slug})),
            [
                Cell(text=str(each.producer)), Cell(text=audience(each)),
                Cell(text=each.purpose),
                Cell(text=review(each, day, language), sort=each.review_on.isoformat()),
            ],
        )
        for each in agreements
    ]  # fmt: skip
    return columns, rows
