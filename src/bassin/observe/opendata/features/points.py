"""Collections of points: establishments, stations."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import shapely

from bassin.indicators.house import House
from bassin.observe.opendata.api import establishments
from bassin.observe.opendata.api.fields import Field
from bassin.observe.opendata.api.problems import UNKNOWN, Problem
from bassin.observe.opendata.features.collection import Collection, is_given
from bassin.observe.opendata.features.search import Box, Feature, Found, Search
from bassin.taxonomies import naf
from bassin.types import Text


@dataclass(frozen=True, slots=True)
class Points:
    """A table whose rows have a longitude and a latitude.

    Args:
        id: expression that tells one row from all others.
        columns: what is given of a row.
        life: columns of the days between which a row holds, if it has any.
        always: a condition that every row given meets.
    """

    table: str
    id: str
    columns: tuple[str, ...]
    filters: dict[str, str]
    life: tuple[str, str] | None = None
    always: str = "true"

    def find(self, search: Search) -> Found:
        """The rows of a search."""
        said, values = self._where(search)
        kept = " AND ".join(said)
        count = f"SELECT count(*) FROM {self.table} WHERE {kept}"
        matched = search.house.reader.rows(count, values)[0][0]
        if search.after:
            kept, values = f"{kept} AND {self.id} > ?", [*values, search.after]
        rows = search.house.reader.rows(
            f"{self._select()} WHERE {kept} ORDER BY {self.id} LIMIT {search.limit + 1}", values
        )
        features = [self._feature(row) for row in rows[: search.limit]]
        return Found(features, len(rows) > search.limit, matched)

    def one(self, house: House, key: str) -> Feature | None:
        """The row of an id."""
        rows = house.reader.rows(
            f"{self._select()} WHERE {self.always} AND {self.id} = ?", [key.replace("\0", "")]
        )
        return self._feature(rows[0]) if rows else None

    def extent(self, house: House) -> Box | None:
        """The box of all rows."""
        row = house.reader.rows(
            "SELECT min(longitude), min(latitude), max(longitude), max(latitude) "
            f"FROM {self.table} WHERE {self.always}"
        )[0]
        return None if row[0] is None else row

    def _select(self) -> str:
        names = ", ".join(self.columns)
        return f"SELECT {self.id}, longitude, latitude, {names} FROM {self.table}"

    def _where(self, search: Search) -> tuple[list[str], list[Any]]:
        said, values = [self.always], list[Any]()
        if search.boxes:
            inside = "(longitude BETWEEN ? AND ? AND latitude BETWEEN ? AND ?)"
            said.append("(" + " OR ".join(inside for _ in search.boxes) + ")")
            values += [side for w, s, e, n in search.boxes for side in (w, e, s, n)]
        for name, value in search.filters.items():
            said.append(self.filters[name])
            values.append(value)
        if self.life and search.when:
            begun, ended = self.life
            if search.when.last:
                said.append(f"({begun} IS NULL OR {begun} <= ?)")
                values.append(search.when.last)
            if search.when.first:
                said.append(f"({ended} IS NULL OR {ended} > ?)")
                values.append(search.when.first)
        return said, values

    def _feature(self, row: Sequence[Any]) -> Feature:
        key, longitude, latitude, *rest = row
        told = {
            name: value.isoformat() if hasattr(value, "isoformat") else value
            for name, value in zip(self.columns, rest, strict=True)
        }
        return Feature(key, shapely.Point(longitude, latitude), told)


_FIRM = ("siret", "name", "naf_code", "headcount_band", "commune_code", "address", "postal_code",
         "city", "is_head_office", "state", "created_on", "closed_on", "legal_category",
         "is_hidden")  # fmt: skip
ESTABLISHMENTS = Points(
    establishments.TABLE, "siret", _FIRM,
    {"naf_code": "starts_with(naf_code, ?)", "headcount_band": "headcount_band = ?",
     "commune_code": "commune_code = ?", "state": "state = ?"},
    ("created_on", "closed_on"),
    # Hidden ones have no position there; a mistake in that table must not be told here.
    "longitude IS NOT NULL AND is_hidden = false",
)  # fmt: skip


def _firms(search: Search) -> Found:
    """The establishments of a search.

    Raises:
        Problem: nobody uses its code of activity, or of commune: an empty answer would not tell a
            mistake from an absence.
    """
    code = search.filters.get("naf_code", "")
    if code and (code.isalpha() or code not in naf.rev2()):
        raise _unknown("naf_code", code, Text(
            "donnez une division (25), un groupe (25.6), une classe ou une sous-classe (25.62B). "
            "La liste est à l'adresse /api/v1/taxonomies/naf_rev2.",
            "give a division (25), a group (25.6), a class or a subclass (25.62B). The list is at "
            "/api/v1/taxonomies/naf_rev2.",
        ))  # fmt: skip
    code = search.filters.get("commune_code", "")
    if code and f"commune:{code}" not in search.house.territory.gazetteer().places:
        raise _unknown("commune_code", code, Text(
            "donnez le code INSEE d'une commune (94081). La liste est à l'adresse "
            "/api/v1/places?scale=commune.",
            "give the INSEE code of a commune (94081). The list is at "
            "/api/v1/places?scale=commune.",
        ))  # fmt: skip
    return ESTABLISHMENTS.find(search)


def _unknown(name: str, code: str, instead: Text) -> Problem:
    return Problem(UNKNOWN, Text(
        f"Le code {code} n'existe pas ici : {instead.fr}",
        f"The code {code} does not exist here: {instead.say('en')}",
    ), name)  # fmt: skip


STATIONS = Points(
    "stations", "station_id || '-' || line_id",
    ("name", "stop_area_name", "mode", "line", "operator", "period"),
    {"mode": "mode = ?", "line": "line = ?"},
)  # fmt: skip
STATION = (
    Field("name", "string", Text("nom", "name"), "Bibliothèque François Mitterrand"),
    Field("stop_area_name", "string", Text("lieu d'arrêt, commun à ses lignes",
                                           "stop, common to its lines"),
          "Bibliothèque François Mitterrand"),
    Field("mode", "string", Text("mode", "mode"), "METRO",
          choices=("METRO", "RER", "TRAIN", "TRAMWAY", "VAL", "CABLE")),
    Field("line", "string", Text("ligne", "line"), "14"),
    Field("operator", "string", Text("exploitant", "operator"), "RATP", nullable=True),
    Field("period", "string", Text("année de la liste", "year of the list"), "2025"),
)  # fmt: skip

FIRMS = Collection(
    "establishments", Text("Établissements", "Establishments"),
    Text("Les établissements du stock SIRENE dont la position est publique. Personnes physiques et "
         "diffusion partielle n'y ont pas de position : elles n'y sont pas.",
         "The establishments of the SIRENE stock whose position is public. Natural persons and "
         "partial diffusion have no position there: they are not in it."),
    tuple(each for name in _FIRM for each in establishments.FIELDS if each.name == name),
    tuple(ESTABLISHMENTS.filters), _firms, ESTABLISHMENTS.one,
    lambda house: is_given(house, establishments.TABLE), ESTABLISHMENTS.extent, dated=True,
)  # fmt: skip
STOPS = Collection(
    "stations", Text("Gares et stations", "Stations"),
    Text("Une ligne de transport à une gare : une gare de trois lignes compte trois points.",
         "One transport line at one station: a station of three lines counts three points."),
    STATION, tuple(STATIONS.filters), STATIONS.find, STATIONS.one,
    lambda house: is_given(house, "stations"), STATIONS.extent,
)  # fmt: skip
