"""Hiring needs (BMO): a spreadsheet where `*` means secret."""

import openpyxl
import pytest

from bassin.sources.hiring_needs import HiringNeeds
from tests.support.loading import DATA, loaded

SAMPLE = DATA / "hiring_needs" / "labour" / "Base_open_data_BMO_2024.xlsx"


def changed(into, cell, value, sheet="BMO_2024_open_data"):
    """A copy of the sample with one cell changed."""
    book = openpyxl.load_workbook(SAMPLE)
    book[sheet][cell] = value
    path = into / SAMPLE.name
    book.save(path)
    return path


def of_area(found, code):
    return [row for row in found.rows if row["employment_area_code"] == code]


def test_a_secret_value_is_empty_and_flagged_never_zero(tmp_path):
    # given three occupations in an area, two of them with a `*`
    found = loaded(HiringNeeds(), tmp_path, SAMPLE)

    # when its rows are read
    rows = {row["occupation_code"]: row for row in of_area(found, "1129")}

    # then what is hidden is NULL and said so, and what is shown is a number
    assert (rows["A0X40"]["projects"], rows["A0X40"]["difficult"]) == (20, None)
    assert (rows["A0X40"]["projects_masked"], rows["A0X40"]["difficult_masked"]) == (False, True)
    assert rows["J3X40b"]["projects"] is None
    assert rows["J3X40b"]["projects_masked"]
    assert rows["B2X37"]["seasonal"] == 10


def test_an_area_code_stored_as_a_number_is_padded_to_four(tmp_path):
    found = loaded(HiringNeeds(), tmp_path, SAMPLE)
    assert of_area(found, "0101")[0]["departement_code"] == "971"


def test_an_area_over_two_departements_keeps_a_row_in_each(tmp_path):
    found = loaded(HiringNeeds(), tmp_path, SAMPLE)
    assert {r["departement_code"]: r["projects"] for r in of_area(found, "1118")} == {
        "77": 15,
        "91": 25,
    }


def test_the_year_of_the_survey_is_the_period(tmp_path):
    found = loaded(HiringNeeds(), tmp_path, SAMPLE)
    assert {row["period"] for row in found.rows} == {"2024"}


def test_a_word_in_place_of_a_number_is_refused_with_its_line(tmp_path):
    source = HiringNeeds()
    source.max_refused_pct = 50
    found = loaded(source, tmp_path, changed(tmp_path, "L4", "beaucoup"))
    assert [(r["line"], r["column_name"], r["value"]) for r in found.refused] == [
        (4, "projects", "beaucoup")
    ]


def test_a_renamed_column_fails_and_the_sentence_names_it(tmp_path):
    found = loaded(HiringNeeds(), tmp_path, changed(tmp_path, "M1", "difficile"))
    assert found.run.status == "failed"
    assert "has no column xmet" in found.run.error


def test_the_same_row_twice_is_refused_once(tmp_path):
    source = HiringNeeds()
    source.max_refused_pct = 50
    path = changed(tmp_path, "B4", "A0X40")
    found = loaded(source, tmp_path, path)
    assert [r["line"] for r in found.refused] == [4]


def test_a_spreadsheet_without_its_data_sheet_fails(tmp_path):
    book = openpyxl.load_workbook(SAMPLE)
    book["BMO_2024_open_data"].title = "Feuil1"
    path = tmp_path / SAMPLE.name
    book.save(path)
    found = loaded(HiringNeeds(), tmp_path, path)
    assert "has no sheet named BMO_" in found.run.error
    assert "Feuil1" in found.run.error


def test_a_truncated_spreadsheet_fails_with_what_to_do(tmp_path):
    path = tmp_path / SAMPLE.name
    path.write_bytes(SAMPLE.read_bytes()[:2000])
    found = loaded(HiringNeeds(), tmp_path, path)
    assert found.run.status == "failed"
    assert "Download the file again" in found.run.error


@pytest.mark.pack
def test_the_pack_gives_the_known_totals_of_area_1129(tmp_path, pack):
    found = loaded(HiringNeeds(), tmp_path, pack / "labour" / SAMPLE.name)
    assert (found.run.rows, found.run.refused) == (53_443, 0)
    rows = of_area(found, "1129")
    assert len(rows) == 275
    totals = {k: sum(r[k] or 0 for r in rows) for k in ("projects", "difficult", "seasonal")}
    assert totals == {"projects": 21_061, "difficult": 10_997, "seasonal": 2_776}
    assert sum(r["projects_masked"] for r in rows) == 27
    assert sum(r["projects"] is None for r in rows) == 27
    assert sum(r["projects_masked"] for r in found.rows) == 10_891
