"""How many establishments each other choice would keep, counted in one pass of the table.

The counts of a filter set that filter aside: choosing one more activity must show what it adds.
Each row is judged once by every filter in use; it counts for a filter when no other one drops it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import numpy as np

from bassin.indicators.house import House
from bassin.observe.companies.coded import Counts, Rows, columns
from bassin.observe.companies.facet_values import DIMENSIONS, Dimension, Judged, coded
from bassin.observe.companies.filters.base import Asked, Condition
from bassin.observe.companies.filters.every import FILTERS
from bassin.observe.companies.finding import find
from bassin.observe.companies.marks import copied
from bassin.observe.companies.rows import PROCEDURES, TABLE
from bassin.observe.companies.selection import Selection
from bassin.taxonomies import headcounts
from bassin.taxonomies.headcounts import Total
from bassin.types import Text
from bassin.ui.reader import today


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a filter: what it would keep with all others, and the address that chooses it.

    `query` takes the value off when it is chosen, and adds it, or puts it in the place of the one
    that was, when it is not.
    """

    code: str
    label: Text
    count: int
    chosen: bool
    query: str


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one filter, those that keep nothing left out unless they are chosen."""

    param: str
    label: Text
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """What is counted of a selection: how many, with how many jobs, and each facet."""

    total: int
    jobs: Total
    facets: tuple[Facet, ...]

    def of(self, param: str) -> Facet:
        """The facet of a filter. Raises KeyError when there is none."""
        return {each.param: each for each in self.facets}[param]


def facets(
    house: House, selection: Selection, params: Sequence[str] = (), *, officer: bool = False
) -> Facets:
    """Count a selection; nothing where establishments are not loaded.

    Of more establishments than a release holds in its own file, the total alone is counted.

    Args:
        params: the filters to count, all that have facets unless given.
        officer: it is counted for somebody who works for the authority.
    """
    wanted = _wanted(house, params, officer=officer)
    if not house.reader.has(TABLE):
        return Facets(0, Total(), ())
    if not copied(house.reader):
        found = find(house, selection, per_page=1)
        return Facets(found.total, found.jobs, ())
    judged = _judged(house, selection, {each.param for each in wanted})
    asked = Asked(house, today(), officer)
    total = headcounts.counted(judged.columns["effectif"].counts(judged.kept))
    made = (_facet(selection, each, each.tell(judged, asked, selection)) for each in wanted)
    return Facets(total.units_count, total, tuple(made))


def _wanted(house: House, params: Sequence[str], *, officer: bool) -> list[Dimension]:
    told = officer and house.reader.has(PROCEDURES)
    return [
        each
        for each in DIMENSIONS
        if (told or not each.officers) and (not params or each.param in params)
    ]


def _judged(house: House, selection: Selection, params: set[str]) -> Judged:
    """The rows that at most one counted filter drops, found in one pass, and which one."""
    conditions = selection.conditions()
    state = conditions.pop("etat", Condition("TRUE"))
    flagged = [param for param in conditions if param in params]
    firm = [each for param, each in conditions.items() if param not in flagged]
    flags = [conditions[param] for param in flagged]
    marks = "".join(f", NOT {each.sql} AS off_{n}" for n, each in enumerate(flags))
    kept = " AND ".join([state.sql, *(each.sql for each in firm)])
    found = (
        house.reader.cursor()
        .execute(
            f"SELECT rowid{marks} FROM {TABLE} WHERE {kept}",
            [p for each in (*flags, state, *firm) for p in each.parameters],
        )
        .fetchnumpy()
    )
    rows: Rows = np.asarray(found["rowid"], dtype=np.int64)
    off = {param: np.asarray(found[f"off_{n}"], bool) for n, param in enumerate(flagged)}
    dropped = sum((each.astype(np.int8) for each in off.values()), np.zeros(len(rows), np.int8))
    return Judged(
        columns(house.reader, coded(house.reader)),
        rows[dropped == 0],
        {param: rows[(dropped == 0) | ((dropped == 1) & each)] for param, each in off.items()},
        _other_states(house, [*firm, *flags], state) if "etat" in params else {},
    )


def _other_states(house: House, conditions: list[Condition], state: Condition) -> Counts:
    """How many establishments in another state would be kept, by state."""
    if state.sql == "TRUE":
        return {}
    where = " AND ".join([f"NOT ({state.sql})", *(each.sql for each in conditions)])
    values = [p for each in (state, *conditions) for p in each.parameters]
    rows = house.reader.rows(
        f"SELECT state, count(*) FROM {TABLE} WHERE {where} GROUP BY state", values
    )
    return dict(rows)


def _facet(
    selection: Selection, dimension: Dimension, values: Sequence[tuple[str, Text, int]]
) -> Facet:
    chosen = {text for param, text in selection.parameters() if param == dimension.param}
    if dimension.param == "etat" and not chosen and selection.closed is None:
        chosen = {"A"}
    label = next(each.label for each in FILTERS if each.param == dimension.param)
    kept = tuple(
        Value(code, words, count, code in chosen, _toggled(selection, dimension, code, chosen))
        for code, words, count in values
        if count or code in chosen
    )
    return Facet(dimension.param, label, kept)


def _toggled(selection: Selection, dimension: Dimension, code: str, chosen: set[str]) -> str:
    param = dimension.param
    pairs = selection.parameters()
    if code in chosen:
        pairs = [pair for pair in pairs if pair != (param, code)]
    else:
        alone = not dimension.several or chosen & {"oui", "non"} or code in ("oui", "non")
        pairs = [pair for pair in pairs if not (alone and pair[0] == param)]
        pairs.append((param, code))
    return urlencode(pairs, safe=",;:@")
