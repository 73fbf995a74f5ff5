"""Vector tiles: read back by GDAL, equal whether stored or made on the fly, small from afar."""

import gzip

import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest

from bassin.errors import Refused
from bassin.store import Reader, Store, Version
from bassin.territory.tiles import Attribute, Points, Pyramid, Tile, tile, write
from bassin.types import Origin
from tests.store.making import moment

POINTS = Points(
    "firms",
    "points",
    {
        "section": Attribute("section", counted=True),
        "ess": Attribute("is_ess"),
        "name": Attribute("name", since=14),
    },
)
PLACES = [
    (2.3925, 48.7871, "C", True, "Un"),
    (2.3926, 48.7872, "C", False, "Deux"),
    (2.3927, 48.7873, "F", None, None),
    (2.4403, 48.7702, "G", None, "Loin"),
    (None, None, "G", None, "Sans place"),
]


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("tiles") / "store")
    names = ("longitude", "latitude", "section", "is_ess", "name")
    columns = dict(zip(names, map(list, zip(*PLACES, strict=True)), strict=True))
    facts = Version(
        table="points", version="v1", origin=Origin.INVENTED, rows=len(PLACES), refused=0,
        vintage="2026", created_at=moment(1), columns=names,
    )  # fmt: skip
    with store.scratch("points") as scratch:
        folder = scratch / "made"
        folder.mkdir()
        pq.write_table(pa.table(columns), folder / "data.parquet")
        store.add(facts, folder)
    store.publish(moment(1))
    return Reader(store)


@pytest.fixture(scope="module")
def pyramid(reader, tmp_path_factory):
    path = tmp_path_factory.mktemp("pyramid") / "firms.pmtiles"
    write(reader, POINTS, path)
    return path


def features(content: bytes, at: Tile, folder) -> list[dict]:
    """What GDAL reads in one tile, with longitudes and latitudes."""
    path = folder / f"{at.zoom}-{at.column}-{at.row}.mvt"
    path.write_bytes(content)
    options = {"X": str(at.column), "Y": str(at.row), "Z": str(at.zoom)}
    meta, table = pyogrio.read_arrow(path, layer="firms", **options)
    found = table.drop_columns([meta["geometry_name"] or "wkb_geometry"]).to_pylist()
    return sorted(found, key=str)


def test_a_stored_tile_and_the_same_made_on_the_fly_are_equal(reader, pyramid):
    stored = Pyramid(pyramid)

    for zoom in stored.zooms:
        at = Tile.around(zoom, 2.3926, 48.7872)
        made = tile(reader.cursor(), POINTS, at)
        assert len(gzip.decompress(stored.tile(at))) == len(made) > 0, zoom


def test_from_near_each_point_says_its_attributes(reader, tmp_path):
    at = Tile.around(14, 2.3926, 48.7872)

    found = features(tile(reader.cursor(), POINTS, at), at, tmp_path)

    assert {(each["section"], each["name"]) for each in found} == {
        ("C", "Un"), ("C", "Deux"), ("F", None),
    }  # fmt: skip


def test_a_name_is_not_told_in_a_wider_tile(reader, tmp_path):
    at = Tile.around(12, 2.3926, 48.7872)

    found = features(tile(reader.cursor(), POINTS, at), at, tmp_path)

    assert found
    assert not any("name" in each for each in found)


def test_from_afar_points_are_counted_with_the_commonest_value(reader, tmp_path):
    at = Tile.around(11, 2.3926, 48.7872)

    found = features(tile(reader.cursor(), POINTS, at), at, tmp_path)

    assert {(each["n"], each["section"]) for each in found} >= {(3, "C")}


def test_a_filter_keeps_what_passes_and_takes_its_parameters(reader, tmp_path):
    at = Tile.around(14, 2.3926, 48.7872)

    found = features(tile(reader.cursor(), POINTS, at, "section = ?", ["F"]), at, tmp_path)

    assert [each["section"] for each in found] == ["F"]


def test_a_tile_without_a_point_is_empty(reader, pyramid):
    far = Tile.around(14, 5.0, 45.0)

    assert tile(reader.cursor(), POINTS, far) == b""
    assert Pyramid(pyramid).tile(far) == b""


def test_gdal_opens_the_pyramid_and_finds_every_point_where_it_is(pyramid):
    meta, table = pyogrio.read_arrow(pyramid, layer="firms")

    assert table.num_rows == 4
    assert {"section", "name"} <= set(meta["fields"])
    west, south, east, north = pyogrio.read_bounds(pyramid, layer="firms")[1]
    # GDAL gives them on the Mercator plane: 2.44 degrees east are 271,600 metres.
    assert max(east) == pytest.approx(2.4403 / 180 * 20037508.34, abs=1.5)
    assert min(west) == pytest.approx(2.3925 / 180 * 20037508.34, abs=1.5)
    assert min(south) < max(north)


@pytest.mark.parametrize(("zoom", "column", "row"), [(23, 0, 0), (-1, 0, 0), (3, 8, 0), (3, 0, -1)])
def test_a_tile_out_of_the_world_is_refused_with_what_there_is(zoom, column, row):
    with pytest.raises(Refused, match="from 0 to"):
        Tile.of(zoom, column, row)


def test_a_pyramid_of_nothing_is_a_file_that_opens(reader, tmp_path):
    path = tmp_path / "none.pmtiles"

    write(reader, POINTS, path, "FALSE")

    assert Pyramid(path).tile(Tile.around(14, 2.3926, 48.7872)) == b""
