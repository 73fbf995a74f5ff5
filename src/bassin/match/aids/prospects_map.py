"""Where the firms are that an aid may serve: the communes, a circle for each, as inline SVG."""

from collections.abc import Sequence
from html import escape
from math import sqrt

from django.utils.translation import ngettext

from bassin.indicators.house import House
from bassin.indicators.numbers import number
from bassin.ui import graphics
from bassin.ui.charts import theme
from bassin.ui.graphics import Frame
from bassin.ui.outlines import borders, shapes
from bassin.ui.reader import language

HEIGHT = 460.0
_LEAST, _MOST = 5.0, 26.0
_PER_DIGIT = 3.4
"""Half the room that a sign of a number takes: a circle holds its number where it fits."""


def drawn(house: House, counts: Sequence[tuple[str, str, int]], *, title: str, said: str) -> str:
    """The map; "" when no outline is known or there is nothing to draw."""
    known = shapes(house, [each.code for each in house.territory.communes(house.home)])
    base = [ring for outline in known.values() for ring in borders(outline)]
    placed = [(known[code], name, count) for code, name, count in counts if code in known]
    if not base or not placed:
        return ""
    frame = Frame.around(base, HEIGHT)
    marks = [
        f'<path d="{frame.path(base)}" fill="{graphics.PALE}" stroke="#A9AEB3" stroke-width=".75"/>'
    ]
    most = max(count for _outline, _name, count in placed)
    for outline, name, count in sorted(placed, key=lambda each: -each[2]):
        point = outline.representative_point()
        marks.append(_mark(frame.place((point.x, point.y)), name, count, most))
    return graphics.svg("prospects", (frame.width, HEIGHT), title, said, "".join(marks))


def _mark(at: tuple[float, float], name: str, count: int, most: int) -> str:
    told = ngettext("{name}: {count} establishment", "{name}: {count} establishments", count)
    radius = max(_LEAST, _MOST * sqrt(count / most))
    place = f'x="{at[0]:.1f}" y="{at[1] + 4:.1f}" text-anchor="middle"'
    said = number(count, 0, language())
    label = (
        f'<text class="g-name" {place}>{said}</text>' if radius >= _PER_DIGIT * len(said) else ""
    )
    return (
        f"<g><title>{escape(told.format(name=name, count=count))}</title>"
        f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{radius:.1f}" fill="#5CC49B" '
        f'fill-opacity=".85" stroke="{theme.INK}"/>{label}</g>'
    )
