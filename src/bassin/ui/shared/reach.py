"""How far one goes from a commune: a map by minutes, as inline SVG, with its classes and legend."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import shapely
from django.utils.translation import gettext as _

from bassin.indicators.house import House
from bassin.territory.travel import UNKNOWN
from bassin.ui import graphics
from bassin.ui.charts import theme
from bassin.ui.graphics import Frame
from bassin.ui.outlines import borders, shapes

LIMITS = (15, 30, 45, 60, 90)
HEIGHT = 460.0
MOST_DRAWN = 400
_LEAST_KM, _MARGIN_KM = 9.0, 4.0
_BEYOND = "#FFFFFF"


@dataclass(frozen=True, slots=True)
class Drawing:
    """The picture, empty when no outline is known, and what its fills mean."""

    svg: str
    legend: dict[str, str]


def fills(most: int) -> dict[int, str]:
    """The colour of each class up to a limit, by its upper bound, the nearest the darkest."""
    bounds = [*(limit for limit in LIMITS if limit < most), most]
    return dict(zip(bounds, reversed(theme.ramp(len(bounds))), strict=True))


def fill(minutes: int, most: int) -> str:
    """The colour of a commune."""
    if minutes == UNKNOWN:
        return theme.NO_DATA
    known = fills(most)
    return next((known[bound] for bound in known if minutes <= bound), _BEYOND)


def legend(most: int) -> dict[str, str]:
    """What the colours mean, words to fill."""
    bounds = fills(most)
    low, words = 0, {}
    for bound, colour in bounds.items():
        words[_("{low} to {high} minutes").format(low=low, high=bound)] = colour
        low = bound
    return words | {
        _("over {most} minutes").format(most=most): _BEYOND,
        _("unknown: ask"): theme.NO_DATA,
    }


def drawn(
    house: House,
    start: str,
    minutes: Sequence[int],
    names: Mapping[str, str],
    *,
    most: int,
    title: str,
    said: str,
) -> Drawing:
    """The communes around one, coloured by minutes from it."""
    codes = house.travel.codes
    by_code = dict(zip(codes, minutes, strict=True))
    chosen = _around(house, start, np.asarray(minutes), most)
    outlines = shapes(house, codes)
    rings = {code: borders(outlines[code]) for code in chosen if code in outlines}
    if start not in rings:
        return Drawing("", legend(most))
    frame = Frame.around([ring for each in rings.values() for ring in each], HEIGHT)
    marks = [
        f'<path d="{frame.path(each)}" fill="{fill(by_code[code], most)}" stroke="{theme.SOFT}" '
        f'stroke-width=".6"><title>{escape(_told(names[code], by_code[code]))}</title></path>'
        for code, each in rings.items()
    ]
    marks.append(f'<path d="{frame.path(rings[start])}" fill="none" stroke="{theme.INK}" '
                 'stroke-width="3"/>')  # fmt: skip
    marks.append(_label(frame, outlines[start], names[start]))
    size = (frame.width, HEIGHT)
    return Drawing(graphics.svg("reach", size, title, said, "".join(marks)), legend(most))


def _told(name: str, minutes: int) -> str:
    if minutes == UNKNOWN:
        return _("{name}: unknown").format(name=name)
    return _("{name}: {minutes} min").format(name=name, minutes=minutes)


def _around(house: House, start: str, minutes: np.ndarray, most: int) -> list[str]:
    """The communes to draw: as far as one goes, and a little more; a city by its parts."""
    ground = house.travel.ground
    row = house.travel.rows[start]
    away = np.hypot(ground.x - ground.x[row], ground.y - ground.y[row]) / 1000
    reached = (minutes != UNKNOWN) & (minutes <= most) & np.isfinite(away)
    far = max(_LEAST_KM, float(away[reached].max(initial=0.0)) + _MARGIN_KM)
    cities = set(ground.city.tolist())
    near = [i for i in np.argsort(away, kind="stable").tolist() if away[i] <= far]
    kept = [i for i in near if i == row or i not in cities]
    return [ground.codes[i] for i in kept[:MOST_DRAWN]]


def _label(frame: Frame, outline: shapely.Geometry, name: str) -> str:
    point = outline.representative_point()
    x, y = frame.place((point.x, point.y))
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" font-weight="700" fill="{theme.INK}" '
        f'stroke="#fff" stroke-width="4" paint-order="stroke">{escape(name)}</text>'
    )
