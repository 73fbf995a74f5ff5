"""Jobseekers by commune, sex and age, from the long file of the Dares."""

from bassin.sources.jobseekers import Jobseekers
from tests.support.loading import DATA, edited, loaded

SAMPLE = DATA / "jobseekers" / "labour" / "dares_defm_communales-brutes.csv"


def vitry(found, period="2019-Q4"):
    return {
        (r["sex"], r["age"]): r["jobseekers"]
        for r in found.rows
        if (r["commune_code"], r["period"]) == ("94081", period)
    }


def test_a_quarter_gives_totals_and_parts_under_plain_words(tmp_path):
    rows = vitry(loaded(Jobseekers(), tmp_path, SAMPLE))
    assert rows["all", "all"] == 9415
    assert rows["men", "all"] + rows["women", "all"] == 9415
    ages = rows["all", "under_25"] + rows["all", "25_49"] + rows["all", "50_more"]
    assert ages == 9415


def test_the_total_of_a_departement_is_not_a_commune(tmp_path):
    found = loaded(Jobseekers(), tmp_path, SAMPLE)
    assert {r["commune_code"] for r in found.rows} == {"01001", "94081"}
    assert found.run.refused == 0


def test_a_published_zero_stays_zero_and_an_empty_cell_is_unknown(tmp_path):
    found = loaded(Jobseekers(), tmp_path, SAMPLE)
    small = {r["sex"]: r for r in found.rows if r["commune_code"] == "01001"}
    assert (small["all"]["jobseekers"], small["all"]["jobseekers_masked"]) == (0, False)
    assert (small["men"]["jobseekers"], small["men"]["jobseekers_masked"]) == (None, True)


def test_the_machine_names_of_the_portal_are_read_too(tmp_path):
    names = {
        "\ufeffDate": "date",
        "Code commune": "code_commune",
        "Type de données": "type_de_donnees",
        "Catégorie": "categorie",
        "Sexe": "sexe",
        "Tranche d'âge": "tranche_d_age",
        "Nombre de demandeurs d'emploi": "nombre_de_demandeurs_d_emploi",
    }
    path = edited(SAMPLE, tmp_path / "labour", *names.items())
    found = loaded(Jobseekers(), tmp_path / "store", path)
    assert vitry(found)["all", "all"] == 9415


def test_a_refused_row_is_told_with_its_line_in_the_file(tmp_path):
    # given a bad value after the line of a total, which is left out
    path = edited(SAMPLE, tmp_path / "labour", ("Total;Total;10120", "Total;Total;dix mille"))
    source = Jobseekers()
    source.max_refused_pct = 20
    found = loaded(source, tmp_path / "store", path)
    assert [(r["line"], r["value"]) for r in found.refused] == [(11, "dix mille")]


def test_a_sex_written_otherwise_is_refused_rather_than_guessed(tmp_path):
    path = edited(SAMPLE, tmp_path / "labour", ("Hommes;Total", "H;Total"))
    found = loaded(Jobseekers(), tmp_path / "store", path)
    assert "sex is “H”" in found.run.error


def test_a_renamed_column_fails_and_is_named(tmp_path):
    path = edited(SAMPLE, tmp_path / "labour", ("Catégorie", "Cat."))
    found = loaded(Jobseekers(), tmp_path / "store", path)
    assert "has no column Catégorie" in found.run.error
