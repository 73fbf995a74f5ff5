"""The charts of a figure, as data: the renderer draws them, a page only names them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.indicators.catalogue import indicators
from bassin.indicators.declaration import Indicator
from bassin.indicators.figure import Figure, Observation, PlaceName, Reliability, Status
from bassin.indicators.house import House
from bassin.indicators.numbers import number, unit
from bassin.indicators.numbers import period as in_words
from bassin.indicators.sentences import describe_chart
from bassin.observe.observatory.words import of_place
from bassin.territory import Place
from bassin.types import Origin
from bassin.ui.charts.model import Break, ChartInput, Point, State
from bassin.ui.outlines import map_shapes

KINDS = ("map", "line", "bars", "strip")
CLASSES = 5
MOST_BARS = 40
FEWEST_QUOTIENTS = 3
SHORT = 36


def chart(
    house: House,
    indicator: Indicator,
    place: Place,
    kind: str,
    language: str,
    on: date | None = None,
) -> ChartInput:
    """What a chart of an indicator for a place shows.

    Raises:
        Refused: the kind is unknown, or there is not enough data to draw; says what to load.
    """
    if kind not in KINDS:
        raise Refused(f"There is no chart of kind {kind}. Kinds: {', '.join(KINDS)}.")
    figure = house.engine.figure(indicator, place, on)
    if figure.observation.value is None and kind != "map":
        why = figure.observation.why
        raise Refused(f"{indicator.label.say(language)}: {why.say(language) if why else '—'}")
    makers = {"map": _map, "line": _line, "bars": _bars, "strip": _strip}
    return makers[kind](house, indicator, figure, place, language, on)


def available(house: House, indicator: Indicator, figure: Figure, place: Place) -> list[str]:
    """The kinds of chart that this figure can honestly be shown as."""
    if figure.observation.value is None:
        return []
    kinds = []
    several = len(place.communes) > 1
    if several and indicator.native == "commune" and len(place.communes) <= 400:
        kinds.append("map")
    if len([o for o in figure.series if o.value is not None]) > 2:
        kinds.append("line")
    if several and indicator.native == "commune" and len(place.communes) <= MOST_BARS:
        kinds.append("bars")
    if figure.rank is not None:
        kinds.append("strip")
    return kinds


def _state(observed: Observation | None) -> State:
    if observed is None:
        return "missing"
    if observed.status in (Status.SECRET, Status.SECONDARY):
        return "secret"
    if observed.value is None:
        return "missing"
    return "fragile" if observed.reliability == Reliability.FRAGILE else ""


def _point(name: str, observed: Observation | None, *, key: str = "", ours: bool = False) -> Point:
    state = _state(observed)
    value = observed.value if observed and state in ("", "fragile") else None
    return Point(name, value, key=key, period=observed.period if observed else "", ours=ours,
                 state=state)  # fmt: skip


def _input(
    kind: str,
    figure: Figure,
    points: Sequence[Point],
    language: str,
    origin: Origin,
    **more: object,
) -> ChartInput:
    observed = figure.observation
    moments = sorted({p.period for p in points if p.period and p.value is not None})
    ends = (moments[0], moments[-1]) if kind == "line" and moments else (observed.period,)
    when = " – ".join(dict.fromkeys(in_words(each, language) for each in ends))
    return ChartInput(
        kind=kind,  # type: ignore[arg-type]
        title=f"{figure.label.say(language)} — {observed.place.name}, {when}",
        said=describe_chart(figure, language),
        points=tuple(points),
        unit=unit(figure.symbol, language),
        source=figure.source.say(language),
        origin=origin,
        language=language,
        decimals=figure.decimals,
        **more,  # type: ignore[arg-type]
    )


def _at(observed: Sequence[Observation], period: str) -> Observation | None:
    return next((each for each in observed if each.period == period), None)


def _by_commune(
    house: House, indicator: Indicator, figure: Figure, place: Place, on: date | None
) -> list[tuple[Place, Observation | None]]:
    communes = house.territory.communes(place, on)
    found = house.engine.observe(indicator, communes, on)
    period = figure.observation.period or max(
        (o.period for listed in found.values() for o in listed), default=""
    )
    return [(each, _at(found[each.key], period)) for each in communes]


def _map(
    house: House, indicator: Indicator, figure: Figure, place: Place, language: str, on: date | None
) -> ChartInput:
    pairs = _by_commune(house, indicator, figure, place, on)
    points = [_point(each.name, observed, key=each.key) for each, observed in pairs]
    values = [point.value for point in points if point.value is not None]
    if not values:
        raise Refused(f"{indicator.label.say(language)}: no commune has a value to draw.")
    shapes = map_shapes(house, [each for each, _ in pairs])
    origin = next(o.origin for _, o in pairs if o is not None)
    bounds = quantiles(values, figure.decimals)
    return _input("choropleth", figure, points, language, origin, shapes=shapes, bounds=bounds)


def quantiles(values: Sequence[float], decimals: int, classes: int = CLASSES) -> tuple[float, ...]:
    """Inner limits of classes of equal numbers of places, rounded as they are written."""
    cuts = np.quantile(np.asarray(values), np.linspace(0, 1, classes + 1)[1:-1])
    return tuple(dict.fromkeys(float(round(cut, decimals)) for cut in cuts))


def _bars(
    house: House, indicator: Indicator, figure: Figure, place: Place, language: str, on: date | None
) -> ChartInput:
    pairs = _by_commune(house, indicator, figure, place, on)
    points = [_point(each.name, observed, key=each.key) for each, observed in pairs]
    points.sort(key=lambda point: (point.value is None, -(point.value or 0.0)))
    return _input("bars", figure, points, language, figure.observation.origin)


def _line(
    house: House, indicator: Indicator, figure: Figure, place: Place, language: str, on: date | None
) -> ChartInput:
    points = [
        Point(place.name, o.value, period=o.period, series=place.name, ours=True, state=_state(o))
        for o in figure.series
    ]
    places = [] if indicator.additive else house.territory.comparators(place, on)
    for other, observed in house.engine.observe(indicator, places, on).items():
        name = next(p.name for p in places if p.key == other)
        points += [
            Point(name, o.value, period=o.period, series=name, state=_state(o)) for o in observed
        ]
    breaks = tuple(Break(at, _short(why.say(language))) for at, why in indicator.breaks)
    origin = figure.observation.origin
    return _input("line", figure, points, language, origin, breaks=breaks)


def _short(why: str) -> str:
    """A reason that fits on the drawing; a longer one is told beside it."""
    return why if len(why) <= SHORT else _("series break")


def breaks_told(indicator: Indicator, language: str) -> tuple[str, ...]:
    """Where a series is broken, and why, as lines to read under its drawing."""
    return tuple(f"{in_words(at, language)} — {why.say(language)}" for at, why in indicator.breaks)


def _strip(
    house: House, indicator: Indicator, figure: Figure, place: Place, language: str, on: date | None
) -> ChartInput:
    group = house.territory.peers(place, on)
    found = house.engine.observe(indicator, group.places, on)
    period = figure.observation.period
    points = [
        _point(each.name, _at(found[each.key], period), key=each.key, ours=each.key == place.key)
        for each in group.places
    ]
    return _input("strip", figure, points, language, figure.observation.origin)


@dataclass(frozen=True, slots=True)
class Quotient:
    """A share of ours (in %) beside that of the place it is relative to."""

    figure: Figure
    ours: float
    theirs: float


def quotients(figures: Sequence[Figure]) -> list[Quotient]:
    """The location quotients that have a value, the strongest specialisation first."""
    found = []
    for figure in figures:
        declared = indicators()[figure.observation.indicator]
        observed = figure.observation
        parts = observed.numerator is not None and bool(observed.denominator)
        if declared.relative_to and observed.value and parts:
            ours = 100 * (observed.numerator or 0.0) / (observed.denominator or 1.0)
            found.append(Quotient(figure, ours, ours / observed.value))
    return sorted(found, key=lambda each: -(each.figure.observation.value or 0.0))


def dumbbell(found: Sequence[Quotient], language: str) -> ChartInput:
    """Our shares and the reference's, one line per activity."""
    first = found[0].figure
    found_reference = _reference(first)
    reference = found_reference.name if found_reference else _("the reference")
    ours = first.observation.place.name
    points = [
        point
        for each in found
        for point in (
            Point(short_name(each, language), each.theirs, series=reference),
            Point(short_name(each, language), each.ours, series=ours, ours=True),
        )
    ]
    invented = any(each.figure.observation.origin == Origin.INVENTED for each in found)
    return ChartInput(
        kind="dumbbell", title=_("Shares beside those of {place}").format(place=reference),
        said=specialised(found, language), points=tuple(points), unit="%", decimals=1,
        source=first.source.say(language), language=language,
        origin=Origin.INVENTED if invented else Origin.REAL,
    )  # fmt: skip


def specialised(found: Sequence[Quotient], language: str) -> str:
    """The sentence of the chart: the activity whose share is furthest above the reference's."""
    first = found[0]
    value = number(first.figure.observation.value or 0.0, 1, language)
    reference = _reference(first.figure)
    whose = of_place(reference, language) if reference else _("of the reference")
    return _("{name}: {value} times the share {of_place}.").format(
        name=short_name(first, language), value=value, of_place=whose,
    )  # fmt: skip


def short_name(each: Quotient, language: str) -> str:
    """The activity without the words that every quotient's label repeats."""
    label = each.figure.label.say(language)
    name = next((label.split(cut, 1)[1] for cut in (":", " des ") if cut in label), label).strip()
    return name[:1].upper() + name[1:]


def _reference(figure: Figure) -> PlaceName | None:
    scale = indicators()[figure.observation.indicator].relative_to
    return next((c.place for c in figure.comparisons if c.place.scale == scale), None)
