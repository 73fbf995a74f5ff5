"""Establishments by headcount band: lost zeros, one Paris, and the reconciliation of 2014."""

import pytest

from bassin.sources.establishments_by_size import EstablishmentsBySize
from tests.support import t12
from tests.support.loading import DATA, edited, loaded

SAMPLE = (
    DATA / "establishments_by_size" / "establishments_by_size"
    / "base_etablissement_par_tranche_effectif.csv"
)  # fmt: skip
BANDS = (
    "without_staff", "staff_1_5", "staff_6_9", "staff_10_19", "staff_20_49", "staff_50_99",
    "staff_100_199", "staff_200_499", "staff_500_more",
)  # fmt: skip


def test_bands_are_read_and_the_year_comes_from_the_columns(tmp_path):
    found = loaded(EstablishmentsBySize(), tmp_path, SAMPLE)
    orly = next(r for r in found.rows if r["commune_code"] == "94054")
    assert (orly["period"], orly["cog"]) == ("2014", 2014)
    assert (orly["establishments"], orly["without_staff"], orly["staff_500_more"]) == (1400, 850, 3)
    assert orly["establishments"] == sum(orly[band] for band in BANDS)


def test_a_code_that_lost_its_zero_is_repaired_and_others_are_left(tmp_path):
    found = loaded(EstablishmentsBySize(), tmp_path, SAMPLE)
    codes = [r["commune_code"] for r in found.rows]
    assert codes == ["01001", "2A004", "75056", "94054", "94081", "97101"]


@pytest.mark.parametrize("code", ["101", "1A04", "940540", ""])
def test_a_code_of_another_length_is_refused_not_guessed(code, tmp_path):
    path = edited(SAMPLE, tmp_path / "in", ("1001,", f"{code},"))
    source = EstablishmentsBySize()
    source.max_refused_pct = 50
    found = loaded(source, tmp_path / "store", path)
    assert [(r["line"], r["column_name"]) for r in found.refused] == [(2, "commune_code")]


def test_a_city_given_with_its_arrondissements_keeps_the_arrondissements_only(tmp_path):
    # given Paris as a city and one arrondissement of it
    path = edited(SAMPLE, tmp_path / "in", ("94081,Vitry-sur-Seine", "75113,Paris 13e"))

    # when the file is loaded
    found = loaded(EstablishmentsBySize(), tmp_path / "store", path)

    # then Paris is there once, and the lines of the file are still its own
    assert [r["commune_code"] for r in found.rows if r["commune_code"] > "75"][:2] == [
        "75113",
        "94054",
    ]


def test_a_hidden_count_is_empty_and_a_negative_one_is_refused(tmp_path):
    path = edited(SAMPLE, tmp_path / "in", ("1400,850", "1400,s"), ("4200,2900", "4200,-2"))
    source = EstablishmentsBySize()
    source.max_refused_pct = 50
    found = loaded(source, tmp_path / "store", path)
    assert next(r for r in found.rows if r["commune_code"] == "94054")["without_staff"] is None
    assert [(r["line"], r["column_name"], r["value"]) for r in found.refused] == [
        (6, "without_staff", "-2")
    ]


def test_columns_of_no_year_are_told(tmp_path):
    path = edited(SAMPLE, tmp_path / "in", ("E14T", "T"))
    found = loaded(EstablishmentsBySize(), tmp_path / "store", path)
    assert "has no column EyyTST" in found.run.error


@pytest.mark.pack
def test_the_pack_gives_38038_establishments_for_the_24_communes(tmp_path, pack):
    path = pack / "establishments_by_size" / "base_etablissement_par_tranche_effectif.csv"
    found = loaded(EstablishmentsBySize(), tmp_path, path)
    assert (found.run.rows, found.run.refused) == (36_681, 0)
    inside = [r for r in found.rows if r["commune_code"] in t12.COMMUNES]
    assert len(inside) == 24
    assert sum(r["establishments"] for r in inside) == 38_038
    assert sum(r["without_staff"] for r in inside) == 24_769
    region = ("75", "77", "78", "91", "92", "93", "94", "95")
    assert sum(
        r["establishments"] for r in found.rows if r["commune_code"].startswith(region)
    ) == 1_048_252  # fmt: skip
    assert all(r["establishments"] == sum(r[band] for band in BANDS) for r in found.rows)
