"""The sample's public transport: real lines and stations, hours and intervals of its own.

Names, order and rounded places (about 100 m) of stations are from Île-de-France Mobilités'
"Emplacement des gares", in `facts/lines.csv`; a branch is a line of its own. Hours and intervals
are invented. No night bus is there: at night a journey is unknown, as it is where none is loaded.
"""

import json
from pathlib import Path

from bassin.demo import facts
from bassin.demo.world import World
from bassin.demo.writing import write_csv

LINES = "lines-2026.csv"
STATIONS = "emplacement-des-gares-idf-2026.geojson"
_SAID = "Exemple : arrêts d'Île-de-France Mobilités, arrondis ; heures et intervalles inventés"


def write_lines(world: World, folder: Path) -> None:
    """Lines in and around the communes, stop by stop."""
    rows = [
        (each["mode"], each["line"], "all", each["first"], each["last"], each["every"],
         each["order"], each["stop"], each["longitude"], each["latitude"], _SAID)
        for each in facts.rows("lines")
    ]  # fmt: skip
    header = ["mode", "line", "days", "first_departure", "last_arrival", "every_minutes",
              "stop_order", "stop_name", "longitude", "latitude", "source"]  # fmt: skip
    write_csv(folder / LINES, header, rows, delimiter=";")


def write_stations(world: World, folder: Path) -> None:
    """The stops of these lines as points, one for each stop and line, a branch being its line."""
    stops = {
        (each["stop"], each["mode"], each["line"].partition(" (")[0]): each
        for each in facts.rows("lines")
    }
    features = [
        {
            "type": "Feature",
            "properties": {
                "id_gares": 900_000 + number,
                "nom_gares": stop,
                "nom_zda": stop,
                "idrefliga": f"EXEMPLE-{mode}-{line}",
                "indice_lig": line,
                "mode": mode,
                "exploitant": "Exemple",
            },
            "geometry": {
                "type": "Point",
                "coordinates": [float(each["longitude"]), float(each["latitude"])],
            },
        }
        for number, ((stop, mode, line), each) in enumerate(sorted(stops.items(), key=_named), 1)
    ]
    said = {"type": "FeatureCollection", "features": features}
    (folder / STATIONS).write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")


def _named(stop: tuple[tuple[str, str, str], object]) -> tuple[str, str, str]:
    return stop[0]
