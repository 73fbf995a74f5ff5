"""Rules that hold for any places: hypothesis draws them from all of France."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bassin.store import Reader, Store
from bassin.territory import Territory
from bassin.types import Scale

DATES = st.sampled_from([None, date(2018, 1, 1), date(2023, 6, 1), date(2026, 6, 1)])
CHOICES = st.integers(min_value=0, max_value=10**6)


@pytest.fixture(scope="module")
def territory(france):
    return Territory(Reader(Store(france / "store")))


def drawn(territory, on, number):
    """One of the places of a date."""
    places = territory.gazetteer(on).places
    return list(places.values())[number % len(places)]


@settings(max_examples=200, deadline=None)
@given(on=DATES, number=CHOICES)
def test_the_codes_of_a_place_are_those_of_its_communes(territory, on, number):
    place = drawn(territory, on, number)

    parts = [territory.codes(each, on) for each in territory.communes(place, on)]

    assert territory.codes(place, on) == frozenset().union(*parts)
    assert sum(map(len, parts)) == len(territory.codes(place, on)), "no code is in two communes"


@settings(max_examples=200, deadline=None)
@given(on=DATES, number=CHOICES)
def test_what_contains_a_place_holds_all_its_codes(territory, on, number):
    place = drawn(territory, on, number)

    for container in territory.containers(place, on):
        if place.kind == "arrondissement":
            assert container.key in place.parents
        else:
            assert territory.codes(place, on) <= territory.codes(container, on)
            assert set(place.communes) <= set(container.communes)


@settings(max_examples=200, deadline=None)
@given(on=DATES, number=CHOICES)
def test_a_place_counts_the_inhabitants_of_its_communes(territory, on, number):
    place = drawn(territory, on, number)
    people = [each.population for each in territory.communes(place, on)]

    if place.communes and None not in people:
        assert place.population == sum(people)
    else:
        assert place.population is None


@settings(max_examples=100, deadline=None)
@given(numbers=st.lists(CHOICES, min_size=1, max_size=30))
def test_a_list_by_hand_is_the_union_of_its_communes(territory, numbers):
    current = list(territory.gazetteer().current)
    codes = [current[number % len(current)] for number in numbers]

    place = territory.selection(codes)

    assert set(place.communes) == set(codes)
    assert place.scale == Scale.SELECTION
    scope = territory.scope([place]).to_pydict()
    assert set(scope["commune_code"]) == territory.codes(place)
    assert len(scope["commune_code"]) == len(set(scope["commune_code"]))


@settings(max_examples=60, deadline=None)
@given(number=CHOICES)
def test_a_place_resembles_ten_others_of_its_scale_each_with_its_reason(territory, number):
    place = drawn(territory, None, number)

    group = territory.similar(place)

    others = group.places[1:]
    assert group.places[0] == place
    assert set(group.reasons) == {each.key for each in others}
    assert place.key not in group.reasons
    assert len(others) <= 10
    assert all(each.scale == place.scale for each in others)
    assert all(why.fr.startswith("proche par : ") and why.en for why in group.reasons.values())


@settings(max_examples=300, deadline=None)
@given(number=CHOICES)
def test_a_place_typed_with_its_whole_name_is_found(territory, number):
    place = drawn(territory, None, number)
    if place.scale == Scale.IRIS:
        return

    found = territory.search(place.name, 50)

    assert place.name.casefold() in {each.name.casefold() for each in found}
