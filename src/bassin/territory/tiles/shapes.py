"""Lines and areas of a published table as a layer of tiles, clipped and simplified to each zoom."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bassin.territory.tiles.points import EXTENT, Attribute, quoted, text

BUFFER = 96
"""Units kept around a tile, so that the end of a line is never seen where two tiles meet."""

_WORLD = 40075016.685578488
"""Metres around the Mercator plane."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """A layer: where its shapes are, what is said of them, from which zoom each is drawn.

    Args:
        name: of the layer in its tiles.
        table: published, with `shape` in WKB and WGS 84.
        since: SQL of the widest zoom at which a shape is drawn.
        order: SQL by which the shapes of a tile come one over the other.
        near: the zoom at which whoever opens the file begins.
        least: the widest zoom that is stored.
        most: the deepest zoom that is stored; beyond, a page enlarges it.
    """

    name: str
    table: str
    since: str
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    order: str = "1"
    near: int = 14
    least: int = 10
    most: int = 15

    bounds = "SELECT min(west), min(north), max(east), max(south) FROM placed"

    @property
    def fields(self) -> dict[str, str]:
        """Names of what is said, for programs that open the file."""
        return dict.fromkeys(self.attributes, "String")

    def told(self, zoom: int) -> list[str]:
        """What is said of a shape at a zoom."""
        return [key for key, each in self.attributes.items() if zoom >= each.since]

    def placed(self, zoom: int, where: str) -> str:
        """The shapes that pass a filter, in metres of the Mercator plane, and their bounds on it
        where the world is 1 by 1."""
        said = "".join(f", {each.sql} AS {quoted(key)}" for key, each in self.attributes.items())
        half = _WORLD / 2
        return (
            f"SELECT *, (ST_XMin(drawn) + {half}) / {_WORLD} AS west, "
            f"(ST_XMax(drawn) + {half}) / {_WORLD} AS east, "
            f"({half} - ST_YMax(drawn)) / {_WORLD} AS north, "
            f"({half} - ST_YMin(drawn)) / {_WORLD} AS south FROM ("
            f"SELECT ST_Transform(ST_GeomFromWKB(shape), 'EPSG:4326', 'EPSG:3857', "
            f"always_xy := true) AS drawn, {self.since} AS since, {self.order} AS above{said} "
            f"FROM {quoted(self.table)} WHERE {self.since} <= {zoom} AND ({where}))"
        )

    def features(self, zoom: int) -> str:
        """Columns `tx`, `ty`, `geometry` and what is said, from a relation named `placed`."""
        side, said = 2**zoom, ", ".join(quoted(key) for key in self.told(zoom))
        edge, pixel = BUFFER / EXTENT, _WORLD / side / 512

        def across(first: str, last: str) -> str:
            return (
                f"unnest(range(greatest(0, floor({first} * {side} - {edge}))::INTEGER, "
                f"least({side}, floor({last} * {side} + {edge}) + 1)::INTEGER))::INTEGER"
            )

        return (
            f"SELECT * FROM (SELECT tx, ty, above, {said}, ST_AsMVTGeom(drawn, "
            f"ST_Extent(ST_TileEnvelope({zoom}, tx, ty)), {EXTENT}, {BUFFER}, true) AS geometry "
            f"FROM (SELECT *, {across('north', 'south')} AS ty FROM ("
            f"SELECT * REPLACE (ST_Simplify(drawn, {pixel / 2}) AS drawn), "
            f"{across('west', 'east')} AS tx FROM placed WHERE since <= {zoom} AND "
            # What is smaller than a pixel in both directions is not seen.
            f"greatest(east - west, south - north) * {side} * 512 >= 1))) "
            "WHERE geometry IS NOT NULL AND NOT ST_IsEmpty(geometry)"
        )

    def encoded(self, zoom: int) -> str:
        """The aggregate that makes a tile of the rows of `features`."""
        pairs = "".join(f", {text(key)}: {quoted(key)}" for key in self.told(zoom))
        return (
            f"ST_AsMVT({{'geometry': geometry{pairs}}}, {text(self.name)}, {EXTENT}, 'geometry' "
            "ORDER BY above)"
        )
