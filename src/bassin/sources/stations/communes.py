"""Which commune each station stands in, by its point and IGN's boundaries."""

from collections import defaultdict

import ibis
import ibis.expr.types as ir
import shapely

from bassin.sources.contract import CODE_COMMUNE, Column, Derivation
from bassin.sources.rows import table_of
from bassin.types import Text

_COLUMNS = {
    "commune_code": Column("VARCHAR", Text("Code Insee", "Insee code"), True, CODE_COMMUNE),
    "period": Column(
        "VARCHAR", Text("Année de la liste des gares", "Year of the list of stations"), True
    ),
    "cog": Column(
        "SMALLINT",
        Text("Année des limites de communes", "Year of the boundaries of communes"),
        True,
    ),
    "station_name": Column("VARCHAR", Text("Nom du lieu d'arrêt", "Name of the stop"), True),
    "mode": Column("VARCHAR", Text("Mode", "Mode"), True),
    "lines_count": Column(
        "INTEGER",
        Text("Lignes de ce mode à cet arrêt", "Lines of this mode at this stop"),
        True,
        "",
        1,
    ),
    "points_count": Column(
        "INTEGER",
        Text("Points du fichier (gare × ligne)", "Points of the file (station × line)"),
        True,
        "",
        1,
    ),
    "lines": Column(
        "VARCHAR", Text("Lignes, séparées par un blanc", "Lines, separated by a space"), True
    ),
}


def _located(con: ibis.BaseBackend) -> ir.Table:
    stations = con.table("stations").to_pyarrow().to_pylist()
    precise = con.table("boundaries")
    outlines = precise.filter(precise.precise).order_by("commune_code").to_pyarrow().to_pylist()
    tree = shapely.STRtree([shapely.from_wkb(outline["shape"]) for outline in outlines])
    points = shapely.points([(row["longitude"], row["latitude"]) for row in stations])
    met: dict[int, int] = {}
    for station, outline in sorted(zip(*tree.query(points, predicate="intersects"), strict=True)):
        met.setdefault(station, outline)  # on a border: the lowest code, always the same
    groups = defaultdict(list)
    for station, outline in met.items():
        row, place = stations[station], outlines[outline]
        key = (place["commune_code"], row["period"], place["cog"], row["stop_area_name"],
               row["mode"])  # fmt: skip
        groups[key].append(row["line"])
    names = ("commune_code", "period", "cog", "station_name", "mode")
    rows = [
        {
            **dict(zip(names, key, strict=True)),
            "lines_count": len(set(lines)),
            "points_count": len(lines),
            "lines": " ".join(sorted(set(lines))),
        }
        for key, lines in groups.items()
    ]
    return table_of(rows, _COLUMNS)


STATION_COMMUNES = Derivation(
    key="station_communes",
    title=Text("Gares et stations par commune", "Stations by commune"),
    inputs=("stations", "boundaries"),
    columns=_COLUMNS,
    unique=("commune_code", "station_name", "mode", "period"),
    sort=("commune_code", "station_name", "mode"),
    derive=_located,
    definition=Text(
        "Une ligne par commune, lieu d'arrêt et mode. Demande les limites précises de l'IGN : sans "
        "elles la table n'existe pas, les contours simplifiés ne placent pas un point.",
        "One row per commune, stop area and mode. It needs IGN's precise boundaries: without them "
        "there is no table, for simplified outlines do not place a point.",
    ),
)
