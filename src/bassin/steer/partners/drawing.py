"""The map of a network: communes in hairlines, links, sites, what one lost link would cut.

A site without coordinates stands in the middle of its commune; one without either is not drawn.
"""

from collections.abc import Sequence

import shapely
from django.utils.translation import gettext as _

from bassin.indicators.house import House
from bassin.steer.partners.models import Link, Site
from bassin.steer.partners.resilience import Resilience
from bassin.ui.graphics import Frame, svg
from bassin.ui.outlines import borders, metres, shapes

HEIGHT = 480.0
_INK, _BRICK, _GREY = "#1B1F23", "#A63D25", "#A9AEB3"

Point = tuple[float, float]


def drawn(
    opened: House, sites: Sequence[Site], links: Sequence[Link], found: Resilience, title: str
) -> str:
    """The map as SVG; empty when no outline is known or no site can be placed."""
    communes = [place.code for place in opened.territory.communes(opened.home)]
    outlines = shapes(opened, communes)
    points = placed(sites, outlines)
    if not outlines or not points:
        return ""
    ground = [ring for shape in outlines.values() for ring in borders(shape)]
    frame = Frame.around(ground, HEIGHT)
    spots = {code: frame.place(point) for code, point in points.items()}
    exposed = {site for cut in found.cuts for site in cut.sites} | set(found.apart)
    marks = [
        f'<path d="{frame.path(ground)}" fill="#F4F2EC" stroke="{_GREY}" stroke-width=".6"/>',
        *_lines(links, spots, {cut.link for cut in found.cuts}),
        *(_spot(each, spots[each.code], each.code in exposed) for each in sites
          if each.code in spots),
    ]  # fmt: skip
    said = _("{sites} sites and {links} links.").format(sites=len(sites), links=len(links))
    return svg("network", (frame.width, HEIGHT), title, said, "".join(marks))


def placed(sites: Sequence[Site], outlines: dict[str, shapely.Geometry]) -> dict[str, Point]:
    """Where each site stands, in metres (Lambert-93)."""
    points: dict[str, Point] = {}
    for each in sites:
        if each.latitude is not None and each.longitude is not None:
            points[each.code] = metres(each.longitude, each.latitude)
        elif each.commune_code in outlines:
            middle = outlines[each.commune_code].representative_point()
            points[each.code] = (middle.x, middle.y)
    return points


def _lines(links: Sequence[Link], spots: dict[str, Point], bridges: set[str]) -> list[str]:
    drawn_links = []
    for each in links:
        ends = [spots.get(each.one.code), spots.get(each.other.code)]
        if None in ends:
            continue
        (x1, y1), (x2, y2) = (end for end in ends if end is not None)
        bridge = each.code in bridges
        look = f'stroke="{_BRICK}" stroke-width="3.5"' if bridge else f'stroke="{_INK}"'
        dashes = "" if each.in_service else ' stroke-dasharray="3 4" opacity=".5"'
        drawn_links.append(
            f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" fill="none" {look}{dashes}/>'
        )
    return drawn_links


def _spot(site: Site, at: Point, exposed: bool) -> str:
    x, y = at
    if site.core:
        return (
            f'<rect x="{x - 6:.1f}" y="{y - 6:.1f}" width="12" height="12" fill="{_INK}" '
            'stroke="#fff" stroke-width="2"/>'
        )
    if exposed:
        # A diamond as well as a colour: shape alone says it.
        return (
            f'<path d="M{x:.1f} {y - 6:.1f}l6 6-6 6-6-6Z" fill="{_BRICK}" stroke="#fff" '
            'stroke-width="1.5"/>'
        )
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{_INK}" stroke="#fff"/>'
