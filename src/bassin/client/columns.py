"""The columns of each table, the same from the store and from an API; and how a day is read."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from bassin.errors import Refused

Day = date | str | None
"""A day as people give it: a date, "2019-06-30", a year (its last day), or None for today."""

_TEXT, _NUMBER, _WHOLE, _DAY, _YES = (
    pa.string(), pa.float64(), pa.int64(), pa.date32(), pa.bool_(),
)  # fmt: skip

FIGURES = pa.schema([
    ("indicator", _TEXT),    # its id
    ("label", _TEXT),        # its name in words
    ("place", _TEXT),        # "scale:code"
    ("place_name", _TEXT),
    ("period", _TEXT),       # "2023", "2024-Q2", "2024-11"
    ("value", _NUMBER),      # in `unit`; empty when hidden or missing
    ("upper", _NUMBER),      # end of the interval, for the few figures that are one
    ("unit", _TEXT),         # in words; empty for an index
    ("universe", _TEXT),     # the perimeter: whom or what it is about
    ("reliability", _TEXT),  # reliable, caution, fragile; exhaustive without a sample
    ("origin", _TEXT),       # the mark: real, cited, invented
    ("status", _TEXT),       # normal, secret, secondary, rounded, missing, refused
    ("why", _TEXT),          # why the value is hidden, rounded or missing, in words
    ("source", _TEXT),
    ("licence", _TEXT),
    ("definition", _TEXT),
    ("version", _TEXT),      # of the definition and of the table: what a study cites
])  # fmt: skip

PLACES = pa.schema([
    ("key", _TEXT), ("scale", _TEXT), ("code", _TEXT), ("name", _TEXT), ("kind", _TEXT),
    ("population", _WHOLE),  # inhabitants, in the year `population_period`
    ("population_period", _TEXT), ("communes_count", _WHOLE), ("cog", _WHOLE),
])  # fmt: skip

INDICATORS = pa.schema([
    ("id", _TEXT), ("label", _TEXT), ("unit", _TEXT), ("kind", _TEXT), ("chapter", _TEXT),
    ("native", _TEXT), ("definition", _TEXT), ("universe", _TEXT), ("table", _TEXT),
    ("loaded", _YES),  # whether the installation has the table that it is made from
    ("source", _TEXT), ("licence", _TEXT),
])  # fmt: skip

ESTABLISHMENTS = pa.schema([
    ("siret", _TEXT), ("siren", _TEXT), ("name", _TEXT), ("state", _TEXT), ("is_hidden", _YES),
    ("naf_code", _TEXT), ("headcount_band", _TEXT), ("is_head_office", _YES),
    ("commune_code", _TEXT), ("address", _TEXT), ("postal_code", _TEXT), ("city", _TEXT),
    ("longitude", _NUMBER), ("latitude", _NUMBER),  # degrees, WGS 84
    ("created_on", _DAY), ("closed_on", _DAY), ("legal_category", _TEXT), ("period", _TEXT),
    ("origin", _TEXT),
])  # fmt: skip


def table(rows: Sequence[Mapping[str, Any]], schema: pa.Schema) -> pa.Table:
    """Rows as a table: columns they lack are empty, days may be written as text."""
    days = [field.name for field in schema if field.type == _DAY]
    read = [{**row, **{name: day(row.get(name)) for name in days}} for row in rows]
    return pa.Table.from_pylist([{n: row.get(n) for n in schema.names} for row in read], schema)


def day(given: Day) -> date | None:
    """A day that people give.

    Raises:
        Refused: it is not one; the sentence shows what was given.
    """
    if given is None or isinstance(given, date):
        return given
    try:
        return date.fromisoformat(given if len(given) > 4 else f"{given}-12-31")
    except ValueError as error:
        raise Refused(f"“{given}” is not a date. Write it as 2019-06-30, or a year.") from error


def words(given: str | Sequence[str]) -> list[str]:
    """One word or several."""
    return [given] * bool(given) if isinstance(given, str) else list(given)
