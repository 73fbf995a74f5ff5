"""What every reader about places, incomes and housing answers to a file not as published."""

import gzip
from pathlib import Path

import pytest

from bassin.sources import sources
from tests.support.loading import DATA, loaded

# Source, its sample, its delimiter, a column it needs.
FILES = [
    ("income_iris", "income/filosofi-disp-iris-2017-idf.csv", ";", "Indice de Gini"),
    (
        "establishments_by_size",
        "establishments_by_size/base_etablissement_par_tranche_effectif.csv",
        ",",
        "E14TS200",
    ),
    ("pay", "establishments_by_size/net_salary_per_town_categories.csv", ",", "SNHMFO14"),
    ("prices", "dvf/communesdvf2024.csv", ",", "Prixm2Moyen"),
    ("prices_median", "dvf/benefriches-cityStats.csv", ";", "dvf_surface_median"),
    ("rents", "dvf/loyers_IDF_2024.csv", ",", "loyer_predit_m2"),
    ("housing_vacancy", "friches/tauxvacance_communes_2021.csv", ";", "Nb_log_pp_2022"),
    ("insertion_employers", "insertion/siaes-2021.csv", ",", "post_code"),
    ("green_projects", "aids/fonds-vert-2023-export.csv", ";", "montant_engage"),
    ("qpv_statistics", "qpv/insertion-professionnelle-2020.csv", ";", "LIBGEO"),
]
each_file = pytest.mark.parametrize(
    ("key", "name", "delimiter", "column"), FILES, ids=[file[0] for file in FILES]
)


def sample(key: str, name: str) -> Path:
    return DATA / key / name


def answer(key: str, tmp_path: Path, name: str, content: bytes) -> str:
    """The sentence left by a load that must fail and publish nothing."""
    path = tmp_path / "in" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    found = loaded(sources()[key], tmp_path / "store", path)
    assert (found.run.status, found.rows) == ("failed", [])
    return found.run.error


@each_file
def test_a_wrong_delimiter_is_named(key, name, delimiter, column, tmp_path):
    good = sample(key, name).read_bytes()
    said = answer(key, tmp_path, name, good.replace(delimiter.encode(), b"\t"))
    assert "is separated by tabs" in said
    assert Path(name).name in said


@each_file
def test_a_renamed_column_is_named(key, name, delimiter, column, tmp_path):
    good = sample(key, name).read_bytes()
    assert column.encode() in good
    said = answer(key, tmp_path, name, good.replace(column.encode(), b"renamed", 1))
    assert f"has no column {column}" in said


@each_file
def test_a_truncated_archive_is_told(key, name, delimiter, column, tmp_path):
    whole = gzip.compress(sample(key, name).read_bytes())
    said = answer(key, tmp_path, f"{name}.gz", whole[: len(whole) // 2])
    assert "is truncated or damaged" in said


@each_file
def test_a_record_cut_short_is_told_as_a_truncated_file(key, name, delimiter, column, tmp_path):
    good = sample(key, name).read_bytes().rstrip()
    start = good.rindex(b"\n")
    cut = good[: good.index(delimiter.encode(), start)] + b"\n"
    assert "The file may be truncated" in answer(key, tmp_path, name, cut)


@each_file
def test_a_header_without_rows_is_told(key, name, delimiter, column, tmp_path):
    first = sample(key, name).read_bytes().splitlines()[0] + b"\n"
    assert "has a header and no row" in answer(key, tmp_path, name, first)


@each_file
def test_a_file_in_another_encoding_is_refused(key, name, delimiter, column, tmp_path):
    # given the same text in UTF-16, as a spreadsheet may export it
    text = sample(key, name).read_bytes().decode("cp1252" if key == "housing_vacancy" else "utf-8")
    said = answer(key, tmp_path, name, text.encode("utf-16"))
    assert "is not written in utf-8" in said or "has no column" in said


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("income_iris", "income/filosofi-disp-iris.csv"),
        ("rents", "dvf/loyers_IDF.csv"),
        ("insertion_employers", "insertion/siaes.csv"),
        ("green_projects", "aids/fonds-vert-export.csv"),
        ("qpv_statistics", "qpv/insertion-professionnelle.csv"),
    ],
)
def test_a_name_without_its_year_is_refused_with_a_right_name(key, name, tmp_path):
    # given a good file whose name lost the year that nothing inside gives
    good = next((DATA / key).glob(f"{name.split('/')[0]}/*.csv")).read_bytes()

    # when it is loaded
    said = answer(key, tmp_path, name, good)

    # then the sentence shows how to name it
    assert "nothing inside says its year" in said
    assert "Rename the file" in said
