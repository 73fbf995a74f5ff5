"""Exposed jobs in priority neighbourhoods, from the establishments whose place is known.

Only Sirene says where an establishment stands: bands, public establishments included. One whose
identity is hidden has no position: its jobs may be in a neighbourhood or not, and are told apart.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from bassin.indicators.house import House
from bassin.indicators.scenarios.declared import Scenario
from bassin.indicators.scenarios.exposure import Exposure, expose, judge
from bassin.indicators.scenarios.jobs import Cell, Range
from bassin.taxonomies.headcounts import band
from bassin.territory import Place
from bassin.types import Origin

TABLE = "establishments_shown"
OUTSIDE, UNPLACED = "", "?"
_COUNTS = f"""
SELECT CASE WHEN coalesce(has_position, false) THEN coalesce(qpv_code, '{OUTSIDE}')
        ELSE '{UNPLACED}' END,
    naf_code, headcount_band, count(*), max(period)
FROM {TABLE} WHERE state = 'A' AND commune_code IN (SELECT unnest($1))
    AND naf_code IN (SELECT unnest($2)) GROUP BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class Quarters:
    """What a scenario hits in each neighbourhood, outside them, and where nobody knows the place.

    `unsaid` establishments of these activities have no published headcount: they count for none.
    """

    places: tuple[tuple[Place, Exposure], ...]
    outside: Exposure
    unplaced: Exposure
    unsaid: int
    period: str
    origin: Origin
    table_version: str


def by_quarter(house: House, place: Place, scenario: Scenario) -> Quarters | None:
    """The neighbourhoods of a place under a scenario; None where establishments are not known."""
    if not house.reader.has(TABLE):
        return None
    activities = scenario.activities()
    codes = sorted(house.territory.codes(place))
    rows = house.reader.rows(_COUNTS, [codes, sorted(activities)])
    if not rows:
        return None
    cells, unsaid = _cells(((a, b, c, d) for a, b, c, d, _period in rows), activities)
    named = {each.code: each for each in house.territory.quarters(place)}
    keys = {*cells, OUTSIDE, UNPLACED, *_latest(named.values())}
    judged = judge({key: expose(cells.get(key, {}), scenario) for key in sorted(keys)})
    served = house.reader.release.tables[TABLE].version
    return Quarters(
        tuple((named[key], each) for key, each in judged.items() if key in named),
        judged[OUTSIDE], judged[UNPLACED], unsaid, rows[0][4], served.origin, served.version,
    )  # fmt: skip


def _latest(quarters: Collection[Place]) -> set[str]:
    """Those of the latest generation, even where no job is exposed."""
    last = max((each.kind for each in quarters), default="")
    return {each.code for each in quarters if each.kind == last}


def _cells(
    rows: Iterable[tuple[str, str, str | None, int]], activities: Mapping[str, str]
) -> tuple[dict[str, dict[str, Cell]], int]:
    """Jobs by neighbourhood and shock, and how many establishments have no known headcount."""
    found: dict[str, dict[str, Cell]] = {}
    unsaid = 0
    for quarter, naf_code, code, count in rows:
        one = band(code)
        if one.minimum == 0:
            unsaid += count if one.unsure else 0
            continue
        here, key = found.setdefault(quarter, {}), activities[naf_code]
        here[key] = _with(here.get(key, Cell()), one.minimum, one.maximum, count)
    return found, unsaid


def _with(cell: Cell, least: int, most: int | None, count: int) -> Cell:
    """A cell with some more establishments of one band."""
    added = Range(float(least * count), None if most is None else float(most * count))
    jobs = cell.jobs + added
    largest = None if most is None or cell.largest is None else max(cell.largest, float(most))
    # The others hold at least everything but the one that may be the largest of all.
    above = max(least, cell.jobs.low - cell.besides)
    return Cell(jobs, cell.employers + count, largest, jobs.low - above)
