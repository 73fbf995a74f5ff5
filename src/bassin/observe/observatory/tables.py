"""Figures as the tables, strips and citations that pages show."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from bassin.indicators.figure import Comparison, Figure, Observation
from bassin.indicators.house import House
from bassin.indicators.numbers import number, ordinal, signed
from bassin.indicators.numbers import period as in_words
from bassin.indicators.sentences import sentence
from bassin.observe.observatory.profile import Profile
from bassin.territory import Place
from bassin.types import Origin, Scale
from bassin.ui.graphics import Spot, bar, sparkline
from bassin.ui.parts import Cell, Column, Row


def written(observed: Observation, decimals: int, language: str) -> str:
    """A value as it is read; an interval shows both ends."""
    if observed.value is None:
        return ""
    text = number(observed.value, decimals, language)
    if observed.upper is not None:
        text += f" – {number(observed.upper, decimals, language)}"
    return text


def why(observed: Observation, language: str) -> str:
    """Why there is no value, in words."""
    return observed.why.say(language) if observed.why else _("no data")


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
            f"{written(o, figure.decimals, language)} {figure.symbol}",
            ours=o.place.key == ours.place.key,
        )
        for o in known
    )


def citation(figure: Figure, language: str) -> str:
    """The words to cite a figure: sentence, source, licence."""
    source = f"{_('Source:')} {figure.source.say(language)} ({figure.licence})."
    return f"{sentence(figure, language)} {source}"


def _link(figure: Figure) -> str:
    address = reverse("observatory:indicator", kwargs={"name": figure.observation.indicator})
    return f"{address}?lieu={figure.observation.place.key}"


def framing(house: House, profile: Profile, language: str) -> tuple[list[Column], list[Row]]:
    """The framing table: never an invented value; cited, computed, or to load."""
    shown = [place for place in profile.comparators if place.scale != Scale.FRANCE][:2]
    columns = [
        Column(_("Indicator")),
        Column(_("Value"), number=True),
        Column(_("Vintage")),
        Column(_("Change"), number=True, help=_("Over at least the interval its source allows")),
        *(Column(place.name, number=True) for place in shown),
        Column(_("Gap"), number=True, help=_("In points for rates, in % for amounts")),
        Column(_("Share"), number=True, help=_("Share of the larger place")),
        Column(_("Rank")),
        Column(_("Source")),
    ]
    return columns, [_framing_row(each, shown, language) for each in profile.framing]


def _framing_row(figure: Figure, shown: Sequence[Place], language: str) -> Row:
    observed = figure.observation
    keys = [place.key for place in shown]
    heading = Cell(text=figure.label.say(language), url=_link(figure))
    if observed.origin == Origin.INVENTED or observed.value is None:
        reason = why(observed, language)
        if observed.origin == Origin.INVENTED:
            reason = _("to be loaded: the sample's value is not shown here")
        blank = [Cell(text="") for _ in range(5 + len(keys))]
        return Row(heading, [Cell(why=reason), *blank, Cell(text="")])
    by_key = {each.place.key: each for each in figure.comparisons}
    others = [by_key.get(key) for key in keys]
    source = Cell(text=figure.source.say(language))
    return Row(
        heading,
        [
            Cell(text=f"{written(observed, figure.decimals, language)} {figure.symbol}",
                 sort=observed.value, origin=observed.origin),
            Cell(text=in_words(observed.period, language), sort=observed.period),
            _change(figure, language),
            *(
                Cell(text=written(other.observation, figure.decimals, language),
                     sort=other.observation.value or 0.0)
                if other and other.observation.value is not None
                else Cell(why=_("to be loaded"))
                for other in others
            ),
            Cell(text=" · ".join(filter(None, (gap(o, language) for o in others)))),
            Cell(text=" · ".join(filter(None, (share(o, language) for o in others)))),
            Cell(text=_rank(figure, language)),
            source,
        ],
    )  # fmt: skip


def _change(figure: Figure, language: str) -> Cell:
    values = [o.value for o in figure.series]
    drawn = ""
    known = [value for value in values if value is not None]
    if len(known) > 2:
        drawn = sparkline(values[-12:], title=figure.label.say(language),
                          said=_("Series since {period}").format(period=figure.series[0].period))  # fmt: skip
    if figure.change is None:
        return Cell(text="", drawn=drawn)
    amount = signed(figure.change.amount, 1, language)
    unit = _("pt") if figure.change.unit == "points" else "%"
    since = _("since {period}").format(period=figure.change.since)
    text = f"{amount}\u202f{unit} {since}"
    return Cell(text=text, sort=figure.change.amount, drawn=drawn)


def gap(comparison: Comparison | None, language: str) -> str:
    """A gap in its own unit, empty when there is none."""
    if comparison is None or comparison.gap is None:
        return ""
    unit = _("pt") if comparison.gap_unit == "points" else comparison.gap_unit
    return f"{signed(comparison.gap, 1, language)}\u202f{unit}"


def share(comparison: Comparison | None, language: str) -> str:
    """Our share of a larger place, empty for a rate."""
    if comparison is None or comparison.share_pct is None:
        return ""
    return f"{number(comparison.share_pct, 1, language)}\u202f%"


def _rank(figure: Figure, language: str) -> str:
    if figure.rank is None:
        return ""
    text = _("{rank} of {size}").format(
        rank=ordinal(figure.rank.position, language), size=figure.rank.size
    )
    ahead = ", ".join(place.name for place in figure.rank.ahead)
    return f"{text}, {_('after')} {ahead}" if ahead else text


def communes(profile: Profile, language: str) -> tuple[list[Column], list[Row]]:
    """One row per commune with a bar in each cell, so that the eye compares."""
    columns = [Column(_("Commune"))]
    columns += [
        Column(f"{each.label.say(language)} ({each.symbol})", number=True)
        for each in profile.columns
    ]
    largest = [
        _largest([row.cells[i] for row in profile.communes]) for i in range(len(columns) - 1)
    ]
    rows = []
    for row in profile.communes:
        url = reverse(
            "observatory:place", kwargs={"scale": row.place.scale, "code": row.place.code}
        )
        cells = [
            _bar_cell(observed, declared.decimals, most, language)
            for observed, declared, most in zip(row.cells, profile.columns, largest, strict=True)
        ]
        rows.append(Row(Cell(text=row.place.name, url=url), cells))
    return columns, rows


def _largest(cells: Sequence[Observation | None]) -> float:
    return max((abs(o.value) for o in cells if o is not None and o.value is not None), default=0.0)


def _bar_cell(observed: Observation | None, decimals: int, largest: float, language: str) -> Cell:
    if observed is None:
        return Cell(why=_("no data"))
    if observed.value is None:
        return Cell(why=why(observed, language))
    text = written(observed, decimals, language)
    drawn = ""
    if largest and observed.value >= 0:
        drawn = bar(observed.value, largest, title=observed.place.name, said=text)
    return Cell(text=text, sort=observed.value, drawn=drawn, origin=observed.origin)
