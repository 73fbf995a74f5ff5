"""Projects that touch a firm: those that hold its position, that come near it, or that are in its
commune."""

from dataclasses import dataclass
from datetime import date

import shapely
from django.db.models import Q
from django.utils.translation import gettext as _
from shapely.geometry import shape

from bassin.commons.models import Operation, Perimeter, Visibility
from bassin.store import Reader
from bassin.ui.outlines import metres, to_metres

WORKS_M = 500


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a firm may be said to be: its commune, and its position where that is public."""

    commune_code: str | None
    longitude: float | None = None
    latitude: float | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """An operation that touches a firm, and how."""

    operation: Operation
    said: str
    metres: int


def spot(reader: Reader, siret: str) -> Spot | None:
    """Where an establishment is; None for one that no loaded file knows."""
    if not reader.has("establishments_shown"):
        return None
    found = reader.rows(
        "SELECT commune_code, longitude, latitude FROM establishments_shown WHERE siret = ?",
        [siret],
    )
    return Spot(*found[0]) if found else None


def works(where: Spot, today: date) -> list[Work]:
    """Public operations that hold the position or are within 500 m, the nearest first; then those
    of the commune whose outline is not drawn."""
    shown = Operation.objects.filter(visibility=Visibility.PUBLIC, archived_at=None)
    in_force = Q(valid_from__lte=today) & (Q(valid_to=None) | Q(valid_to__gte=today))
    listed = Perimeter.objects.filter(in_force, operation__in=shown).select_related("operation")
    drawn = {each.operation_id: each for each in listed}
    near = []
    if where.longitude is not None and where.latitude is not None:
        point = shapely.Point(metres(where.longitude, where.latitude))
        near = [made for each in drawn.values() if (made := _near(each, point)) is not None]
    there = [
        Work(each, _("in your commune; its outline is not drawn"), WORKS_M + 1)
        for each in shown
        if each.pk not in drawn and where.commune_code in each.commune_codes
    ]
    return sorted(near, key=lambda each: each.metres) + there


def _near(drawn: Perimeter, point: shapely.Point) -> Work | None:
    outline = shapely.transform(shape(drawn.geometry), to_metres)
    away = round(outline.distance(point))
    if away > WORKS_M:
        return None
    said = _("you are inside") if not away else _("{metres} m from you").format(metres=away)
    return Work(drawn.operation, said, away)
