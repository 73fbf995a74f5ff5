"""The priority themes of a firm, as named points: which of the authority's themes it belongs to.

A theme counts one point, with what tells it: an activity, a legal form, a priority neighbourhood,
the need of the case. They are added, never weighed; none is a score of the firm.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.match.support.firms import Firm
from bassin.match.support.models import Case
from bassin.taxonomies import legal, naf
from bassin.taxonomies.perimeters import perimeters
from bassin.territory.lists import DatedList, Item, list_at, read_lists
from bassin.types import Text

LIST = "priority_themes"
_ACTIVITY = Text("par son activité", "by its activity")
_FORM = Text("par sa forme juridique", "by its legal form")
_QUARTER = Text("dans un quartier prioritaire", "in a priority neighbourhood")
_NEED = Text("par le besoin", "by its need")
_BY_NEED = {"energy": "ecological_transition", "innovate": "innovation"}
_IN_QUARTER = "social_cohesion"


@dataclass(frozen=True, slots=True)
class Point:
    """One theme, and what tells that it is the firm's."""

    code: str
    label: Text
    why: Text


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme, turned into codes."""

    code: str
    label: Text
    naf_codes: frozenset[str]
    legal_starts: tuple[str, ...]


def themes(opened: House, today: date) -> tuple[DatedList | None, list[Theme]]:
    """The authority's list in use on a day, and its themes; none where it has no such list."""
    authority = opened.var / "authority"
    try:
        used = list_at(read_lists(authority / "lists.toml"), LIST, today)
    except Refused:
        return None, []
    known = _perimeters(authority / "perimeters")
    return used, [_theme(item, known) for item in used.items]


def _perimeters(folder: Path) -> dict[str, frozenset[str]]:
    found = perimeters(folder) if folder.is_dir() else perimeters()
    return {key: frozenset(each.naf_codes()) for key, each in found.items() if each.computable}


def _theme(item: Item, known: dict[str, frozenset[str]]) -> Theme:
    codes = set(naf.rev2().subclasses(item.naf_rev2)) if item.naf_rev2 else set()
    for each in item.perimeters:
        codes |= known.get(each, frozenset())
    families = legal.families()
    starts = [start for each in item.legal_families for start in families[each].prefixes]
    return Theme(item.code, item.label, frozenset(codes), tuple(starts))


def points(case: Case, firm: Firm | None, listed: list[Theme]) -> list[Point]:
    """The themes of a case, each with what tells it."""
    return [Point(each.code, each.label, why) for each in listed if (why := _why(case, firm, each))]


def _why(case: Case, firm: Firm | None, theme: Theme) -> Text | None:
    activity = case.naf_code or (firm.naf_code if firm else "")
    if activity in theme.naf_codes:
        return _ACTIVITY
    form = firm.legal_category if firm else ""
    if theme.legal_starts and (form.startswith(theme.legal_starts) if form else case.social_form):
        return _FORM
    if theme.code == _IN_QUARTER and (case.from_qpv or (firm is not None and firm.qpv_code)):
        return _QUARTER
    if theme.code in {_BY_NEED.get(need) for need in case.needs}:
        return _NEED
    return None
