"""The streets under the firms, where IGN's BD TOPO was fetched: a pyramid of our own.

Tiles are asked of this service alone; without the table there is none, and the map is as before.
"""

from pathlib import Path

from bassin.store import Made, Reader
from bassin.territory.tiles import Attribute, Shapes, write
from bassin.types import Text

TABLE = "base_map"

_SINCE = (
    "CASE kind WHEN 'water' THEN 10 WHEN 'rail' THEN 11 WHEN 'stream' THEN 13 "
    "WHEN 'building' THEN 15 ELSE CASE WHEN importance <= 2 THEN 10 WHEN importance = 3 THEN 11 "
    "WHEN importance = 4 THEN 12 WHEN importance = 5 AND coalesce(nature, '') NOT IN "
    "('Sentier', 'Escalier', 'Chemin') THEN 13 ELSE 15 END END"
)
_ORDER = (
    "CASE kind WHEN 'water' THEN 0 WHEN 'stream' THEN 1 WHEN 'building' THEN 2 "
    "WHEN 'rail' THEN 3 ELSE 10 - coalesce(importance, 6) END"
)
_SEEN = "NOT underground AND coalesce(state, 'En service') = 'En service'"

BASE = Shapes(
    "base",
    TABLE,
    _SINCE,
    {
        "kind": Attribute("kind"),
        "rank": Attribute("CAST(coalesce(importance, 6) AS INTEGER)"),
        "name": Attribute("CASE WHEN kind = 'road' THEN name END", since=14),
    },
    order=_ORDER,
)


def build(reader: Reader, path: Path) -> None:
    """Write what is seen from above: neither tunnels, nor what is only planned."""
    write(reader, BASE, path, _SEEN)


BASE_TILES = Made(
    key="base.pmtiles",
    inputs=(TABLE,),
    build=build,
    title=Text("Tuiles du fond de plan", "Tiles of the base map"),
)
