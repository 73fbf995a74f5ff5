"""One page of what a selection keeps, in an order, with its total and its jobs."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.observe.companies.filters.base import listed, shown, unknown
from bassin.observe.companies.geometry import distance
from bassin.observe.companies.marks import copied
from bassin.observe.companies.rows import READ, TABLE, Establishment, establishment
from bassin.observe.companies.selection import Parameters, Selection
from bassin.taxonomies import headcounts
from bassin.taxonomies.headcounts import Total
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
    bands_held = house.reader.rows(
        f"SELECT headcount_band, count(*) FROM {TABLE} WHERE {where} GROUP BY 1", values
    )
    total = headcounts.counted(dict(bands_held))
    order = sort or _usual(selection)
    if page > max(1, -(-total.units_count // per_page)):
        raise _past(page, total.units_count, per_page)
    first = (page - 1) * per_page
    rows = _page(house, selection, order, first, per_page)
    asked = selection.staff
    maybe = sum(count for code, count in bands_held if asked and not asked.holds(code))
    return Found(tuple(rows), total.units_count, total, page, per_page, order, maybe)


def one(house: House, siret: str) -> Establishment | None:
    """The establishment of a SIRET; None when it is not loaded."""
    if not house.reader.has(TABLE):
        return None
    rows = house.reader.rows(f"SELECT {READ} FROM {TABLE} WHERE siret = ?", [siret])
    return establishment(rows[0]) if rows else None


def several(house: House, sirets: Sequence[str]) -> list[Establishment]:
    """The establishments of some SIRETs that are loaded, in their order."""
    if not sirets or not house.reader.has(TABLE):
        return []
    held = listed("siret", sirets)
    # Their places first: columns are then read where they are, not over the whole table.
    places = f"rowid IN (SELECT rowid FROM {TABLE} WHERE {held.sql})"
    sql = f"SELECT {READ} FROM {TABLE} WHERE {places if copied(house.reader) else held.sql}"
    found = {row[0]: establishment(row) for row in house.reader.rows(sql, [*held.parameters])}
    return [found[siret] for siret in sirets if siret in found]


def _page(
    house: House, selection: Selection, sort: str, first: int, number: int
) -> Iterable[Establishment]:
    where, values = selection.where()
    if sort == "pertinence":
        return several(house, ranked(house, selection)[first : first + number])
    order = ordered(selection, sort)
    sql = f"SELECT {READ} FROM {TABLE} WHERE {where} ORDER BY {order} LIMIT {number} OFFSET {first}"
    return map(establishment, house.reader.rows(sql, values))


def ranked(house: House, selection: Selection) -> list[str]:
    """The SIRETs that a selection keeps, in the order of its words.

    Raises:
        Refused: it has no words.
    """
    if selection.words is None:
        raise _nothing_to("pertinence", "q")
    where, values = selection.where()
    sql = f"SELECT siret FROM {TABLE} WHERE {where}"
    kept = {siret for (siret,) in house.reader.rows(sql, values)}
    return [siret for siret in selection.words.found.sirets if siret in kept]


def ordered(selection: Selection, sort: str) -> str:
    """The SQL of an order, which ends by the SIRET; relevance has none: see `ranked`.

    Raises:
        Refused: there is nothing to sort by.
    """
    if sort == "distance":
        if selection.circle is None or len(selection.circle.centres) != 1:
            raise _nothing_to("distance", "rayon")
        return f"{distance(*selection.circle.centres[0])}, siret"
    return f"{_ORDERS[sort]}, siret"


_ORDERS = {
    "nom": "name NULLS LAST",
    # Codes of bands grow with staff, but for the one of those whose staff is not known.
    "effectif": "state, coalesce(nullif(headcount_band, 'NN'), '') DESC, name NULLS LAST",
    "creation": "created_on DESC NULLS LAST",
    "fermeture": "closed_on DESC NULLS LAST",
}


def _usual(selection: Selection) -> str:
    if selection.words is not None:
        return "pertinence"
    alone = selection.circle is not None and len(selection.circle.centres) == 1
    return "distance" if alone else "effectif"


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
