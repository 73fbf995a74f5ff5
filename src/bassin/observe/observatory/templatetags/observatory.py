"""A figure as the component `<c-figure>` takes it: everything already written."""

from dataclasses import dataclass

from django import template
from django.utils.translation import gettext as _

from bassin.indicators.figure import Figure
from bassin.indicators.numbers import NARROW, number, period, points, quantity, signed
from bassin.ui.reader import language

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
    # Django opens every library of tags at the first page: the live part alone has no use for the
    # store, and 60 MB to save.
    from bassin.observe.observatory.words import link, why, written

    words, observed = language(), figure.observation
    return Shown(
        value=written(observed, figure.decimals, words),
        why="" if observed.value is not None else why(observed, words),
        asof=period(observed.period, words) if observed.period else _("undated"),
        url=link(figure),
        change=_change(figure, words),
        unit=_unit(figure, words),
    )


def _unit(figure: Figure, words: str) -> str:
    """The unit as a word that agrees; a quotient has none, and is called an index."""
    value = figure.observation.value
    if not figure.symbol or value is None:
        return figure.symbol or _("index")
    bare = number(value, figure.decimals, words)
    return quantity(value, figure.symbol, figure.decimals, words).replace(bare, "").strip()


def _change(figure: Figure, words: str) -> str:
    if figure.change is None:
        return ""
    found = figure.change.amount
    if figure.change.unit == "points":
        amount = f"{'+' if found > 0 else ''}{points(found, 1, words)}"
    else:
        amount = f"{signed(found, 1, words)}{'' if words == 'en' else NARROW}%"
    return _("{amount} since {period}").format(
        amount=amount, period=period(figure.change.since, words, article=True)
    )
