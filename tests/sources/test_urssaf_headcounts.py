"""Private employees by commune and activity: two columns per year become one row per year."""

from bassin.sources.urssaf import UrssafHeadcounts
from tests.support.loading import DATA, edited, loaded

NAME = "etablissements-et-effectifs-salaries-au-niveau-commune-x-ape-last.csv"
LABELS = DATA / "urssaf_headcounts" / "labour" / NAME
MACHINE = DATA / "urssaf_headcounts" / "machine" / NAME


def of(found, commune, naf):
    return {
        r["period"]: (r["establishments"], r["headcount"])
        for r in found.rows
        if (r["commune_code"], r["naf_code"]) == (commune, naf)
    }


def test_each_year_becomes_a_row(tmp_path):
    found = loaded(UrssafHeadcounts(), tmp_path, LABELS)
    assert of(found, "94065", "62.03Z") == {"2021": (2, 178), "2022": (2, 173)}
    assert {r["cog"] for r in found.rows} == {2022}


def test_a_year_without_employer_is_no_row_and_one_with_no_employee_is(tmp_path):
    found = loaded(UrssafHeadcounts(), tmp_path, LABELS)
    assert of(found, "01004", "01.11Z") == {"2022": (1, 0)}


def test_a_hidden_headcount_is_empty_and_flagged(tmp_path):
    found = loaded(UrssafHeadcounts(), tmp_path, LABELS)
    hidden = [r for r in found.rows if r["headcount_masked"]]
    assert [(r["naf_code"], r["establishments"], r["headcount"]) for r in hidden] == [
        ("47.11F", 1, None)
    ]


def test_the_machine_names_of_the_portal_are_read_too(tmp_path):
    found = loaded(UrssafHeadcounts(), tmp_path, MACHINE)
    assert of(found, "94065", "62.03Z") == {"2022": (2, 173)}


def test_a_refused_year_is_told_with_the_line_of_the_file(tmp_path):
    path = edited(LABELS, tmp_path / "labour", (";150;2900;", ";150;-4;"))
    source = UrssafHeadcounts()
    source.max_refused_pct = 50
    found = loaded(source, tmp_path / "store", path)
    assert [(r["line"], r["column_name"], r["reason"]) for r in found.refused] == [
        (3, "headcount", "is below 0")
    ]


def test_a_file_without_years_says_what_was_expected(tmp_path):
    path = edited(MACHINE, tmp_path / "labour", ("effectifs_salaries_2022", "effectifs"))
    found = loaded(UrssafHeadcounts(), tmp_path / "store", path)
    assert "has no pair of columns like" in found.run.error


def test_a_missing_code_is_named(tmp_path):
    path = edited(LABELS, tmp_path / "labour", ("Code APE", "Activité"))
    found = loaded(UrssafHeadcounts(), tmp_path / "store", path)
    assert "has no column Code APE" in found.run.error
