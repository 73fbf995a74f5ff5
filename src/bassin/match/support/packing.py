"""What an answer pack holds: public figures, each with its unit, place, date, source, definition.

Nothing of a case is in it: it is made of a commune, an activity and a number of jobs, on a day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bassin import chain
from bassin.chain import Step, Subject
from bassin.errors import Refused, SourceError
from bassin.indicators.catalogue import indicator, indicators
from bassin.indicators.declaration import Indicator
from bassin.indicators.figure import Observation
from bassin.indicators.numbers import period as in_words
from bassin.indicators.numbers import quantity
from bassin.territory import Place
from bassin.territory.travel import Mode
from bassin.ui.opened import communes, house
from bassin.ui.parts import Cell, Column, Row
from bassin.ui.reader import language

PORTRAIT = (
    "population", "private_employees", "private_employees_industry_share", "establishments",
    "failures", "median_income", "unemployment_rate_census", "share_higher_education",
    "heavy_rail_stations",
)  # fmt: skip
LABOUR = ("population", "active_population", "unemployed_census", "share_higher_education",
          "share_vocational", "jobseekers_abc")  # fmt: skip
MINUTES = 45
LONGEST_DAYS = 90
"""For how long a link to a pack may be read."""

_SALT = "bassin.match.support.pack"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a pack is made for. `commune_code` is empty for the whole territory."""

    commune_code: str
    day: date
    naf_code: str = ""
    jobs: int | None = None


@dataclass(frozen=True, slots=True)
class Pool:
    """Who lives within reach, by one way to travel; `communes` is 0 when no journey is known."""

    mode: str
    communes: int
    said: str
    rows: list[Row]


def place(wanted: Wanted) -> Place:
    """Where one would settle: the commune, else the territory."""
    opened = house()
    if wanted.commune_code not in communes():
        return opened.home
    return opened.territory.place(f"commune:{wanted.commune_code}")


def portrait(wanted: Wanted) -> tuple[list[Column], list[Row]]:
    """Figures of the place."""
    where = place(wanted)
    return columns(), rows(where, where.name, PORTRAIT, wanted.day)


def columns() -> list[Column]:
    """Those of every table of the pack: no figure is bare."""
    return [Column(_("Figure")), Column(_("Value"), number=True), Column(_("Place")),
            Column(_("Date")), Column(_("Source"))]  # fmt: skip


def rows(where: Place, called: str, names: Iterable[str], day: date) -> list[Row]:
    """The last value of each figure known on a day; one without value says why."""
    known = [indicator(name) for name in names if name in indicators()]
    told = []
    for each in known:
        try:
            series = house().engine.observe(each, [where])[where.key]
        except (Refused, SourceError):
            continue
        found = _last(series, day)
        if found is not None:
            told.append(_row(each, found, called))
    return told


def _last(series: Sequence[Observation], day: date) -> Observation | None:
    """The last observation of a year that was begun on the day, with a value if there is one."""
    then = [each for each in series if each.period[:4] <= str(day.year)]
    listed = [each for each in then if each.value is not None] or then
    return listed[-1] if listed else None


def _row(declared: Indicator, found: Observation, called: str) -> Row:
    said = language()
    address = reverse("observatory:indicator", kwargs={"name": declared.id})
    heading = Cell(declared.label.say(said), url=address, note=declared.definition.say(said))
    value = (
        Cell(quantity(found.value, declared.symbol, declared.decimals, said), sort=found.value,
             origin=found.origin)
        if found.value is not None
        else Cell(why=found.why.say(said) if found.why else _("not known"))
    )  # fmt: skip
    source = Cell(declared.cited(found.period).say(said))
    return Row(heading, [value, Cell(called), Cell(in_words(found.period, said)), source])


def pools(wanted: Wanted) -> list[Pool]:
    """Who lives within 45 minutes, by public transport and by car; [] without a commune."""
    if wanted.commune_code not in communes():
        return []
    return [_pool(wanted, mode) for mode in (Mode.TRANSIT, Mode.CAR)]


def _pool(wanted: Wanted, mode: Mode) -> Pool:
    opened, called = house(), mode.label.say(language())
    try:
        near = opened.travel.reachable(wanted.commune_code, mode, MINUTES)
        inside = opened.territory.selection([each.code for each in near])
    except Refused:
        return Pool(called, 0, _("No journey is known from there: ask."), [])
    count = len(near)
    said = ngettext(
        "{n} commune within {minutes} minutes {mode}",
        "{n} communes within {minutes} minutes {mode}", count,
    ).format(n=count, minutes=MINUTES, mode=called)  # fmt: skip
    return Pool(called, count, said, rows(inside, said, LABOUR, wanted.day))


def steps(wanted: Wanted, person: Any) -> dict[str, Step | None]:
    """What the guide and the campuses say to who settles there."""
    subject = Subject(
        references=(), since=wanted.day, day=wanted.day, naf_code=wanted.naf_code,
        commune_code=wanted.commune_code, planned=wanted.jobs,
    )  # fmt: skip
    said = language()
    return {key: chain.step(key, subject, person, said) for key in ("training", "settling")}


def flat(wanted: Wanted) -> list[dict[str, Any]]:
    """Every figure of the pack as a line of a file."""
    tables = [portrait(wanted)[1], *(each.rows for each in pools(wanted))]
    names = ("value", "place", "date", "source")
    return [
        {"figure": row.heading.text, "definition": row.heading.note,
         **{name: cell.text or cell.why for name, cell in zip(names, row.cells, strict=True)}}
        for table in tables for row in table
    ]  # fmt: skip


def sealed(wanted: Wanted, until: date) -> str:
    """The pack as the end of an address, which nobody can change: no case and no firm in it."""
    facts = [wanted.commune_code, wanted.day.isoformat(), wanted.naf_code, wanted.jobs,
             until.isoformat()]  # fmt: skip
    return signing.dumps(facts, salt=_SALT, compress=True)


def opened(token: str) -> tuple[Wanted, date] | None:
    """What such an address asks, and until which day it may be read; None when it was changed."""
    try:
        commune, day, naf_code, jobs, until = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return Wanted(commune, date.fromisoformat(day), naf_code, jobs), date.fromisoformat(until)
