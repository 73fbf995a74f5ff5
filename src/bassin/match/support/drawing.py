"""The map of a portfolio: the communes of the territory, a disc where there are open cases."""

from html import escape
from math import sqrt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bassin.indicators.house import House
from bassin.ui.graphics import Frame, svg
from bassin.ui.outlines import borders, shapes

HEIGHT = 320.0
_GREEN, _GREY = "#2F6B3A", "#A9AEB3"
_LEAST, _EACH = 7.0, 3.2


def drawn(opened: House, counts: dict[str, int]) -> str:
    """The map as SVG; empty when no outline is known, or nothing is to be drawn."""
    names = {place.code: place.name for place in opened.territory.communes(opened.home)}
    outlines = shapes(opened, list(names))
    here = {code: count for code, count in counts.items() if code in outlines}
    if not here:
        return ""
    ground = [ring for shape in outlines.values() for ring in borders(shape)]
    frame = Frame.around(ground, HEIGHT)
    marks = [f'<path d="{frame.path(ground)}" fill="#F4F2EC" stroke="{_GREY}" stroke-width=".6"/>']
    for code, count in sorted(here.items(), key=lambda each: -each[1]):
        middle = outlines[code].representative_point()
        x, y = frame.place((middle.x, middle.y))
        radius = _LEAST + _EACH * sqrt(count)
        said = ngettext("{name}: {count} open case", "{name}: {count} open cases", count).format(
            name=names[code], count=count
        )
        marks.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{_GREEN}">'
            f"<title>{escape(said)}</title></circle>"
            f'<text x="{x:.1f}" y="{y + 4:.1f}" text-anchor="middle" font-size="12" '
            f'font-weight="700" fill="#fff">{count}</text>'
        )
    said = _("Open cases by commune.")
    return svg("portfolio", (frame.width, HEIGHT), said, said, "".join(marks))
