"""The figures that actions are meant to move, as the observatory knows them today.

Nothing here is typed by anyone but the starting value, the hypothesis and the targets.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from bassin.errors import Refused, SourceError
from bassin.indicators.catalogue import indicators
from bassin.indicators.figure import Figure
from bassin.indicators.numbers import period as period_in_words
from bassin.indicators.numbers import points, quantity, rounded, unit
from bassin.steer.programmes import drawing, words
from bassin.steer.programmes.models import Contribution
from bassin.types import Origin
from bassin.ui.opened import house
from bassin.ui.parts import Cell, Column, Row

Say = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Moved:
    """One contribution as the page of an action shows it.

    `why` replaces the observed value when there is none; `said` tells the course in a sentence.
    """

    contribution: Contribution
    ref: str
    label: str
    place: str
    unit: str
    observed: str
    period: str
    why: str
    source: str
    origin: Origin
    said: str
    baseline: str
    targets: tuple[tuple[str, str, str], ...]  # day, value, whether it is reached
    drawn: str
    table: tuple[list[Column], list[Row]]
    cite: str
    url: str


def moved(contributions: Sequence[Contribution], today: date) -> list[Moved]:
    """Every contribution of an action, with what the observatory observes."""
    return [_moved(each, _figure(each), today) for each in contributions]


def _figure(contribution: Contribution) -> Figure | str:
    """The figure, or why there is none."""
    if contribution.indicator not in indicators():
        return _("The observatory has no indicator {name}.").format(name=contribution.indicator)
    try:
        return house().figure(contribution.indicator, contribution.place_key)
    except (Refused, SourceError) as error:
        return str(error)


def _moved(claim: Contribution, figure: Figure | str, today: date) -> Moved:
    language = words.language()
    declared = indicators().get(claim.indicator)
    decimals, symbol = (declared.decimals, declared.symbol) if declared else (1, "")

    def say(value: float) -> str:
        return quantity(value, symbol, decimals, language)

    targets = list(claim.targets.all())
    baseline = say(claim.baseline_value) if claim.baseline_value is not None else ""
    found = figure.observation if isinstance(figure, Figure) else None
    value = found.value if found else None
    why = figure if isinstance(figure, str) else ""
    if found is not None and value is None:
        why = found.why.say(language) if found.why else _("no data")
    label = declared.label.say(language) if declared else claim.indicator
    drawn = _course(claim, figure, say) if isinstance(figure, Figure) else None
    said = _said(claim, value, say, decimals, symbol)
    return Moved(
        contribution=claim,
        ref=f"figure-{claim.pk}",
        label=label,
        place=found.place.name if found else "",
        unit=unit(symbol, language),
        observed=say(value) if value is not None else "",
        period=period_in_words(found.period, language) if found and found.period else "",
        why=why,
        source=figure.source.say(language) if isinstance(figure, Figure) else "",
        origin=found.origin if found else Origin.REAL,
        said=said,
        baseline=baseline,
        targets=tuple(_target(each.on, each.value, claim, value, say, today) for each in targets),
        drawn=drawing.course(drawn[0], title=label, said=said or label, shown=drawn[1])
        if drawn
        else "",
        table=_table(claim, figure, say),
        cite=words.join((label, say(value) if value is not None else "", said)),
        url=reverse("observatory:indicator", kwargs={"name": claim.indicator}) if declared else "",
    )


def _said(claim: Contribution, value: float | None, say: Say, decimals: int, symbol: str) -> str:
    if claim.baseline_value is None or value is None:
        return ""
    moved_by = value - claim.baseline_value
    size = points(moved_by, decimals, words.language()) if symbol == "%" else say(moved_by)
    gap = f"+{size}" if rounded(moved_by, decimals) > 0 else size
    return _("{before} in {period}, {now} at the last observation: {gap}").format(
        before=say(claim.baseline_value), period=claim.baseline_period, now=say(value), gap=gap
    )


def _target(
    on: date, aim: float, claim: Contribution, value: float | None, say: Say, today: date
) -> tuple[str, str, str]:
    """A target with its day, and whether what is observed has reached it."""
    if value is None or claim.baseline_value is None:
        reached = _("cannot be told")
    elif (value - aim) * (1 if aim >= claim.baseline_value else -1) >= 0:
        reached = _("reached")
    else:
        reached = _("not reached") if on < today else _("not yet")
    return words.day(on), say(aim), reached


def _year(text: str) -> float | None:
    """2018 for "2018", 2018.5 for "2018-Q3" or "2018-07"."""
    head, _dash, tail = text.partition("-")
    if not head.isdigit():
        return None
    part = tail.removeprefix("Q").removeprefix("T")
    share = (int(part) - 1) / (4 if tail[:1] in "QT" else 12) if part.isdigit() else 0
    return int(head) + share


def _course(
    claim: Contribution, figure: Figure, say: Say
) -> tuple[drawing.Course, dict[float, str]] | None:
    observed = [
        (year, each.value)
        for each in figure.series
        if each.value is not None and (year := _year(each.period)) is not None
    ]
    if not observed:
        return None
    start = _year(claim.baseline_period)
    baseline = (
        (start, claim.baseline_value)
        if start is not None and claim.baseline_value is not None
        else None
    )
    targets = tuple((each.on.year + each.on.month / 12, each.value) for each in claim.targets.all())
    told = [
        observed[-1][1],
        *([baseline[1]] if baseline else []),
        *(value for _y, value in targets),
    ]
    course = drawing.Course(tuple(observed), baseline, targets)
    return course, {value: say(value) for value in told}


def _table(claim: Contribution, figure: Figure | str, say: Say) -> tuple[list[Column], list[Row]]:
    """Everything the drawing shows, in rows."""
    columns = [Column(_("Period")), Column(_("Value"), number=True), Column(_("What it is"))]
    typed = Origin(claim.origin)
    rows = []
    if claim.baseline_value is not None:
        start = _("starting value")
        rows.append(_row(claim.baseline_period, claim.baseline_value, say, start, typed))
    if isinstance(figure, Figure):
        rows += [
            _row(period_in_words(o.period, words.language()), o.value, say, _("observed"), o.origin)
            for o in figure.series
            if o.value is not None
        ]
    rows += [_row(words.day(t.on), t.value, say, _("target"), typed) for t in claim.targets.all()]
    return columns, rows


def _row(when: str, value: float, say: Say, what: str, origin: Origin) -> Row:
    return Row(Cell(text=when), [Cell(text=say(value), sort=value, origin=origin), Cell(text=what)])
