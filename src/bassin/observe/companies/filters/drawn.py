"""Where, drawn: a zone, a circle around something, the outline of an operation."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q
from shapely import Polygon, make_valid
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from bassin.commons.models import Operation, Perimeter, Visibility
from bassin.errors import Refused
from bassin.indicators.sentences.words import elide
from bassin.observe.companies.filters.base import (
    Asked,
    Condition,
    Filter,
    any_of,
    given,
    joined,
    only,
    shown,
    unknown,
)
from bassin.observe.companies.geometry import Point, Ring, around, drawn, inside, rings_of
from bassin.observe.companies.marks import Marked
from bassin.observe.companies.nearby import FEW, near, within
from bassin.observe.companies.rows import TABLE
from bassin.taxonomies import siret as numbers
from bassin.types import Text

_PAIR = re.compile(r"(-?[0-9]{1,3}(?:\.[0-9]{1,12})?),(-?[0-9]{1,3}(?:\.[0-9]{1,12})?)")
_CIRCLE = re.compile(r"([0-9]{1,6})@(.{1,80})")
NEAREST_M, FARTHEST_M = 10, 50_000
_FR = (
    "Donnez une distance en mètres et un centre : 500@gares, 500@gare:ID, 500@siret:SIRET, ou "
    "500@2.3912,48.7891 (longitude, latitude)."
)
_EN = (
    "Give a distance in metres and a centre: 500@gares, 500@gare:ID, 500@siret:SIRET, or "
    "500@2.3912,48.7891 (longitude, latitude)."
)


@dataclass(frozen=True, slots=True)
class Zone:
    """Inside a zone drawn on the map; `firms` are those that are, once they were looked for."""

    ring: Ring
    firms: Marked | None = None

    def written(self) -> tuple[str, ...]:
        return (";".join(f"{x:.10g},{y:.10g}" for x, y in (*self.ring, self.ring[0])),)

    @property
    def is_frame(self) -> bool:
        """Whether it is what a map showed, rather than a drawing."""
        return len(self.ring) == 4 and all(
            len({p[axis] for p in self.ring}) == 2 for axis in (0, 1)
        )

    def where(self) -> Condition:
        return inside([self.ring]) if self.firms is None else self.firms.where()

    def said(self) -> Text:
        if self.is_frame:
            return Text("dans un cadre de la carte", "in a frame of the map")
        return Text(f"zone dessinée ({len(self.ring)} points)",
                    f"drawn zone ({len(self.ring)} points)")  # fmt: skip


def read_zone(values: Sequence[str], asked: Asked) -> Zone | None:
    """ "longitude,latitude;…", the last point being the first again."""
    text = only(values, "zone")
    if not text:
        return None
    found = [_PAIR.fullmatch(each.strip()) for each in text.split(";")]
    if not all(found):
        raise unknown(
            text, "zone",
            "Donnez ses points : longitude,latitude;longitude,latitude;… le dernier étant le "
            "premier à nouveau.",
            "Give its points: longitude,latitude;longitude,latitude;… the last being the first "
            "again.",
        )  # fmt: skip
    # To the metre: the same zone, whoever reads it next.
    points = [
        (round(float(x), 5), round(float(y), 5))
        for x, y in (each.groups() for each in found if each)
    ]
    ring = drawn(points)
    return Zone(ring, within(asked.house.reader, Polygon(ring)))


@dataclass(frozen=True, slots=True)
class Circle:
    """Within some metres of a point, of an establishment, of a station, of any station.

    Around many points, `firms` are those that are near one: looked for once, when it is read.
    """

    text: str
    metres: int
    centres: tuple[Point, ...]
    name: Text
    firms: Marked | None = None

    def written(self) -> tuple[str, ...]:
        return (self.text,)

    def where(self) -> Condition:
        if self.firms is None:
            return around(self.centres, self.metres)
        return self.firms.where()

    def said(self) -> Text:
        return Text(f"à {self.metres} m au plus {elide('de', self.name.fr)}",
                    f"within {self.metres} m of {self.name.say('en')}")  # fmt: skip


def read_circle(values: Sequence[str], asked: Asked) -> Circle | None:
    """ "500@gares", "500@gare:ID", "500@siret:SIRET", "500@longitude,latitude"."""
    text = only(values, "rayon")
    if not text:
        return None
    found = _CIRCLE.fullmatch(text)
    if not found:
        raise unknown(text, "rayon", _FR, _EN)
    metres = int(found[1])
    if not NEAREST_M <= metres <= FARTHEST_M:
        raise unknown(
            text, "rayon",
            f"La distance va de {NEAREST_M} à {FARTHEST_M} mètres.",
            f"The distance is from {NEAREST_M} to {FARTHEST_M} metres.",
        )  # fmt: skip
    centres, name = _centre(found[2].strip(), text, asked)
    many = len(centres) > FEW
    firms = near(asked.house.reader, centres, metres) if many else None
    return Circle(text, metres, centres, name, firms)


def _centre(typed: str, text: str, asked: Asked) -> tuple[tuple[Point, ...], Text]:
    kind, _colon, code = typed.partition(":")
    if kind == "siret" and code:
        return _establishment(numbers.siret(code), asked)
    if typed == "gares" or (kind == "gare" and code):
        return _stations(code, text, asked)
    pair = _PAIR.fullmatch(typed)
    if not pair or abs(float(pair[1])) > 180 or abs(float(pair[2])) > 90:
        raise unknown(text, "rayon", _FR, _EN)
    return ((float(pair[1]), float(pair[2])),), Text(f"un point ({typed})", f"a point ({typed})")


def _establishment(siret: str, asked: Asked) -> tuple[tuple[Point, ...], Text]:
    reader = asked.house.reader
    rows = reader.rows(
        f"SELECT longitude, latitude, name FROM {TABLE} WHERE siret = ?", [siret]
    ) if reader.has(TABLE) else []  # fmt: skip
    if not rows:
        raise Refused(
            Text(
                f"Aucun établissement chargé ici n'a le SIRET {siret}. Choisissez un autre centre.",
                f"No establishment loaded here has SIRET {siret}. Choose another centre.",
            )
        )
    longitude, latitude, name = rows[0]
    if longitude is None or latitude is None:
        raise Refused(
            Text(
                f"La position de {name or siret} n'est pas publiée. Choisissez un autre centre.",
                f"The position of {name or siret} is not published. Choose another centre.",
            )
        )
    return ((longitude, latitude),), Text(name or siret, name or siret)


def _stations(code: str, text: str, asked: Asked) -> tuple[tuple[Point, ...], Text]:
    reader = asked.house.reader
    if not reader.has("stations"):
        raise Refused(
            Text(
                "Les gares ne sont pas chargées ici (geography/emplacement-des-gares-idf). "
                "Choisissez un autre centre.",
                "Stations are not loaded here (geography/emplacement-des-gares-idf). Choose "
                "another centre.",
            )
        )
    which = "WHERE station_id = ?" if code else ""
    rows = reader.rows(
        "SELECT DISTINCT round(longitude, 6), round(latitude, 6), stop_area_name FROM stations "
        f"{which} ORDER BY ALL", [code] if code else [],
    )  # fmt: skip
    if not rows:
        raise unknown(text, "rayon", "Aucune gare n'a ce numéro ici.",
                      "No station has that number here.")  # fmt: skip
    name = Text(f"la gare {rows[0][2]}", f"{rows[0][2]} station")
    return tuple((x, y) for x, y, _ in rows), name if code else Text("une gare", "a station")


@dataclass(frozen=True, slots=True)
class Operations:
    """Inside the outline of some operations, as it holds today."""

    slugs: tuple[str, ...]
    names: tuple[str, ...]
    rings: tuple[tuple[Ring, ...], ...]
    firms: tuple[Marked | None, ...]

    def written(self) -> tuple[str, ...]:
        return self.slugs

    def where(self) -> Condition:
        pairs = zip(self.firms, self.rings, strict=True)
        return any_of([inside(rings) if firms is None else firms.where() for firms, rings in pairs])

    def said(self) -> Text:
        return joined([Text(name, name) for name in self.names])


def read_operations(values: Sequence[str], asked: Asked) -> Operations | None:
    """Public operations of the authority, by their slugs."""
    slugs = given(values)
    if not slugs:
        return None
    found = [_operation(each) for each in slugs]
    outlines = [_outline(each, asked.today) for each in found]
    return Operations(
        tuple(slugs),
        tuple(each.name for each in found),
        tuple(rings_of(each) for each in outlines),
        tuple(within(asked.house.reader, make_valid(each)) for each in outlines),
    )


def _operation(slug: str) -> Operation:
    try:
        return Operation.objects.get(slug=slug, visibility=Visibility.PUBLIC, archived_at=None)
    except ObjectDoesNotExist as error:
        raise unknown(
            slug, "operation",
            "Aucune opération publique ne porte ce nom d'adresse : prenez-le sur sa page.",
            "No public operation has that name in its address: take it from its page.",
        ) from error  # fmt: skip


def _outline(operation: Operation, today: date) -> BaseGeometry:
    held = Q(valid_to=None) | Q(valid_to__gte=today)
    outline = Perimeter.objects.filter(held, operation=operation, valid_from__lte=today).last()
    if outline is None:
        name = shown(operation.name)
        raise Refused(
            Text(
                f"Le périmètre de « {name} » n'est pas connu : choisissez ses communes, ou "
                "dessinez une zone.",
                f"The outline of “{name}” is not known: choose its communes, or draw a zone.",
            )
        )
    return shape(outline.geometry)


FILTERS = (
    Filter("zone", "zone", Text("Zone dessinée", "Drawn zone"), read_zone),
    Filter("rayon", "circle", Text("Autour de", "Around"), read_circle),
    Filter("operation", "operations", Text("Opération", "Operation"), read_operations),
)  # fmt: skip
