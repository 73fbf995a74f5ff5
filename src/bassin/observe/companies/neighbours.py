"""What stands around an establishment: a list, and a small map that needs no script."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

import shapely
from django.utils.translation import ngettext

from bassin.indicators.house import House
from bassin.observe.companies.geometry import EARTH_M, around, distance
from bassin.observe.companies.rows import READ, TABLE, Establishment, establishment
from bassin.ui import graphics
from bassin.ui.outlines import metres, shapes

NEAR_M = 300
FAR_M = 5000
MOST_LISTED = 12
MOST_DOTS = 250
MOST_ALIKE = 6

_SIDE, _REACH = 340.0, 155.0
_PALE, _GREY, _INK = "#ECE9E1", "#8A9096", "#1B1F23"


@dataclass(frozen=True, slots=True)
class Near:
    """One neighbour: how far, and its number on the map (several may stand at one address)."""

    found: Establishment
    metres: int
    number: int = 0

    @property
    def kilometres(self) -> float:
        """The same in kilometres."""
        return self.metres / 1000


@dataclass(frozen=True, slots=True)
class Around:
    """The nearest neighbours, how many there are in all, the positions of all of them."""

    listed: tuple[Near, ...]
    total: int
    points: tuple[tuple[float, float], ...]


def around_of(house: House, found: Establishment) -> Around | None:
    """Active establishments within 300 m, nearest first; None where the position is unknown."""
    if found.longitude is None or found.latitude is None:
        return None
    near = around([(found.longitude, found.latitude)], NEAR_M)
    away = distance(found.longitude, found.latitude)
    rows = house.reader.rows(
        f"SELECT {READ}, {away} AS away FROM {TABLE} WHERE state = 'A' AND siret <> ? AND "
        f"{near.sql} ORDER BY away, siret LIMIT {MOST_DOTS}",
        [found.siret, *near.parameters],
    )
    total = house.reader.rows(
        f"SELECT count(*) FROM {TABLE} WHERE state = 'A' AND siret <> ? AND {near.sql}",
        [found.siret, *near.parameters],
    )[0][0]
    spots: dict[tuple[float, float], int] = {}
    listed = []
    for *values, metres_away in rows[:MOST_LISTED]:
        each = establishment(values)
        at = (float(each.longitude or 0), float(each.latitude or 0))
        listed.append(Near(each, round(metres_away), spots.setdefault(at, len(spots) + 1)))
    all_points = [establishment(row[:-1]) for row in rows]
    points = {(float(e.longitude or 0), float(e.latitude or 0)): None for e in all_points}
    return Around(tuple(listed), int(total), tuple(points))


def alike(house: House, found: Establishment) -> list[Near]:
    """Active ones of the same activity, the nearest first; in its commune when it is hidden."""
    if not found.naf_code:
        return []
    if found.longitude is None or found.latitude is None:
        rows = house.reader.rows(
            f"SELECT {READ}, 0 FROM {TABLE} WHERE state = 'A' AND siret <> ? AND naf_code = ? AND "
            f"commune_code = ? ORDER BY is_hidden, name, siret LIMIT {MOST_ALIKE}",
            [found.siret, found.naf_code, found.commune_code],
        )
    else:
        near = around([(found.longitude, found.latitude)], FAR_M)
        away = distance(found.longitude, found.latitude)
        rows = house.reader.rows(
            f"SELECT {READ}, {away} AS away FROM {TABLE} WHERE state = 'A' AND siret <> ? AND "
            f"naf_code = ? AND {near.sql} ORDER BY away, siret LIMIT {MOST_ALIKE}",
            [found.siret, found.naf_code, *near.parameters],
        )
    return [Near(establishment(values), round(away)) for *values, away in rows]


def drawing(house: House, found: Establishment, near: Around, title: str) -> str:
    """Three rings of 100 m, ours in ink, neighbours in grey, those of the list by their number."""
    if found.longitude is None or found.latitude is None:
        return ""
    numbered = {
        (float(each.found.longitude or 0), float(each.found.latitude or 0)): each.number
        for each in near.listed
    }
    dots = [_dot(found, at) for at in near.points if at not in numbered]
    dots += [_numbered(found, at, number) for at, number in reversed(numbered.items())]
    middle = _SIDE / 2
    inner = [
        f'<rect width="{_SIDE:.0f}" height="{_SIDE:.0f}" fill="{_PALE}"/>',
        *_borders(house, found),
        *(_ring(step) for step in (100, 200, 300)),
        *dots,
        f'<circle cx="{middle}" cy="{middle}" r="8" fill="{_INK}" stroke="#fff" '
        'stroke-width="2.5"/>',
    ]
    said = ngettext(
        "One active establishment within 300 m; the nearest are numbered as in the list.",
        "{count} active establishments within 300 m; the nearest are numbered as in the list.",
        near.total,
    ).format(count=near.total)
    return graphics.svg("around", (_SIDE, _SIDE), title, said, "".join(inner))


def _place(found: Establishment, at: tuple[float, float]) -> tuple[float, float]:
    """A position in units of the drawing."""
    east = radians(at[0] - float(found.longitude or 0)) * EARTH_M
    east *= cos(radians(float(found.latitude or 0)))
    north = radians(at[1] - float(found.latitude or 0)) * EARTH_M
    scale = _REACH / NEAR_M
    return _SIDE / 2 + east * scale, _SIDE / 2 - north * scale


def _dot(found: Establishment, at: tuple[float, float]) -> str:
    x, y = _place(found, at)
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{_GREY}" fill-opacity=".75"/>'


def _numbered(found: Establishment, at: tuple[float, float], number: int) -> str:
    x, y = _place(found, at)
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9" fill="#fff" stroke="{_INK}" '
        f'stroke-width="1.25"/><text x="{x:.1f}" y="{y + 4:.1f}" text-anchor="middle" '
        f'class="g-number">{number}</text>'
    )


def _ring(step: int) -> str:
    radius = _REACH * step / NEAR_M
    middle = _SIDE / 2
    return (
        f'<circle cx="{middle}" cy="{middle}" r="{radius:.1f}" fill="none" stroke="{_GREY}" '
        f'stroke-dasharray="3 4"/><text x="{middle}" y="{middle - radius + 4:.1f}" '
        f'text-anchor="middle" class="g-step">{step} m</text>'
    )


def _borders(house: House, found: Establishment) -> Sequence[str]:
    """The borders of communes that cross the drawing."""
    codes = [each.code for each in house.territory.communes(house.home)]
    if found.commune_code and found.commune_code not in codes:
        codes.append(found.commune_code)
    x, y = metres(float(found.longitude or 0), float(found.latitude or 0))
    half = NEAR_M * (_SIDE / 2) / _REACH
    box = (x - half, y - half, x + half, y + half)
    scale, lines = _REACH / NEAR_M, []
    for shape in shapes(house, codes).values():
        cut = shapely.clip_by_rect(shape.boundary, *box)
        for line in getattr(cut, "geoms", [cut]):
            if len(line.coords) > 1:
                drawn = "L".join(
                    f"{_SIDE / 2 + (px - x) * scale:.1f} {_SIDE / 2 - (py - y) * scale:.1f}"
                    for px, py in line.coords
                )
                lines.append(f'<path d="M{drawn}" fill="none" stroke="{_GREY}"/>')
    return lines
