"""What a selection is, in one sentence; and what is chosen, each with the way to take it off."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bassin.indicators.house import House
from bassin.indicators.numbers import number
from bassin.observe.companies.filters.base import Asked, Choice
from bassin.observe.companies.filters.every import FILTERS
from bassin.observe.companies.selection import Selection
from bassin.taxonomies.headcounts import Total
from bassin.types import Text
from bassin.ui.reader import today


@dataclass(frozen=True, slots=True)
class Chip:
    """One value that is chosen; `without` is the address of the same selection without it."""

    param: str
    label: Text
    said: Text
    without: str

    @property
    def dated(self) -> bool:
        """Whether its words are days alone, which say nothing without their filter."""
        return self.param in ("creee", "fermee")


def chips(house: House, selection: Selection) -> list[Chip]:
    """Each value in use, in the order of the filters."""
    # What was chosen is only said again: whoever may not choose it has no such selection.
    asked, pairs = Asked(house, today(), officer=True), selection.parameters()
    found = []
    for each in FILTERS:
        choice: Choice | None = getattr(selection, each.field)
        if choice is None:
            continue
        values = choice.written()
        for value in values:
            alone = (choice if len(values) == 1 else each.read([value], asked)) or choice
            rest = urlencode([pair for pair in pairs if pair != (each.param, value)], safe=",;:@")
            found.append(Chip(each.param, each.label, alone.said(), rest))
    return found


def head(selection: Selection, count: int, language: str) -> str:
    """« 312 établissements actifs »."""
    told = number(count, 0, language)
    state = selection.state.code if selection.state else ("A" if selection.closed is None else "")
    if state == "A":
        return ngettext(
            "{n} active establishment", "{n} active establishments", count
        ).format(n=told)  # fmt: skip
    if state == "F":
        return ngettext(
            "{n} closed establishment", "{n} closed establishments", count
        ).format(n=told)  # fmt: skip
    if state == "tous":
        return ngettext(
            "{n} establishment, active or closed", "{n} establishments, active or closed", count
        ).format(n=told)  # fmt: skip
    return ngettext("{n} establishment", "{n} establishments", count).format(n=told)


def parts(selection: Selection, language: str) -> list[str]:
    """What is chosen, filter by filter, in words; the state is in the head."""
    dated = {"fermee": _("closed {when}"), "creee": _("created {when}")}
    return [
        dated.get(param, "{when}").format(when=choice.said().say(language))
        for param, choice in selection.chosen()
        if param != "etat"
    ]


def sentence(selection: Selection, count: int, language: str) -> str:
    """« 312 établissements actifs · ateliers de métallurgie · de 10 à 49 salariés »."""
    return " · ".join([head(selection, count, language), *parts(selection, language)])


def staff(total: Total, language: str) -> str:
    """« entre 3 120 et 15 000 emplois salariés »: bands of staff give two ends, never a number."""
    low = number(total.minimum, 0, language)
    if total.maximum is None:
        return _("at least {low} salaried jobs").format(low=low)
    if total.maximum == total.minimum:
        return ngettext("{low} salaried job", "{low} salaried jobs", total.minimum).format(low=low)
    high = number(total.maximum, 0, language)
    return _("between {low} and {high} salaried jobs").format(low=low, high=high)
