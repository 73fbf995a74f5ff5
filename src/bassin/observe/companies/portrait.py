"""What the page of an observed selection shows: sentences, charts, tables, each with its proof."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.indicators.figure import Figure
from bassin.indicators.house import House
from bassin.indicators.numbers import number, quantity
from bassin.observe.companies.observed import Observed, Part, Year, rule
from bassin.observe.companies.standing import Standing
from bassin.taxonomies import legal, naf
from bassin.taxonomies.headcounts import band
from bassin.types import Origin
from bassin.ui import graphics
from bassin.ui.charts.client import ChartError, ask_all
from bassin.ui.charts.model import ChartInput, Kind, Point, State
from bassin.ui.parts import Cell, Column, Download, Row

Table = tuple[list[Column], list[Row]]
REFERENCES = {"survival_3y": "survival_3y", "survival_5y": "survival_5y", "births": "birth_rate",
              "closures": "closure_rate"}  # fmt: skip
"""Declared indicators of the territory that stand beside what is observed."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart of the page with its words, its table and its files."""

    code: str
    chart: ChartInput
    wide: str
    narrow: str
    table: Table
    files: tuple[Download, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A question, the sentence that answers, and the table that proves it."""

    code: str
    question: str
    answer: str
    table: Table


def references(house: House) -> dict[str, Figure]:
    """The territory's own figures, from their declarations."""
    found = house.figures(house.home, list(REFERENCES.values()))
    return {name: found[code] for name, code in REFERENCES.items()}


def labels(house: House, found: Observed, spoken: str) -> dict[str, Callable[[str], str]]:
    """How the groups of each breakdown are called."""
    others = _("Others, together")

    def commune(code: str) -> str:
        try:
            return house.territory.place(f"commune:{code}").name
        except Refused:
            return code

    told: dict[str, Callable[[str], str]] = {
        "activities": lambda code: naf.rev2().label(code, spoken),
        "sizes": lambda code: band(code).label.say(spoken),
        "forms": lambda code: legal.label(code).say(spoken),
        "communes": commune,
    }
    return {name: partial(_called, say, others) for name, say in told.items()}


def _called(say: Callable[[str], str], others: str, code: str) -> str:
    """The name of a group; those told together have no code."""
    return say(code) if code else others


def sections(
    house: House, found: Observed, spoken: str, origin: Origin, *, other: bool = False
) -> list[Section]:
    """What the selection is made of, a table for each question; `other`: beside another one."""
    called = labels(house, found, spoken)
    questions = {
        "activities": _("What do they do?"), "sizes": _("How large are they?"),
        "forms": _("Under which legal form?"), "communes": _("Where are they?"),
    }  # fmt: skip
    made = []
    for code, question in questions.items():
        parts: Sequence[Part] = getattr(found, code)
        if parts:
            answer = _first(parts[0], called[code], spoken, other=other)
            french = _french if code == "activities" and spoken != "fr" else _never
            table = _table(parts, called[code], spoken, origin, french=french, other=other)
            made.append(Section(code, question, answer, table))
    return made


def _french(code: str) -> bool:
    """Whether an activity is told in French alone."""
    return bool(code) and not naf.rev2().entry(code).label.en


def _never(code: str) -> bool:
    return False


def _first(part: Part, called: Callable[[str], str], spoken: str, *, other: bool) -> str:
    name, share = called(part.code), quantity(part.share, "%", 0, spoken)
    if part.theirs is None:
        return _("{name}: {share} of them.").format(name=name, share=share)
    theirs = quantity(part.theirs, "%", 0, spoken)
    said = (
        _("{name}: {share} of them, {theirs} of the others.")
        if other
        else _("{name}: {share} of them, {theirs} in the territory.")
    )
    return said.format(name=name, share=share, theirs=theirs)


def _table(
    parts: Sequence[Part],
    called: Callable[[str], str],
    spoken: str,
    origin: Origin,
    *,
    french: Callable[[str], bool],
    other: bool = False,
) -> Table:
    above = _("Our share beside the other one; above 1, more present here than there")
    there = _("Share in the other selection") if other else _("Share in the territory")
    columns = [
        Column(_("Group")), Column(_("Establishments"), number=True),
        Column(_("Share here"), number=True), Column(there, number=True),
        Column(_("Specialisation"), number=True, help=above),
    ]  # fmt: skip
    untold = _("too few to be told")
    largest = max(part.count for part in parts)
    rows = []
    for part in parts:
        name = called(part.code)
        told = number(part.count, 0, spoken)
        drawn = graphics.bar(part.count, largest, title=name, said=told, ours=True)
        rows.append(
            Row(
                Cell(name, french=french(part.code)),
                [
                    Cell(told, part.count, drawn=drawn, origin=origin),
                    Cell(quantity(part.share, "%", 1, spoken), part.share, origin=origin),
                    Cell(why=untold)
                    if other and part.theirs is None
                    else _maybe(part.theirs, "%", 1, spoken, origin),
                    _maybe(part.quotient, "", 1, spoken, origin),
                ],
            )
        )
    return columns, rows


def _maybe(value: float | None, unit: str, decimals: int, spoken: str, origin: Origin) -> Cell:
    if value is None:
        return Cell("")
    told = quantity(value, unit, decimals, spoken) if unit else number(value, decimals, spoken)
    return Cell(told, value, origin=origin)


def charts(
    house: House, found: Observed, stands: Standing, query: str, spoken: str
) -> dict[str, Drawn]:
    """The charts of the page, drawn together; one that cannot be drawn leaves its table."""
    made = inputs(house, found, stands, spoken)
    jobs = [each for chart in made.values() for each in (chart, chart.narrow())]
    try:
        drawn = [each.decode() for each in ask_all([(each, "inline") for each in jobs])]
    except ChartError:
        drawn = [""] * len(jobs)
    origin = stands.origin
    beside = references(house)
    tables = {
        "specialisation": _table(found.activities, labels(house, found, spoken)["activities"],
                                 spoken, origin, french=_french if spoken != "fr" else _never),
        "flows": _years(found, ("births", "closures"), beside, spoken, origin),
        "survival": _years(found, ("survival_3y", "survival_5y"), beside, spoken, origin),
        "failures": _years(found, ("failures",), beside, spoken, origin),
    }  # fmt: skip
    return {
        code: Drawn(code, chart, drawn[2 * n], drawn[2 * n + 1], tables[code],
                    _files(code, query))
        for n, (code, chart) in enumerate(made.items())
    }  # fmt: skip


def _files(code: str, query: str) -> tuple[Download, ...]:
    def address(form: str) -> str:
        return reverse("companies:figures_chart", kwargs={"code": code, "form": form})

    asked = f"?{query}" if query else ""
    return tuple(Download(form.upper(), f"{address(form)}{asked}") for form in ("png", "svg"))


def inputs(house: House, found: Observed, stands: Standing, spoken: str) -> dict[str, ChartInput]:
    """The charts of the page, as data."""
    made: dict[str, ChartInput] = {}

    def add(code: str, kind: Kind, title: str, said: str, points: list[Point], unit: str) -> None:
        if len([each for each in points if each.value is not None]) > 2:
            source = stands.source if code != "failures" else f"DILA, BODACC ; {stands.source}"
            made[code] = ChartInput(
                kind=kind, title=title, said=said, points=tuple(points), unit=unit, decimals=0,
                source=source, language=spoken, origin=stands.origin,
            )  # fmt: skip

    named = labels(house, found, spoken)["activities"]
    shares = [each for each in found.activities if each.code and each.theirs is not None]
    points = _shares(shares, named, house.home.name)
    add("specialisation", "dumbbell", _("Shares beside those of the territory"),
        specialised(found, named, spoken), points, "%")  # fmt: skip
    lives = {"births": _("creations"), "closures": _("closures")}
    add("flows", "line", _("Created and closed, year by year"), flows_said(found, spoken),
        _lines(found, lives), _("establishments"))  # fmt: skip
    survive = {"survival_3y": _("at three years"), "survival_5y": _("at five years")}
    add("survival", "line", _("Still active after three and five years"),
        survival_said(house, found, spoken), _lines(found, survive), "%")  # fmt: skip
    add("failures", "line", _("Failures of firms, year by year"), failures_said(found, spoken),
        _lines(found, {"failures": _("failures")}), _("failures"))  # fmt: skip
    return made


def _shares(parts: Sequence[Part], named: Callable[[str], str], territory: str) -> list[Point]:
    here = _("this selection")
    return [
        point
        for part in parts
        for point in (
            Point(named(part.code), part.theirs, series=territory),
            Point(named(part.code), part.share, series=here, ours=True),
        )
    ]


def _lines(found: Observed, series: dict[str, str]) -> list[Point]:
    first = next(iter(series))
    points = []
    for name, words in series.items():
        for year in found.years:
            value = getattr(year, name)
            state: State = "" if value is not None else _state(year, name)
            points.append(
                Point(words, value, period=year.period, series=words, ours=name == first,
                      state=state)
            )  # fmt: skip
    return points


def _state(year: Year, name: str) -> State:
    return "secret" if name in year.secret else "missing"


def _years(
    found: Observed, names: Sequence[str], beside: dict[str, Figure], spoken: str, origin: Origin
) -> Table:
    """One row a year, the latest first; beside, the territory's own rate."""
    rates = {name for name in names if name.startswith("survival")}
    columns = [Column(_("Year"))]
    for name in names:
        columns.append(Column(_NAMES[name](), number=True))
        if name in beside:
            columns.append(Column(_BESIDE[name](), number=True))
    why = rule().few_units().say(spoken)
    rows = []
    for year in reversed(found.years):
        cells = []
        for name in names:
            value = getattr(year, name)
            unit, decimals = ("%", 1) if name in rates else ("", 0)
            if value is None:
                cells.append(Cell(why=why) if name in year.secret else Cell(""))
            else:
                cells.append(_maybe(value, unit, decimals, spoken, origin))
            if name in beside:
                cells.append(_reference(beside[name], year.period, spoken))
        rows.append(Row(Cell(year.period), cells))
    return columns, rows


def lives(
    ours: Sequence[Year], theirs: Sequence[Year], spoken: str, origin: Origin
) -> tuple[list[Column], list[Row]]:
    """Two selections year by year, the latest first."""
    columns = [Column(_("Year"))]
    for name in _LIVES:
        called = _NAMES[name]()
        columns.append(Column(_("{name}, here").format(name=called), number=True))
        columns.append(Column(_("{name}, other selection").format(name=called), number=True))
    beside = {each.period: each for each in theirs}
    rows = []
    for year in reversed(ours):
        cells = []
        for name in _LIVES:
            cells += [
                _lived(each, name, spoken, origin) for each in (year, beside.get(year.period))
            ]
        rows.append(Row(Cell(year.period), cells))
    return columns, rows


def _lived(year: Year | None, name: str, spoken: str, origin: Origin) -> Cell:
    value = getattr(year, name) if year else None
    if value is None:
        return (
            Cell(why=rule().few_units().say(spoken)) if year and name in year.secret else Cell("")
        )
    unit, decimals = ("%", 1) if name.startswith("survival") else ("", 0)
    return _maybe(value, unit, decimals, spoken, origin)


_LIVES = ("births", "closures", "survival_5y")
_NAMES: dict[str, Callable[[], str]] = {
    "births": lambda: _("creations"), "closures": lambda: _("closures"),
    "survival_3y": lambda: _("at three years"), "survival_5y": lambda: _("at five years"),
    "failures": lambda: _("failures"),
}  # fmt: skip
_BESIDE: dict[str, Callable[[], str]] = {
    "births": lambda: _("birth rate of the territory"),
    "closures": lambda: _("closure rate of the territory"),
    "survival_3y": lambda: _("at three years, territory"),
    "survival_5y": lambda: _("at five years, territory"),
}


def _reference(figure: Figure, period: str, spoken: str) -> Cell:
    seen = next((each for each in figure.series if each.period == period), None)
    if seen is None or seen.value is None:
        return Cell("")
    return Cell(quantity(seen.value, "%", 1, spoken), seen.value, origin=seen.origin)


def latest(found: Observed, name: str) -> tuple[str, Any] | None:
    """The latest year that has a value, with it."""
    return next(
        ((year.period, getattr(year, name)) for year in reversed(found.years)
         if getattr(year, name) is not None),
        None,
    )  # fmt: skip


def specialised(found: Observed, named: Callable[[str], str], spoken: str) -> str:
    """The activity whose share is furthest above the territory's."""
    known = [each for each in found.activities if each.code and each.quotient is not None]
    if not known:
        return _("No activity stands out.")
    best = max(known, key=lambda each: each.quotient or 0.0)
    return _("{name}: {value} times the share of the territory.").format(
        name=named(best.code), value=number(best.quotient or 0.0, 1, spoken)
    )


def flows_said(found: Observed, spoken: str) -> str:
    """Births and closures of the latest year that has both."""
    both = next((each for each in reversed(found.years)
                 if each.births is not None and each.closures is not None), None)  # fmt: skip
    if both is None:
        return _("Too few are created or closed for a figure.")
    return _("In {year}: {births} created, {closures} closed.").format(
        year=both.period, births=number(both.births or 0, 0, spoken),
        closures=number(both.closures or 0, 0, spoken),
    )  # fmt: skip


def survival_said(house: House, found: Observed, spoken: str) -> str:
    """Survival at five years, beside the territory's."""
    last = latest(found, "survival_5y")
    if last is None:
        return _("Too few were created for a figure of survival.")
    period, value = last
    theirs = _reference(references(house)["survival_5y"], period, spoken).text
    said = _("{ours} of those created five years before {year} were still active then.").format(
        ours=quantity(value, "%", 0, spoken), year=period
    )
    return f"{said} {_('In the territory: {theirs}.').format(theirs=theirs)}" if theirs else said


def failures_said(found: Observed, spoken: str) -> str:
    """Failures of the latest whole year."""
    last = latest(found, "failures")
    if last is None:
        return _("Too few failures for a figure, or none is loaded.")
    return _("In {year}: {n} failures of firms whose head office is among them.").format(
        year=last[0], n=number(last[1], 0, spoken)
    )
