"""Stations, and the commune each stands in when precise boundaries are loaded."""

import json

import pytest

from bassin.sources import Raw
from bassin.sources.geography import Boundaries
from bassin.sources.stations import Stations
from bassin.store import Store
from tests.support import t12
from tests.support.loading import DATA, derived, edited, loaded, published, runner

SAMPLE = DATA / "stations" / "geography" / "emplacement-des-gares-idf.geojson"
BOUNDARIES = DATA / "stations" / "geography" / "communes-inventees-2018.geojson"


def test_a_station_is_one_row_per_line_and_tram_is_written_one_way(tmp_path):
    found = loaded(Stations(), tmp_path, SAMPLE)
    rows = {(r["stop_area_name"], r["line"]): r for r in found.rows}
    assert (found.run.rows, found.run.refused) == (6, 0)
    assert rows["Gare A", "7"]["mode"] == "TRAMWAY"
    assert rows["Gare A", "C"]["operator"] == "SNCF"
    assert (rows["Gare A", "C"]["longitude"], rows["Gare A", "C"]["latitude"]) == (2.1, 48.1)


def test_invisible_letters_of_a_name_are_taken_away(tmp_path):
    found = loaded(Stations(), tmp_path, SAMPLE)
    assert next(r for r in found.rows if r["line"] == "14")["name"] == "Thiais - Orly"


def test_the_year_is_that_of_the_publishers_last_update(tmp_path):
    assert {r["period"] for r in loaded(Stations(), tmp_path, SAMPLE).rows} == {"2025"}


def test_without_any_date_the_name_must_give_the_year(tmp_path):
    path = edited(SAMPLE, tmp_path / "geography", ("last_synchronized", "seen"))
    found = loaded(Stations(), tmp_path / "store", path)
    assert "its name must, as in emplacement-des-gares-idf-2025.geojson" in found.run.error
    dated = loaded(Stations(), tmp_path / "dated", path, name="geography/gares-2024.geojson")
    assert {r["period"] for r in dated.rows} == {"2024"}


def test_stations_are_placed_in_communes_by_their_point(tmp_path):
    rows = derived(tmp_path, "station_communes", (Boundaries(), BOUNDARIES), (Stations(), SAMPLE))
    placed = {(r["commune_code"], r["station_name"], r["mode"]): r for r in rows}
    gare = placed["94054", "Gare A", "RER"]
    assert (gare["lines_count"], gare["points_count"], gare["lines"]) == (2, 2, "C D")
    assert (gare["period"], gare["cog"]) == ("2025", 2018)
    assert ("94054", "Gare A", "TRAMWAY") in placed
    assert ("94073", "Thiais - Orly", "METRO") in placed


def test_a_point_on_a_border_is_counted_once_and_one_outside_not_at_all(tmp_path):
    rows = derived(tmp_path, "station_communes", (Boundaries(), BOUNDARIES), (Stations(), SAMPLE))
    assert [r["commune_code"] for r in rows if r["station_name"] == "Frontière"] == ["94054"]
    assert not [r for r in rows if r["station_name"] == "Dehors"]


def test_without_precise_boundaries_there_is_no_table_rather_than_a_guess(tmp_path):
    # given stations and no boundaries
    made = runner(tmp_path)
    run = made.load(Stations(), [Raw(SAMPLE, f"geography/{SAMPLE.name}")], publish=False)
    assert run.status == "published"

    # when tables are derived
    made.finish()

    # then stations are there, and nothing says where they stand
    assert Store(tmp_path).versions("stations")
    assert not Store(tmp_path).versions("station_communes")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"indice_lig"', '"ligne"', "feature 1: it has no property indice_lig"),
        ('"features"', '"objects"', "is not a whole GeoJSON file"),
        ('"METRO"', '"MONORAIL"', "mode is “MONORAIL”"),
        ("2.1,", "652000.5,", "feature 1: coordinate 652000 is not a longitude"),
    ],
)
def test_a_file_not_as_published_is_told_with_its_place(old, new, sentence, tmp_path):
    compact = json.dumps(json.loads(SAMPLE.read_text("utf-8")), separators=(",", ":"))
    plain = tmp_path / "plain" / SAMPLE.name
    plain.parent.mkdir()
    plain.write_text(compact, encoding="utf-8")
    found = loaded(Stations(), tmp_path / "store", edited(plain, tmp_path / "in", (old, new)))
    assert found.run.status == "failed"
    assert sentence in found.run.error


def test_a_truncated_file_is_told(tmp_path):
    path = tmp_path / "geography" / SAMPLE.name
    path.parent.mkdir()
    path.write_bytes(SAMPLE.read_bytes()[:500])
    assert "is not a whole GeoJSON file" in loaded(Stations(), tmp_path / "s", path).run.error


@pytest.mark.pack
def test_the_pack_gives_73_points_in_the_24_communes(tmp_path, pack):
    # given the stations and the boundaries of the pack
    folder = pack / "geography"
    derived(
        tmp_path, "station_communes",
        (Boundaries(), folder / "communes-ile-de-france-2018.geojson"),
        (Stations(), folder / "emplacement-des-gares-idf.geojson"),
    )  # fmt: skip

    # then each of the 1,234 points is read, and 73 of them stand in the territory
    stations = published(tmp_path, "stations")
    assert len(stations) == 1_234
    assert {r["period"] for r in stations} == {"2025"}
    rows = published(tmp_path, "station_communes")
    assert sum(r["points_count"] for r in rows if r["commune_code"] in t12.COMMUNES) == 73
