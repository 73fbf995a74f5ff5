"""Whom a place is ranked with, and why."""

import pytest

from bassin.store import Reader, Store
from bassin.territory import Territory
from bassin.territory.similarity import VARIABLES
from bassin.types import Scale
from tests.support.france import linked


@pytest.fixture(scope="module")
def territory(france):
    return Territory(Reader(Store(france / "store")))


def test_an_ept_is_ranked_with_the_eleven_and_paris(territory):
    group = territory.peers(territory.place("ept:200058014"))

    scales = [each.scale for each in group.places]
    assert scales.count(Scale.EPT) == 11
    assert [each.key for each in group.places if each.scale != Scale.EPT] == ["commune:75056"]
    assert group.reasons == {}


def test_another_place_is_ranked_with_the_ten_most_similar(territory):
    place = territory.place("commune:94037")

    group = territory.peers(place)

    assert len(group.places) == 11
    sizes = [each.population for each in group.places[1:]]
    assert all(place.population / 3 < size < place.population * 3 for size in sizes)
    assert place.code not in {each.code for each in group.places[1:]}


def test_each_reason_names_two_declared_variables(territory):
    group = territory.similar(territory.place("epci:200069144"))

    names = {variable.fr for variable in VARIABLES}
    for why in group.reasons.values():
        said = why.fr.removeprefix("proche par : ").split(", ")
        assert len(said) == 2
        assert set(said) <= names


def test_communities_are_compared_with_their_own_kind(territory):
    place = territory.place("epci:200069144")

    assert {each.kind for each in territory.similar(place).places} == {"CC"}


def test_a_list_by_hand_resembles_communities_not_communes(territory):
    group = territory.similar(territory.place("selection:94016-94037-94038"))

    assert {each.scale for each in group.places[1:]} == {Scale.EPCI}


def test_a_merger_is_not_taken_for_growth(territory):
    # Saint-Denis took in the 31,000 inhabitants of Pierrefitte-sur-Seine: +32 % on paper.
    nearest = territory.similar(territory.place("commune:93066")).places[1:4]

    assert all(each.population > 90_000 for each in nearest)


def test_the_closest_place_comes_first_whichever_side_asks(territory):
    lozere = territory.place("departement:48")

    closest = territory.similar(lozere).places[1]

    assert closest.code in {"23", "15", "09", "04", "05"}  # few inhabitants, far apart


def test_france_resembles_nothing(territory):
    france = territory.place("france:FR")

    assert territory.peers(france).places == (france,)


def test_two_installations_of_the_same_geography_read_it_once(france, territory, tmp_path):
    other = Territory(Reader(Store(linked(france, tmp_path / "var") / "store")))

    assert other.gazetteer() is territory.gazetteer()
