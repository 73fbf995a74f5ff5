"""Perimeters of priority neighbourhoods: the code of each tells its generation."""

import re
from datetime import timedelta
from typing import Any

import ibis
import ibis.expr.types as ir
import shapely

from bassin.errors import SourceError
from bassin.sources.contract import CODE_COMMUNE, Column, Raw, Source
from bassin.sources.geojson import Feature, area_km2, features
from bassin.sources.localities import Localities, localities
from bassin.sources.rows import table_of
from bassin.types import Text

CODE_QPV = r"^(QP(\d{3}|02[AB])\d{3}|QN(\d{3}|02[AB])\d{2}[A-Z])$"
_GENERATIONS = {"QP": 2015, "QN": 2024}
# The names ANCT gave each property over the years, the first met is used.
_NAME = ("lib_qp", "nom_qp")
_COMMUNES = ("insee_com", "code_commune", "code_insee")
_COMMUNE_NAMES = ("lib_com", "commune_qp", "nom_commune")


class Qpv(Source):
    """One row per neighbourhood and generation. Rates of QPV are never added without weights.

    Generation 2015 (codes QP…, decrees of December 2014) held until the end of 2023, in overseas
    départements until the end of 2024; generation 2024 (codes QN…, decree of December 2023)
    redrew most of them. The two are not compared. A person's right to a scheme is decided by the
    official address service, not by a point in these shapes.
    """

    key = "qpv"
    title = Text("Quartiers prioritaires de la politique de la ville", "Priority neighbourhoods")
    publisher = "ANCT"
    licence = "Licence Ouverte 2.0"
    page = "https://www.data.gouv.fr/fr/datasets/quartiers-prioritaires-de-la-politique-de-la-ville-qpv/"
    cadence = Text("à chaque génération (2015, 2024)", "with each generation (2015, 2024)")
    stale_after = timedelta(days=6 * 365)
    files = ("geography/qpv*.geojson", "geography/QP20*.geojson", "qpv/*.geojson")
    columns = {
        "qpv_code": Column("VARCHAR", Text("Code du quartier",
                                           "Code of the neighbourhood"), True, CODE_QPV),
        "name": Column("VARCHAR", Text("Nom du quartier", "Name of the neighbourhood"), True),
        "generation": Column("SMALLINT", Text("Génération : 2015 ou 2024",
                                              "Generation: 2015 or 2024"), True),
        "commune_code": Column("VARCHAR", Text("Code Insee de sa première commune",
                                               "Insee code of its first commune"), False,
                               CODE_COMMUNE),
        "commune_codes": Column("VARCHAR", Text("Codes Insee, séparés par un blanc",
                                                "Insee codes, separated by a space")),
        "commune_names": Column("VARCHAR", Text("Communes, comme le fichier les écrit",
                                                "Communes, as the file writes them")),
        "period": Column("VARCHAR", Text("Génération, comme une date",
                                         "Generation, as a date"), True, r"^\d{4}$"),
        "cog": Column("SMALLINT", Text("Année du code officiel géographique",
                                       "Year of the official geographical code"), True),
        "shape": Column("BLOB", Text("Périmètre, WKB en WGS 84", "Perimeter, WKB in WGS 84"), True),
        "area_km2": Column("DOUBLE", Text("Superficie géodésique, km²",
                                          "Geodesic area, km²"), minimum=0),
        "longitude": Column("DOUBLE", Text("Longitude d'un point intérieur",
                                           "Longitude of a point inside"), False, "", -180, 180),
        "latitude": Column("DOUBLE", Text("Latitude d'un point intérieur",
                                          "Latitude of a point inside"), False, "", -90, 90),
    }  # fmt: skip
    unique = ("qpv_code",)
    sort = ("generation", "commune_code", "qpv_code")
    definition = Text(
        "Une ligne par quartier prioritaire et par génération de la géographie prioritaire.",
        "One row per priority neighbourhood and generation of the priority geography.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        places = localities()
        rows = [_row(raw, places, feature) for feature in features(raw, ["code_qp"])]
        return table_of(rows, self.columns)


def _row(raw: Raw, places: Localities, feature: Feature) -> dict[str, Any]:
    given = feature.properties
    code = str(given["code_qp"] or "").strip()
    # A code of neither kind is left to the checks, which name it.
    generation = _GENERATIONS.get(code[:2], 0)
    communes = _communes(raw, places, feature)
    shape = shapely.make_valid(feature.geometry) if feature.geometry else None
    inside = shape.representative_point() if shape else None
    return {
        "line_number": feature.number,
        "qpv_code": code or None,
        "name": _first(given, _NAME) or None,
        "generation": generation or None,
        "commune_code": communes[0] if communes else None,
        "commune_codes": " ".join(communes),
        "commune_names": _first(given, _COMMUNE_NAMES),
        "period": str(generation),
        "cog": generation,
        "shape": shapely.to_wkb(shape) if shape else None,
        "area_km2": area_km2(shape) if shape else None,
        "longitude": inside.x if inside else None,
        "latitude": inside.y if inside else None,
    }


def _communes(raw: Raw, places: Localities, feature: Feature) -> list[str]:
    """Codes of the communes of a neighbourhood: given, or found by their names.

    Raises:
        SourceError: the layout has neither codes nor names.
    """
    given = feature.properties
    if any(name in given for name in _COMMUNES):
        return re.findall(r"(?:\d{2}|2[AB])\d{3}", _first(given, _COMMUNES))
    if not any(name in given for name in _COMMUNE_NAMES):
        raise SourceError(
            Text(
                f"{raw.name}, objet {feature.number} : il ne nomme aucune commune "
                f"({', '.join(_COMMUNES)} ou "
                f"{', '.join(_COMMUNE_NAMES)}). Si le producteur a renommé ce champ, le lecteur de "
                "cette source "
                "est à mettre à jour ; la dernière bonne version reste en service.",
                f"{raw.name}, feature {feature.number}: it names no commune "
                f"({', '.join(_COMMUNES)} or "
                f"{', '.join(_COMMUNE_NAMES)}). If the publisher renamed it, the reader of this "
                "source "
                "must be updated; the last good version stays meanwhile.",
            )
        )
    # The first official layout (2015) names communes and gives no code: "Arcueil, Gentilly".
    departement = _departement(str(given["code_qp"]))
    names = [name for name in _first(given, _COMMUNE_NAMES).split(",") if name.strip()]
    return [code for name in names if (code := places.in_departement(departement, name))]


def _departement(qpv_code: str) -> str:
    """The département in a neighbourhood's code: QP094001 is in 94, QP974001 in 974."""
    digits = qpv_code[2:5]
    return digits.removeprefix("0")


def _first(given: dict[str, Any], names: tuple[str, ...]) -> str:
    return next((str(given[name]).strip() for name in names if given.get(name)), "")
