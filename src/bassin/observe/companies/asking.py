"""What an address asks for, as a page hears it: what is known is kept, the rest is said.

A form sends two halves of an interval, or a distance and a centre; they are put together here, so
that what is shared is short and is read in one way.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import QueryDict

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.observe.companies import finding
from bassin.observe.companies.filters.base import Asked, Choice, Filter
from bassin.observe.companies.filters.every import FILTERS
from bassin.observe.companies.selection import Selection
from bassin.types import Text

HALVES = {
    "effectif": ("effectif_de", "effectif_a", "-"),
    "creee": ("creee_de", "creee_a", ".."),
    "fermee": ("fermee_de", "fermee_a", ".."),
}
"""Filters that a form sends in two halves, and what joins them in an address."""

SOUGHT = ("cherche_lieu", "cherche_naf", "cherche_forme")
"""Words by which a long facet is looked into: shown again, never part of what is chosen."""

_LONGEST = 80
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A value that a filter could not use: which filter, and what to do instead."""

    label: Text
    sentence: Text


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked for, once read: `query` is the address that says the same and no more."""

    selection: Selection
    refusals: tuple[Refusal, ...]
    page: int
    sort: str
    sought: dict[str, str]
    officer: bool = False

    @property
    def query(self) -> str:
        """The filters and the order, as what follows the ? of an address."""
        pairs = self.selection.parameters() + ([("tri", self.sort)] if self.sort else [])
        return urlencode(pairs, safe=",;:@")


def joined(sent: QueryDict) -> QueryDict:
    """What a form sent, in the words of an address: halves put together, what is empty left out."""
    kept = sent.copy()
    for param, (low, high, dash) in HALVES.items():
        ends = _last(kept, low), _last(kept, high)
        if any(ends):
            kept.setlist(param, [dash.join(ends)])
    metres, centre = _last(kept, "rayon_m"), _last(kept, "rayon_de")
    if centre:
        kept.setlist("rayon", [f"{metres or 500}@{centre}"])
    if kept.getlist("etat") == ["A"]:  # what is meant when nothing is said
        kept.pop("etat")
    for name in [each for pair in HALVES.values() for each in pair[:2]] + ["rayon_m", "rayon_de"]:
        kept.pop(name, None)
    for name in list(kept):
        values = [each for each in kept.getlist(name) if each.strip()]
        kept.setlist(name, values) if values else kept.pop(name)
    return kept


def _last(sent: QueryDict, name: str) -> str:
    return str(sent.get(name, "")).strip()


def ask(sent: QueryDict, house: House, today: date, *, officer: bool = False) -> Asking:
    """Read an address filter by filter: one wrong value leaves the others in force."""
    asked, refusals = Asked(house, today, officer), list[Refusal]()
    chosen: dict[str, Any] = {}
    for each in FILTERS:
        chosen[each.field] = _read(each, sent.getlist(each.param), asked, refusals)
    page = _or(lambda: finding.page_of(sent), 1, Text("Page", "Page"), refusals)
    sort = _or(lambda: finding.sort_of(sent), "", Text("Tri", "Order"), refusals)
    sought = {name: _last(sent, name)[:_LONGEST] for name in SOUGHT}
    return Asking(Selection(**chosen), tuple(refusals), page, sort, sought, officer)


def _read(
    one: Filter, values: Sequence[str], asked: Asked, refusals: list[Refusal]
) -> Choice | None:
    try:
        return one.read(values, asked)
    except Refused as error:
        refusals.append(Refusal(one.label, error.text))
    known = [each for each in values if _known(one, each, asked)]
    return one.read(known, asked) if known and _several(one, known, asked) else None


def _known(one: Filter, value: str, asked: Asked) -> bool:
    return _several(one, [value], asked)


def _several(one: Filter, values: Sequence[str], asked: Asked) -> bool:
    try:
        return one.read(values, asked) is not None
    except Refused:
        return False


def _or(read: Callable[[], _T], otherwise: _T, label: Text, refusals: list[Refusal]) -> _T:
    try:
        return read()
    except Refused as error:
        refusals.append(Refusal(label, error.text))
        return otherwise
