"""The tables that the store publishes: keys, types, and what stays empty until it is loaded."""

import duckdb

from bassin.taxonomies.perimeters import naf_codes, perimeters
from bassin.taxonomies.tables import tables


def test_each_table_has_a_unique_key():
    keys = {
        "naf": "naf_code, nomenclature",
        "headcount_bands": "family, band",
        "perimeter_naf": "perimeter, naf_code",
        "legal_categories": "legal_category",
    }

    published = tables()

    assert published.keys() == keys.keys()
    for name, key in keys.items():
        rows = published[name]  # noqa: F841  DuckDB reads it by its name
        counted = duckdb.sql(f"SELECT count(*), count(DISTINCT ({key})) FROM rows").fetchone()
        assert counted[0] == counted[1] > 0, name


def test_naf_holds_both_nomenclatures_with_parents_that_exist():
    rows = tables()["naf"].to_pylist()
    known = {(row["naf_code"], row["nomenclature"]) for row in rows}

    assert len(rows) == 1728 + 109
    for row in rows:
        if row["level"] > 1:
            assert (row["parent_code"], row["nomenclature"]) in known
        else:
            assert row["parent_code"] is None


def test_a_perimeter_that_cannot_be_computed_has_no_row():
    rows = tables()["perimeter_naf"].to_pylist()

    assert {row["perimeter"] for row in rows} == {
        one.id for one in perimeters().values() if one.computable
    }
    waste = tuple(row["naf_code"] for row in rows if row["perimeter"] == "waste")
    assert waste == naf_codes("waste")


def test_an_open_band_has_no_maximum():
    rows = tables()["headcount_bands"].to_pylist()

    assert [row["band"] for row in rows if row["maximum"] is None] == ["53", "TS500"]
