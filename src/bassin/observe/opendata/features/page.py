"""The same documents as pages: what each holds, as tables and a drawing."""

from collections.abc import Mapping, Sequence
from math import cos, radians
from typing import Any

import shapely
from django.utils.translation import gettext as _

from bassin.observe.opendata.features.described import TITLE, TOLD
from bassin.ui.parts import Cell, Column, Crumb, Row

_ROOT = "/ogc/"


def _context(title: str, lede: str, *after: Crumb, **more: Any) -> dict[str, Any]:
    crumbs = [Crumb(_("Open data"), "/donnees/"), *after]
    return {"title": title, "lede": lede, "crumbs": crumbs, "table": None, "links": [],
            "following": "", "drawing": None, "machine": "", **more}  # fmt: skip


def _href(document: Mapping[str, Any], rel: str, media: str = "") -> str:
    return next(
        (each["href"] for each in document["links"] if each["rel"] == rel
         and each["type"].startswith(media)), "",
    )  # fmt: skip


def landing(document: dict[str, Any], words: str) -> dict[str, Any]:
    """Where everything begins."""
    links = [(_("Collections"), f"{_ROOT}collections?f=html"),
             (_("Classes of the standard that are followed"), f"{_ROOT}conformance?f=html"),
             (_("Description for machines (OpenAPI)"), f"{_ROOT}api")]  # fmt: skip
    return _context(TITLE.say(words), TOLD.say(words), Crumb("OGC"), links=links,
                    machine=_href(document, "self"))  # fmt: skip


def conformance(document: dict[str, Any], words: str) -> dict[str, Any]:
    """The classes followed."""
    rows = [Row(Cell(text=each.rpartition("/")[2]), [Cell(text=each)])
            for each in document["conformsTo"]]  # fmt: skip
    table = (_("Classes"), [Column(_("Class")), Column(_("Address"))], rows)
    title = _("Classes of the standard that are followed")
    return _context(title, "OGC API – Features 1.0.1", _here(words), Crumb(title), table=table)


def _here(words: str) -> Crumb:
    return Crumb(TITLE.say(words), f"{_ROOT}?f=html")


def collections(document: dict[str, Any], words: str) -> dict[str, Any]:
    """The list of collections."""
    rows = [
        Row(Cell(text=each["title"], url=_items_of(each)), [Cell(text=each["description"])])
        for each in document["collections"]
    ]
    table = (_("Collections"), [Column(_("Collection")), Column(_("What it holds"))], rows)
    return _context(_("Collections"), TOLD.say(words), _here(words), Crumb(_("Collections")),
                    table=table, machine=_href(document, "self"))  # fmt: skip


def _items_of(document: Mapping[str, Any]) -> str:
    return f"{_ROOT}collections/{document['id']}/items?f=html&limit=20"


def collection(document: dict[str, Any], words: str) -> dict[str, Any]:
    """What one collection holds."""
    rows = [
        Row(Cell(text=each["name"]), [Cell(text=each["description"]),
            Cell(text=_("yes") if each["filter"] else "")])
        for each in document["fields"]
    ]  # fmt: skip
    columns = [Column(_("Property")), Column(_("What it holds")), Column(_("Filter"))]
    links = [(_("See its features"), _items_of(document))]
    return _context(
        document["title"], document["description"], _here(words), Crumb(document["title"]),
        table=(_("Properties"), columns, rows), links=links, machine=_href(document, "self"),
    )  # fmt: skip


def items(document: dict[str, Any], words: str) -> dict[str, Any]:
    """Features, as a drawing and a table."""
    features = document["features"]
    names = list(features[0]["properties"]) if features else []
    here = f"{_ROOT}collections/{document['collection']}"
    rows = [
        Row(Cell(text=each["id"], url=f"{here}/items/{each['id']}?f=html"),
            [_cell(each["properties"][name]) for name in names])
        for each in features
    ]  # fmt: skip
    columns = [Column(_("Identifier")), *(_column(name, features) for name in names)]
    count = document.get("numberMatched")
    lede = _("{count} features in all.").format(count=count) if count is not None else ""
    return _context(
        document["title"], lede, _here(words), Crumb(document["title"], f"{here}?f=html"),
        Crumb(_("Features")), table=(document["title"], columns, rows) if rows else None,
        drawing=drawing([each["geometry"] for each in features]),
        following=_href(document, "next"), machine=_href(document, "self"), empty=not rows,
    )  # fmt: skip


def item(document: dict[str, Any], words: str) -> dict[str, Any]:
    """One feature."""
    told = document["properties"]
    rows = [Row(Cell(text=name), [_cell(value)]) for name, value in told.items()]
    here = _href(document, "collection")
    title = told.get("name") or document["id"]
    return _context(
        title, document["title"], _here(words), Crumb(document["title"], f"{here}?f=html"),
        Crumb(title), table=(title, [Column(_("Property")), Column(_("Value"))], rows),
        drawing=drawing([document["geometry"]]), machine=_href(document, "self"),
    )  # fmt: skip


def _column(name: str, features: Sequence[Mapping[str, Any]]) -> Column:
    values = [each["properties"][name] for each in features]
    numbers = [isinstance(v, int | float) and not isinstance(v, bool) for v in values]
    return Column(name, number=any(numbers))


def _cell(value: Any) -> Cell:
    if isinstance(value, bool):
        return Cell(text=_("yes") if value else _("no"))
    return Cell(text="" if value is None else str(value))


def drawing(geometries: Sequence[Mapping[str, Any] | None]) -> dict[str, Any] | None:
    """The outlines and points of a page, 600 units wide; None when there is none."""
    shapes = [shapely.geometry.shape(each) for each in geometries if each]
    if not shapes:
        return None
    west, south, east, north = shapely.total_bounds(shapes)
    narrow = max(0.05, cos(radians((south + north) / 2)))
    scale = 600 / max((east - west) * narrow, (north - south), 1e-4)

    def flat(x: float, y: float) -> str:
        return f"{(x - west) * narrow * scale:.1f} {(north - y) * scale:.1f}"

    paths, dots = [], []
    for shape in shapes:
        if shape.geom_type == "Point":
            dots.append(flat(shape.x, shape.y).split())
            continue
        rings = [ring for part in getattr(shape, "geoms", [shape]) if part.geom_type == "Polygon"
                 for ring in (part.exterior, *part.interiors)]  # fmt: skip
        paths.append("".join(
            f"M{'L'.join(flat(*point[:2]) for point in ring.coords)}Z" for ring in rings
        ))  # fmt: skip
    width, height = (east - west) * narrow * scale, (north - south) * scale
    return {"paths": paths, "dots": dots, "box": f"-8 -8 {width + 16:.0f} {height + 16:.0f}"}
