"""Where people are trained: the territory in hairlines, a circle for each site, as inline SVG."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from math import sqrt

from django.utils.translation import gettext as _

from bassin.indicators.house import House
from bassin.match.skills.models import Course, Site
from bassin.match.skills.network import Standing
from bassin.ui import graphics
from bassin.ui.charts import theme
from bassin.ui.graphics import Frame
from bassin.ui.outlines import borders, metres, shapes

HEIGHT = 520.0
COLOURS = {
    "health": "#E8A3C8", "building": "#5CC49B", "industry": "#7FB2E5", "logistics": "#F0935A",
    "food": "#F2CF5B", "fluvial": "#B7A6E8", "other": "#C9C9C9", "": "#FFFFFF",
}  # fmt: skip
"""Light enough for the letter in ink, which says the same to who does not tell colours apart."""

_LETTERS = {
    "health": "S", "building": "É", "industry": "I", "logistics": "L", "food": "A", "fluvial": "F",
    "other": "+", "": "?",
}  # fmt: skip
_LEAST, _MOST = 9.0, 24.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A site on the map: its point in metres, its courses, its places, its main sector."""

    site: Site
    x: float
    y: float
    courses: int
    places: int
    sector: str


def sector_words(code: str) -> str:
    """A sector as it is read."""
    return str(Course.Sector(code).label) if code else _("sector not said")


def legend(spots: Iterable[Spot]) -> dict[str, str]:
    """What the colours mean, words to fill: the sectors that are on the map."""
    there = {each.sector for each in spots}
    return {
        f"{_LETTERS[code]} · {sector_words(code)}": fill
        for code, fill in COLOURS.items() if code in there
    }  # fmt: skip


def spots(house: House, found: Iterable[Standing], sites: Mapping[int, Site]) -> list[Spot]:
    """The sites of some courses that can be placed, the largest first."""
    gathered: dict[int, list[Standing]] = defaultdict(list)
    for each in found:
        if not each.remote:
            gathered[each.site.pk].append(each)
    made = []
    for pk, courses in gathered.items():
        point = _point(house, sites[pk]) if pk in sites else None
        if point is not None:
            main = Counter(each.sector for each in courses).most_common(1)[0][0]
            places = sum(each.places for each in courses if each.counts)
            made.append(Spot(sites[pk], *point, len(courses), places, main))
    return sorted(made, key=lambda spot: (-spot.places, spot.site.pk))


def _point(house: House, site: Site) -> tuple[float, float] | None:
    """Its own point, else that of its commune."""
    if site.latitude is not None and site.longitude is not None:
        return metres(site.longitude, site.latitude)
    outline = shapes(house, [site.commune_code]).get(site.commune_code)
    if outline is None or outline.is_empty:
        return None
    point = outline.representative_point()
    return point.x, point.y


def drawn(house: House, placed: list[Spot], *, title: str, said: str) -> tuple[str, int]:
    """The map, "" when no outline is known; and how many sites are outside its frame."""
    communes = [each.code for each in house.territory.communes(house.home)]
    known = shapes(house, communes)
    base = [ring for code in known for ring in borders(known[code])]
    if not base or not placed:
        return "", 0
    frame = Frame.around(base, HEIGHT)
    marks = [
        f'<path d="{frame.path(base)}" fill="{graphics.PALE}" stroke="#A9AEB3" stroke-width=".75"/>'
    ]
    most = max(each.places for each in placed) or 1
    inside = [each for each in placed if _inside(frame, each)]
    marks += [_mark(frame, each, most) for each in _apart(frame, inside, most)]
    picture = graphics.svg("campus", (frame.width, HEIGHT), title, said, "".join(marks))
    return picture, len(placed) - len(inside)


def _inside(frame: Frame, spot: Spot) -> bool:
    x, y = frame.place((spot.x, spot.y))
    return 0 <= x <= frame.width and 0 <= y <= HEIGHT


def _radius(spot: Spot, most: int) -> float:
    return max(_LEAST, _MOST * sqrt(spot.places / most))


def _apart(frame: Frame, placed: list[Spot], most: int) -> list[Spot]:
    """Sites of one point stand side by side: each stays in sight."""
    taken: list[tuple[float, float, float]] = []
    made = []
    for each in placed:
        x, y = frame.place((each.x, each.y))
        radius = _radius(each, most)
        while any((x - a) ** 2 + (y - b) ** 2 < (0.75 * (radius + r)) ** 2 for a, b, r in taken):
            x += 6
        taken.append((x, y, radius))
        made.append(Spot(each.site, x, y, each.courses, each.places, each.sector))
    return made


def _mark(frame: Frame, spot: Spot, most: int) -> str:
    told = _("{site}: {courses} courses, {places} places known").format(
        site=spot.site, courses=spot.courses, places=spot.places
    )
    radius = _radius(spot, most)
    return (
        f'<g><title>{escape(told)}</title><circle cx="{spot.x:.1f}" cy="{spot.y:.1f}" '
        f'r="{radius:.1f}" fill="{COLOURS[spot.sector]}" stroke="{theme.INK}"/>'
        f'<text class="g-name" x="{spot.x:.1f}" y="{spot.y + 5:.1f}" text-anchor="middle">'
        f"{_LETTERS[spot.sector]}</text></g>"
    )
