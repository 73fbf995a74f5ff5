"""One page of what a selection keeps, in an order, with its total and its jobs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.observe.companies import jobs
from bassin.observe.companies.filters.base import shown, unknown
from bassin.observe.companies.geometry import distance
from bassin.observe.companies.rows import READ, TABLE, Establishment, establishment
from bassin.observe.companies.selection import Parameters, Selection
from bassin.taxonomies.headcounts import Total, bands
from bassin.types import Text

PER_PAGE = 25
SORTS = {
    "pertinence": Text("pertinence", "relevance"),
    "nom": Text("nom", "name"),
    "effectif": Text("effectif", "staff"),
    "creation": Text("création récente", "newest first"),
    "fermeture": Text("fermeture récente", "last closed first"),
    "distance": Text("distance", "distance"),
}
"""Orders of a list, by their names in an address (`tri`)."""


@dataclass(frozen=True, slots=True)
class Found:
    """One page of establishments, and what is known of all of them.

    `maybe` of them may be outside the interval of staff that was asked for: their band overlaps it.
    """

    rows: tuple[Establishment, ...]
    total: int
    jobs: Total
    page: int
    per_page: int
    sort: str
    maybe: int = 0

    @property
    def pages(self) -> int:
        """How many pages there are; one, empty, when nothing is found."""
        return max(1, -(-self.total // self.per_page))


def page_of(parameters: Parameters) -> int:
    """The page that an address asks for.

    Raises:
        Refused: it is not a number of page.
    """
    text = next(iter(parameters.getlist("page")), "") or "1"
    if not re.fullmatch(r"[1-9][0-9]{0,6}", text):
        raise unknown(text, "page", "Donnez un nombre à partir de 1.", "Give a number from 1.")
    return int(text)


def sort_of(parameters: Parameters) -> str:
    """The order that an address asks for; "" when it asks for none.

    Raises:
        Refused: there is no such order.
    """
    text = next(iter(parameters.getlist("tri")), "")
    if text and text not in SORTS:
        raise unknown(text, "tri", f"Donnez : {', '.join(SORTS)}.", f"Give: {', '.join(SORTS)}.")
    return text


def find(
    house: House, selection: Selection, page: int = 1, sort: str = "", per_page: int = PER_PAGE
) -> Found:
    """One page of what a selection keeps; nothing where establishments are not loaded.

    Args:
        sort: a key of `SORTS`; by default relevance for words, distance around one point, else
            staff.

    Raises:
        Refused: the order asks for what was not chosen, or the page is past the last one.
    """
    if not house.reader.has(TABLE):
        return Found((), 0, Total(), 1, per_page, sort)
    where, values = selection.where()
    counted = house.reader.rows(f"SELECT {jobs.sums()} FROM {TABLE} WHERE {where}", values)
    total = jobs.total(counted[0])
    order = sort or _usual(selection)
    if page > max(1, -(-total.units_count // per_page)):
        raise _past(page, total.units_count, per_page)
    first = (page - 1) * per_page
    sql, extra = ordered(selection, order)
    rows = house.reader.rows(
        f"SELECT {READ} FROM {TABLE} {sql[0]} WHERE {where} ORDER BY {sql[1]} "
        f"LIMIT {per_page} OFFSET {first}",
        [*extra, *values],
    )
    found = tuple(establishment(row) for row in rows)
    return Found(found, total.units_count, total, page, per_page, order, _maybe(house, selection))


def one(house: House, siret: str) -> Establishment | None:
    """The establishment of a SIRET; None when it is not loaded."""
    return next(iter(several(house, [siret])), None)


def several(house: House, sirets: Sequence[str]) -> list[Establishment]:
    """The establishments of some SIRETs, in no order."""
    if not sirets or not house.reader.has(TABLE):
        return []
    sql = f"SELECT {READ} FROM {TABLE} WHERE siret IN (SELECT unnest(?))"
    return [establishment(row) for row in house.reader.rows(sql, [list(sirets)])]


def ordered(selection: Selection, sort: str) -> tuple[tuple[str, str], list[Any]]:
    """A join and an order for it, with their values: every list ends by the SIRET.

    Raises:
        Refused: there is nothing to sort by.
    """
    if sort == "pertinence":
        words = selection.words
        if words is None:
            raise _nothing_to("pertinence", "q")
        join = "JOIN (SELECT unnest(?) AS siret, generate_subscripts(?, 1) AS rank) USING (siret)"
        return (join, "rank"), [list(words.sirets)] * 2
    if sort == "distance":
        if selection.circle is None or len(selection.circle.centres) != 1:
            raise _nothing_to("distance", "rayon")
        return ("", f"{distance(*selection.circle.centres[0])}, siret"), []
    return ("", f"{_ORDERS[sort]}, siret"), []


_SIZES = " ".join(f"WHEN '{code}' THEN {rank}" for rank, code in enumerate(bands()))
_ORDERS = {
    "nom": "name IS NULL, name",
    "effectif": f"state, CASE headcount_band {_SIZES} ELSE -1 END DESC, name IS NULL, name",
    "creation": "created_on DESC NULLS LAST",
    "fermeture": "closed_on DESC NULLS LAST",
}


def _usual(selection: Selection) -> str:
    if selection.words is not None:
        return "pertinence"
    alone = selection.circle is not None and len(selection.circle.centres) == 1
    return "distance" if alone else "effectif"


def _maybe(house: House, selection: Selection) -> int:
    if selection.staff is None:
        return 0
    where, values = selection.where()
    sure = selection.staff.surely()
    sql = f"SELECT count(*) FROM {TABLE} WHERE {where} AND NOT {sure.sql}"
    return int(house.reader.rows(sql, [*values, *sure.parameters])[0][0])


def _past(page: int, total: int, per_page: int) -> Refused:
    last = max(1, -(-total // per_page))
    return Refused(
        Text(f"La page {page} n'existe pas : la dernière est la page {last}.",
             f"There is no page {page}: the last one is page {last}.")
    )  # fmt: skip


def _nothing_to(sort: str, param: str) -> Refused:
    return Refused(
        Text(
            f"Pour trier par « {shown(sort)} », donnez d'abord « {param} » (un seul centre pour "
            "une distance).",
            f"To sort by “{shown(sort)}”, first give “{param}” (one centre for a distance).",
        )
    )
