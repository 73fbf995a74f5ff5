"""What every reader about work and money answers to a file that is not as published."""

import gzip

import pytest

from bassin.sources import sources
from tests.support.loading import DATA, edited, loaded

# Source, its sample, its delimiter, a column it needs.
FILES = [
    ("employment_areas", "employment_areas/labour/bassin_emploi-bmo.csv", ",", "lib_bassin_BMO"),
    ("tension", "tension/labour/tension-rome-bassin-2021.csv", ";", "defm_abc"),
    ("offers", "offers/labour/20211221_villes_offre_full.csv", ";", "nb_offre"),
    ("occupation_hirings", "occupation_hirings/labour/rome_naf_hirings-raw.csv", ",", "naf_id"),
    ("rome_occupations", "rome/rome/unix_referentiel_code_rome_v347_utf8.csv", ",", "libelle_rome"),
    (
        "rome4_occupations",
        "rome/rome/unix_referentiel_code_rome_v460_utf8.csv",
        ",",
        "emploi_cadre",
    ),
    ("rome_texts", "rome/rome/unix_texte_v347_utf8.csv", ",", "code_type_texte"),
    ("rome_appellations", "rome/rome/unix_referentiel_appellation_v347_utf8.csv", ",", "code_rome"),
    ("rome_skills", "rome/rome/unix_liens_rome_referentiels_v347_utf8.csv", ",", "position_bloc"),
    (
        "jobs_at_workplace",
        "workplaces/census/base-cc-emploi-pop-active-2021.CSV",
        ";",
        "C21_EMPLT_AGRI",
    ),
    (
        "commuting",
        "workplaces/census/base-flux-mobilite-domicile-lieu-travail-2021.csv",
        ";",
        "L_DCLT",
    ),
    ("income_communes", "income_communes/income/cc_filosofi_2021_COM-geo2024.csv", ";", "MED21"),
    ("jobseekers", "jobseekers/labour/dares_defm_communales-brutes.csv", ";", "Sexe"),
    (
        "urssaf_headcounts",
        "urssaf_headcounts/labour/"
        "etablissements-et-effectifs-salaries-au-niveau-commune-x-ape-last.csv",
        ";",
        "Code APE",
    ),
    ("local_taxes", "local_taxes/finances/rei.csv", ";", "secret_statistique"),
    (
        "fiscal_potential",
        "fiscal_potential/finances/criteres_repartition_2023.csv",
        ";",
        "Informations générales - Code INSEE de la commune",
    ),
]
each_file = pytest.mark.parametrize(
    ("key", "path", "delimiter", "column"), FILES, ids=[file[0] for file in FILES]
)


def answer(key, tmp_path, path):
    """The sentence a failed load leaves; it must have published nothing."""
    found = loaded(sources()[key], tmp_path / "store", path)
    assert (found.run.status, found.rows) == ("failed", [])
    assert path.name in found.run.error
    return found.run.error


@each_file
def test_the_sample_itself_is_good(key, path, delimiter, column, tmp_path):
    found = loaded(sources()[key], tmp_path, DATA / path)
    assert (found.run.status, found.run.refused) == ("published", 0)
    assert found.rows


@each_file
def test_a_wrong_delimiter_is_named(key, path, delimiter, column, tmp_path):
    other = "\t"
    changed = edited(DATA / path, tmp_path / "in", (delimiter, other))
    assert "is separated by tabs" in answer(key, tmp_path, changed)


@each_file
def test_a_renamed_column_is_named(key, path, delimiter, column, tmp_path):
    changed = edited(DATA / path, tmp_path / "in", (column, "renamed"))
    assert f"has no column {column}" in answer(key, tmp_path, changed)


@each_file
def test_a_truncated_archive_is_told(key, path, delimiter, column, tmp_path):
    whole = gzip.compress((DATA / path).read_bytes())
    half = tmp_path / "in" / f"{(DATA / path).name}.gz"
    half.parent.mkdir()
    half.write_bytes(whole[: len(whole) // 2])
    assert "truncated or damaged" in answer(key, tmp_path, half)


@each_file
def test_a_record_cut_short_is_told(key, path, delimiter, column, tmp_path):
    text = (DATA / path).read_text("utf-8").rstrip("\n")
    last = text.rindex("\n")
    cut = tmp_path / "in" / (DATA / path).name
    cut.parent.mkdir()
    cut.write_text(text[: text.index(delimiter, last)] + "\n", "utf-8", newline="")
    assert "The file may be truncated" in answer(key, tmp_path, cut)


@each_file
def test_an_empty_file_is_told(key, path, delimiter, column, tmp_path):
    empty = tmp_path / "in" / (DATA / path).name
    empty.parent.mkdir()
    empty.write_text("")
    assert "is empty" in answer(key, tmp_path, empty)


@each_file
def test_a_header_without_rows_is_told(key, path, delimiter, column, tmp_path):
    first = (DATA / path).read_text("utf-8").splitlines()[0]
    bare = tmp_path / "in" / (DATA / path).name
    bare.parent.mkdir()
    bare.write_text(first + "\n", "utf-8")
    found = loaded(sources()[key], tmp_path / "store", bare)
    assert found.run.status == "failed"
    assert "has a header and no row" in found.run.error
