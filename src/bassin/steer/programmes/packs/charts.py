"""The charts of papers, as data."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from bassin.errors import Refused, SourceError
from bassin.indicators.catalogue import indicators
from bassin.indicators.figure import Figure
from bassin.indicators.numbers import percent, unit
from bassin.indicators.sentences import describe_chart
from bassin.steer.programmes import words
from bassin.steer.programmes.models import Contribution
from bassin.steer.programmes.tree import Tree
from bassin.types import Origin
from bassin.ui.charts.model import ChartInput, Point
from bassin.ui.opened import house

MOST_FIGURES = 4
FEWEST_POINTS = 3
SHORT = 30
"""Letters of a name that stand beside a bar."""


def short(text: str) -> str:
    """A name that fits beside a bar."""
    return text if len(text) <= SHORT else f"{text[: SHORT - 1].rstrip()}…"


def by_axis(tree: Tree, today: date, origin: Origin) -> ChartInput | None:
    """Progress of each axis; an axis of which nothing was reported says so."""
    language = words.language()
    branches = [each for each in tree.roots if each.below and each.summary]
    points = []
    for each in branches:
        progress = each.summary.rollup.progress if each.summary else None
        name = short(". ".join(filter(None, (each.node.number, each.title.say(language)))))
        value = None if progress is None else float(progress)
        points.append(Point(name, value, state="" if value is not None else "missing"))
    known = [each for each in points if each.value is not None]
    if not known or len(points) < 2:
        return None
    first = max(known, key=lambda each: each.value or 0.0)
    said = _(
        "Among the {count} axes with a reported progress, “{name}” is the furthest: {share}."
    ).format(count=len(known), name=first.name, share=percent(first.value or 0.0, 0, language))
    return ChartInput(
        kind="bars", title=_("Progress by axis"), said=said, points=tuple(points), unit="%",
        source=_("follow-up of the actions, {day}").format(day=words.day(today)),
        origin=origin, language=language,
    )  # fmt: skip


def figures(claims: Sequence[Contribution]) -> list[ChartInput]:
    """The course of the figures that most actions mean to move, as the observatory observes them.

    What is secret, absent or not loaded is not drawn.
    """
    asked: dict[tuple[str, str], int] = {}
    for each in claims:
        key = (each.indicator, each.place_key)
        asked[key] = asked.get(key, 0) + 1
    found = []
    for (name, place), _count in sorted(asked.items(), key=lambda each: -each[1]):
        if name in indicators() and (chart := _line(name, place)):
            found.append(chart)
        if len(found) == MOST_FIGURES:
            break
    return found


def _line(name: str, place: str) -> ChartInput | None:
    try:
        figure = house().figure(name, place)
    except (Refused, SourceError):
        return None
    observed = [each for each in figure.series if each.value is not None]
    if figure.observation.value is None or len(observed) < FEWEST_POINTS:
        return None
    return _drawn(figure, observed[0].place.name)


def _drawn(figure: Figure, where: str) -> ChartInput:
    language = words.language()
    points = tuple(
        Point(where, each.value, period=each.period, series=where, ours=True)
        for each in figure.series
        if each.value is not None
    )
    return ChartInput(
        kind="line", title=f"{figure.label.say(language)} — {where}",
        said=describe_chart(figure, language), points=points, unit=unit(figure.symbol, language),
        source=figure.source.say(language), origin=figure.observation.origin, language=language,
        decimals=figure.decimals,
    )  # fmt: skip
