"""The firm of a chain on a day: its establishments open here then, and their jobs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bassin.chain import Alarm
from bassin.errors import Refused
from bassin.indicators.numbers import number
from bassin.match.support.firms import TABLE
from bassin.taxonomies import naf
from bassin.taxonomies.headcounts import band
from bassin.territory.quarters import generation, quarter_of
from bassin.types import Scale
from bassin.ui.opened import communes, house
from bassin.ui.reader import language

_OPEN_THEN = """
    SELECT siret, coalesce(name, unit_name, ''), coalesce(commune_code, ''),
        coalesce(naf_code, ''), naf2025_code, headcount_band, headcount_year, longitude, latitude,
        period
    FROM establishments_shown
    WHERE siren = ? AND commune_code IN (SELECT unnest(?))
        AND (created_on IS NULL OR created_on <= ?) AND (closed_on IS NULL OR closed_on > ?)
        AND (state = 'A' OR closed_on IS NOT NULL)
    ORDER BY siret <> ?, siret
"""


@dataclass(frozen=True, slots=True)
class Site:
    """An establishment open on the day. `jobs` is empty when its headcount was not known then."""

    siret: str
    name: str
    commune: str
    activity: str
    activity_2025: str
    jobs: str
    counted: str
    quarter: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What was known of a firm on a day. `parts`: the least and the most jobs by activity."""

    siret: str
    naf_code: str
    commune_code: str
    parts: Mapping[str, tuple[int, int]]
    jobs: str
    said: str
    basis: str
    sites: list[Site]
    unknown: int


def seen(siren: str, siret: str, day: date, today: date, alarm: Alarm | None) -> Seen:
    """The establishments here that were open on a day, and their jobs.

    What a signal says of its own jobs wins over the register: somebody counted them, or the watch
    remembered them before the register emptied them.
    """
    rows = _rows(siren, siret, day)
    counted = [(row, _span(row, day, today)) for row in rows]
    parts: dict[str, tuple[int, int]] = {}
    for row, found in counted:
        if found is not None and row[3]:
            low, high = parts.get(row[3], (0, 0))
            parts[row[3]] = (low + found[0], high + found[1])
    unknown = sum(found is None for _row, found in counted)
    basis = _("by the published headcount bands of its establishments here")
    if alarm is not None and alarm.parts and alarm.on <= day:
        parts, unknown, basis = dict(alarm.parts), 0, _("as the signal tells")
    first = rows[0] if rows else None
    jobs = span(*_sum(parts)) if parts else ""
    return Seen(
        siret=first[0] if first else "",
        naf_code=first[3] if first else alarm.naf_code if alarm else "",
        commune_code=first[2] if first else alarm.commune_code if alarm else "",
        parts=parts, jobs=jobs, said=_said(len(rows), jobs, siren), basis=basis,
        sites=[_site(row, found, day, today) for row, found in counted], unknown=unknown,
    )  # fmt: skip


def _rows(siren: str, siret: str, day: date) -> list[tuple]:
    opened = house()
    if not siren or not opened.reader.name or not opened.reader.has(TABLE):
        return []
    here = list(opened.home.communes)
    return opened.reader.rows(_OPEN_THEN, [siren, here, day, day, siret])


def _span(row: tuple, day: date, today: date) -> tuple[int, int] | None:
    """The least and the most jobs of an establishment; None when its band was not known then."""
    code, year = row[5], row[6]
    if not code or (day < today and (year is None or year >= day.year)):
        return None
    found = band(code)
    if found.unsure:
        return None
    return found.minimum, found.minimum if found.maximum is None else found.maximum


def _sum(parts: Mapping[str, tuple[int, int]]) -> tuple[int, int]:
    return sum(low for low, _high in parts.values()), sum(high for _low, high in parts.values())


def span(low: int, high: int) -> str:
    """A number of jobs, or two."""
    if low == high:
        return number(low, 0, language())
    return _("{low} to {high}").format(
        low=number(low, 0, language()), high=number(high, 0, language())
    )


def _said(sites: int, jobs: str, siren: str) -> str:
    here = ngettext(
        "{n} establishment open here", "{n} establishments open here", sites
    ).format(n=sites)  # fmt: skip
    told = _("{jobs} jobs").format(jobs=jobs) if jobs else _("jobs to ask: nobody knows how many")
    if not siren:
        return f"{_('its number is to be asked')}, {told}"
    return f"{here}, {told}"


def _site(row: tuple, span_of: tuple[int, int] | None, day: date, today: date) -> Site:
    siret, name, commune, code, code_2025, _band, year, longitude, latitude, period = row
    found = quarter_of(house().reader, commune, (longitude, latitude), day)
    return Site(
        siret=siret, name=name or siret, commune=communes().get(commune, commune),
        activity=f"{naf.label(code, language())} ({code})" if code else "",
        activity_2025=code_2025 if code_2025 and day.year >= int(period[:4]) else "",
        jobs=span(*span_of) if span_of else "",
        counted=_("counted in {year}").format(year=year) if span_of and year else "",
        quarter=_quarter(found, commune, day),
    )  # fmt: skip


def _quarter(code: str | None, commune: str, day: date) -> str:
    """In which priority neighbourhood, of the perimeters in force on the day."""
    wanted = generation(commune, day)
    if code is None or wanted is None:
        return _("priority neighbourhood: to ask (perimeters of {year})").format(year=wanted or "—")
    if not code:
        return _("outside any priority neighbourhood (perimeters of {year})").format(year=wanted)
    try:
        name = house().territory.place(f"{Scale.QPV}:{code}").name
    except Refused:
        name = code
    return _("in the priority neighbourhood {name} (perimeters of {year})").format(
        name=name, year=wanted
    )
