"""Tension by occupation and area: decimal commas, padded areas, classes from 1 to 5."""

import pytest

from bassin.sources.tension import Tension
from tests.support.loading import DATA, edited, loaded

SAMPLE = DATA / "tension" / "labour" / "tension-rome-bassin-2021.csv"


def row(found, area, rome):
    return next(
        r for r in found.rows if (r["employment_area_code"], r["rome_code"]) == (area, rome)
    )


def test_decimal_commas_become_numbers(tmp_path):
    found = loaded(Tension(), tmp_path, SAMPLE)
    mason = row(found, "1129", "F1703")
    assert (mason["offers"], mason["jobseekers_abc"], mason["tension"]) == (210.5, 180.75, 4)


def test_an_empty_factor_is_unknown_and_the_row_stays(tmp_path):
    found = loaded(Tension(), tmp_path, SAMPLE)
    assert row(found, "1129", "M1607")["specific_training"] is None
    assert found.run.refused == 0


def test_an_area_written_with_three_digits_is_padded(tmp_path):
    found = loaded(Tension(), tmp_path, SAMPLE)
    assert row(found, "0101", "N1101")["offers"] == 55


def test_a_class_above_five_is_refused(tmp_path):
    path = edited(SAMPLE, tmp_path / "labour", ("180,75;4;", "180,75;9;"))
    source = Tension()
    source.max_refused_pct = 50
    found = loaded(source, tmp_path / "store", path)
    assert [(r["line"], r["column_name"], r["reason"]) for r in found.refused] == [
        (3, "tension", "is above 5")
    ]


def test_a_code_that_is_no_rome_refuses_the_file(tmp_path):
    path = edited(SAMPLE, tmp_path / "labour", ("F1703", "Z9"))
    found = loaded(Tension(), tmp_path / "store", path)
    assert "rome_code is “Z9”" in found.run.error


@pytest.mark.pack
def test_the_pack_gives_the_known_totals_of_area_1129(tmp_path, pack):
    found = loaded(Tension(), tmp_path, pack / "labour" / SAMPLE.name)
    assert (found.run.rows, found.run.refused) == (27_135, 0)
    rows = [r for r in found.rows if r["employment_area_code"] == "1129"]
    assert len(rows) == 205
    assert sum(r["jobseekers_abc"] for r in rows) == 55_076
    assert len({r["employment_area_code"] for r in found.rows}) == 403
