"""Employment areas: who belongs to which, at two dates."""

import pytest

from bassin.sources.employment_areas import EmploymentAreas
from tests.support.loading import DATA, edited, loaded

FOLDER = DATA / "employment_areas" / "labour"
LATEST = FOLDER / "bassin_emploi-bmo.csv"
FORMER = FOLDER / "lexique-bassins-be19.csv"


def test_both_lists_are_read_each_with_its_year(tmp_path):
    # given the list of 2024 and that of 2019
    # when they are loaded together
    found = loaded(EmploymentAreas(), tmp_path, LATEST, FORMER)

    # then a commune has one area per year
    assert found.run.rows == 8
    vitry = {r["period"]: r for r in found.rows if r["commune_code"] == "94081"}
    assert {year: row["employment_area_code"] for year, row in vitry.items()} == {
        "2019": "1129",
        "2024": "1129",
    }
    assert vitry["2024"]["cog"] == 2024


def test_an_area_code_gets_its_leading_zero_back(tmp_path):
    found = loaded(EmploymentAreas(), tmp_path, LATEST)
    assert next(r for r in found.rows if r["commune_code"] == "97104")["employment_area_code"] == (
        "0101"
    )


def test_paris_is_given_by_arrondissement_in_2024_and_as_one_commune_in_2019(tmp_path):
    found = loaded(EmploymentAreas(), tmp_path, LATEST, FORMER)
    paris = {(r["period"], r["commune_code"]) for r in found.rows if r["commune_code"] > "75"}
    assert {("2019", "75056"), ("2024", "75101")} <= paris


def test_a_commune_given_twice_keeps_its_first_area_and_the_other_is_refused(tmp_path):
    # given a file where a commune comes back
    path = edited(LATEST, tmp_path / "labour", ("11,91,91027,1129", "11,91,94081,1107"))

    # when it is loaded, however many refusals are allowed
    source = EmploymentAreas()
    source.max_refused_pct = 100
    found = loaded(source, tmp_path / "store", path)

    # then one row stays and the refused one is told with its line
    assert [r["line"] for r in found.refused] == [5]
    assert found.refused[0]["reason"] == "was already given by an earlier line"


def test_a_commune_code_without_its_leading_zero_refuses_the_file(tmp_path):
    path = edited(FORMER, tmp_path / "labour", ("01001,A", "1001,A"))
    found = loaded(EmploymentAreas(), tmp_path / "store", path)
    assert found.run.status == "failed"
    assert "line 2, column CODE_COMMUNE_INSEE: commune_code is “1001”" in found.run.error
    assert "leading zeros" in found.run.error


@pytest.mark.pack
def test_the_pack_gives_the_24_communes_of_area_1129(tmp_path, pack):
    found = loaded(
        EmploymentAreas(),
        tmp_path,
        pack / "labour" / "bassin_emploi-bmo.csv",
        pack / "labour" / "lexique-bassins-be19.csv",
    )
    assert (found.run.rows, found.run.refused) == (37_498 + 35_357, 0)
    for year in ("2019", "2024"):
        inside = {
            r["commune_code"]
            for r in found.rows
            if (r["period"], r["employment_area_code"]) == (year, "1129")
        }
        assert len(inside) == 24
        assert {"91027", "94065", "94081"} <= inside
