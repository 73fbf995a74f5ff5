"""A figure as the component `<c-figure>` takes it: everything already written."""

from dataclasses import dataclass

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from bassin.indicators.figure import Figure
from bassin.indicators.numbers import period, signed
from bassin.observe.observatory.tables import why, written
from bassin.observe.observatory.views.common import language

register = template.Library()


@dataclass(frozen=True, slots=True)
class Shown:
    """The texts of one figure, in the language of the page."""

    value: str
    why: str
    asof: str
    url: str
    change: str
    unit: str


@register.filter
def shown(figure: Figure) -> Shown:
    """Value, reason when there is none, date, address of the definition, change in words."""
    words, observed = language(), figure.observation
    address = reverse("observatory:indicator", kwargs={"name": observed.indicator})
    return Shown(
        value=written(observed, figure.decimals, words),
        why="" if observed.value is not None else why(observed, words),
        asof=period(observed.period, words) if observed.period else _("undated"),
        url=f"{address}?lieu={observed.place.key}",
        change=_change(figure, words),
        # A quotient has no unit of its own: the word says what kind of number it is.
        unit=figure.symbol or _("index"),
    )


def _change(figure: Figure, words: str) -> str:
    if figure.change is None:
        return ""
    unit = _("points") if figure.change.unit == "points" else "%"
    amount = f"{signed(figure.change.amount, 1, words)}\u202f{unit}"
    return _("{amount} since {period}").format(
        amount=amount, period=period(figure.change.since, words)
    )
