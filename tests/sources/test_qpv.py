"""Perimeters of both generations of QPV, in ANCT's layouts, and their statistics."""

import pytest
import shapely

from bassin.sources.qpv import Qpv
from bassin.sources.qpv_statistics import QpvStatistics
from tests.support.loading import DATA, derived, edited, loaded

FOLDER = DATA / "qpv" / "geography"
OF_2015 = FOLDER / "QP2015_METROPOLE.geojson"
WITH_CODES = FOLDER / "qpv2014-sample.geojson"
OF_2024 = FOLDER / "QP2024_France.geojson"
EMPLOYMENT = DATA / "qpv_statistics" / "qpv" / "insertion-professionnelle-2020.csv"
TRAINING = DATA / "qpv_statistics" / "qpv" / "formation-2020.csv"


def test_the_code_of_a_neighbourhood_tells_its_generation(tmp_path):
    found = loaded(Qpv(), tmp_path, OF_2015, WITH_CODES, OF_2024)
    generations = {r["qpv_code"]: r["generation"] for r in found.rows}
    assert generations == {
        "QP02A001": 2015, "QP094001": 2015, "QP094002": 2015, "QP094003": 2015,
        "QN09401M": 2024, "QN09402N": 2024,
    }  # fmt: skip
    assert {(r["period"], r["cog"]) for r in found.rows} == {("2015", 2015), ("2024", 2024)}


def test_names_are_read_in_each_layout(tmp_path):
    found = loaded(Qpv(), tmp_path, OF_2015, OF_2024)
    names = {r["qpv_code"]: r["name"] for r in found.rows}
    assert names["QP094001"] == names["QN09401M"] == "Quartier inventé nord"


def test_communes_are_found_by_name_where_the_layout_gives_no_code(tmp_path):
    found = loaded(Qpv(), tmp_path, OF_2015)
    communes = {r["qpv_code"]: (r["commune_code"], r["commune_codes"]) for r in found.rows}
    assert communes["QP094001"] == ("94054", "94054")
    assert communes["QP094002"] == ("94003", "94003 94037")
    assert communes["QP02A001"] == ("2A004", "2A004")


def test_a_shape_is_kept_whole_with_its_area(tmp_path):
    row = next(r for r in loaded(Qpv(), tmp_path, OF_2024).rows if r["qpv_code"] == "QN09401M")
    assert shapely.from_wkb(row["shape"]).bounds == (2.4, 48.7, 2.41, 48.71)
    assert row["area_km2"] == pytest.approx(0.82, abs=0.01)


def test_a_neighbourhood_of_two_communes_is_a_pair_of_rows(tmp_path):
    rows = derived(tmp_path, "qpv_communes", (Qpv(), OF_2024))
    assert {(r["qpv_code"], r["commune_code"]) for r in rows} == {
        ("QN09401M", "94054"),
        ("QN09402N", "94003"),
        ("QN09402N", "94037"),
    }


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("QN09401M", "ZUS94001", "qpv_code is “ZUS94001”"),
        ("QN09401M", "", "qpv_code is empty"),
        ('"code_qp"', '"code"', "feature 1: it has no property code_qp"),
        ("2.4,", "652000,", "is not a longitude"),
        ('"Polygon"', '"Ring"', "its geometry cannot be read"),
        ('"lib_qp": "Quartier inventé nord"', '"lib_qp": null', "name is empty"),
    ],
)
def test_a_file_not_as_published_is_told_with_its_place(old, new, sentence, tmp_path):
    path = edited(OF_2024, tmp_path / "geography", (old, new))
    found = loaded(Qpv(), tmp_path / "store", path)
    assert found.run.status == "failed"
    assert sentence in found.run.error


def test_a_layout_that_names_no_commune_is_refused(tmp_path):
    path = edited(WITH_CODES, tmp_path / "geography", ("commune", "ville"))
    assert "it names no commune" in loaded(Qpv(), tmp_path / "store", path).run.error


def test_a_code_given_twice_is_refused_once(tmp_path):
    path = edited(OF_2024, tmp_path / "geography", ("QN09402N", "QN09401M"))
    source = Qpv()
    source.max_refused_pct = 50
    assert [r["line"] for r in loaded(source, tmp_path / "store", path).refused] == [2]


def test_precarious_employment_is_read_by_sex_with_decimal_commas(tmp_path):
    found = loaded(QpvStatistics(), tmp_path, EMPLOYMENT)
    row = next(r for r in found.rows if r["qpv_code"] == "QP094001")
    assert (row["precarious_pct"], row["precarious_women_pct"]) == (24.4, 21.9)
    assert (row["employment_pct"], row["employment_women_pct"]) == (47.5, 41.0)
    assert (row["period"], row["generation"]) == ("2020", 2015)
    assert (row["jobseekers"], row["jobseekers_women"], row["jobseekers_cap"]) == (774, 327, 187)


def test_both_generations_are_read_and_zones_of_comparison_left_out(tmp_path):
    found = loaded(QpvStatistics(), tmp_path, EMPLOYMENT)
    assert {(r["qpv_code"], r["generation"]) for r in found.rows} == {
        ("QP094001", 2015),
        ("QP094002", 2015),
        ("QN09401M", 2024),
    }
    assert found.run.refused == 0


def test_a_hidden_rate_is_empty_and_said_hidden_never_zero(tmp_path):
    found = loaded(QpvStatistics(), tmp_path, EMPLOYMENT)
    row = next(r for r in found.rows if r["qpv_code"] == "QP094002")
    assert (row["precarious_pct"], row["precarious_women_pct"]) == (None, None)
    assert (row["precarious_masked"], row["jobseekers"]) == (True, 1_204)


def test_a_thematic_file_fills_its_columns_and_leaves_the_others_empty(tmp_path):
    found = loaded(QpvStatistics(), tmp_path, EMPLOYMENT, TRAINING)
    row = next(r for r in found.rows if r["theme"] == "formation")
    assert (row["below_bac_pct"], row["below_bac_women_pct"]) == (68.4, 66.1)
    assert (row["higher_education_pct"], row["precarious_pct"]) == (14.3, None)
    assert row["precarious_masked"] is False


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (";24,4;", ";244;", "precarious_pct is “244”, which is above 100"),
        ("QP094001;", "QP9401;", "qpv_code is “QP9401”"),
        ("TX_", "TAUX_", "holds none of the variables known here"),
    ],
)
def test_statistics_not_as_published_are_told(old, new, sentence, tmp_path):
    counts = ("ABC", "DEFM")
    changes = ((old, new), counts) if old == "TX_" else ((old, new),)
    path = edited(EMPLOYMENT, tmp_path / "qpv", *changes)
    found = loaded(QpvStatistics(), tmp_path / "store", path)
    assert found.run.status == "failed"
    assert sentence in found.run.error


@pytest.mark.pack
def test_the_sample_of_the_pack_is_recognised_as_the_first_generation(tmp_path, pack):
    found = loaded(Qpv(), tmp_path, pack / "geography" / "qpv2014-occitanie-sample.geojson")
    assert (found.run.rows, found.run.refused) == (105, 0)
    assert {r["generation"] for r in found.rows} == {2015}
    assert all(r["commune_code"] and r["area_km2"] > 0 for r in found.rows)
