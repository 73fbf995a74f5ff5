"""Roads, railways, water and buildings, with what is needed to draw them."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import shapely
from shapely.geometry.base import BaseGeometry

from bassin.errors import SourceError
from bassin.sources.base_map.layers import ID, IMPORTANCE, LAYERS, NATURE, POSITION, STATE, Layer
from bassin.sources.base_map.service import URL, bring
from bassin.sources.contract import Area, Column, Progress, Raw, Source
from bassin.sources.geojson import Feature, features
from bassin.sources.rows import table_of
from bassin.types import Text

_TAIL = 4000
_GIVEN_ON = re.compile(rb'"timeStamp"\s*:\s*"(\d{4}-\d{2}-\d{2})')


class BaseMap(Source):
    """One row per feature of BD TOPO within the bounds of the territory.

    It is there to be looked at, under the points of a map: a section of road is not a road, and
    the bounds of the territory hold pieces of its neighbours. Nothing is counted from it.
    """

    key = "base_map"
    title = Text("Fond de plan : voies, rails, eau, bâtiments",
                 "Base map: roads, railways, water, buildings")  # fmt: skip
    publisher = "IGN"
    licence = "Licence Ouverte 2.0"
    page = "https://geoservices.ign.fr/bdtopo"
    cadence = Text("trimestrielle", "every quarter")
    stale_after = timedelta(days=2 * 365)
    files = tuple(f"base_map/*{name}*.geojson" for name in LAYERS)
    url = URL
    by_area = True
    whole = True
    columns = {
        "feature_id": Column("VARCHAR", Text("Identifiant de l'IGN (cleabs)",
                                             "IGN's identifier (cleabs)"), True),
        "kind": Column("VARCHAR", Text(
            "Ce que c'est : road (voie), rail (voie ferrée), stream (cours d'eau), water "
            "(surface d'eau), building (bâtiment)",
            "What it is: road, rail, stream, water (a surface), building"), True,
            choices=tuple(layer.kind for layer in LAYERS.values())),
        "nature": Column("VARCHAR", Text("Nature, comme l'IGN l'écrit",
                                         "Nature, as IGN writes it")),
        "importance": Column("SMALLINT", Text(
            "Importance d'une voie, de 1 (grande liaison) à 6 (chemin)",
            "Importance of a road, from 1 (long distance) to 6 (path)"), False, "", 1, 6),
        "name": Column("VARCHAR", Text("Nom de la voie ou de l'eau",
                                       "Name of the road or of the water")),
        "underground": Column("BOOLEAN", Text("Passe sous le sol", "Runs under the ground"), True),
        "state": Column("VARCHAR", Text(
            "État : en service, en construction, en projet",
            "State, as IGN writes it: in service, being built, planned")),
        "shape": Column("BLOB", Text("Forme, WKB en WGS 84", "Shape, WKB in WGS 84"), True),
    }  # fmt: skip
    unique = ("feature_id",)
    sort = ("kind", "feature_id")
    definition = Text(
        "Une ligne par objet de la BD TOPO dans le rectangle du territoire : tronçon de voie, de "
        "rail ou de cours d'eau, surface d'eau, bâtiment.",
        "One row per feature of BD TOPO within the bounds of the territory: a section of road, "
        "rail or stream, a surface of water, a building.",
    )

    def fetch_area(self, into: Path, area: Area, progress: Progress) -> list[Path]:
        return bring(self.url, into, area, progress)

    def vintage(self, raws: list[Raw]) -> str:
        """The day the service gave them: it always gives its latest edition."""
        return max((_given_on(raw.path) for raw in raws), default="")

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        layer = _layer(raw.name)
        rows = (_row(raw, layer, feature) for feature in features(raw, layer.needed))
        return table_of(rows, self.columns)


def _layer(name: str) -> Layer:
    """The class that a file holds, told by its name.

    Raises:
        SourceError: its name tells none.
    """
    found = next((layer for key, layer in LAYERS.items() if key in name), None)
    if found is None:
        known = ", ".join(LAYERS)
        raise SourceError(
            Text(
                f"{name} ne dit pas quelle classe de la BD TOPO il contient. Mettez-la dans son "
                f"nom : {known}.",
                f"{name} does not tell which class of BD TOPO it holds. Put it in its name: "
                f"{known}.",
            )
        )
    return found


def _row(raw: Raw, layer: Layer, feature: Feature) -> dict[str, Any]:
    given = feature.properties
    shape = _drawable(raw, layer, feature.number, feature.geometry)
    return {
        "line_number": feature.number,
        "feature_id": given[ID] or None,
        "kind": layer.kind,
        "nature": given[NATURE],
        "importance": given.get(IMPORTANCE) or None,
        "name": next((given[name] for name in layer.names if given.get(name)), None),
        # Beside whole numbers, IGN writes words there, as for a ford.
        "underground": str(given.get(POSITION) or "").startswith("-"),
        "state": given[STATE],
        "shape": shapely.to_wkb(shape) if shape else None,
    }


def _drawable(
    raw: Raw, layer: Layer, number: int, shape: BaseGeometry | None
) -> BaseGeometry | None:
    """A shape without heights, mended where its outline crosses itself.

    Raises:
        SourceError: it is a point where lines are due, or the like.
    """
    if shape is None or shape.is_empty:
        return None
    if shapely.get_dimensions(shape) != layer.dimension:
        due = Text("des lignes", "lines") if layer.dimension == 1 else Text("des surfaces", "areas")
        raise SourceError(
            Text(
                f"{raw.name}, objet {number} : sa géométrie est {shape.geom_type}, alors que cette "
                f"classe contient {due.fr}. Prenez le fichier de la bonne classe, puis chargez-le.",
                f"{raw.name}, feature {number}: its geometry is {shape.geom_type}, but this class "
                f"holds {due.en}. Take the file of the right class, then load it.",
            )
        )
    flat = shapely.force_2d(shape)
    return flat if flat.is_valid else shapely.make_valid(flat, method="structure")


def _given_on(path: Path) -> str:
    """The day written at the end of an answer of the service; "" in a file from elsewhere."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        found = _GIVEN_ON.search(file.read())
    return found[1].decode() if found else ""
