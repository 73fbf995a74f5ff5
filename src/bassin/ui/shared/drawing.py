"""Where an operation stands: the territory in hairlines, its communes and its outline on it."""

from typing import Any

import shapely
from shapely.geometry import shape

from bassin.indicators.house import House
from bassin.ui import graphics
from bassin.ui.graphics import Frame
from bassin.ui.outlines import borders, shapes, to_metres

HEIGHT = 340.0


def drawn(
    house: House, codes: list[str], geometry: dict[str, Any] | None, *, title: str, said: str
) -> str:
    """An SVG; empty when the communes of the territory have no outline, or nothing is to show."""
    if not codes and geometry is None:
        return ""
    communes = [each.code for each in house.territory.communes(house.home)]
    known = shapes(house, communes)
    base = [ring for code in known for ring in borders(known[code])]
    if not base:
        return ""
    frame = Frame.around(base, HEIGHT)
    ours = [ring for code in codes if code in known for ring in borders(known[code])]
    marks = [
        f'<path d="{frame.path(base)}" fill="#ECE9E1" stroke="#A9AEB3" stroke-width=".75"/>',
        f'<path d="{frame.path(ours)}" fill="#F6E9E5" stroke="#1B1F23" stroke-width="1"/>'
        if ours
        else "",
        _perimeter(frame, geometry) if geometry else "",
    ]
    return graphics.svg("outline", (frame.width, HEIGHT), title, said, "".join(marks))


def _perimeter(frame: Frame, geometry: dict[str, Any]) -> str:
    outline = shapely.transform(shape(geometry), to_metres)
    return (
        f'<path d="{frame.path(borders(outline))}" fill="#A63D25" fill-opacity=".55" '
        'stroke="#A63D25" stroke-width="2"/>'
    )
