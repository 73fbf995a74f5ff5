"""The framing table: one row per key figure, with its date, change, gaps, shares, rank and source.

Never an invented value: a row is computed from published data, else cited with its document, else
it says what to load.
"""

from collections.abc import Callable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bassin.indicators.catalogue import indicators
from bassin.indicators.engine import name_of
from bassin.indicators.figure import Comparison, Figure
from bassin.indicators.numbers import period as in_words
from bassin.indicators.sentences import sentence
from bassin.observe.observatory import stated
from bassin.observe.observatory.profile import Profile
from bassin.observe.observatory.provenance import roots
from bassin.observe.observatory.words import (
    amount,
    beside_place,
    gap,
    link,
    moved,
    rank,
    reliability,
    share,
    why,
    written,
)
from bassin.territory import Place
from bassin.types import Origin, Scale
from bassin.ui.graphics import sparkline
from bassin.ui.parts import Cell, Column, Row

COMPARATORS = 2


def compared(profile: Profile) -> list[Place]:
    """The larger places of the table's columns: the two closest that are not the whole country."""
    shown = [place for place in profile.comparators if place.scale != Scale.FRANCE]
    return shown[-COMPARATORS:] or list(profile.comparators[:1])


def table(profile: Profile, language: str) -> tuple[list[Column], list[Row]]:
    """Columns and rows in their declared order; those that wait for their data come last."""
    shown = compared(profile)
    columns = [
        Column(pgettext("framing", "Indicator")),
        Column(pgettext("framing", "Value"), number=True),
        Column(pgettext("framing", "Date")),
        Column(pgettext("framing", "Change"), number=True,
               help=_("Over at least the interval its source allows")),
        *(Column(place.name, number=True) for place in shown),
        Column(pgettext("framing", "Gap"), number=True,
               help=_("In points for rates, in % for amounts")),
        Column(pgettext("framing", "Share"), number=True, help=_("Share of the larger place")),
        Column(pgettext("framing", "Rank")),
        Column(pgettext("framing", "Reliability")),
        Column(pgettext("framing", "Source")),
    ]  # fmt: skip
    ordered = sorted(profile.framing, key=lambda figure: not is_shown(figure))
    return columns, [_row(each, shown, len(columns), language) for each in ordered]


def is_shown(figure: Figure) -> bool:
    """Whether the table may show the figure: it has a value, and nobody invented it."""
    observed = figure.observation
    return observed.value is not None and observed.origin != Origin.INVENTED


def _row(figure: Figure, shown: Sequence[Place], width: int, language: str) -> Row:
    observed = figure.observation
    heading = Cell(text=figure.label.say(language), url=link(figure))
    if not is_shown(figure):
        cited = stated.cells(figure, shown, language)
        return Row(heading, cited or [Cell(why=_reason(figure, language), span=width - 1)])
    by_key = {each.place.key: each for each in figure.comparisons}
    others = [by_key.get(place.key) for place in shown]
    return Row(
        heading,
        [
            Cell(text=amount(figure, language), sort=observed.value or 0.0,
                 note=observed.origin.label.say(language)),
            Cell(text=in_words(observed.period, language), sort=observed.period),
            change(figure, language),
            *(_theirs(each, figure, language) for each in others),
            _lines(others, gap, figure.decimals, language),
            _lines(others, share, figure.decimals, language),
            _ranked(figure, language),
            Cell(text=reliability(figure.observation)),
            _source(figure),
        ],
    )  # fmt: skip


def beside(profile: Profile, language: str) -> list[str]:
    """The larger places of the columns, as « par rapport … » takes them: « à l'Île-de-France »."""
    return [beside_place(name_of(place), language) for place in compared(profile)]


def ranked_among(profile: Profile, language: str) -> str:
    """Whom the ranks of the table are among; empty when no row has one."""
    groups = (f.rank.group.say(language) for f in profile.framing if f.rank and is_shown(f))
    return next(groups, "")


def _reason(figure: Figure, language: str) -> str:
    if figure.observation.value is not None:
        return _("to be loaded: the sample's value is not shown here")
    return why(figure.observation, language)


def change(figure: Figure, language: str) -> Cell:
    """The evolution over a fair interval, with the series as a word-sized line."""
    values = [o.value for o in figure.series]
    drawn = ""
    if len([value for value in values if value is not None]) > 2:
        said = _("Series since {period}").format(period=figure.series[0].period)
        drawn = sparkline(values[-15:], title=figure.label.say(language), said=said)
    if figure.change is None:
        return Cell(text="", drawn=drawn)
    since = in_words(figure.change.since, language, article=True)
    text = f"{moved(figure, language)}\n{_('since {period}').format(period=since)}"
    crossed = figure.change.crosses_break
    return Cell(
        text=text, sort=figure.change.amount, drawn=drawn,
        title=crossed.say(language) if crossed else "",
    )  # fmt: skip


def _theirs(other: Comparison | None, figure: Figure, language: str) -> Cell:
    if other is None or other.observation.value is None:
        reason = why(other.observation, language) if other else _("to be loaded")
        return Cell(why=reason)
    text = written(other.observation, figure.decimals, language)
    return Cell(text=text, sort=other.observation.value)


def _lines(
    others: Sequence[Comparison | None],
    say: Callable[[Comparison | None, int, str], str],
    decimals: int,
    language: str,
) -> Cell:
    told = [
        (each.place.name, text)
        for each in others
        if each and (text := say(each, decimals, language))
    ]
    title = " ; ".join(f"{name} : {text}" for name, text in told)
    return Cell(text="\n".join(text for _name, text in told), title=title)


def _ranked(figure: Figure, language: str) -> Cell:
    position: int | str = figure.rank.position if figure.rank else ""
    return Cell(text=rank(figure.rank, language), sort=position)


def _source(figure: Figure) -> Cell:
    declared = indicators()[figure.observation.indicator]
    key = roots(declared.dataset)[0]
    return Cell(text=declared.producer, url=reverse("observatory:source", kwargs={"key": key}),
                title=figure.source.fr)  # fmt: skip


def citation(profile: Profile, language: str) -> str:
    """The table as sentences with their sources, to copy into a report."""
    told = [
        f"{sentence(figure, language)} ({figure.source.say(language)})"
        for figure in profile.framing
        if is_shown(figure)
    ]
    return " ".join(told)
