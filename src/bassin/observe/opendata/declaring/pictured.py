"""The map of a figure over the communes: values by class, secrecy hatched, unknown in grey."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import shapely
from django.utils.translation import gettext as _

from bassin.indicators.declaration import Indicator
from bassin.indicators.figure import Observation, Status
from bassin.indicators.house import House
from bassin.indicators.numbers import number, quantity
from bassin.observe.opendata.pictures import path
from bassin.territory import Place
from bassin.ui.charts import theme
from bassin.ui.graphics import svg
from bassin.ui.outlines import shapes

WIDTH = 420.0
CLASSES = theme.ramp(5)
UNKNOWN = theme.NO_DATA
HATCH = "declared-hidden"
_HATCHED = (
    f'<defs><pattern id="{HATCH}" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/>'
    '<rect width="2" height="6" fill="#4A5157"/></pattern></defs>'
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A map, and its legend: words, fill."""

    svg: str
    legend: tuple[tuple[str, str], ...]


Latest = Sequence[tuple[Place, Observation | None]]


def drawn(house: House, made: Indicator, latest: Latest, title: str, language: str) -> Drawn | None:
    """The map, None where there is nothing to draw."""
    known = {place.code: shape for place, shape in _shapes(house, latest)}
    values = sorted({o.value for _p, o in latest if o is not None and o.value is not None})
    if not known or len(latest) < 2:
        return None
    edges = _edges(values)
    left, low, right, high = shapely.total_bounds(list(known.values()))
    scale = WIDTH / max(right - left, high - low)
    parts = [_HATCHED]
    for place, observed in latest:
        if place.code not in known:
            continue
        flat = shapely.transform(
            known[place.code], lambda xy: (xy - [left, high]) * [scale, -scale]
        )
        said = escape(f"{place.name} : {_said(observed, made, language)}")
        parts.append(
            f'<path d="{path(flat)}" fill="{_fill(observed, edges)}" stroke="#fff" '
            f'stroke-width=".7"><title>{said}</title></path>'
        )
    size = ((right - left) * scale, (high - low) * scale)
    picture = svg("declared", size, title, _("Commune by commune"), "".join(parts))
    return Drawn(picture, _legend(latest, edges, made, language))


def _shapes(house: House, latest: Latest) -> list[tuple[Place, shapely.Geometry]]:
    found = shapes(house, sorted(place.code for place, _o in latest))
    return [(place, found[place.code]) for place, _o in latest if found.get(place.code)]


def _edges(values: Sequence[float]) -> list[float]:
    if len(values) <= len(CLASSES):
        return list(values[1:])
    return [float(each) for each in np.quantile(values, [0.2, 0.4, 0.6, 0.8])]


def _fill(observed: Observation | None, edges: Sequence[float]) -> str:
    if observed is not None and observed.value is not None:
        return CLASSES[int(np.searchsorted(edges, observed.value, side="right"))]
    return f"url(#{HATCH})" if _is_hidden(observed) else UNKNOWN


def _is_hidden(observed: Observation | None) -> bool:
    return observed is not None and observed.status in (Status.SECRET, Status.SECONDARY)


def _said(observed: Observation | None, made: Indicator, language: str) -> str:
    if observed is None:
        return _("no data")
    if observed.value is None:
        return observed.why.say(language) if observed.why else _("no data")
    return quantity(observed.value, made.symbol, made.decimals, language)


def _legend(
    latest: Latest, edges: Sequence[float], made: Indicator, language: str
) -> tuple[tuple[str, str], ...]:
    ends = [number(each, made.decimals, language) for each in edges]
    words = [_("below {end}").format(end=ends[0])] if ends else [_("one value")]
    words += [_("from {end}").format(end=each) for each in ends]
    listed = list(zip(words, CLASSES, strict=False))
    observed = [each for _place, each in latest]
    if any(map(_is_hidden, observed)):
        listed.append((_("hidden by secrecy"), theme.HIDDEN))
    if any((o is None or o.value is None) and not _is_hidden(o) for o in observed):
        listed.append((_("unknown"), UNKNOWN))
    return tuple(listed)
