"""Dependency: how much of the jobs lies in one sector, and in the largest establishments.

No firm is named: a share is written only when it rests on three establishments or more, none of
which may hold 85 % of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bassin.indicators.house import House
from bassin.indicators.numbers import number
from bassin.indicators.scenarios import jobs
from bassin.indicators.scenarios.exposure import Exposure, alone
from bassin.indicators.scenarios.jobs import NONE, SIRENE, Cell, Range, Source
from bassin.indicators.secrecy import SHOWN, Verdict
from bassin.taxonomies import naf
from bassin.taxonomies.codes import Level
from bassin.taxonomies.headcounts import bands
from bassin.territory import Place
from bassin.types import Origin, Text


@dataclass(frozen=True, slots=True)
class Dependency:
    """A share of jobs, in percent: of a sector, or of establishments above a size.

    `what` names it; `share` is not to be written where `verdict` does not show.
    """

    what: Text
    share: Range
    employers: int
    source: Source
    period: str
    origin: Origin
    verdict: Verdict = SHOWN


def first_sector(
    house: House, place: Place, source: Source, on: date | None = None
) -> Dependency | None:
    """The section of NAF with most jobs; None without any job."""
    known = naf.rev2()
    sections = {code: known.entry(code).section for code in known.codes(Level.SUBCLASS)}
    read = jobs.read(house, [place], sections, source, on)
    cells = read.of(place.key) if read else {}
    named = {key: cell for key, cell in cells.items() if key and cell.jobs.high != 0}
    if read is None or not named or not jobs.covers(house, place, source, read.period, on):
        return None
    code = max(named, key=lambda key: (_middle(named[key].jobs), key))
    return Dependency(
        known.entry(code).label, _share(code, cells), named[code].employers, read.source,
        read.period, read.origin, _verdict(named[code]),
    )  # fmt: skip


def largest_employers(house: House, place: Place, on: date | None = None) -> Dependency | None:
    """Establishments of the highest size that leaves at least three of them, none dominant.

    None where Sirene is not loaded, or where no size does.
    """
    return concentrations(house, [place], on).get(place.key)


def concentrations(
    house: House, places: Sequence[Place], on: date | None = None
) -> dict[str, Dependency]:
    """The same for several places, by their keys; those where no size may be told are left out."""
    if not house.reader.has(SIRENE.table):
        return {}
    scope = house.territory.scope(places, on).to_pydict()
    last = str(on.year) if on else "9999"
    rows = house.reader.rows(_BY_BAND, [scope["place"], scope["commune_code"], last])
    listed: dict[str, list[tuple[Any, ...]]] = {}
    for key, *row in rows:
        listed.setdefault(key, []).append(tuple(row))
    found: dict[str, Dependency] = {}
    for place in places:
        here = listed.get(place.key)
        if here and jobs.covers(house, place, SIRENE, here[0][-1], on):
            served = house.reader.release.tables[SIRENE.table].version
            one = _highest(here, served.origin)
            found |= {place.key: one} if one is not None else {}
    return found


def _highest(rows: Sequence[tuple[Any, ...]], origin: Origin) -> Dependency | None:
    """That of the highest size, from (band, establishments, least, most, period)."""
    known = bands()
    cells = {
        code: Cell(
            Range(float(least), None if most is None else float(most)), int(count),
            known[code].maximum, float(least - known[code].minimum),
        )
        for code, count, least, most, _ in rows
    }  # fmt: skip
    order = [code for code in known if code in cells]
    for size in range(len(order) - 1, -1, -1):
        merged = _merged([cells[code] for code in order[size:]])
        if _verdict(merged).shown:
            smaller = _merged([cells[code] for code in order[:size]])
            return Dependency(
                _at_least(known[order[size]].minimum), _share("in", {"in": merged, "": smaller}),
                merged.employers, SIRENE, rows[0][-1], origin,
            )  # fmt: skip
    return None


_BY_BAND = """
WITH inside AS (SELECT unnest($1) AS place, unnest($2) AS commune_code)
SELECT place, headcount_band, sum(establishments), sum(headcount_min),
    CASE WHEN bool_or(headcount_max IS NULL) THEN NULL ELSE sum(headcount_max) END, period
FROM establishment_stock JOIN inside USING (commune_code)
WHERE headcount_min > 0
    AND period = (SELECT max(period) FROM establishment_stock WHERE left(period, 4) <= $3)
GROUP BY place, headcount_band, period
"""


def _at_least(minimum: int) -> Text:
    fr, en = number(minimum, 0, "fr"), number(minimum, 0, "en")
    return Text(
        f"établissements de {fr} salariés et plus" if minimum > 1 else "employeurs",
        f"establishments of {en} employees or more" if minimum > 1 else "employers",
    )


def _merged(cells: list[Cell]) -> Cell:
    found = sum((_as_exposure(cell) for cell in cells), Exposure())
    return Cell(found.exposed, found.employers, found.largest, found.besides)


def _as_exposure(cell: Cell) -> Exposure:
    return Exposure(
        exposed=cell.jobs, employers=cell.employers, largest=cell.largest, besides=cell.besides,
        least=cell.jobs.low,
    )  # fmt: skip


def _verdict(cell: Cell) -> Verdict:
    return alone(_as_exposure(cell))


def _middle(jobs_in: Range) -> float:
    return jobs_in.low if jobs_in.high is None else (jobs_in.low + jobs_in.high) / 2


def _share(code: str, cells: Mapping[str, Cell]) -> Range:
    """The share of a cell in percent: least with all others at their most, and the reverse."""
    ours = cells[code].jobs
    others = sum((cell.jobs for key, cell in cells.items() if key != code), NONE)
    low = 0.0 if others.high is None else 100 * ours.low / max(ours.low + others.high, 1)
    if ours.high is None:
        return Range(low, 100.0)
    return Range(low, 100 * ours.high / max(ours.high + others.low, 1))
