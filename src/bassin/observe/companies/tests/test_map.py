"""The map of a selection: tiles, what lies under them, and the drawing that needs no script."""

import gzip
import json

import pytest

from bassin.observe.companies.mapping.layer import TILES
from bassin.store.made import prepare
from bassin.territory.tiles import Tile

VITRY = Tile.around(14, 2.39, 48.79)


def address(at: Tile) -> str:
    return f"/entreprises/tuiles/{at.zoom}/{at.column}/{at.row}.mvt"


@pytest.fixture
def tiled(many):
    """The installation whose pyramid is made, as it is before a release serves."""
    prepare(many.store, many.reader.name, [TILES])
    return many


def full(many, where: str = "state = 'A'") -> Tile:
    """A square where there is something."""
    x, y = many.reader.rows(
        "SELECT longitude, latitude FROM establishments_shown "
        f"WHERE longitude IS NOT NULL AND {where} ORDER BY siret LIMIT 1"
    )[0]
    return Tile.around(14, x, y)


def test_a_tile_of_everything_is_stored_and_one_of_a_choice_is_made(tiled, visit):
    at = full(tiled, "state = 'A' AND naf_code = '25.62B'")

    stored = visit(address(at), headers={"accept-encoding": "gzip"})
    made = visit(address(at), {"naf": "25.62B"}, headers={"accept-encoding": "gzip"})

    for response in (stored, made):
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "application/vnd.mapbox-vector-tile"
        assert response.headers["Content-Encoding"] == "gzip"
    assert 0 < len(gzip.decompress(made.content)) < len(gzip.decompress(stored.content))


def test_a_tile_is_asked_again_only_when_it_changed(tiled, visit):
    first = visit(address(full(tiled)))

    again = visit(address(full(tiled)), headers={"if-none-match": first.headers["ETag"]})

    assert first.status_code == 200
    assert again.status_code == 304


def test_a_square_where_nothing_is_has_no_content(tiled, visit):
    assert visit(address(Tile.around(14, 5.0, 45.0))).status_code == 204


@pytest.mark.parametrize(
    ("path", "said"),
    [("3/9/0", "colonnes"), ("15/0/0", "zoom"), ("14/0/0.mvt?naf=99.99Z", "99.99Z")],
)
def test_a_tile_that_cannot_be_is_refused_in_a_sentence(visit, path, said):
    path = path if ".mvt" in path else f"{path}.mvt"

    response = visit(f"/entreprises/tuiles/{path}")

    assert response.status_code == 400
    assert said in response.content.decode()


def test_whoever_must_not_be_found_is_in_no_tile(tiled, visit):
    hidden, known = tiled.reader.rows(
        "SELECT count(*) FILTER (is_hidden), count(*) FROM establishments_shown"
    )[0]
    drawn = tiled.reader.rows(
        "SELECT siret FROM establishments_shown WHERE is_hidden AND longitude IS NOT NULL"
    )

    response = visit(address(Tile.around(8, 2.39, 48.79)), {"etat": "tous"})

    assert hidden > 100
    assert known > hidden
    assert drawn == []
    assert response.status_code == 200


@pytest.mark.parametrize("name", ["communes", "quartiers", "gares", "operations"])
def test_what_lies_under_the_firms_is_geojson_kept_by_its_content(tiled, visit, name):
    response = visit(f"/entreprises/fonds/{name}.geojson")

    assert response.status_code == 200
    assert json.loads(response.content)["type"] == "FeatureCollection"
    again = visit(
        f"/entreprises/fonds/{name}.geojson", headers={"if-none-match": response.headers["ETag"]}
    )
    assert again.status_code == 304


def test_the_communes_of_the_territory_are_told_from_those_around(tiled, visit):
    found = json.loads(visit("/entreprises/fonds/communes.geojson").content)["features"]

    assert {each["properties"]["ours"] for each in found} == {True, False}


def test_a_layer_nobody_knows_is_refused_with_those_there_are(visit):
    response = visit("/entreprises/fonds/satellite.geojson")

    assert response.status_code == 400
    assert "quartiers" in response.content.decode()


def test_the_drawn_map_leads_to_a_commune_then_to_its_squares(visit, tiled):
    page = visit("/entreprises/", {"naf": "C"}).content.decode()
    near = visit("/entreprises/", {"naf": "C", "lieu": "commune:94081"}).content.decode()

    assert "lieu=commune:" in page
    assert "zone=" in near
    assert "lieu=commune:94081" in near


def test_a_map_that_cannot_draw_everything_draws_the_territory_first(visit, monkeypatch):
    monkeypatch.setattr("bassin.ui.moving.ground.MOST_DRAWN", 24)

    drawn = visit("/entreprises/carte.svg?vue=640,6865,60").content.decode()

    assert drawn.count("<path") == drawn.count('fill="#E4EAED"') == 24
