"""What a figure would say, before anything is written: value, communes, map, what is hidden."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from bassin.indicators import checks
from bassin.indicators.declaration import Indicator
from bassin.indicators.figure import Figure, Observation, Status
from bassin.indicators.findings import Finding
from bassin.indicators.house import House
from bassin.indicators.numbers import number, quantity, unit
from bassin.indicators.numbers import period as in_words
from bassin.indicators.sentences import sentence
from bassin.indicators.written import toml
from bassin.observe.opendata.declaring.pictured import Drawn, drawn
from bassin.territory import Place
from bassin.ui.graphics import quiet_bar
from bassin.ui.parts import Cell, Column, Row

HIDDEN = (Status.SECRET, Status.SECONDARY)
MOST_COMMUNES = 400

Table = tuple[list[Column], list[Row]]


@dataclass(frozen=True, slots=True)
class Preview:
    """A figure as people would read it, and how it is made."""

    figure: Figure
    answer: str
    value: str
    unit: str
    asof: str
    why: str
    beside: Table
    communes: Table
    map: Drawn | None
    secrecy: str
    warnings: tuple[str, ...]
    sql: str
    toml: str


def preview(house: House, made: Indicator, language: str) -> Preview:
    """Compute a figure that may be nobody's yet, over the territory and its communes."""
    home = house.home
    figure = house.engine.figure(made, home)
    places = house.territory.communes(home)[:MOST_COMMUNES]
    observed = house.engine.observe(made, places)
    latest = [(each, _at(observed[each.key], figure.observation.period)) for each in places]
    shown = figure.observation
    return Preview(
        figure=figure,
        answer=sentence(figure, language),
        value="" if shown.value is None else number(shown.value, made.decimals, language),
        unit=unit(made.symbol, language),
        asof=in_words(shown.period, language),
        why=said(shown, language),
        beside=_beside(figure, made, language),
        communes=_communes(made, latest, language),
        map=drawn(house, made, latest, figure.label.say(language), language),
        secrecy=_secrecy(made, [shown, *(each for _place, each in latest if each)], language),
        warnings=tuple(each.why.say(language) for each in _findings(house, made)),
        sql=house.engine.query.compiled.sql(made),
        toml=toml(made.raw),
    )


def _findings(house: House, made: Indicator) -> list[Finding]:
    if not house.reader.has(made.dataset):
        return []
    return checks.run_one(house, made)


def _at(listed: Sequence[Observation], period: str) -> Observation | None:
    return next((each for each in listed if each.period == period), None)


def said(observed: Observation | None, language: str) -> str:
    """Why there is no value; empty where there is one."""
    if observed is None:
        return _("no data")
    if observed.value is not None:
        return ""
    return observed.why.say(language) if observed.why else _("no data")


def _beside(figure: Figure, made: Indicator, language: str) -> Table:
    """The larger places."""
    columns = [Column(_("Larger place")), Column(_("Value"), number=True),
               Column(_("Gap"), number=True)]  # fmt: skip
    rows = [
        Row(Cell(text=each.place.name), [
            _cell(each.observation, made, language),
            _gap(each.gap, each.gap_unit, language),
        ])
        for each in figure.comparisons
    ]  # fmt: skip
    return columns, rows


def _gap(gap: float | None, symbol: str, language: str) -> Cell:
    if gap is None:
        return Cell(text="—")
    written = quantity(abs(gap), symbol, 1, language)
    return Cell(text=f"{'+' if gap >= 0 else '−'}{written}", sort=gap)


def _communes(
    made: Indicator, latest: Sequence[tuple[Place, Observation | None]], language: str
) -> Table:
    """Each commune, the highest first, those without a value last with the reason."""
    head = unit(made.symbol, language) or _("Value")
    columns = [Column(_("Commune")), Column(head, number=True)]
    ordered = sorted(latest, key=lambda pair: -_or(pair[1]))
    largest = max((abs(_known(o) or 0.0) for _p, o in latest), default=0.0)
    rows = []
    for place, observed in ordered:
        cell, value = _cell(observed, made, language), _known(observed)
        if value is not None and value >= 0 and largest:
            cell = replace(cell, drawn=quiet_bar(value, largest))
        rows.append(Row(Cell(text=place.name), [cell]))
    return columns, rows


def _known(observed: Observation | None) -> float | None:
    return None if observed is None else observed.value


def _or(observed: Observation | None) -> float:
    known = _known(observed)
    return float("-inf") if known is None else known


def _cell(observed: Observation | None, made: Indicator, language: str) -> Cell:
    why = said(observed, language)
    if why or observed is None:
        return Cell(why=why)
    value = observed.value or 0.0
    return Cell(text=number(value, made.decimals, language), sort=value, origin=observed.origin)


def _secrecy(made: Indicator, observed: Sequence[Observation], language: str) -> str:
    """How much is hidden, and by which rule."""
    if not made.protected:
        return _("Nothing is hidden here: the publisher has protected this table already.")
    hidden = sum(each.status in HIDDEN for each in observed)
    if not hidden:
        return pgettext("secrecy", "No cell is hidden: enough units stand behind each.")
    few = sum(each.status == Status.SECRET for each in observed)
    told = ngettext(
        "{hidden} cell of {total} is hidden: {few} by the rule itself, {more} so that nothing is "
        "found by difference.",
        "{hidden} cells of {total} are hidden: {few} by the rule itself, {more} so that nothing "
        "is found by difference.",
        hidden,
    )
    return told.format(hidden=hidden, total=len(observed), few=few, more=hidden - few)
