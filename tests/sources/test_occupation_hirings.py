"""Hires by occupation and activity: NAF codes get their dot."""

import pytest

from bassin.sources.occupation_hirings import OccupationHirings
from tests.support.loading import DATA, edited, loaded

SAMPLE = DATA / "occupation_hirings" / "labour" / "rome_naf_hirings-raw.csv"


def test_activities_are_written_with_their_dot(tmp_path):
    found = loaded(OccupationHirings(), tmp_path, SAMPLE)
    assert [(r["rome_code"], r["naf_code"], r["hirings"]) for r in found.rows] == [
        ("A1203", "81.30Z", 5400),
        ("A1203", "84.11Z", 310),
        ("F1703", "43.99C", 9100),
    ]


def test_an_activity_that_is_no_naf_code_refuses_the_file(tmp_path):
    path = edited(SAMPLE, tmp_path / "labour", ("8130Z", "813Z"))
    found = loaded(OccupationHirings(), tmp_path / "store", path)
    assert "naf_code is “81.3Z”" in found.run.error


def test_a_pair_given_twice_is_refused_once(tmp_path):
    path = edited(SAMPLE, tmp_path / "labour", ("8411Z", "8130Z"))
    source = OccupationHirings()
    source.max_refused_pct = 50
    found = loaded(source, tmp_path / "store", path)
    assert [r["line"] for r in found.refused] == [3]


@pytest.mark.pack
def test_the_pack_covers_517_occupations(tmp_path, pack):
    found = loaded(OccupationHirings(), tmp_path, pack / "labour" / SAMPLE.name)
    assert (found.run.rows, found.run.refused) == (11_210, 0)
    assert len({r["rome_code"] for r in found.rows}) == 517
