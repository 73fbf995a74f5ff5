"""Near one of many points is near any of them, counted once."""

import random

import pytest
from django.http import QueryDict

from bassin.observe.companies import marks
from bassin.observe.companies.finding import find
from bassin.observe.companies.geometry import metres_between
from bassin.observe.companies.nearby import near
from bassin.observe.companies.selection import Selection
from bassin.observe.companies.tests.drawing import drawn_rows
from bassin.observe.companies.tests.shown import publish
from bassin.observe.companies.tests.test_selection import TODAY
from bassin.types import Origin
from tests.support.installing import install, put


@pytest.mark.parametrize("metres", [50, 700, 4000])
def test_near_one_of_many_points_is_what_plain_python_finds(many, metres):
    chance = random.Random(metres)
    points = [(2.3 + chance.random() * 0.2, 48.7 + chance.random() * 0.15) for _ in range(60)]

    found = near(many.reader, points, metres).sirets

    expected = {
        row["siret"]
        for row in drawn_rows(2000)
        if row["longitude"] is not None
        and any(metres_between(at, (row["longitude"], row["latitude"])) <= metres for at in points)
    }
    assert set(found) == expected
    assert len(found) == len(set(found))


def test_marks_say_the_same_as_the_numbers_they_stand_for(many, monkeypatch):
    wanted = [row["siret"] for row in drawn_rows(2000)[::7]]
    sql = "SELECT siret FROM establishments_shown WHERE "

    for places in (True, False):
        monkeypatch.setattr(marks, "copied", lambda reader, places=places: places)
        condition = marks.marked(many.reader, [*wanted, "99999999999999"]).where()
        found = many.reader.rows(sql + condition.sql, list(condition.parameters))
        assert {siret for (siret,) in found} == set(wanted)
        assert ("rowid" in condition.sql) is places


def test_around_any_station_or_around_one(france, tmp_path):
    house = install(france, tmp_path / "var")
    stations = [
        {"station_id": str(number), "line_id": "L", "name": f"Gare {number}", "mode": "RER",
         "stop_area_name": f"Gare {number}", "line": "C", "operator": "SNCF", "period": "2026",
         "longitude": 2.32 + number * 0.04, "latitude": 48.77, "cog": 2026}
        for number in range(5)
    ]  # fmt: skip
    put(house, Origin.INVENTED, stations=stations)
    publish(house, drawn_rows(400))

    def total(query: str) -> int:
        return find(house, Selection.read(QueryDict(query), house, TODAY)).total

    alone = [total(f"rayon=1000@gare:{number}") for number in range(5)]
    assert total("rayon=1000@gares") == sum(alone) > 5
