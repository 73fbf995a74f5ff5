"""The map that needs no script: circles by commune, by squares from near, moved by links."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import numpy as np
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bassin.indicators.house import House
from bassin.indicators.numbers import period
from bassin.observe.companies.mapping.base import BASE
from bassin.observe.companies.mapping.base import TABLE as STREETS
from bassin.observe.companies.mapping.colours import NOTHING, SCHEMES, Scheme
from bassin.observe.companies.mapping.ground import LAYERS
from bassin.observe.companies.mapping.layer import POINTS
from bassin.observe.companies.rows import TABLE
from bassin.observe.companies.selection import Selection
from bassin.territory.travel.ground import Plane
from bassin.ui.moving import MovingMap, Reached, Spot, View, Words, moving
from bassin.ui.moving.page import VIEW
from bassin.ui.opened import communes

_FEW, _NEAR_KM = 2, 9.0
"""Communes of a selection, or width of the view, from which squares take the place of communes."""
_CELLS, _MOST = 14, 160


@dataclass(frozen=True, slots=True)
class Streets:
    """Whose the streets under the firms are, and of which day."""

    title: str
    publisher: str
    licence: str
    given_on: str


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the map's template needs: the drawing, and what the moving map is told.

    Without any position the drawing counts by commune, and no moving map is offered: it would be
    empty, as if there were no firms.
    """

    drawing: MovingMap | None
    unplaced: int
    has_positions: bool
    is_near: bool
    schemes: tuple[Scheme, ...]
    told: Mapping[str, Any]
    streets: Streets | None


def shown(
    opened: House, query: QueryDict, selection: Selection, language: str, page: str = ""
) -> Shown | None:
    """The map of a selection; None where establishments are not loaded. `page`: where its links
    lead, on another page than its own."""
    if not opened.reader.has(TABLE):
        return None
    where, values = selection.where()
    rows = opened.reader.rows(
        f"SELECT commune_code, count(*), count(*) FILTER (longitude IS NULL) FROM {TABLE} "
        f"WHERE {where} GROUP BY 1",
        values,
    )
    numbers: dict[str | None, int] = {code: count for code, count, _ in rows}
    view = View.of(query.get(VIEW, ""))
    near = len(numbers) <= _FEW or (view is not None and view.across <= _NEAR_KM)
    cells = _cells(opened, selection, view) if near else []
    words = Words(
        _("Where these firms are"),
        lambda n: ngettext("{n} establishment", "{n} establishments", n).format(n=n),
        reverse("companies:ground"),
        lead=lambda spot: page + _within(selection, spot),
        page=page,
    )
    drawing = moving(opened, query, numbers, Reached(), communes(), words, cells)
    unplaced = sum(hidden for _, _, hidden in rows)
    told, streets = _told(opened, selection, language), _streets(opened, language)
    placed = unplaced < sum(numbers.values())
    return Shown(drawing, unplaced, placed, bool(cells), SCHEMES, told, streets)


def _streets(opened: House, language: str) -> Streets | None:
    """What the map says of its streets; None where it has none."""
    if not opened.reader.has(STREETS):
        return None
    said = opened.reader.release.tables[STREETS].version
    given_on = period(said.vintage or said.created_at[:10], language)
    return Streets("BD TOPO", said.publisher, said.licence, given_on)


def _cells(opened: House, selection: Selection, view: View | None) -> list[Spot]:
    """Squares of the plane with how many are in each, the fullest first."""
    across = view.across if view else _NEAR_KM
    step = round(across / _CELLS / 111, 5) or 0.001
    where, values = selection.where()
    rows = opened.reader.rows(
        f"SELECT floor(longitude / {step})::INTEGER, floor(latitude / {step})::INTEGER, "
        f"avg(longitude), avg(latitude), count(*), mode(commune_code) FROM {TABLE} "
        f"WHERE longitude IS NOT NULL AND {where} GROUP BY 1, 2 ORDER BY 5 DESC, 1, 2 "
        f"LIMIT {_MOST}",
        values,
    )
    if not rows:
        return []
    names, plane = communes(), Plane.under(opened.travel.ground.codes)
    x, y = plane.metres(np.array([row[2] for row in rows]), np.array([row[3] for row in rows]))
    return [
        Spot(f"{row[0]},{row[1]},{step}", names.get(row[5], row[5] or ""), east, north, row[4])
        for row, east, north in zip(rows, x.tolist(), y.tolist(), strict=True)
    ]


def _within(selection: Selection, spot: Spot) -> str:
    """The same selection in one commune, or in one square."""
    if "," not in spot.code:
        kept = [*selection.without("lieu").parameters(), ("lieu", f"commune:{spot.code}")]
        return f"?{urlencode(kept, safe=',;:@')}#results"
    column, row, step = (float(each) for each in spot.code.split(","))
    west, south, east, north = (f"{each * step:.5f}" for each in (column, row, column + 1, row + 1))
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    zone = ";".join(f"{x},{y}" for x, y in corners)
    pairs = [*selection.without("zone").parameters(), ("zone", zone)]
    return f"?{urlencode(pairs, safe=',;:@')}#results"


def _told(opened: House, selection: Selection, language: str) -> dict[str, Any]:
    """What the script of the moving map is told; it knows nothing else."""
    tiles, streets = (
        reverse(f"companies:{name}", args=(0, 0, 0)).replace("0/0/0", "{z}/{x}/{y}")
        for name in ("tile", "base")
    )
    card = reverse("companies:home")
    ring = selection.zone.ring if selection.zone else ()
    return {
        # Points outside the zone stay, so that whoever moves the map sees where to look next.
        "tiles": f"{tiles}?{selection.without('zone').query()}".rstrip("?"),
        "zone": [*ring, *ring[:1]],
        "layers": {name: reverse("companies:layer", args=(name,)) for name in LAYERS},
        "streets": streets if opened.reader.has(STREETS) else "",
        "streets_zooms": [BASE.least, BASE.most],
        "zooms": [POINTS.least, POINTS.most, POINTS.near],
        "card": card,
        "bounds": _bounds(opened, selection),
        "schemes": [
            {
                "key": each.key,
                "classes": [
                    {"value": one.value, "colour": one.colour, "sign": one.sign,
                     "label": one.label.say(language)}
                    for one in (*each.classes, NOTHING)
                ],
            }
            for each in SCHEMES
        ],
    }  # fmt: skip


def _bounds(opened: House, selection: Selection) -> list[float]:
    """West, south, east and north of what has a position; nothing when none has."""
    where, values = selection.where()
    found = opened.reader.rows(
        "SELECT min(longitude), min(latitude), max(longitude), max(latitude) "
        f"FROM {TABLE} WHERE {where}",
        values,
    )[0]
    return [float(each) for each in found] if found[0] is not None else []
