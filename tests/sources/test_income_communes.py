"""Filosofi by commune, in its two forms: hidden values stay hidden."""

import zipfile

from bassin.sources.incomes import IncomeCommunes
from tests.support.loading import DATA, edited, loaded

FOLDER = DATA / "income_communes" / "income"
COMPARED = FOLDER / "cc_filosofi_2021_COM-geo2024.csv"
DISPOSABLE = FOLDER / "FILO2021_DISP_COM.csv"


def commune(found, code):
    return next(row for row in found.rows if row["commune_code"] == code)


def test_published_values_are_read_with_their_decimal_comma(tmp_path):
    vitry = commune(loaded(IncomeCommunes(), tmp_path, COMPARED), "94081")
    assert (vitry["median_eur"], vitry["poverty_pct"], vitry["d9_d1"]) == (19380, 26, 3.6)
    assert (vitry["households"], vitry["taxed_pct"]) == (37000, 44.1)


def test_a_secret_value_is_empty_and_flagged_never_zero(tmp_path):
    found = loaded(IncomeCommunes(), tmp_path, COMPARED)
    small = commune(found, "01001")
    assert (small["median_eur"], small["median_eur_masked"]) == (25200, False)
    assert (small["poverty_pct"], small["poverty_pct_masked"]) == (None, True)
    absent = commune(found, "97701")
    assert (absent["median_eur"], absent["median_eur_masked"]) == (None, True)
    assert absent["households"] is None


def test_the_list_of_communes_is_that_of_the_name_or_three_years_later(tmp_path):
    named = edited(COMPARED, tmp_path / "income")
    older = named.rename(named.with_name("cc_filosofi_2021_COM-geo2025.csv"))
    found = loaded(IncomeCommunes(), tmp_path / "store", older)
    assert {row["cog"] for row in found.rows} == {2025}
    plain = loaded(IncomeCommunes(), tmp_path / "other", DISPOSABLE)
    assert {row["cog"] for row in plain.rows} == {2024}


def test_the_file_of_disposable_incomes_gives_quartiles_and_no_poverty(tmp_path):
    vitry = commune(loaded(IncomeCommunes(), tmp_path, DISPOSABLE), "94081")
    assert (vitry["q1_eur"], vitry["median_eur"], vitry["q3_eur"]) == (13700, 19380, 26100)
    assert (vitry["gini"], vitry["poverty_pct"], vitry["poverty_pct_masked"]) == (
        0.281,
        None,
        False,
    )


def test_the_archive_of_insee_is_opened_at_disposable_incomes(tmp_path):
    # given an archive where declared incomes come first
    path = tmp_path / "income" / "indic-struct-distrib-revenu-2021-COMMUNES_csv.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("FILO2021_DEC_COM.csv", "CODGEO;Q221\n01001;1\n")
        archive.writestr("FILO2021_DISP_PAUVRES_COM.csv", "CODGEO;TP6021\n01001;1\n")
        archive.write(DISPOSABLE, f"dossier/{DISPOSABLE.name}")

    # when it is loaded
    found = loaded(IncomeCommunes(), tmp_path / "store", path)

    # then the standard of living is after taxes and benefits
    assert commune(found, "94081")["median_eur"] == 19380


def test_both_forms_of_one_year_together_fail_and_say_why(tmp_path):
    found = loaded(IncomeCommunes(), tmp_path, COMPARED, DISPOSABLE)
    assert found.run.status == "failed"
    assert "already given by an earlier line" in found.run.error


def test_a_file_without_a_median_fails_and_names_it(tmp_path):
    path = edited(COMPARED, tmp_path / "income", ("MED21", "MEDIANE"))
    found = loaded(IncomeCommunes(), tmp_path / "store", path)
    assert "has no column MED21" in found.run.error


def test_a_name_without_a_year_fails_and_says_how_to_name_it(tmp_path):
    found = loaded(IncomeCommunes(), tmp_path, DISPOSABLE, name="income/filosofi.csv")
    assert "its name must give the year" in found.run.error
