"""What lies under the circles: communes by minutes from home, as a file of its own.

Asked apart, it leaves the page light and is kept by the browser; it holds no place of a person
but the commune that the address names.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from html import escape

import numpy as np
import shapely
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.territory.travel import Mode
from bassin.territory.travel.ground import Plane
from bassin.ui.charts import theme
from bassin.ui.moving.view import SIZE, View
from bassin.ui.opened import house
from bassin.ui.shared import reach

MARGIN = 1.6
"""How much wider than the view: what a hand uncovers is drawn already."""

MOST_DRAWN = 700
_PALE, _OURS = "#F3F1EA", "#E4EAED"
_DETAIL = 0.8
_DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class Reached:
    """From where, how, and how far at most; no start: the territory alone is shown."""

    start: str = ""
    mode: str = ""
    most: int = 0


def serve(request: HttpRequest) -> HttpResponse:
    """The ground that an address asks for; nothing is drawn for an address that asks nothing."""
    given, opened = request.GET, house()
    view = View.of(given.get("vue", "")) or View(0, 0, 1)
    svg = drawn(opened, view, _asked(given, opened))
    response = HttpResponse(svg, content_type="image/svg+xml; charset=utf-8")
    patch_cache_control(response, public=True, max_age=_DAY)
    return response


def _asked(given: Mapping[str, str], opened: House) -> Reached:
    start, mode, most = (given.get(name) or "" for name in ("de", "moyen", "minutes"))
    known = start in opened.travel.rows and mode in set(Mode) and most.isdecimal()
    return Reached(start, mode, min(int(most), reach.LIMITS[-1] * 2)) if known else Reached()


def drawn(opened: House, view: View, asked: Reached) -> str:
    """Outlines in hairline, the reached ones by classes of minutes, ours pale, home in ink."""
    ours = opened.territory.codes(opened.home)
    outlines = _outlines(opened, view, ours)
    minutes = _minutes(opened, asked)
    marks = [
        f'<path d="{path}" fill="{_fill(code, minutes, asked, ours)}">'
        f"<title>{escape(_told(opened, code, minutes))}</title></path>"
        for code, path in outlines.items()
    ]
    if asked.start in outlines:
        marks.append(f'<path d="{outlines[asked.start]}" fill="none" stroke="{theme.INK}" '
                     'stroke-width="2.5"/>')  # fmt: skip
    edge = SIZE * (MARGIN - 1) / 2
    side = SIZE * MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-edge:g} {-edge:g} {side:g} {side:g}" '
        f'width="{side:g}" height="{side:g}"><g stroke="{theme.SOFT}" stroke-width=".6" '
        f'stroke-linejoin="round">{"".join(marks)}</g></svg>'
    )


def _minutes(opened: House, asked: Reached) -> Mapping[str, int]:
    if not asked.start:
        return {}
    try:
        row = opened.travel.row(asked.start, asked.mode)
    except Refused:
        return {}
    return dict(zip(opened.travel.codes, row.tolist(), strict=True))


def _fill(code: str, minutes: Mapping[str, int], asked: Reached, ours: Collection[str]) -> str:
    if minutes:
        return reach.fill(minutes.get(code, -1), asked.most)
    return _OURS if code in ours else _PALE


def _told(opened: House, code: str, minutes: Mapping[str, int]) -> str:
    name = opened.territory.gazetteer().places[f"commune:{code}"].name
    known = minutes.get(code, -1)
    return _("{name}: {minutes} min").format(name=name, minutes=known) if known >= 0 else name


def _outlines(opened: House, view: View, ours: Collection[str]) -> dict[str, str]:
    """The paths of the communes in view, in units of the drawing; a city by its parts.

    Where there are too many, those of the territory come first, then the nearest.
    """
    ground, wide = opened.travel.ground, view.wider(MARGIN)
    # A commune whose middle is out of view may still show its edge.
    edge = wide.across / 2 + 12
    near = (np.abs(ground.x / 1000 - view.x) < edge) & (np.abs(ground.y / 1000 - view.y) < edge)
    cities = set(ground.city.tolist())
    away = np.hypot(ground.x / 1000 - view.x, ground.y / 1000 - view.y)
    strange = np.array([code not in ours for code in ground.codes])
    first = np.lexsort((away[near], strange[near]))
    rows = [i for i in np.flatnonzero(near)[first].tolist() if i not in cities]
    codes = [ground.codes[i] for i in rows[:MOST_DRAWN]]
    if not codes or not opened.reader.has("shapes"):
        return {}
    found = opened.reader.rows(
        "SELECT commune_code, shape FROM shapes WHERE commune_code IN (SELECT unnest($1))", [codes]
    )
    plane = Plane.under(ground.codes)
    made = {}
    for code, packed in found:
        shape = shapely.transform(
            shapely.from_wkb(bytes(packed)),
            lambda points: np.column_stack(plane.metres(points[:, 0], points[:, 1])),
        )
        if path := _path(shape, view, wide):
            made[code] = path
    return made


def _path(shape: shapely.Geometry, view: View, wide: View) -> str:
    """The outline in whole tenths of units, each point told from the one before."""
    simple = shapely.simplify(shape, _DETAIL * view.across * 1000 / SIZE)
    half = wide.across * 500
    box = shapely.box(
        wide.x * 1000 - half, wide.y * 1000 - half, wide.x * 1000 + half, wide.y * 1000 + half
    )
    if not shapely.intersects(simple, box):
        return ""
    parts = simple.geoms if isinstance(simple, shapely.MultiPolygon) else [simple]
    rings = (part.exterior for part in parts if isinstance(part, shapely.Polygon) and part.area)
    return "".join(_ring(np.asarray(ring.coords), view) for ring in rings)


def _ring(points: np.ndarray, view: View) -> str:
    at = np.round([view.place(x, y) for x, y in points[:-1].tolist()], 1)
    moves = np.round(np.diff(at, axis=0), 1)
    told = "".join(f"{dx:g},{dy:g} " for dx, dy in moves)
    return f"M{at[0, 0]:g},{at[0, 1]:g}l{told.strip()}z"
