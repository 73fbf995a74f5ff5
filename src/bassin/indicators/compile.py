"""One declaration, one Ibis expression, one SQL text that is kept.

Every indicator is a join with a small table named `scope` (place, unit): the places asked for
and their units (communes, or employment areas). The SQL is compiled once; only `scope` changes
from one request to the next, so nothing of a request is ever written into SQL.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import ibis
import ibis.expr.types as ir

from bassin.errors import Refused
from bassin.indicators.declaration import Indicator, Term
from bassin.indicators.where import IN_PLACE, amount, columns_in_place, condition
from bassin.sources import Derivation, Source, derivations, sources
from bassin.sources.authority.declaration import PREFIX
from bassin.sources.registry import Stamp, stamp
from bassin.territory.gazetteer import COLLECTIVITIES
from bassin.types import Text

UNITS = {
    "commune": "commune_code",
    "iris": "commune_code",
    "employment_area": "employment_area_code",
    "qpv": "qpv_code",
}


def table(name: str) -> ir.Table:
    """A published table as Ibis sees it, from the declared columns of its source.

    Raises:
        Refused: no source publishes that table.
    """
    # What an authority declares for itself may change while the process lives.
    return _table(name, stamp() if name.startswith(PREFIX) else ())


@lru_cache(maxsize=256)
def _table(name: str, declared: Stamp) -> ir.Table:
    columns = _declared(name).columns.items()
    return ibis.table({column: _ibis(facts.type) for column, facts in columns}, name=name)


def unique(name: str) -> tuple[str, ...]:
    """The columns of which a published table never has the same values twice."""
    return _declared(name).unique


def _declared(name: str) -> Source | Derivation:
    declared: dict[str, Source | Derivation] = {**sources(), **derivations()}
    if name not in declared:
        raise Refused(
            Text(
                f"Aucune source ne publie la table {name}. Voir docs/sources.md.",
                f"No source publishes the table {name}. See docs/sources.md.",
            )
        )
    return declared[name]


def _ibis(kind: str) -> str:
    names = {
        "VARCHAR": "string", "TINYINT": "int8", "SMALLINT": "int16", "INTEGER": "int32",
        "BIGINT": "int64", "DOUBLE": "float64", "BOOLEAN": "boolean", "DATE": "date",
        "BLOB": "binary",
    }  # fmt: skip
    return names[kind]


def expression(*indicators: Indicator, everywhere: str = "") -> ir.Table:
    """Rows (place, period, cog, covered, numerator, denominator, upper, units_count).

    Several indicators of one dataset and unit are read in one pass: the last four columns are then
    those of each in turn, numbered from 1 (numerator_1, …).

    Args:
        everywhere: key of a place that holds every unit of the table (the whole country); the
            join with `scope` is then left out, which is five times quicker for it.
    """
    joined = _joined(indicators, everywhere)
    cog = joined.cog.max() if "cog" in joined.columns else ibis.literal(0)
    measures = {
        "cog": cog.cast("int32"),
        "covered": _covered(joined, indicators),
    }
    for number, each in enumerate(indicators, start=1):
        suffix = f"_{number}" if indicators[1:] else ""
        own = _measures(joined, each).items()
        measures |= {f"{name}{suffix}": measure for name, measure in own}
    return joined.group_by(["place", "period"]).agg(**measures).order_by(["place", "period"])


def _covered(joined: ir.Table, indicators: Sequence[Indicator]) -> Any:
    """How many units have a row. Rows are counted where each unit has one: it is much quicker."""
    if not any(map(counts_communes, indicators)):
        return ibis.literal(0, "int64")
    first = indicators[0]
    unit = joined[UNITS[first.native]]
    one_row_each = unique(first.dataset) == (UNITS[first.native], "period")
    return unit.count() if one_row_each else unit.nunique()


def counts_communes(indicator: Indicator) -> bool:
    """Whether how many communes have a row says how much of a place is known.

    Not where the unit is another, nor in an exhaustive table: no row there means none.
    """
    return indicator.native in ("commune", "iris") and indicator.absent != "zero"


def _joined(indicators: Sequence[Indicator], everywhere: str) -> ir.Table:
    first = indicators[0]
    data, unit = table(first.dataset), UNITS[first.native]
    if unit not in data.columns:
        raise Refused(f"{first.id}: {first.dataset} has no column {unit}.")
    if not everywhere:
        return _scoped(indicators, data)
    # Rows of no known unit are in no part, and the overseas collectivities are not in Insee's
    # France: the whole equals the sum of its parts.
    known = data.filter(data[unit].notnull())
    if unit == "commune_code":
        known = known.filter(*(~known[unit].startswith(code) for code in COLLECTIVITIES))
    return known.mutate(place=ibis.literal(everywhere))


def _measures(joined: ir.Table, indicator: Indicator) -> dict[str, Any]:
    return {
        "numerator": _listed(joined, indicator, indicator.numerator),
        "denominator": _optional(joined, indicator.denominator),
        "upper": _bounded(joined, indicator),
        "units_count": _contributors(joined, indicator),
    }


def _scoped(indicators: Sequence[Indicator], data: ir.Table) -> ir.Table:
    """The rows of the places asked for, once per place."""
    scope = ibis.table({"place": "string", "unit": "string"}, name="scope")
    joined = data.inner_join(scope, data[UNITS[indicators[0].native]] == scope.unit)
    for column in sorted(set().union(*map(wanted_in_place, indicators))):
        joined = _with_in_place(joined, scope, column)
    return joined


def wanted_in_place(indicator: Indicator) -> set[str]:
    """Columns of a second commune that the indicator asks to lie in the same place."""
    terms = (indicator.numerator, indicator.denominator, indicator.upper, indicator.units)
    return set().union(*(columns_in_place(term.where) for term in terms if term is not None))


def _with_in_place(joined: ir.Table, scope: ir.Table, column: str) -> ir.Table:
    """Say of each row whether a second commune lies in the same place as its first."""
    other = scope.view().select(other_place="place", other_unit="unit")
    same = [joined.place == other.other_place, joined[column] == other.other_unit]
    both = joined.left_join(other, same)
    inside = {f"{column}{IN_PLACE}": both.other_unit.notnull()}
    return both.mutate(**inside).drop("other_place", "other_unit")


def _kept(joined: ir.Table, term: Term) -> Any:
    return condition(joined, term.where) if term.where else None


def _optional(joined: ir.Table, term: Term | None) -> Any:
    return ibis.null("float64") if term is None else _aggregate(joined, term)


def _listed(joined: ir.Table, indicator: Indicator, term: Term) -> Any:
    """An aggregate; in an exhaustive list, zero where rows have the amount and none is meant."""
    found, where = _aggregate(joined, term), _kept(joined, term)
    if indicator.absent != "zero" or term.agg != "sum" or where is None:
        return found
    # A masked row that is meant, or a year that nobody has an amount of, stays unknown.
    none = (joined.count(where=where) == 0) & (amount(joined, term.column).count() > 0)
    return ibis.ifelse(none, ibis.literal(0.0), found)


def _bounded(joined: ir.Table, indicator: Indicator) -> Any:
    """The upper end of an interval; unknown as soon as one row has an open end."""
    term = indicator.upper
    if term is None:
        return ibis.null("float64")
    where = _kept(joined, term)
    opened = amount(joined, term.column).isnull()
    opened = opened if where is None else opened & where
    return ibis.ifelse(opened.any(), ibis.null("float64"), _listed(joined, indicator, term))


def _contributors(joined: ir.Table, indicator: Indicator) -> Any:
    """Who stands behind the value: the declared count, else the rows it is made of."""
    if indicator.units is None:
        return _rows(joined, indicator.numerator)
    return _listed(joined, indicator, indicator.units).cast("int64")


def _rows(joined: ir.Table, term: Term) -> Any:
    """How many rows are behind the value; rows where the column is masked do not count."""
    column = joined.place if term.agg == "count" else amount(joined, term.column)
    return column.count(where=_kept(joined, term))


def _aggregate(joined: ir.Table, term: Term) -> Any:
    where = _kept(joined, term)
    if term.agg == "count":
        return joined.count(where=where).cast("float64")
    column = amount(joined, term.column)
    if term.agg == "count_distinct":
        return column.nunique(where=where).cast("float64")
    if term.agg in ("median", "value"):
        # A published value: the engine refuses it when more than one unit is behind it.
        return column.max(where=where).cast("float64")
    return getattr(column, term.agg)(where=where).cast("float64")


@lru_cache(maxsize=2_000)
def sql(*indicators: Indicator, everywhere: str = "") -> str:
    """The SQL of an indicator, or of several at once; see `expression`."""
    return str(ibis.to_sql(expression(*indicators, everywhere=everywhere), dialect="duckdb"))


@lru_cache(maxsize=500)
def parted_sql(indicator: Indicator, conditions: tuple[str, ...]) -> str:
    """The SQL of rows (place, period, part, value, units, largest): an amount cut by conditions.

    A part is written with one "1" or "0" per condition, in order; "" is a condition that all rows
    meet. The amount is that of the indicator's numerator, without its own condition; the largest is
    that of one row.
    """
    joined = _scoped((indicator,), table(indicator.dataset))
    met = [
        condition(joined, each).fill_null(False) if each else ibis.literal(True)
        for each in conditions
    ]
    part = ibis.literal("")
    for each in met:
        part = part + each.ifelse("1", "0")
    amount = replace(indicator.numerator, where="")
    units = replace(indicator.units or indicator.numerator, where="")
    cut = joined.mutate(part=part)
    largest = replace(amount, agg="max") if amount.agg == "sum" else amount
    found = cut.group_by(["place", "period", "part"]).agg(
        value=_aggregate(cut, amount), units=_aggregate(cut, units).cast("int64"),
        largest=_aggregate(cut, largest).cast("float64"),
    )  # fmt: skip
    return str(ibis.to_sql(found, dialect="duckdb"))
