"""BD TOPO: classes read as they are published, and taken page by page within the territory."""

import json
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
import shapely

from bassin.errors import SourceError
from bassin.sources import Runner
from bassin.sources.base_map import BaseMap
from bassin.sources.base_map.layers import LAYERS
from bassin.sources.raw import recognised
from bassin.store import Store
from tests.support.loading import DATA, TODAY, edited, loaded, runner

FOLDER = DATA / "base_map" / "base_map"
FILES = sorted(FOLDER.glob("*.geojson"))
ROADS = FOLDER / "troncon_de_route-0001.geojson"
BUILDINGS = FOLDER / "batiment-0001.geojson"
AREA = (2.38, 48.77, 2.41, 48.80)


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    found = loaded(BaseMap(), tmp_path_factory.mktemp("base"), *FILES)
    assert found.run.error == ""
    return {row["feature_id"]: row for row in found.rows}


def test_every_class_is_recognised_in_a_pack_and_gives_its_kind(read):
    [(source, raws)], unknown = recognised(FOLDER.parent, [BaseMap()])

    assert (source.key, len(raws), unknown) == ("base_map", 5, [])
    kinds = {row["kind"] for row in read.values()}
    assert kinds == {"road", "rail", "stream", "water", "building"}


def test_a_road_keeps_its_name_its_number_where_it_has_none_and_its_importance(read):
    roads = [row for row in read.values() if row["kind"] == "road"]

    assert {(row["name"], row["importance"]) for row in roads} == {
        ("A999", 1), ("Avenue Inventée", 3), ("Rue des Exemples", 5), (None, 6),
        ("Tunnel Inventé", 2), ("Voie à venir", 2),
    }  # fmt: skip


def test_a_tunnel_and_a_plan_are_told_and_a_ford_is_no_tunnel(read):
    told = {row["name"]: row for row in read.values() if row["kind"] == "road"}

    assert [name for name, row in told.items() if row["underground"]] == ["Tunnel Inventé"]
    assert told["Voie à venir"]["state"] == "En projet"


def test_shapes_are_flat_and_an_outline_that_crosses_itself_is_mended(read):
    shapes = {key: shapely.from_wkb(row["shape"]) for key, row in read.items()}

    assert not any(shape.has_z for shape in shapes.values())
    assert all(shape.is_valid for shape in shapes.values())
    assert shapes["BATIMENT0000000000000004"].area > 0


def test_the_vintage_is_the_day_the_service_answered(tmp_path):
    made = runner(tmp_path)
    made.load_folder(FOLDER.parent)

    assert made.store.served("base_map").version.vintage == "2026-11-18"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"cleabs"', '"id_ign"', "feature 1: it has no property cleabs"),
        ('"importance"', '"rang"', "feature 1: it has no property importance"),
        ('"importance": "5"', '"importance": "9"', "importance is “9”"),
        ("[2.385,", "[652000.0,", "is not a longitude"),
        ('"LineString"', '"Line"', "its geometry cannot be read"),
        ('"totalFeatures"', "", "is not a whole GeoJSON file"),
    ],
)
def test_a_file_not_as_published_is_told_with_its_place(old, new, sentence, tmp_path):
    path = edited(ROADS, tmp_path / "base_map", (old, new))

    found = loaded(BaseMap(), tmp_path / "store", path)

    assert found.run.status == "failed"
    assert sentence in found.run.error


def test_a_truncated_file_is_refused_whole(tmp_path):
    path = tmp_path / "base_map" / ROADS.name
    path.parent.mkdir()
    path.write_bytes(ROADS.read_bytes()[:900])

    assert "is not a whole GeoJSON file" in loaded(BaseMap(), tmp_path / "s", path).run.error


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("batiment-0001.geojson", "this class holds areas"),
        ("rues.geojson", "does not tell which class"),
    ],
)
def test_roads_under_the_name_of_another_class_are_refused(name, sentence, tmp_path):
    path = tmp_path / name
    properties = ROADS.read_text("utf-8")
    path.write_text(properties, "utf-8")

    assert sentence in loaded(BaseMap(), tmp_path / "store", path).run.error


def fetching(root):
    """A runner of an installation whose territory is known."""
    moment = datetime(2026, 11, 20, tzinfo=UTC)
    return Runner(Store(root), today=TODAY, now=lambda: moment, area=lambda: AREA)


class Service(BaseHTTPRequestHandler):
    """The Géoplateforme as far as it is asked here: classes, pages, and its errors in XML."""

    asked: list[dict[str, str]]
    broken = False

    def do_GET(self):
        asked = {key: values[0] for key, values in parse_qs(urlsplit(self.path).query).items()}
        self.asked.append(asked)
        name = asked["TYPENAMES"].removeprefix("BDTOPO_V3:")
        text = (FOLDER / f"{name}-0001.geojson").read_text("utf-8")
        first, count = int(asked["STARTINDEX"]), int(asked["COUNT"])
        whole = json.loads(text)
        page = {**whole, "features": whole["features"][first : first + count]}
        said = "<ows:Exception>Down</ows:Exception>" if self.broken else json.dumps(page)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(said.encode())

    def log_message(self, *_said):
        """Tests say nothing."""


@pytest.fixture
def service(monkeypatch):
    monkeypatch.setattr(Service, "asked", [], raising=False)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    monkeypatch.setattr(BaseMap, "url", f"http://127.0.0.1:{server.server_port}/wfs/ows")
    yield Service
    server.shutdown()
    server.server_close()


def test_a_fetch_asks_for_each_class_within_the_territory_page_by_page(
    service, tmp_path, monkeypatch
):
    monkeypatch.setattr("bassin.sources.base_map.service.PAGE", 4)
    made = fetching(tmp_path)

    run = made.fetch(BaseMap())

    assert (run.status, run.rows, run.error) == ("published", 13, "")
    roads = [each for each in service.asked if each["TYPENAMES"] == "BDTOPO_V3:troncon_de_route"]
    assert [each["STARTINDEX"] for each in roads] == ["0", "4"]
    assert {each["BBOX"] for each in service.asked} == {
        "48.770000,2.380000,48.800000,2.410000,urn:ogc:def:crs:EPSG::4326"
    }
    assert {each["SORTBY"] for each in service.asked} == {"cleabs"}
    assert len({each["TYPENAMES"] for each in service.asked}) == len(LAYERS)


def test_a_fetch_leaves_nothing_of_the_one_before(service, tmp_path):
    made = fetching(tmp_path)
    made.load(BaseMap(), [*recognised(FOLDER.parent, [BaseMap()])[0][0][1]])

    run = made.fetch(BaseMap())

    assert (run.rows, run.refused) == (13, 0)


def test_a_service_that_answers_no_feature_is_told_with_what_it_said(service, tmp_path):
    service.broken = True
    try:
        with pytest.raises(SourceError, match="did not answer with features but with: “<ows"):
            BaseMap().fetch_area(tmp_path, AREA, lambda *_said: None)
    finally:
        service.broken = False


def test_without_a_territory_a_fetch_says_that_one_must_be_chosen(tmp_path):
    run = runner(tmp_path).fetch(BaseMap())

    assert run.status == "failed"
    assert "no territory is chosen" in run.error
    assert "aucun territoire" in run.error_fr
