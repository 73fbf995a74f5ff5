"""Which perimeters of priority neighbourhoods hold on a day."""

from datetime import date

from bassin.territory.quarters import generation


def test_the_perimeters_are_those_in_force_on_the_day():
    days = [date(2014, 1, 1), date(2023, 12, 31), date(2024, 1, 1)]

    assert [generation("94074", each) for each in days] == [None, 2015, 2024]
    assert generation("97101", date(2024, 6, 1)) == 2015
