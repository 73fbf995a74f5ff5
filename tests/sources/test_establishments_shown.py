"""Establishments as they may be shown: who is hidden, where they stand, what became of them."""

from datetime import date

import ibis
import numpy as np
import pyarrow as pa
import pytest
import shapely

from bassin.sources.sirene.positions import Neighbourhoods, degrees
from bassin.sources.sirene.procedures import PROCEDURES
from bassin.sources.sirene.shown import SHOWN

_NEEDED = """
CREATE TABLE establishments AS SELECT siret, left(siret, 9) AS siren, state,
    DATE '2010-01-01' AS created_on, DATE '2010-01-01' AS state_since_on,
    NULL::DATE AS closed_on, '25.62B' AS naf_code, NULL AS naf2025_code, '12' AS headcount_band,
    2024::SMALLINT AS headcount_year, true AS is_employer, true AS is_head_office,
    person::BOOLEAN AS is_natural_person, 'USUAL' AS name, 'SIGN' AS sign, '1 RUE' AS address,
    NULL AS address_more, '94460' AS postal_code, 'VALENTON' AS city, '94074' AS commune_code,
    656000.0 AS x_m, 6850000.0 AS y_m, NULL::DOUBLE AS longitude, NULL::DOUBLE AS latitude,
    diffusion, '2026-10-31' AS period, 2026::SMALLINT AS cog
FROM (VALUES ('00000001000011', 'A', false, 'O'), ('00000002000010', 'A', true, 'O'),
    ('00000003000019', 'A', NULL, 'O'), ('00000004000018', 'A', false, 'P'))
    AS t(siret, state, person, diffusion)
"""


@pytest.fixture
def con():
    made = ibis.duckdb.connect()
    made.raw_sql(_NEEDED)
    return made


def shown(con):
    con.create_table("shown", SHOWN.derive(con))
    rows = con.raw_sql("SELECT * FROM shown ORDER BY siret").fetch_arrow_table().to_pylist()
    return {row["siret"][7]: row for row in rows}


def test_a_person_a_partial_unit_and_a_doubt_are_hidden(con):
    found = shown(con)
    assert not found["1"]["is_hidden"]
    assert (found["1"]["name"], found["1"]["address"]) == ("SIGN", "1 RUE")
    identity = ("name", "sign", "unit_name", "acronym", "address", "address_more", "postal_code",
                "longitude", "latitude", "qpv_code")  # fmt: skip
    for hidden in "234":
        assert found[hidden]["is_hidden"]
        assert all(found[hidden][column] is None for column in identity)
        assert (found[hidden]["naf_code"], found[hidden]["commune_code"]) == ("25.62B", "94074")


def test_a_legal_unit_says_whether_it_is_a_person_and_may_hide_more(con):
    con.raw_sql(
        "CREATE TABLE legal_units AS SELECT siren, 'A' AS state, DATE '2009-01-01' AS created_on, "
        "'5710' AS legal_category, person AS is_natural_person, '12' AS headcount_band, "
        "'PME' AS category, true AS is_ess, NULL::BOOLEAN AS is_mission, 'UNIT' AS name, "
        "NULL AS acronym, diffusion FROM (VALUES ('000000010', false, 'P'), "
        "('000000030', false, 'O')) AS t(siren, person, diffusion)"
    )
    found = shown(con)
    assert found["1"]["is_hidden"]
    assert not found["3"]["is_hidden"]
    assert (found["3"]["unit_name"], found["3"]["is_ess"]) == ("UNIT", True)
    assert found["2"]["is_hidden"]


def notices(con, *rows):
    values = ", ".join(
        f"('N{i}', '000000010', DATE '{day}', DATE '{day}', '{kind}', '{nature}', {opens}, false, "
        "false, NULL)"
        for i, (day, kind, nature, opens) in enumerate(rows)
    )
    con.raw_sql(
        "CREATE TABLE failures AS SELECT * FROM (VALUES " + values + ") AS t(notice_id, siren, "
        "published_on, judged_on, kind, nature, is_opening, is_correction, is_cancellation, "
        "previous_id)"
    )


def procedures(con):
    con.create_table("establishments_shown", SHOWN.derive(con))
    con.create_table("told", PROCEDURES.derive(con))
    rows = con.raw_sql("SELECT * FROM told").fetch_arrow_table().to_pylist()
    return {row["siret"][7]: row for row in rows}


def test_what_everybody_may_take_says_nothing_of_procedures():
    assert not [name for name in SHOWN.columns if "procedure" in name]


def test_the_procedure_of_a_hidden_unit_is_in_no_table(con):
    con.raw_sql(
        "CREATE TABLE failures AS SELECT 'N' || siren AS notice_id, siren, "
        "DATE '2024-01-01' AS published_on, DATE '2024-01-01' AS judged_on, 'safeguard' AS kind, "
        "'' AS nature, true AS is_opening, false AS is_correction, false AS is_cancellation, "
        "NULL::VARCHAR AS previous_id FROM establishments"
    )
    assert list(procedures(con)) == ["1"]


def test_a_closed_procedure_is_told_closed(con):
    notices(con, ("2020-01-01", "receivership", "", True), ("2020-06-01", "conversion",
            "Jugement de conversion en liquidation judiciaire", False),
            ("2022-01-01", "closure", "", False))  # fmt: skip
    found = procedures(con)["1"]
    assert found["procedure"] == "liquidation"
    assert (found["procedure_on"], found["procedure_closed_on"]) == (
        date(2020, 1, 1), date(2022, 1, 1)
    )  # fmt: skip


def test_an_opening_after_a_closure_is_told_open(con):
    notices(con, ("2015-01-01", "liquidation", "", True), ("2016-01-01", "closure", "", False),
            ("2024-01-01", "safeguard", "", True))  # fmt: skip
    found = procedures(con)["1"]
    assert (found["procedure"], found["procedure_closed_on"]) == ("safeguard", None)


def test_a_move_keeps_both_addresses_and_a_takeover_is_no_move(con):
    con.raw_sql(
        "CREATE TABLE successions AS SELECT * FROM (VALUES "
        "('00000001000029', '00000001000011', DATE '2010-01-01', true), "
        "('00000001000011', '00000009000013', DATE '2020-01-01', true)) "
        "AS t(predecessor_siret, successor_siret, linked_on, goes_on)"
    )
    found = shown(con)["1"]
    assert (found["moved_from"], found["moved_from_on"]) == ("00000001000029", date(2010, 1, 1))
    assert found["moved_to"] is None


def test_the_published_metres_become_degrees_in_the_projection_of_each_territory():
    codes = pa.array(["94074", "97411", "97105", None])
    x = np.array([656000.0, 338000.0, 643000.0, np.nan])
    y = np.array([6850000.0, 7690000.0, 1770000.0, 6850000.0])
    longitude, latitude = degrees(codes, x, y)
    assert longitude[:3] == pytest.approx([2.40, 55.45, -61.67], abs=0.02)
    assert latitude[:3] == pytest.approx([48.75, -20.88, 16.01], abs=0.02)
    assert np.isnan(longitude[3])


def test_a_point_near_the_edge_of_a_neighbourhood_says_so():
    square = shapely.box(2.40, 48.75, 2.41, 48.76)
    codes, edges = Neighbourhoods(["QN09499X"], [square]).of(
        np.array([2.405, 2.4001, 2.3999, 2.39]), np.array([48.755, 48.755, 48.755, 48.755])
    )
    assert codes == ["QN09499X", "QN09499X", None, None]
    assert edges == [False, True, True, False]
