"""A map that moves: which square it shows, and circles that never cover one another."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bassin.ui.moving import Spot, View
from bassin.ui.moving.clusters import gathered
from bassin.ui.moving.view import LEAST_KM, MOST_KM, SIZE

metres = st.floats(600_000, 700_000)
spots = st.lists(
    st.builds(Spot, st.text("0123456789", min_size=5, max_size=5), st.just("Orly"), metres, metres,
              st.integers(1, 400)),
    min_size=1, max_size=30, unique_by=lambda spot: spot.code,
)  # fmt: skip


@pytest.mark.parametrize("words", ["", "1,2", "a,b,c", "1,2,nan", "1,2,-3", "1e9,2,3", "1,2,3,4"])
def test_words_that_name_no_square_are_left(words):
    assert View.of(words) is None


@given(st.floats(-9000, 9000), st.floats(-9000, 9000), st.floats(0.001, 1e6))
def test_a_square_is_the_same_once_it_was_in_an_address(x, y, across):
    view = View.of(f"{x},{y},{across}")

    assert view is not None
    assert View.of(str(view)) == view
    assert LEAST_KM <= view.across <= MOST_KM


def test_a_step_and_its_contrary_lead_back_and_the_north_is_above():
    view = View(650.0, 6850.0, 10.0)

    assert view.moved(1, 0).moved(-1, 0) == view
    assert view.moved(0, 1).y > view.y
    assert view.place(650_000, 6_850_000) == (SIZE / 2, SIZE / 2)
    assert view.place(650_000, 6_852_000)[1] < SIZE / 2


@given(spots)
def test_no_circle_covers_another_and_nothing_in_view_is_lost(places):
    view = View.around((spot.x, spot.y) for spot in places)

    circles = gathered(places, view)

    assert not any(one.covers(other) for one, other in combinations(circles, 2))
    assert sum(circle.number for circle in circles) == sum(spot.number for spot in places)


def test_the_fullest_circle_is_the_largest_and_each_can_be_touched():
    view = View(650.0, 6850.0, 20.0)
    places = [
        Spot("1", "Orly", 645_000, 6_850_000, 300),
        Spot("2", "Rungis", 655_000, 6_850_000, 2),
    ]

    full, small = gathered(places, view)

    assert (full.number, small.number) == (300, 2)
    assert full.radius > small.radius
    assert 2 * small.radius * 350 / SIZE >= 24  # pixels on a telephone


def test_places_together_are_shown_apart_by_their_own_square():
    near = [Spot("1", "Orly", 650_000, 6_850_000, 3), Spot("2", "Rungis", 652_500, 6_850_000, 2)]
    (circle,) = gathered(near, View(650.0, 6850.0, 200.0))

    assert len(circle.spots) == 2
    assert len(gathered(near, circle.within())) == 2
