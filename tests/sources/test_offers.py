"""Offers: rows without a commune, a city beside its arrondissements, pairs of rows that add up."""

import bz2
from collections import Counter

import pytest

from bassin.sources.offers import Offers
from tests.support.loading import DATA, edited, loaded

SAMPLE = DATA / "offers" / "labour" / "20211221_villes_offre_full.csv"


def packed(path, into, keep=None):
    """The file compressed as its publisher does, cut after some bytes on demand."""
    into.mkdir(parents=True, exist_ok=True)
    target = into / f"{path.name}.bz2"
    target.write_bytes(bz2.compress(path.read_bytes())[:keep])
    return target


def offers_of(found, *communes):
    return sum(r["offers"] for r in found.rows if r["commune_code"] in communes)


def test_a_compressed_file_is_read_as_published(tmp_path):
    found = loaded(Offers(), tmp_path / "store", packed(SAMPLE, tmp_path / "labour"))
    assert (found.run.status, found.run.rows) == ("published", 11)


def test_offers_without_a_commune_are_kept_with_what_was_written(tmp_path):
    # given two rows with an empty commune and one with the word "null"
    found = loaded(Offers(), tmp_path, SAMPLE)

    # when rows without a commune are counted
    nowhere = [r for r in found.rows if r["commune_code"] is None]

    # then none is lost, even if the same trade and count come back under the two writings
    assert Counter(r["location"] for r in nowhere) == {"empty": 2, "unknown": 1}
    assert sum(r["offers"] for r in nowhere) == 103
    assert found.run.refused == 0


def test_a_city_and_its_arrondissements_hold_different_offers(tmp_path):
    found = loaded(Offers(), tmp_path, SAMPLE)
    assert (offers_of(found, "75056"), offers_of(found, "75108")) == (30, 12)


def test_two_rows_of_one_commune_and_trade_add_up(tmp_path):
    found = loaded(Offers(), tmp_path, SAMPLE)
    masons = [r for r in found.rows if (r["commune_code"], r["rome_code"]) == ("94081", "F1703")]
    assert sorted(r["offers"] for r in masons) == [4, 9]


def test_the_very_same_line_twice_is_refused_once(tmp_path):
    path = edited(SAMPLE, tmp_path / "labour", ("94081;F1703;9", "94081;F1703;4"))
    source = Offers()
    source.max_refused_pct = 20
    found = loaded(source, tmp_path / "store", path)
    assert [r["line"] for r in found.refused] == [9]


def test_a_day_in_the_future_is_refused(tmp_path):
    path = edited(SAMPLE, tmp_path / "labour", ("A1203;2;2021-12-21", "A1203;2;2031-12-21"))
    source = Offers()
    source.max_refused_pct = 20
    found = loaded(source, tmp_path / "store", path)
    assert [(r["column_name"], r["reason"]) for r in found.refused] == [
        ("period", "is in the future")
    ]


def test_a_truncated_archive_fails_and_publishes_nothing(tmp_path):
    found = loaded(Offers(), tmp_path / "store", packed(SAMPLE, tmp_path / "labour", keep=90))
    assert found.run.status == "failed"
    assert "truncated or damaged" in found.run.error
    assert found.rows == []


def test_a_commune_code_without_its_zero_is_refused(tmp_path):
    path = edited(SAMPLE, tmp_path / "labour", ("01001;", "1001;"))
    found = loaded(Offers(), tmp_path / "store", path)
    assert "commune_code is “1001”" in found.run.error


@pytest.mark.pack
def test_the_pack_gives_the_known_totals(tmp_path, pack):
    found = loaded(Offers(), tmp_path, pack / "labour" / f"{SAMPLE.name}.bz2")
    assert (found.run.rows, found.run.refused) == (324_997, 0)
    assert sum(r["offers"] for r in found.rows) == 925_168
    nowhere = [r for r in found.rows if r["commune_code"] is None]
    assert (len(nowhere), sum(r["offers"] for r in nowhere)) == (899, 79_034)
    assert Counter(r["location"] for r in nowhere) == {"empty": 500, "unknown": 399}
    assert offers_of(found, "75056") == 7_128
    assert offers_of(found, *(f"751{n:02}" for n in range(1, 21))) == 32_122
