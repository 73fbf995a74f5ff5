"""The streets under the firms: ours where they were fetched, and the map as before elsewhere."""

import gzip
import json
import re

import pyogrio
import pytest
import shapely

from bassin.observe.companies.mapping.base import BASE_TILES
from bassin.observe.companies.tests.shown import publish, row
from bassin.store.made import prepare
from bassin.territory.tiles import Tile
from bassin.types import Origin
from tests.support.installing import install, put

AT = (2.3906, 48.7873)
BUILDING = shapely.box(2.3904, 48.7872, 2.3908, 48.7874)
TOLD = re.compile(r'<script id="firmsmap-told" type="application/json">(.*?)</script>', re.DOTALL)


def drawn(number, kind, shape, **facts):
    """A feature as the source publishes it."""
    told = {"nature": None, "importance": None, "name": None, "underground": False,
            "state": "En service"}  # fmt: skip
    key = {"feature_id": f"F{number}", "kind": kind, "shape": shapely.to_wkb(shape)}
    return told | facts | key


def across(latitude):
    return shapely.LineString([(2.380, latitude), (2.401, latitude)])


ROWS = [
    drawn(1, "road", across(48.7873), importance=1, name="A999"),
    drawn(2, "road", across(48.7872), importance=5, name="Rue des Exemples"),
    drawn(3, "road", across(48.7874), importance=1, name="Tunnel Inventé", underground=True),
    drawn(4, "road", across(48.7871), importance=1, name="Voie à venir", state="En projet"),
    drawn(5, "rail", across(48.7870)),
    drawn(6, "stream", across(48.7875)),
    drawn(7, "water", shapely.box(2.389, 48.786, 2.392, 48.789)),
    drawn(8, "building", BUILDING),
]


@pytest.fixture(scope="module")
def streets(france, tmp_path_factory):
    house = install(france, tmp_path_factory.mktemp("streets") / "var")
    publish(house, [row(1), row(2, commune_code="94028")])
    put(house, Origin.INVENTED, base_map=ROWS)
    prepare(house.store, house.reader.name, [BASE_TILES])
    return house


@pytest.fixture
def ask(streets, client, settings, db):
    settings.VAR = streets.var
    return client.get


def address(at: Tile) -> str:
    return f"/entreprises/plan/{at.zoom}/{at.column}/{at.row}.mvt"


def seen(ask, zoom, folder):
    """What GDAL reads in the tile of a zoom."""
    at = Tile.around(zoom, *AT)
    path = folder / f"{zoom}.mvt"
    path.write_bytes(gzip.decompress(ask(address(at), headers={"accept-encoding": "gzip"}).content))
    place = {"X": str(at.column), "Y": str(at.row), "Z": str(zoom)}
    return pyogrio.read_arrow(path, layer="base", **place)[1].to_pylist()


@pytest.mark.parametrize(
    ("zoom", "kinds"),
    [
        (10, ["water", "road"]),
        (11, ["water", "rail", "road"]),
        (13, ["water", "stream", "rail", "road", "road"]),
        (15, ["water", "stream", "building", "rail", "road", "road"]),
    ],
)
def test_each_kind_is_drawn_from_its_zoom_the_widest_road_above(ask, tmp_path, zoom, kinds):
    found = seen(ask, zoom, tmp_path)

    assert [each["kind"] for each in found] == kinds
    assert found[-1]["rank"] == 1


def test_names_come_from_near_and_neither_tunnels_nor_plans_are_drawn(ask, tmp_path):
    near = [each.get("name") for each in seen(ask, 15, tmp_path) if each["kind"] == "road"]

    assert near == ["Rue des Exemples", "A999"]
    assert not any("name" in each for each in seen(ask, 13, tmp_path))


def test_a_tile_of_streets_is_kept_and_none_is_empty_beyond_the_territory(ask):
    first = ask(address(Tile.around(14, *AT)))
    again = ask(address(Tile.around(14, *AT)), headers={"if-none-match": first.headers["ETag"]})

    assert first.headers["Content-Type"] == "application/vnd.mapbox-vector-tile"
    assert again.status_code == 304
    assert ask(address(Tile.around(14, 5.0, 45.0))).status_code == 204
    refused = ask("/entreprises/plan/16/0/0.mvt")
    assert (refused.status_code, "15" in refused.content.decode()) == (400, True)


def test_the_map_lists_the_streets_and_says_whose_they_are(ask):
    page = ask("/entreprises/", {"naf": "C"}).content.decode()
    told = json.loads(TOLD.search(page)[1])

    assert told["streets"] == "/entreprises/plan/{z}/{x}/{y}.mvt"
    assert "BD TOPO" in page
    assert "Voie ferrée" in page


def test_where_streets_were_not_fetched_nothing_is_asked_nor_said(visit):
    page = visit("/entreprises/", {"naf": "C"}).content.decode()

    assert json.loads(TOLD.search(page)[1])["streets"] == ""
    assert "BD TOPO" not in page
    assert "Voie ferrée" not in page
    assert visit(address(Tile.around(14, *AT))).status_code == 204
