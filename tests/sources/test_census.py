"""The census by commune, on a sample in the two headers of the publisher."""

import csv

import pytest

from bassin.sources.census import Census
from tests.support.loading import DATA, loaded

FOLDER = DATA / "census" / "census"
PARTS = {
    2012: ("pop_dipl_bac2", "pop_dipl_sup"),
    2018: ("pop_dipl_sup2", "pop_dipl_sup34", "pop_dipl_sup"),
}
each_year = pytest.mark.parametrize("year", PARTS)


def written(year: int) -> list[dict[str, str]]:
    with (FOLDER / f"rp{year}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def changed(tmp_path, year, column, value):
    """The load of the sample with one cell of its first row changed."""
    rows = written(year)
    rows[0][column] = value
    path = tmp_path / "census" / f"rp{year}.csv"
    path.parent.mkdir()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    source = Census()
    source.max_refused_pct = 50
    return loaded(source, tmp_path / "store", path)


@each_year
def test_higher_education_is_the_sum_of_the_years_own_columns(year, tmp_path):
    found = loaded(Census(), tmp_path, FOLDER / f"rp{year}.csv")
    assert (found.run.status, found.run.refused) == ("published", 0)
    row, raw = found.rows[0], written(year)[0]
    assert (row["commune_code"], row["period"], row["cog"]) == ("01999", str(year), year + 2)
    assert row["higher_education"] == pytest.approx(sum(float(raw[name]) for name in PARTS[year]))
    assert row["unemployed"] == float(raw["pop_chom"])


def test_paris_is_kept_by_arrondissement_where_the_file_has_both(tmp_path):
    both = loaded(Census(), tmp_path / "both", FOLDER / "rp2018.csv")
    city = loaded(Census(), tmp_path / "city", FOLDER / "rp2012.csv")
    assert next(r["commune_code"] for r in both.rows if r["commune_code"] > "75") == "75101"
    assert "75056" not in {row["commune_code"] for row in both.rows}
    assert "75056" in {row["commune_code"] for row in city.rows}


@each_year
@pytest.mark.parametrize("column", ["pop_dipl_sup", "pop_chom"])
@pytest.mark.parametrize("value", ["*", "12,5", "NaN", "beaucoup"])
def test_a_cell_that_is_no_number_refuses_its_row_and_is_never_a_zero(
    year, column, value, tmp_path
):
    found = changed(tmp_path, year, column, value)
    (refused,) = found.refused
    assert (refused["line"], refused["value"].lower()) == (2, value.lower())
    assert refused["reason"] == "is not a number"
    assert column in refused["file_column"]
    assert "01999" not in {row["commune_code"] for row in found.rows}


@each_year
def test_an_empty_part_leaves_the_sum_empty_rather_than_short(year, tmp_path):
    found = changed(tmp_path, year, "pop_dipl_sup", "")
    assert found.run.refused == 0
    assert found.rows[0]["commune_code"] == "01999"
    assert found.rows[0]["higher_education"] is None


@each_year
def test_a_part_that_was_renamed_refuses_the_file(year, tmp_path):
    name = PARTS[year][-1]
    path = tmp_path / "census" / f"rp{year}.csv"
    path.parent.mkdir()
    text = (FOLDER / path.name).read_text("utf-8")
    path.write_text(text.replace(f",{name},", ",renamed,", 1), "utf-8")
    found = loaded(Census(), tmp_path / "store", path)
    assert found.run.status == "failed"
    assert f"has no column {name}" in found.run.error


def test_a_year_to_come_in_the_name_refuses_the_file(tmp_path):
    path = tmp_path / "census" / "rp2031.csv"
    path.parent.mkdir()
    path.write_bytes((FOLDER / "rp2018.csv").read_bytes())
    found = loaded(Census(), tmp_path / "store", path)
    assert found.run.status == "failed"
    assert "period is “2031”, which is in the future" in found.run.error
    assert "Check the dates, the year in the file's name" in found.run.error
