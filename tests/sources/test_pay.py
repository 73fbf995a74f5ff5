"""Mean hourly pay by commune of residence."""

import pytest

from bassin.sources.pay import Pay
from tests.support import t12
from tests.support.loading import DATA, edited, loaded

SAMPLE = DATA / "pay" / "establishments_by_size" / "net_salary_per_town_categories.csv"


def test_pay_is_read_by_sex_group_and_age(tmp_path):
    found = loaded(Pay(), tmp_path, SAMPLE)
    orly = next(r for r in found.rows if r["commune_code"] == "94054")
    assert (found.run.rows, orly["period"], orly["cog"]) == (5, "2014", 2014)
    assert (orly["hourly_pay_eur"], orly["hourly_pay_women_eur"]) == (12.2, 11.0)
    assert (orly["hourly_pay_men_managers_eur"], orly["hourly_pay_women_18_25_eur"]) == (23.8, 8.5)


def test_a_code_that_lost_its_zero_is_repaired(tmp_path):
    found = loaded(Pay(), tmp_path, SAMPLE)
    assert [r["commune_code"] for r in found.rows] == ["01004", "2A004", "75056", "94054", "94081"]


def test_a_hidden_mean_is_empty_and_a_text_is_refused(tmp_path):
    changes = (("Orly,12.2", "Orly,nd"), ("Vitry-sur-Seine,13,", "Vitry-sur-Seine,treize,"))
    path = edited(SAMPLE, tmp_path / "in", *changes)
    source = Pay()
    source.max_refused_pct = 50
    found = loaded(source, tmp_path / "store", path)
    assert next(r for r in found.rows if r["commune_code"] == "94054")["hourly_pay_eur"] is None
    assert [(r["line"], r["value"]) for r in found.refused] == [(6, "treize")]


def test_a_commune_given_twice_is_refused_once(tmp_path):
    path = edited(SAMPLE, tmp_path / "in", ("94081,", "94054,"))
    source = Pay()
    source.max_refused_pct = 50
    found = loaded(source, tmp_path / "store", path)
    assert [r["line"] for r in found.refused] == [6]


def test_columns_of_no_year_are_told(tmp_path):
    found = loaded(Pay(), tmp_path / "store", edited(SAMPLE, tmp_path / "in", ("SNHM14,", "SNHM,")))
    assert "has no column SNHMyy" in found.run.error


@pytest.mark.pack
def test_the_pack_gives_the_pay_of_the_24_communes(tmp_path, pack):
    path = pack / "establishments_by_size" / "net_salary_per_town_categories.csv"
    found = loaded(Pay(), tmp_path, path)
    assert (found.run.rows, found.run.refused) == (5_136, 0)
    inside = {r["commune_code"]: r for r in found.rows if r["commune_code"] in t12.COMMUNES}
    assert len(inside) == 24
    assert all(r["hourly_pay_eur"] > 9 for r in inside.values())
