"""A selection beside another one, which an address gives whole."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from bassin.indicators.house import House
from bassin.observe.companies import asking, observed, portrait, said
from bassin.observe.companies.observed import Observed
from bassin.observe.companies.selection import Selection
from bassin.observe.companies.standing import Standing

PARAMETER = "avec"
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Compared:
    """The other selection: what is said of it, its list; its tables, None when it is too few."""

    said: str
    url: str
    sections: list[portrait.Section]
    lives: portrait.Table | None


def other(text: str, house: House, today: date, *, officer: bool) -> Selection | None:
    """The selection that somebody gives by its address, whole or from its question mark.

    Raises:
        Refused: a value of it is unknown, or is not for them.
    """
    told = text.strip()[:LONGEST]
    if not told:
        return None
    _page, mark, query = told.partition("?")
    sent = asking.joined(QueryDict(query.partition("#")[0] if mark else told))
    return Selection.read(sent, house, today, officer=officer)


def compared(
    house: House, found: Observed, ours: Selection, theirs: Selection, stands: Standing, spoken: str
) -> Compared:
    """Both selections, side by side."""
    beside = observed.beside(house, found, theirs)
    count = house.reader.rows(_COUNT.format(theirs.where()[0]), theirs.where()[1])[0][0]
    url = f"{reverse('companies:home')}?{theirs.query()}"
    told = said.sentence(theirs, int(count), spoken)
    if beside is None:
        return Compared(told, url, [], None)
    both: tuple[Any, Any] = (found.years, observed.years(house, theirs))
    return Compared(
        told, url, portrait.sections(house, beside, spoken, stands.origin, other=True),
        portrait.lives(*both, spoken, stands.origin),
    )  # fmt: skip


_COUNT = "SELECT count(*) FROM establishments_shown WHERE {}"
