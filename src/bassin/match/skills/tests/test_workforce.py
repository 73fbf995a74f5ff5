"""Jobs of a trade, from activities: parts that sum, and no firm that can be read in them."""

import pytest

from bassin.match.skills.forecast import Values
from bassin.match.skills.workforce import Activity, stock, workforce
from bassin.types import Origin
from tests.support.installing import install, put

MANY = Activity(Values(80, 100, 120), 12)
ALONE = Activity(Values(300, 300, 300), 1)


def test_jobs_of_a_trade_are_the_sum_of_its_parts_by_section():
    found = stock(
        {"10.71C": Values(8, 10, 12), "10.13B": Values(1, 1, 1), "47.24Z": Values(4, 5, 6)},
        {"10.71C": MANY, "10.13B": MANY, "47.24Z": MANY},
    )

    assert found.jobs == Values(13, 16, 19)
    assert found.sections["C"] == Values(9, 11, 13)
    assert sum(each.central for each in found.sections.values()) == pytest.approx(
        found.jobs.central
    )
    assert not found.secret


def test_jobs_that_two_firms_hold_are_secret():
    two = Activity(Values(80, 80, 80), 2)

    assert stock({"30.30Z": Values(40, 40, 40)}, {"30.30Z": two}).secret


def test_jobs_that_one_firm_nearly_holds_alone_are_secret_however_many_others_hire():
    parts = {"30.30Z": Values(90, 90, 90), "47.24Z": Values(5, 5, 5)}

    assert stock(parts, {"30.30Z": ALONE, "47.24Z": MANY}).secret
    parts["47.24Z"] = Values(50, 50, 50)
    assert not stock(parts, {"30.30Z": ALONE, "47.24Z": MANY}).secret


def test_a_masked_headcount_is_an_interval_and_never_zero_for_sure(france, tmp_path):
    house = install(france, tmp_path / "var")
    counted = {"period": "2024", "cog": 2024, "establishments": 4}
    place = {"commune_code": "94074", "naf_code": "52.29A"}
    heads = [
        {**place, **counted, "headcount": None, "headcount_masked": True},
        {**place, **counted, "commune_code": "94016", "headcount": 10, "headcount_masked": False},
    ]
    put(house, Origin.INVENTED, urssaf_headcounts=heads)
    alone = workforce(house)
    found = []
    for bands in ([(20, 49)], [(20, 49), (10_000, None)]):
        stocked = [
            {**place, **counted, "headcount_band": str(n), "headcount_min": least,
             "headcount_max": most, "is_employer": True, "is_head_office": True}
            for n, (least, most) in enumerate(bands)
        ]  # fmt: skip
        put(house, Origin.INVENTED, establishment_stock=stocked)
        found.append(workforce(house))

    jobs = [each.activities["52.29A"].jobs for each in (alone, *found)]
    assert jobs == [Values(10, 10, 10), Values(30, 44.5, 59), Values(10_030, 10_030, 10_030)]
    assert [each.hidden for each in (alone, *found)] == [1, 1, 1]
    assert [each.unbounded for each in (alone, *found)] == [1, 0, 1]
    assert "masqués" in found[0].unknown.fr
    assert "borne haute" not in found[0].unknown.fr
    assert "borne haute" in alone.unknown.fr
