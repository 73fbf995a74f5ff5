"""Points where a line of train, RER, metro, tram or VAL stops."""

import re
from datetime import timedelta
from typing import Any

import ibis
import ibis.expr.types as ir

from bassin.errors import SourceError
from bassin.sources.contract import Column, Raw, Source
from bassin.sources.geojson import Feature, features
from bassin.sources.rows import table_of
from bassin.types import Text

_NEEDED = ("id_gares", "nom_gares", "nom_zda", "idrefliga", "indice_lig", "mode", "exploitant")
_MODES = {"TRAM": "TRAMWAY"}  # the publisher writes both
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff"))  # left in names by a web editor


class Stations(Source):
    """One row per station and line: a hub appears once per line, so rows are not stations.

    A point is where the line's platforms are; the two platforms of one hub may lie in two
    communes. Count stations with the derived table of stations by commune.
    """

    key = "stations"
    title = Text("Gares et stations d'Île-de-France", "Stations of Île-de-France")
    publisher = "Île-de-France Mobilités"
    licence = "Licence Mobilités ou ODbL, à vérifier"
    page = "https://data.iledefrance-mobilites.fr/explore/dataset/emplacement-des-gares-idf/"
    cadence = Text("à chaque ouverture", "with each opening")
    stale_after = timedelta(days=900)
    files = ("geography/emplacement-des-gares-idf*.geojson",)
    columns = {
        "station_id": Column(
            "VARCHAR", Text("Identifiant de la gare", "Identifier of the station"), True
        ),
        "line_id": Column(
            "VARCHAR", Text("Identifiant de la ligne", "Identifier of the line"), True
        ),
        "name": Column("VARCHAR", Text("Nom de la gare", "Name of the station"), True),
        "stop_area_name": Column(
            "VARCHAR",
            Text(
                "Nom du lieu d'arrêt, commun à ses lignes", "Name of the stop, common to its lines"
            ),
            True,
        ),
        "mode": Column(
            "VARCHAR", Text("Mode", "Mode"), True, r"^(METRO|RER|TRAIN|TRAMWAY|VAL|CABLE)$"
        ),
        "line": Column("VARCHAR", Text("Ligne", "Line"), True),
        "operator": Column("VARCHAR", Text("Exploitant", "Operator")),
        "longitude": Column("DOUBLE", Text("Longitude", "Longitude"), True, "", -180, 180),
        "latitude": Column("DOUBLE", Text("Latitude", "Latitude"), True, "", -90, 90),
        "period": Column(
            "VARCHAR", Text("Année de la liste", "Year of the list"), True, r"^\d{4}$"
        ),
        "cog": Column("SMALLINT", Text("Année de la liste", "Year of the list"), True),
    }
    unique = ("station_id", "line_id")
    sort = ("stop_area_name", "mode", "line")
    definition = Text(
        "Une ligne par gare et par ligne de transport.", "One row per station and transport line."
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        listed = list(features(raw, _NEEDED))
        year = _year(raw, listed)
        return table_of((_row(feature, year) for feature in listed), self.columns)


def _row(feature: Feature, year: int) -> dict[str, Any]:
    given = feature.properties
    point = feature.geometry
    return {
        "line_number": feature.number,
        "station_id": str(given["id_gares"]),
        "line_id": given["idrefliga"],
        "name": _name(given["nom_gares"]),
        "stop_area_name": _name(given["nom_zda"]),
        "mode": _MODES.get(given["mode"], given["mode"]),
        "line": given["indice_lig"],
        "operator": given["exploitant"],
        "longitude": point.x if point else None,
        "latitude": point.y if point else None,
        "period": str(year),
        "cog": year,
    }


def _name(given: str | None) -> str:
    return (given or "").translate(_INVISIBLE).strip()


def _year(raw: Raw, listed: list[Feature]) -> int:
    """The year the publisher last brought the list up to date: only its pictograms say it.

    Raises:
        SourceError: neither the features nor the name of the file give a year.
    """
    dates = [
        (feature.properties.get("picto") or {}).get("last_synchronized", "") for feature in listed
    ]
    found = re.findall(r"20\d{2}", max(dates, default="")[:4] or raw.name)
    if not found:
        raise SourceError(
            Text(
                f"{raw.name} : rien dans le fichier ne donne sa date (picto.last_synchronized), "
                "son nom doit "
                "donc la donner, comme dans emplacement-des-gares-idf-2025.geojson. Renommez-le, "
                "puis "
                "chargez-le à nouveau.",
                f"{raw.name}: nothing inside gives its date (picto.last_synchronized), so its name "
                "must, as in emplacement-des-gares-idf-2025.geojson. Rename it, then load it "
                "again.",
            )
        )
    return int(found[-1])
