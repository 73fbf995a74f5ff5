"""Failures over whole years, beside the firms that could fail."""

from datetime import date

import ibis
import pytest

from bassin.sources.bodacc.yearly import FAILURES_YEARLY


@pytest.fixture
def derived():
    """Rows by commune and year, from notices of every month of 2024 and of one month of 2025."""
    con = ibis.duckdb.connect()
    con.raw_sql("CREATE TABLE failures (published_on DATE)")
    con.raw_sql("CREATE TABLE failures_local (commune_code TEXT, period TEXT, cog SMALLINT, "
                "openings INTEGER, openings_bdf INTEGER)")  # fmt: skip
    con.raw_sql("CREATE TABLE establishments (commune_code TEXT, period TEXT, cog SMALLINT, "
                "state TEXT, created_on DATE, closed_on DATE, is_head_office BOOLEAN)")  # fmt: skip
    published = [date(2024, month, 3) for month in range(1, 13)] + [date(2025, 1, 3)]
    for day in published:
        con.raw_sql(f"INSERT INTO failures VALUES ('{day}')")
    con.raw_sql("INSERT INTO failures_local VALUES ('94001', '2024', 2026, 2, 1), "
                "('94001', '2024', 2026, 1, 1), ('94001', '2025', 2026, 9, 9), "
                "('94003', '2024', 2026, 1, 0)")  # fmt: skip
    con.raw_sql("INSERT INTO establishments VALUES "
                "('94001', '2026-06-30', 2026, 'A', '2010-05-01', NULL, true), "
                "('94001', '2026-06-30', 2026, 'F', '2010-05-01', '2024-03-01', true), "
                "('94001', '2026-06-30', 2026, 'F', '2010-05-01', '2023-03-01', true), "
                "('94001', '2026-06-30', 2026, 'A', '2024-02-01', NULL, true), "
                "('94001', '2026-06-30', 2026, 'A', '2010-05-01', NULL, false), "
                "('94002', '2026-06-30', 2026, 'A', '2010-05-01', NULL, true)")  # fmt: skip
    rows = FAILURES_YEARLY.derive(con).to_pyarrow().to_pylist()
    return {(row["commune_code"], row["period"]): row for row in rows}


def test_failures_of_a_commune_are_added_over_its_activities(derived):
    found = derived["94001", "2024"]

    assert (found["openings"], found["openings_bdf"]) == (3, 2)


def test_firms_are_the_head_offices_active_on_1_january(derived):
    # Active since 2010, and closed in March of the year; not the one closed before nor the one
    # created in the year, nor the establishment that is no head office.
    assert derived["94001", "2024"]["firms"] == 2


def test_a_commune_with_firms_and_no_failure_has_zero_of_them(derived):
    assert (derived["94002", "2024"]["openings"], derived["94002", "2024"]["firms"]) == (0, 1)


def test_failures_where_no_firm_is_known_have_no_rate(derived):
    assert (derived["94003", "2024"]["openings"], derived["94003", "2024"]["firms"]) == (1, None)


def test_a_year_without_notices_of_every_month_is_left_out(derived):
    assert {period for _, period in derived} == {"2024"}
