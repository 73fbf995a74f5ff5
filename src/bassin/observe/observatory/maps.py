"""Small maps of communes, all on one set of outlines that the page holds once.

The page carries one hidden drawing with a path per commune; each map is then a list of
references to these paths, less than a kilobyte, and prints as lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

import numpy as np
import shapely
from django.utils.translation import gettext as _

from bassin.indicators.figure import Figure, Observation, Reliability, Status
from bassin.indicators.house import House
from bassin.indicators.numbers import number, quantity, unit
from bassin.indicators.numbers import period as in_words
from bassin.observe.observatory.charts import quantiles
from bassin.territory import Place
from bassin.ui.charts import theme
from bassin.ui.outlines import shapes

HEIGHT = 220.0
WIDEST = 360.0
PORTRAIT = 420.0
MOST_OUTLINES = 400
MOST_MERGED = 6000  # the largest région has 5,115 communes; France would take fifteen seconds
DETAIL = 0.7  # units of the drawing below which a bend is not kept

_SECRET = (
    '<pattern id="secret" width="5" height="5" patternUnits="userSpaceOnUse">'
    '<rect width="5" height="5" fill="#fff"/><path d="M0 5 5 0" stroke="#1B1F23"/></pattern>'
)
_FRAGILE = (
    '<pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<circle cx="3" cy="3" r="1" fill="#1B1F23"/></pattern>'
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The shared outlines: `defs` is the hidden drawing, `keys` the places it knows."""

    defs: str
    keys: tuple[str, ...]
    box: str


@dataclass(frozen=True, slots=True)
class SmallMap:
    """One small map with what it says: title, drawing, and its legend (words, fill)."""

    title: str
    period: str
    url: str
    drawn: str
    legend: tuple[tuple[str, str], ...]
    invented: bool


def sheet(opened: House, communes: Sequence[Place]) -> Sheet | None:
    """The outlines of communes as paths to refer to; None when none is known."""
    found = shapes(opened, [place.code for place in communes])
    drawn = [(place, found[place.code]) for place in communes if place.code in found]
    if not drawn:
        return None
    left, low, right, high = shapely.total_bounds([shape for _, shape in drawn])
    scale = min(HEIGHT / (high - low), WIDEST / (right - left))
    paths = [
        f'<path id="c{place.code}" d="{_path(shape, left, high, scale)}">'
        f"<title>{escape(place.name)}</title></path>"
        for place, shape in drawn
    ]
    defs = (
        '<svg class="g-defs" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
        f"{_SECRET}{_FRAGILE}{''.join(paths)}</defs></svg>"
    )
    keys = tuple(place.key for place, _ in drawn)
    box = f"-2 -2 {(right - left) * scale + 4:.0f} {(high - low) * scale + 4:.0f}"
    return Sheet(defs, keys, box)


def whole(base: Sheet, place: Place) -> str:
    """The outline of a place with its communes in hairlines, on the outlines of the page."""
    label = escape(_("Outline of {place}").format(place=place.name))
    uses = "".join(f'<use href="#c{key.partition(":")[2]}"/>' for key in base.keys)
    return (
        f'<svg class="g g-portrait" viewBox="{base.box}" role="img" aria-label="{label}" '
        'fill="#CFDCE3" stroke="#1B1F23" stroke-width=".5" stroke-linejoin="round" '
        f'xmlns="http://www.w3.org/2000/svg">{uses}</svg>'
    )


def portrait(opened: House, place: Place) -> str:
    """The outline of a place with its communes in hairlines, or a commune among its neighbours.

    Stands alone, for a page without small maps. Empty when the packages hold no outline of it.
    """
    inside = opened.territory.communes(place) if place.communes else []
    if len(inside) > MOST_OUTLINES:
        return _silhouette(opened, place)
    if not inside:
        return ""
    around = _around(opened, place) if len(inside) == 1 else []
    found = shapes(opened, [each.code for each in (*inside, *around)])
    ours = [found[each.code] for each in inside if each.code in found]
    if not ours:
        return ""
    margin = 0.35 if around else 0.02
    left, low, right, high = shapely.total_bounds(ours)
    wide, tall = (right - left) * margin, (high - low) * margin
    scale = PORTRAIT / (high - low + 2 * tall)
    where = (left - wide, high + tall, scale)
    frame = shapely.box(left - wide, low - tall, right + wide, high + tall)
    near = (found[each.code] for each in around if each.code in found)
    theirs = "".join(_path(shape, *where) for shape in near if shape.intersects(frame))
    borders = "".join(_path(shape, *where) for shape in ours)
    label = escape(_("Outline of {place}").format(place=place.name))
    box = f"0 0 {(right - left + 2 * wide) * scale:.0f} {PORTRAIT:.0f}"
    return (
        f'<svg class="g g-portrait" viewBox="{box}" role="img" aria-label="{label}" '
        'stroke-linejoin="round" xmlns="http://www.w3.org/2000/svg">'
        f'<path d="{theirs}" fill="#ECE9E1" stroke="#A9AEB3" stroke-width=".75"/>'
        f'<path d="{borders}" fill="#CFDCE3" stroke="#1B1F23" stroke-width=".75"/></svg>'
    )


_SILHOUETTES: dict[tuple[tuple[str, str], str], str] = {}


def _silhouette(opened: House, place: Place) -> str:
    """The outline of a place of many communes, without their borders; one second, then kept."""
    key = (opened.reader.key, place.key)
    if key not in _SILHOUETTES:
        known = len(place.communes) <= MOST_MERGED
        parts = [*shapes(opened, place.communes).values()] if known else []
        _SILHOUETTES[key] = _merged(parts, place) if parts else ""
    return _SILHOUETTES[key]


def _merged(parts: list[shapely.Geometry], place: Place) -> str:
    # Thumbnails of neighbours do not quite touch: 300 m closes the slits, 500 m is a pixel.
    grown = shapely.buffer(shapely.simplify(parts, 200), 300, quad_segs=1)
    merged = shapely.union_all(grown).buffer(-300).simplify(500)
    left, low, right, high = merged.bounds
    scale = PORTRAIT / (high - low)
    label = escape(_("Outline of {place}").format(place=place.name))
    return (
        f'<svg class="g g-portrait" viewBox="0 0 {(right - left) * scale:.0f} {PORTRAIT:.0f}" '
        f'role="img" aria-label="{label}" stroke-linejoin="round" '
        'xmlns="http://www.w3.org/2000/svg">'
        f'<path d="{_path(merged, left, high, scale)}" fill="#CFDCE3" stroke="#1B1F23" '
        'stroke-width=".75"/></svg>'
    )


def _around(opened: House, place: Place) -> list[Place]:
    """The other communes of its EPT or intercommunal body."""
    containers = opened.territory.containers(place)
    if not containers:
        return []
    others = opened.territory.communes(containers[0])
    return [each for each in others if each.key != place.key][:MOST_OUTLINES]


def _path(shape: shapely.Geometry, left: float, top: float, scale: float) -> str:
    simple = shapely.simplify(shape, DETAIL / scale)
    parts = list(simple.geoms) if isinstance(simple, shapely.MultiPolygon) else [simple]
    text = []
    for part in parts:
        if isinstance(part, shapely.Polygon) and not part.is_empty:
            points = np.round((np.asarray(part.exterior.coords) - (left, top)) * (scale, -scale), 1)
            text.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points[:-1]) + "Z")
    return "".join(text)


def small_map(
    base: Sheet, figure: Figure, observed: dict[str, Observation], url: str, language: str
) -> SmallMap:
    """One figure by commune: classes of equal numbers, hatched when secret, dotted when fragile."""
    known = {key: o for key, o in observed.items() if o.value is not None}
    values = [o.value for o in known.values() if o.value is not None]
    # A class under the lowest value would be empty.
    bounds = [cut for cut in quantiles(values, figure.decimals) if cut > min(values)]
    fills = theme.ramp(len(bounds) + 1)
    marks = [_commune(base_key, observed.get(base_key), bounds, fills) for base_key in base.keys]
    said = _extremes(known, figure, language)
    label = escape(f"{figure.label.say(language)}. {said}")
    drawn = (
        f'<svg class="g g-map" viewBox="{base.box}" role="img" aria-label="{label}" '
        'stroke="#4A5157" stroke-width=".6" stroke-linejoin="round" '
        f'xmlns="http://www.w3.org/2000/svg">{"".join(marks)}</svg>'
    )
    first = next(iter(known.values()))
    return SmallMap(
        title=_titled(figure, language), period=in_words(first.period, language),
        url=url, drawn=drawn,
        legend=(
            *_legend(bounds, fills, figure, language),
            *_patterns([observed.get(key) for key in base.keys]),
        ),
        invented=first.origin == "invented",
    )  # fmt: skip


def _commune(
    key: str,
    observed: Observation | None,
    bounds: Sequence[float],
    fills: Sequence[str],
) -> str:
    code = key.partition(":")[2]
    fill = look = _look(observed)
    if observed is not None and observed.value is not None:
        fill = fills[int(np.searchsorted(bounds, observed.value, side="right"))]
    over = f'<use href="#c{code}" fill="url(#dots)"/>' if look == theme.FRAGILE else ""
    return f'<use href="#c{code}" fill="{fill}"/>{over}'


def _titled(figure: Figure, language: str) -> str:
    symbol = f" ({unit(figure.symbol, language)})" if figure.symbol else ""
    return f"{figure.label.say(language)}{symbol}"


def _legend(
    bounds: Sequence[float], fills: Sequence[str], figure: Figure, language: str
) -> tuple[tuple[str, str], ...]:
    words = [number(bound, figure.decimals, language) for bound in bounds]
    if not words:
        return ()
    named = [f"< {words[0]}", *(f"{a} – {b}" for a, b in pairwise(words)), f"≥ {words[-1]}"]
    return tuple(zip(named, fills, strict=True))


def _patterns(drawn: Sequence[Observation | None]) -> list[tuple[str, str]]:
    """What hatches, dots and grey mean, for those that the map uses."""
    fills = {_look(each) for each in drawn}
    words = {
        theme.FRAGILE: _("fragile: a small count"),
        theme.HIDDEN: _("hidden by statistical secrecy"),
        theme.NO_DATA: _("no data"),
    }
    return [(said, fill) for fill, said in words.items() if fill in fills]


def _look(observed: Observation | None) -> str:
    """The fill that stands for a state: secret, absent, fragile; empty for a firm value."""
    if observed is not None and observed.status in (Status.SECRET, Status.SECONDARY):
        return theme.HIDDEN
    if observed is None or observed.value is None:
        return theme.NO_DATA
    return theme.FRAGILE if observed.reliability == Reliability.FRAGILE else ""


def _extremes(known: dict[str, Observation], figure: Figure, language: str) -> str:
    """The sentence a map says to who does not see it: the lowest and the highest commune."""
    ordered = sorted(known.values(), key=lambda o: o.value or 0.0)
    low, high = ordered[0], ordered[-1]
    return _("From {low} ({low_place}) to {high} ({high_place}).").format(
        low=quantity(low.value or 0.0, figure.symbol, figure.decimals, language),
        low_place=low.place.name,
        high=quantity(high.value or 0.0, figure.symbol, figure.decimals, language),
        high_place=high.place.name,
    )
