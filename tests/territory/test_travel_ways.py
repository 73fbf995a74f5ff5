"""Minutes on foot, by bicycle and by car, from straight lines and densities."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bassin.territory.travel import hypotheses
from bassin.territory.travel.travel import of_cities
from bassin.territory.travel.ways import UNKNOWN, bicycle, car, walk
from tests.territory.making_lands import PLACES, land

SAID = hypotheses()
OWN = {
    "walk": lambda ground: walk(ground, SAID),
    "bicycle": lambda ground: bicycle(ground, SAID),
    "car in the peak": lambda ground: car(ground, SAID, peak=True),
    "car at ease": lambda ground: car(ground, SAID, peak=False),
}


def test_a_trip_inside_a_commune_takes_time():
    ground = land([(0, 0)])

    minutes = walk(ground, SAID)

    # Half the square root of 5 km², a detour of 1.25, 4.8 km/h.
    assert minutes[0, 0] == round(0.5 * 5**0.5 * 1.25 / 4.8 * 60)


def test_walking_ten_kilometres_takes_two_and_a_half_hours():
    minutes = walk(land([(0, 0), (10, 0)]), SAID)

    assert minutes[0, 1] == pytest.approx(10 * 1.25 / 4.8 * 60, abs=2)


@pytest.mark.parametrize("way", OWN)
def test_an_island_without_a_bridge_is_reached_by_nobodys_own_means(way):
    minutes = OWN[way](land([(0, 0), (2, 0), (4, 0)], islands=(1,)))

    assert (minutes[1, [0, 2]] == UNKNOWN).all()
    assert (minutes[[0, 2], 1] == UNKNOWN).all()
    assert minutes[1, 1] > 0
    assert minutes[0, 2] > 0


@pytest.mark.parametrize("way", OWN)
def test_a_commune_whose_place_is_not_known_is_at_no_distance_of_any(way):
    minutes = OWN[way](land([(0, 0), (2, 0), (4, 0)], lost=(1,)))

    assert (minutes[1] == UNKNOWN).all()
    assert (minutes[:, 1] == UNKNOWN).all()
    assert minutes[0, 2] > 0


def test_where_no_commune_is_known_nothing_is_and_nothing_breaks():
    assert (car(land([(0, 0)], lost=(0,)), SAID, peak=True) == UNKNOWN).all()


@given(PLACES)
def test_walking_and_cycling_take_the_same_time_in_both_directions(places):
    ground = land(places)

    for way in ("walk", "bicycle"):
        minutes = OWN[way](ground)
        assert (minutes == minutes.T).all()


@given(PLACES)
def test_walking_through_a_third_place_is_never_shorter(places):
    minutes = walk(land(places), SAID).astype(int)

    through = minutes[:, :, None] + minutes[None]
    assert (minutes[:, None] <= through.transpose(0, 1, 2).min(axis=1)[:, None] + 2).all()


@given(PLACES, st.sampled_from([500, 4000, 20_000, 80_000]))
def test_beyond_three_kilometres_a_car_and_a_bicycle_are_no_slower_than_walking(places, people):
    ground = land(places, people=people)
    apart = np.hypot(ground.x[:, None] - ground.x[None], ground.y[:, None] - ground.y[None]) > 3000
    on_foot = walk(ground, SAID)

    for way in ("bicycle", "car in the peak", "car at ease"):
        assert (OWN[way](ground)[apart] <= on_foot[apart]).all()


@given(PLACES)
def test_the_peak_never_makes_a_car_faster(places):
    ground = land(places)

    assert (OWN["car in the peak"](ground) >= OWN["car at ease"](ground)).all()


def test_parking_is_that_of_the_arrival():
    ground = land([(0, 0), (8, 0)], people=[500, 80_000])

    minutes = car(ground, SAID, peak=False)

    park = SAID["parking"]["arrive"]
    assert minutes[0, 1] - minutes[1, 0] == park[3] - park[0]


def test_a_city_has_the_mean_of_its_arrondissements_weighted_by_inhabitants():
    ground = land([(0, 0), (0, 0), (0, 0), (9, 0)], people=[4, 1, 3, 1], cities=[-1, 0, 0, -1])
    minutes = np.array([[0, 0, 0, 0], [0, 10, 20, 40], [0, 20, 10, 60], [0, 42, 62, 9]], np.int16)

    found = of_cities(minutes, ground)

    assert found[0, 3] == (40 * 1 + 60 * 3) / 4
    assert found[3, 0] == (42 * 1 + 62 * 3) / 4
    assert found[0, 0] == round((10 + 20 * 3 + 20 * 3 + 10 * 9) / 16)
    assert found[1, 2] == 20


def test_an_unknown_arrondissement_stays_out_of_the_mean_of_its_city():
    ground = land([(0, 0)] * 4, cities=[-1, 0, 0, -1])
    minutes = np.full((4, 4), UNKNOWN, np.int16)
    minutes[1, 3] = 30

    found = of_cities(minutes, ground)

    assert found[0, 3] == 30
    assert found[3, 0] == UNKNOWN
