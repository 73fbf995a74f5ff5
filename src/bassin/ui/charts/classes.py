"""The classes of a map and their words: the page's legend and the drawn one are the same."""

from itertools import pairwise
from statistics import quantiles

from bassin.ui.charts import theme
from bassin.ui.charts.model import ChartInput
from bassin.ui.charts.words import quantity, word


def limits(chart: ChartInput, classes: int = 5) -> list[float]:
    """Inner limits of the classes: those given, else quantiles of the known values."""
    if chart.bounds:
        return list(chart.bounds)
    known = sorted({point.value for point in chart.points if point.value is not None})
    if len(known) < 2:
        return []
    return sorted(set(quantiles(known, n=min(classes, len(known)), method="inclusive")))


def class_words(chart: ChartInput, inner: list[float]) -> list[str]:
    """The legend of a map, class by class, in words."""
    shown = [quantity(chart, value) for value in inner]
    if not shown:
        return [chart.unit or chart.title]
    language = chart.language
    return [
        word("below", language).format(high=shown[0]),
        *(word("between", language).format(low=low, high=high) for low, high in pairwise(shown)),
        word("above", language).format(low=shown[-1]),
    ]


def legend(chart: ChartInput) -> dict[str, str]:
    """What each fill of a map means, words to fill, for `<c-map>` and for the drawing."""
    names = class_words(chart, limits(chart))
    states = {point.state for point in chart.points}
    known = {point.key for point in chart.points}
    if any(shape.key not in known for shape in chart.shapes):
        states.add("missing")
    extra = {"secret": theme.HIDDEN, "missing": theme.NO_DATA, "fragile": theme.FRAGILE}
    return dict(zip(names, theme.ramp(len(names)), strict=True)) | {
        word(state, chart.language): fill for state, fill in extra.items() if state in states
    }
