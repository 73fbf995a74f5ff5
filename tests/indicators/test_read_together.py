"""Reading many figures at once, or from many threads, gives what reading each alone gives."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from bassin.indicators.kept_rows import KeptRows
from tests.indicators.tiny_country import METROPOLE, REGION, build, everywhere, rate, total

PLACES = ("ept:E1", "ept:E2", METROPOLE, REGION, "france:FR", "commune:94001", "commune:75056")


def columns(growth: int = 0):
    """Whole numbers, whose sum is exact in any order: that of a join is nobody's promise."""
    return {
        "unemployed": lambda code, people: people // 10 + growth + int(code) % 7,
        "active": lambda code, people: people // 2,
        "workers": lambda code, people: None if code == "94001" else people // 9,
    }


@pytest.fixture
def country(tmp_path):
    rows = everywhere("2012", **columns()) + everywhere("2018", **columns(300))
    return build(tmp_path, census=rows)


@pytest.fixture
def declared():
    return [
        total("unemployed"),
        total("active - unemployed"),
        rate("unemployed", "active"),
        rate("workers", "active"),
        total("active", where="unemployed > 800"),
        rate("unemployed", "active", where="workers > 1000"),
    ]


def test_figures_read_in_one_pass_are_those_read_one_by_one(country, declared):
    places = [country.territory.place(key) for key in PLACES]
    alone = [country.engine.figure(each, place) for each in declared for place in places]

    country.engine.forget()
    for place in places:
        country.engine.prepare(declared, place)
    together = [country.engine.figure(each, place) for each in declared for place in places]

    assert together == alone
    assert any(figure.observation.value is None for figure in alone)


def test_what_was_prepared_is_not_read_again(country, declared, monkeypatch):
    place = country.territory.place("ept:E1")
    country.engine.prepare(declared, place)
    monkeypatch.setattr(country.engine.query, "_run", None)

    assert country.engine.figure(declared[0], place).observation.value is not None


def test_figures_at_a_past_date_are_kept_apart_from_those_of_today(tmp_path):
    rows = everywhere("2018", unemployed=10) + everywhere("2026", unemployed=30)
    country = build(tmp_path, census=rows)
    indicator, place = total("unemployed"), country.territory.place("commune:94001")

    today = country.engine.figure(indicator, place).observation
    then = country.engine.figure(indicator, place, on=date(2019, 1, 1)).observation

    assert (today.period, today.value) == ("2026", 30)
    assert (then.period, then.value) == ("2018", 10)


def test_eight_threads_get_what_one_gets(country, declared):
    places = [country.territory.place(key) for key in PLACES]
    asked = [(each, place) for each in declared for place in places] * 6
    expected = [country.engine.figure(*pair) for pair in asked]
    order = list(range(len(asked)))
    random.Random(7).shuffle(order)
    country.engine.forget()

    def ask(number: int):
        if number % 40 == 0:
            country.engine.forget()
        if number % 7 == 0:
            country.engine.prepare(declared, asked[number][1])
        return country.engine.figure(*asked[number])

    with ThreadPoolExecutor(8) as threads:
        found = dict(zip(order, threads.map(ask, order), strict=True))

    assert [found[number] for number in range(len(asked))] == expected


def test_a_thread_that_stays_on_a_release_keeps_its_own_figures(tmp_path):
    indicator = total("unemployed")
    one = build(tmp_path / "one", census=everywhere(unemployed=10))
    other = build(tmp_path / "other", census=everywhere(unemployed=20))

    values = [each.value(indicator, "commune:94001") for each in (one, other, one, other)]

    assert values == [10, 20, 10, 20]


def test_the_least_used_rows_leave_first_when_there_are_too_many():
    kept = KeptRows(most=9)
    kept.keep((name, [("row",)] * 2) for name in "abc")
    kept.get("a")

    kept.keep([("d", [("row",)] * 2)])

    assert kept.get("b") is None
    assert kept.get("a") == kept.get("d") == [("row",)] * 2


def test_an_answer_without_rows_is_an_answer():
    kept = KeptRows(most=2)
    kept.keep([("nothing", [])])

    assert kept.get("nothing") == []
    assert kept.get("never asked") is None


def test_rows_replaced_or_larger_than_all_room_do_not_upset_the_count():
    kept = KeptRows(most=4)
    for _ in range(10):
        kept.keep([("same", [("row",)] * 3)])
    assert kept.get("same") is not None

    kept.keep([("huge", [("row",)] * 100)])
    kept.keep([("small", [("row",)])])

    assert kept.get("huge") is None
    assert kept.get("small") == [("row",)]
