"""Figures as the tables, strips and citations that pages show."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from bassin.indicators.declaration import Indicator
from bassin.indicators.figure import Figure, Observation
from bassin.indicators.numbers import ordinal, quantity, unit
from bassin.indicators.numbers import period as in_words
from bassin.observe.observatory.charts import Quotient
from bassin.observe.observatory.profile import Profile
from bassin.observe.observatory.words import (
    amount,
    link,
    moved,
    place_link,
    why,
    written,
)
from bassin.ui.graphics import Spot, quiet_bar, sparkline
from bassin.ui.parts import Cell, Column, Row

LONGEST_COURSE = 18
COUNTED = ("count", "sum")
SHORTEST_COURSE = 3


def spots(figure: Figure, language: str) -> tuple[Spot, ...]:
    """The comparison group on one line, ours apart; empty when there are too few."""
    ours = figure.observation
    known = [o for o in (ours, *figure.peers) if o.value is not None]
    if len(known) < 5 or ours.value is None:
        return ()
    return tuple(
        Spot(
            o.place.name,
            o.value or 0.0,
            _shown(o, figure, language),
            ours=o.place.key == ours.place.key,
        )
        for o in known
    )


def _shown(observed: Observation, figure: Figure, language: str) -> str:
    if observed.value is None or observed.upper is not None:
        text = f"{written(observed, figure.decimals, language)} {unit(figure.symbol, language)}"
        return text.strip()
    return quantity(observed.value, figure.symbol, figure.decimals, language)


def communes_note(profile: Profile, language: str) -> str:
    """The sources of the table of communes, each once."""
    told = (profile.figures[each.id] for each in profile.columns if each.id in profile.figures)
    return " · ".join(dict.fromkeys(figure.source.say(language) for figure in told))


def communes(profile: Profile, language: str) -> tuple[list[Column], list[Row]]:
    """One row per commune: value, rank and bar per figure, and the longest series as a line."""
    columns = [Column(_("Commune"))]
    columns += [_heading(profile, i, language) for i in range(len(profile.columns))]
    ranks = [_ranks(profile, i) for i in range(len(profile.columns))]
    long = _longest(profile)
    if long is not None:
        columns.append(_course_heading(profile.columns[long], language))
        bounds = _bounds(
            [_drawn(row.series[long], profile.columns[long]) for row in profile.communes]
        )
    rows = []
    for row in profile.communes:
        cells = [
            _bar_cell(series, declared, ranks[i], language)
            for i, (series, declared) in enumerate(zip(row.series, profile.columns, strict=True))
        ]
        if long is not None:
            cells.append(_course(row.series[long], profile.columns[long], language, bounds))
        rows.append(Row(Cell(text=row.place.name, url=place_link(row.place)), cells))
    return columns, rows


def _heading(profile: Profile, column: int, language: str) -> Column:
    """Label, unit and date of a column: the latest date that any commune has."""
    declared = profile.columns[column]
    latest = [_latest(row.series[column]) for row in profile.communes]
    period = max((o.period for o in latest if o is not None), default="")
    symbol = f" ({unit(declared.symbol, language)})" if declared.symbol else ""
    dated = f", {in_words(period, language)}" if period else ""
    return Column(f"{declared.label.say(language)}{symbol}{dated}", number=True)


def _latest(series: Sequence[Observation]) -> Observation | None:
    return next(
        (o for o in reversed(series) if o.value is not None), series[-1] if series else None
    )


def _ranks(profile: Profile, column: int) -> dict[float, int]:
    """Position of each value among the communes, the largest first; equals share a position."""
    latest = [_latest(row.series[column]) for row in profile.communes]
    values = [o.value for o in latest if o is not None and o.value is not None]
    values.sort(reverse=True)
    return {value: values.index(value) + 1 for value in values}


def _longest(profile: Profile) -> int | None:
    """The column with the longest series, when it is long enough to draw."""
    lengths = [
        max((len(row.series[i]) for row in profile.communes), default=0)
        for i in range(len(profile.columns))
    ]
    best = max(range(len(lengths)), key=lengths.__getitem__, default=None)
    return best if best is not None and lengths[best] >= SHORTEST_COURSE else None


def _course_heading(declared: Indicator, language: str) -> Column:
    label = declared.label.say(language)
    if declared.kind in COUNTED:
        # Communes of all sizes on one scale: what is drawn is how each moved, not how large it is.
        return Column(
            _("{label}: its course").format(label=label),
            help=_("One scale for all: 100 at the start of each line"),
        )
    return Column(_("{label}: its course").format(label=label), help=_("One scale for all"))


def _drawn(series: Sequence[Observation], declared: Indicator) -> list[float | None]:
    """The values of a line: as they are, or with 100 at its start for what is counted."""
    values = [o.value for o in series[-LONGEST_COURSE:]]
    if declared.kind not in COUNTED:
        return values
    start = next((value for value in values if value), None)
    return [100 * value / start if value is not None and start else None for value in values]


def _bounds(lines: Sequence[Sequence[float | None]]) -> tuple[float, float]:
    """The lowest and the highest value of all lines, so that they share one scale."""
    known = [value for line in lines for value in line if value is not None]
    return (min(known), max(known)) if known else (0.0, 0.0)


def _course(
    series: Sequence[Observation],
    declared: Indicator,
    language: str,
    bounds: tuple[float, float],
) -> Cell:
    known = [o for o in series if o.value is not None]
    if len(known) < SHORTEST_COURSE:
        return Cell(why=_("no data"))
    said = _("From {first} ({since}) to {last} ({until})").format(
        first=written(known[0], declared.decimals, language), since=known[0].period,
        last=written(known[-1], declared.decimals, language), until=known[-1].period,
    )  # fmt: skip
    drawn = sparkline(_drawn(series, declared), title=known[0].place.name, said=said, bounds=bounds)
    return Cell(drawn=drawn)


def _bar_cell(
    series: Sequence[Observation], declared: Indicator, ranks: dict[float, int], language: str
) -> Cell:
    observed = _latest(series)
    if observed is None or observed.value is None:
        return Cell(why=why(observed, language) if observed else _("no data"))
    value, largest = observed.value, max(ranks)
    drawn = quiet_bar(value, largest) if largest > 0 and value >= 0 else ""
    return Cell(
        text=written(observed, declared.decimals, language), sort=value, drawn=drawn,
        origin=observed.origin, note=ordinal(ranks[value], language) if len(ranks) > 1 else "",
    )  # fmt: skip


def others(figures: Sequence[Figure], language: str) -> tuple[list[Column], list[Row]]:
    """Figures as rows, value, date and change, for those that need no large number."""
    columns = [
        Column(_("Figure")), Column(_("Value"), number=True), Column(_("Date")),
        Column(_("Evolution"), number=True),
    ]  # fmt: skip
    rows = []
    for figure in figures:
        observed = figure.observation
        since = figure.change.since if figure.change else ""
        cells = [
            Cell(text=amount(figure, language), origin=observed.origin),
            Cell(text=in_words(observed.period, language)),
            Cell(text=moved(figure, language), note=since, origin=observed.origin),
        ]
        rows.append(Row(Cell(text=figure.label.say(language), url=link(figure)), cells))
    return columns, rows


def quotients(found: Sequence[Quotient], language: str) -> tuple[list[Column], list[Row]]:
    """Shares and quotients, one activity per row."""
    columns = [
        Column(_("Activity")), Column(_("Here"), number=True),
        Column(_("Reference"), number=True), Column(_("Quotient"), number=True),
    ]  # fmt: skip
    rows = [
        Row(
            Cell(text=each.figure.label.say(language), url=link(each.figure)),
            [
                Cell(text=quantity(each.ours, "%", 1, language), sort=each.ours,
                     origin=each.figure.observation.origin),
                Cell(text=quantity(each.theirs, "%", 1, language), sort=each.theirs,
                     origin=each.figure.observation.origin),
                Cell(text=amount(each.figure, language),
                     sort=each.figure.observation.value or 0.0,
                     origin=each.figure.observation.origin),
            ],
        )
        for each in found
    ]  # fmt: skip
    return columns, rows
