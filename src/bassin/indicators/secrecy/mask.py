"""The mask of a publication: every verdict, worked out once in the batch and then looked up.

A verdict depends on everything that is published, never on the page that asks: two pages that
show different parts of a table would otherwise hide different cells, and one would give away
what the other hides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from bassin.errors import Refused
from bassin.indicators.figure import Status
from bassin.indicators.secrecy.cells import ALL, Aggregate, CellKey, CellTable, Verdict, cross
from bassin.indicators.secrecy.protect import protect
from bassin.indicators.secrecy.regimes import Regime, reason
from bassin.types import Text

SCHEMA = pa.schema(
    [
        ("place", pa.string()),
        ("category", pa.string()),
        ("period", pa.string()),
        ("status", pa.string()),
        ("reason_fr", pa.string()),
        ("reason_en", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """One published table: places (each with its base places) times categories (each with its
    base categories; None for no category). `headlines` are the places whose total is hidden
    last; `populations` counts the inhabitants of places, for the regimes that look at it.
    """

    places: Mapping[str, Sequence[str]]
    categories: Mapping[str, Sequence[str]] | None = None
    headlines: Sequence[str] = ()
    populations: Mapping[str, float] = field(default_factory=dict)

    def aggregates(self) -> list[Aggregate]:
        """The published figures of this table."""
        return cross(
            self.places,
            self.categories,
            headlines=self.headlines,
            populations=self.populations,
        )


def publication_mask(cells: pa.Table, regime: Regime, tables: Sequence[PublishedTable]) -> pa.Table:
    """Judge linked tables together; return one row per published figure and period.

    `cells` has the columns `place`, `units_count`, `value`, and optionally `category`,
    `period` and `largest` (the largest contributor); cells that are absent are empty. The
    result has the columns of `SCHEMA`. Periods are judged one by one.

    Raises:
        Refused: one figure is declared twice over different cells, or a cell is not usable.
    """
    published = _together(tables)
    periods = _column(cells, "period", "")
    parts = []
    for period in sorted(set(periods)):
        chosen = np.array([one == period for one in periods], dtype=bool)
        verdicts = protect(_table(cells.filter(pa.array(chosen)), published), regime, published)
        parts.append(_rows(verdicts, period))
    return pa.concat_tables(parts) if parts else SCHEMA.empty_table()


class Mask:
    """A stored mask, ready to be asked."""

    def __init__(self, table: pa.Table) -> None:
        rows = (table.column(name).to_pylist() for name in SCHEMA.names)
        self._verdicts = {
            (place, category, period): Verdict(Status(status), Text(fr, en or "") if fr else None)
            for place, category, period, status, fr, en in zip(*rows, strict=True)
        }

    def verdict(self, place: str, category: str = ALL, period: str = "") -> Verdict:
        """The verdict on a figure; what was never judged is not shown."""
        found = self._verdicts.get((place, category, period))
        return found or Verdict(Status.REFUSED, reason("not_judged"))

    def of_places(self, category: str = ALL, period: str = "") -> dict[str, Verdict]:
        """The verdicts of all places for one category and period."""
        return {
            place: verdict
            for (place, kind, when), verdict in self._verdicts.items()
            if kind == category and when == period
        }


def _together(tables: Sequence[PublishedTable]) -> list[Aggregate]:
    """Every figure once: two tables may share figures, if they mean the same cells."""
    found: dict[CellKey, Aggregate] = {}
    for table in tables:
        for one in table.aggregates():
            known = found.setdefault(one.key, one)
            if set(known.cells) != set(one.cells):
                raise Refused(
                    f"Two tables publish {one.key} over different cells "
                    f"({len(known.cells)} and {len(one.cells)}): give one another key."
                )
    return list(found.values())


def _table(cells: pa.Table, published: Sequence[Aggregate]) -> CellTable:
    places, categories = _column(cells, "place", ""), _column(cells, "category", ALL)
    keys = list(zip(places, categories, strict=True))
    present = set(keys)
    absent = sorted({cell for one in published for cell in one.cells} - present)
    largest = None
    if "largest" in cells.column_names:
        largest = np.concatenate([_numbers(cells, "largest"), np.zeros(len(absent))])
    return CellTable.of(
        [*keys, *absent],
        np.concatenate([_numbers(cells, "units_count"), np.zeros(len(absent))]).astype(int),
        np.concatenate([_numbers(cells, "value"), np.zeros(len(absent))]),
        largest,
    )


def _numbers(cells: pa.Table, name: str) -> NDArray[np.float64]:
    column = cells.column(name).to_pylist()
    return np.array([np.nan if one is None else one for one in column], dtype=np.float64)


def _column(cells: pa.Table, name: str, default: str) -> list[str]:
    if name not in cells.column_names:
        return [default] * len(cells)
    return [default if one is None else str(one) for one in cells.column(name).to_pylist()]


def _rows(verdicts: Mapping[CellKey, Verdict], period: str) -> pa.Table:
    return pa.Table.from_pylist(
        [
            {
                "place": place,
                "category": category,
                "period": period,
                "status": verdict.status.value,
                "reason_fr": verdict.reason.fr if verdict.reason else None,
                "reason_en": verdict.reason.en if verdict.reason else None,
            }
            for (place, category), verdict in verdicts.items()
        ],
        schema=SCHEMA,
    )
