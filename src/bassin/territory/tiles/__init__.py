"""Vector tiles of our own: a pyramid made with a release, and tiles of a selection on the fly.

Tiles are Mapbox Vector Tiles on the usual web grid. From near, each point is a feature; from
afar, points are counted by cell, so that a tile stays small whatever it covers.
"""

from bassin.territory.tiles.grid import Tile
from bassin.territory.tiles.points import Attribute, Points, tile
from bassin.territory.tiles.pyramid import Pyramid, write
from bassin.territory.tiles.shapes import Shapes

MEDIA = "application/vnd.mapbox-vector-tile"

__all__ = ["MEDIA", "Attribute", "Points", "Pyramid", "Shapes", "Tile", "tile", "write"]
