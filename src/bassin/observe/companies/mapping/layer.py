"""The establishments as a layer of tiles, and the pyramid of those that are active.

Who must not be found has no position in the shown table, so is in no tile.
"""

from pathlib import Path

from bassin.observe.companies.mapping.colours import SCHEMES
from bassin.observe.companies.rows import TABLE
from bassin.store import Made, Reader
from bassin.territory.tiles import Attribute, Points, write
from bassin.types import Text

POINTS = Points(
    "firms",
    TABLE,
    {
        "siret": Attribute("CAST(siret AS BIGINT)", since=12),
        **{each.key: Attribute(each.sql, counted=True) for each in SCHEMES},
        "name": Attribute("name", since=14),
    },
)


def build(reader: Reader, path: Path) -> None:
    """Write the pyramid of active establishments, which an address without filter asks for."""
    write(reader, POINTS, path, "state = 'A'")


TILES = Made(
    key="firms.pmtiles",
    inputs=(TABLE,),
    build=build,
    version=2,
    title=Text("Tuiles des entreprises", "Tiles of the firms"),
)
