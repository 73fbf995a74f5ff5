"""Jobs at the workplace: the year is in the names of the columns, and in the archive."""

import zipfile

import pytest

from bassin.sources.workplaces import JobsAtWorkplace
from tests.support.loading import DATA, edited, loaded

FOLDER = DATA / "workplaces" / "census"
FILE_2021 = FOLDER / "base-cc-emploi-pop-active-2021.CSV"
FILE_2022 = FOLDER / "base-cc-emploi-pop-active-2022.CSV"


def commune(found, code):
    return next(row for row in found.rows if row["commune_code"] == code)


def test_jobs_and_their_parts_are_read_for_the_year_of_the_file(tmp_path):
    found = loaded(JobsAtWorkplace(), tmp_path, FILE_2021)
    orly = commune(found, "94054")
    assert (orly["jobs"], orly["employees"], orly["employed_residents"]) == (
        42000.5,
        41000.25,
        9800,
    )
    assert (orly["period"], orly["cog"]) == ("2021", 2024)


def test_the_earlier_vintages_of_the_file_are_not_read(tmp_path):
    # given a file that repeats census 2015 for comparison
    assert ";P15_EMPLT;" in FILE_2021.read_text("utf-8")
    found = loaded(JobsAtWorkplace(), tmp_path, FILE_2021)
    assert {row["period"] for row in found.rows} == {"2021"}


def test_sectors_and_occupations_add_up_to_jobs_of_the_same_processing(tmp_path):
    for row in loaded(JobsAtWorkplace(), tmp_path, FILE_2021).rows:
        sectors = ("agriculture", "industry", "construction", "services", "public")
        people = ("farmers", "owners", "managers", "intermediate", "clerical", "workers")
        for parts in (sectors, people):
            assert sum(row[f"jobs_{part}"] for part in parts) == pytest.approx(row["jobs_c"])


def test_the_occupations_of_pcs_2020_are_read_under_their_new_names(tmp_path):
    # given a file of census 2022, with C22_EMPLT_GS1 in place of CS1
    found = loaded(JobsAtWorkplace(), tmp_path, FILE_2021, FILE_2022)
    managers = {r["period"]: r["jobs_managers"] for r in found.rows if r["commune_code"] == "94054"}
    assert managers == {"2021": 9100, "2022": 9100}


def test_the_archive_of_insee_is_opened_at_the_right_file(tmp_path):
    # given a zip with the data and their description
    path = tmp_path / "census" / "base-cc-emploi-pop-active-2021_csv.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("meta_base-cc-emploi-pop-active-2021.CSV", "COD_VAR;LIB_VAR\n")
        archive.write(FILE_2021, FILE_2021.name)

    # when it is loaded
    found = loaded(JobsAtWorkplace(), tmp_path / "store", path)

    # then the data were read
    assert (found.run.status, found.run.rows) == ("published", 4)


def test_a_truncated_archive_fails_with_what_to_do(tmp_path):
    path = tmp_path / "census" / "base-cc-emploi-pop-active-2021_csv.zip"
    path.parent.mkdir()
    path.write_bytes(b"PK\x03\x04 half of an archive")
    found = loaded(JobsAtWorkplace(), tmp_path / "store", path)
    assert "truncated or damaged" in found.run.error


def test_an_archive_without_the_file_says_what_it_holds(tmp_path):
    path = tmp_path / "census" / "base-cc-emploi-pop-active-2021_csv.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("lisez-moi.txt", "…")
    found = loaded(JobsAtWorkplace(), tmp_path / "store", path)
    assert "it holds lisez-moi.txt" in found.run.error


def test_a_file_without_jobs_says_which_columns_it_has(tmp_path):
    path = edited(FILE_2021, tmp_path / "census", ("P21_EMPLT;", "P21_X;"), ("P15_EMPLT", "P15_X"))
    found = loaded(JobsAtWorkplace(), tmp_path / "store", path)
    assert r"has no column like P\d{2}_EMPLT" in found.run.error


def test_a_missing_sector_is_named(tmp_path):
    path = edited(FILE_2021, tmp_path / "census", ("C21_EMPLT_CONST", "C21_EMPLT_BTP"))
    found = loaded(JobsAtWorkplace(), tmp_path / "store", path)
    assert "has no column C21_EMPLT_CONST" in found.run.error
