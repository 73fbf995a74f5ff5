"""How many establishments each other choice would keep, counted in one pass of the table.

The counts of a filter set that filter aside: choosing one more activity must show what it adds.
Each row is judged once by every filter in use; it counts for a filter when no other one drops it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bassin.indicators.house import House
from bassin.observe.companies import jobs
from bassin.observe.companies.facet_values import DIMENSIONS, Counts, Dimension, dimensions_of
from bassin.observe.companies.filters import FILTERS, Condition
from bassin.observe.companies.filters.base import Asked
from bassin.observe.companies.rows import TABLE
from bassin.observe.companies.selection import Selection
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


def facets(house: House, selection: Selection, params: Sequence[str] = ()) -> Facets:
    """Count a selection.

    Args:
        params: the filters to count, all that have facets unless given.
    """
    wanted = [each for each in DIMENSIONS if not params or each.param in params]
    if not house.reader.has(TABLE):
        return Facets(0, Total(), ())
    sql, values = _counting(selection, wanted)
    rows = house.reader.rows(sql, values)
    counts: dict[str, Counts] = {each.param: {} for each in wanted}
    total = Total()
    for number, value, count, *sums in rows:
        if number < 0:
            total = jobs.total((count, *sums))
        else:
            counts[wanted[number].param][value] = (count, sums[0])
    asked = Asked(house, today())
    told = dimensions_of(asked, selection, counts)
    return Facets(
        total.units_count,
        total,
        tuple(_facet(selection, each, told[each.param]) for each in wanted),
    )


def _counting(selection: Selection, wanted: Sequence[Dimension]) -> tuple[str, list[Any]]:
    """One query: the rows that at most one filter drops, then each count over them."""
    conditions = selection.conditions()
    state = conditions.pop("etat", Condition("TRUE"))
    flagged = [each.param for each in wanted if each.param in conditions]
    firm = [each for param, each in conditions.items() if param not in flagged]
    flags = [conditions[param] for param in flagged]
    columns = sorted({name for each in wanted for name in each.columns} | {"headcount_band"})
    dropped = " + ".join(f"CAST(NOT {each.sql} AS TINYINT)" for each in flags) or "0"
    marks = "".join(f", NOT {each.sql} AS off_{n}" for n, each in enumerate(flags))
    kept = " AND ".join([state.sql, *(each.sql for each in firm)])
    before = [p for each in (*flags, *flags, state, *firm) for p in each.parameters]
    judged = f"SELECT {', '.join(columns)}, {dropped} AS dropped{marks} FROM {TABLE} WHERE {kept}"
    parts = [f"SELECT -1 AS number, NULL AS value, {jobs.sums()} FROM judged WHERE dropped = 0"]
    after: list[Any] = []
    for number, each in enumerate(wanted):
        if each.param == "etat":
            rest = [*firm, *flags]
            where = " AND ".join(one.sql for one in rest) or "TRUE"
            parts.append(_part(number, each, TABLE, where))
            after += [p for one in rest for p in one.parameters]
        else:
            mark = flagged.index(each.param) if each.param in flagged else None
            off = "" if mark is None else f" OR (dropped = 1 AND off_{mark})"
            parts.append(_part(number, each, "judged", f"(dropped = 0{off})"))
    sql = f"WITH judged AS MATERIALIZED ({judged}) {' UNION ALL '.join(parts)}"
    return sql, [*before, *after]


def _part(number: int, each: Dimension, table: str, where: str) -> str:
    return (
        f"SELECT {number}, {each.sql}, count(*), {each.second}, 0, 0, 0 FROM {table} "
        f"WHERE {where} GROUP BY ALL"
    )


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
