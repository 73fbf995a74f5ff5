"""The state of every source, as the pages and `bassin status` show it."""

from datetime import timedelta

import pytest

from bassin.errors import Refused
from bassin.sources import Raw, sources
from bassin.sources.health import health, refused_rows
from bassin.sources.sirene import Establishments
from bassin.store import Store
from tests.support.loading import DATA, edited, runner

STOCK = DATA / "sirene" / "StockEtablissement_utf8.csv"
KEYS = {"key", "title", "rows", "refused", "vintage", "age_days", "last_run", "error"}


def entry(made, today):
    return next(one for one in health(made.store, today) if one["key"] == "establishments")


@pytest.fixture
def made(tmp_path):
    """A runner whose store serves SIRENE with one refused row."""
    made = runner(tmp_path / "store")
    source = Establishments()
    source.max_refused_pct = 10.0
    path = edited(STOCK, tmp_path / "in", ("00010000900013", "10000900013"))
    assert made.load(source, [Raw(path, "sirene/stock.csv")]).refused == 1
    return made


def day_of(made):
    return made._now().date()


def test_every_source_is_listed_even_when_never_loaded(tmp_path):
    listed = health(Store(tmp_path), runner(tmp_path).today)
    assert [one["key"] for one in listed] == list(sources())
    for one in listed:
        assert set(one) >= KEYS
        assert (one["rows"], one["age_days"], one["last_run"], one["stale"]) == (0, None, "", False)


def test_a_loaded_source_says_its_rows_its_date_and_its_age(made):
    one = entry(made, day_of(made) + timedelta(days=3))
    assert (one["rows"], one["refused"], one["vintage"]) == (10, 1, "2026-07-01")
    assert (one["age_days"], one["stale"], one["origin"], one["error"]) == (3, False, "real", "")
    assert one["title"] == "SIRENE : établissements"


def test_data_older_than_their_publishers_rhythm_are_stale(made):
    assert entry(made, day_of(made) + timedelta(days=76))["stale"] is True


def test_a_failed_load_shows_its_sentence_beside_the_last_good_version(made, tmp_path):
    empty = tmp_path / "stock.csv"
    empty.write_text("")
    made.load(Establishments(), [Raw(empty, "sirene/stock.csv")])
    one = entry(made, day_of(made))
    assert "sirene/stock.csv is empty" in one["error"]
    assert one["rows"] == 10


def test_refused_rows_are_listed_with_file_line_column_and_value(made):
    (row,) = refused_rows(made.store, "establishments").to_pylist()
    assert row == {
        "file": "sirene/stock.csv",
        "line": 11,
        "file_column": "siret",
        "column_name": "siret",
        "value": "10000900013",
        "reason": "is not 14 digits, leading zeros included",
    }


def test_a_table_without_refused_rows_gives_none_and_an_unknown_one_is_told(made):
    assert refused_rows(made.store, "establishment_stock").num_rows == 0
    with pytest.raises(Refused, match="There is no source named nothing"):
        refused_rows(made.store, "nothing")
    with pytest.raises(Refused, match="legal_units is not loaded"):
        refused_rows(made.store, "legal_units")
