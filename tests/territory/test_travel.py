"""Travel times as the floors above ask for them: codes, hours, unknowns and their reasons."""

from datetime import UTC, datetime, time

import numpy as np
import pytest

from bassin.errors import Refused
from bassin.store import Reader, Store
from bassin.territory import Territory
from bassin.territory.travel import SYMMETRIC, UNKNOWN, At, Day, Mode, Travel, hypotheses
from bassin.territory.travel.service import HORIZON, Hours, Window
from tests.territory.making_lands import ALWAYS, line

DAY_ONLY = Hours(((Day.WEEKDAY, Window.of("05:00", "00:30")),))


@pytest.fixture(scope="module")
def territory(france):
    return Territory(Reader(Store(france / "store")))


@pytest.fixture
def guadeloupe(territory, tmp_path):
    return Travel(territory, territory.place("region:01"), folder=tmp_path)


def rails_of(travel, *communes, hours=DAY_ONLY):
    """Give a line that stops in these communes, on the plane of the travel."""
    rows = [travel.row_of(code) for code in communes]
    points = [(travel.ground.x[row] / 1000, travel.ground.y[row] / 1000) for row in rows]
    vars(travel)["lines"] = (line("A", points, hours=hours),)


def test_matrices_are_whole_minutes_with_a_row_and_a_column_per_commune(guadeloupe):
    for mode in Mode:
        codes, minutes = guadeloupe.minutes(mode)

        assert minutes.dtype == np.int16
        assert minutes.shape == (len(codes), len(codes))
        assert list(codes) == sorted(codes)
        assert ((minutes > 0) | (minutes == UNKNOWN)).all()
        if mode in SYMMETRIC:
            assert (minutes == minutes.T).all()


def test_a_commune_is_in_reach_of_itself_first_and_others_come_by_minutes(guadeloupe):
    found = guadeloupe.reachable("97105", "car", 45)

    assert "97105" in {each.code for each in found[:3]}
    assert [each.minutes for each in found] == sorted(each.minutes for each in found)
    assert max(each.minutes for each in found) <= 45
    assert all(guadeloupe.between("97105", e.code, "car") == e.minutes for e in found[:5])


def test_an_island_says_that_one_takes_the_boat(guadeloupe):
    assert guadeloupe.between("97105", "97131", "car") is None
    assert "boat" in guadeloupe.why("97105", "97131", "car").en
    assert guadeloupe.between("97108", "97112", "car") > 0, "two communes of Marie-Galante"


def test_without_a_line_public_transport_is_unknown_and_says_so(guadeloupe):
    assert guadeloupe.between("97105", "97101", "transit") is None
    assert "No line" in guadeloupe.why("97105", "97101", "transit").en


def test_at_night_public_transport_is_unknown_unless_a_line_runs(guadeloupe):
    night = At.of("03:00")
    rails_of(guadeloupe, "97105", "97101")
    by_day = guadeloupe.between("97105", "97101", "transit")

    assert by_day > 0
    assert guadeloupe.between("97105", "97101", "transit", night) is None
    assert "night bus" in guadeloupe.why("97105", "97101", "transit", night).en

    rails_of(guadeloupe, "97105", "97101", hours=ALWAYS)
    assert guadeloupe.between("97105", "97101", "transit", night) > 0


def test_at_dawn_a_trip_is_known_once_the_line_ran_for_all_of_it(guadeloupe):
    rails_of(guadeloupe, "97105", "97101")
    takes = guadeloupe.between("97105", "97101", "transit")
    first = 5 * 60

    assert guadeloupe.between("97105", "97101", "transit", At(first + takes)) == takes
    assert guadeloupe.between("97105", "97101", "transit", At(first + takes - 1)) is None
    full = guadeloupe.minutes("transit", At(first + takes - 1))[1]
    assert full[guadeloupe.row_of("97105"), guadeloupe.row_of("97101")] == UNKNOWN


def test_a_car_is_slower_in_the_peak(guadeloupe):
    at_eight = guadeloupe.minutes("car", At.of("08:00"))[1]
    at_night = guadeloupe.minutes("car", At.of("03:00"))[1]

    assert (at_eight >= at_night).all()
    assert (at_eight > at_night).any()
    assert (guadeloupe.minutes("car", At.of("08:00", Day.SUNDAY))[1] == at_night).all()


def test_matrices_are_kept_and_read_from_their_files(territory, guadeloupe, tmp_path):
    _, made = guadeloupe.minutes("walk")
    again = Travel(territory, territory.place("region:01"), folder=tmp_path)

    _, found = again.minutes("walk")

    assert isinstance(found, np.memmap)
    assert (found == made).all()
    assert "ground" in vars(guadeloupe)


def test_other_hypotheses_are_other_matrices(territory, tmp_path):
    home = territory.place("region:01")
    slow = hypotheses().but("walk", speed=2.4)

    usual = Travel(territory, home, folder=tmp_path).between("97105", "97101", "walk")
    slower = Travel(territory, home, slow, folder=tmp_path).between("97105", "97101", "walk")

    assert slower == pytest.approx(2 * usual, abs=1)


def test_a_region_holds_its_communes_and_the_arrondissements_of_its_cities(territory, tmp_path):
    travel = Travel(territory, territory.place("commune:94081"), folder=tmp_path)

    codes = travel.codes
    assert {"75056", "75113", "94081", "77379"} <= set(codes)
    assert 1266 + 20 <= len(codes) <= 1300
    assert travel.row_of("93059") == travel.row_of("93066"), "Pierrefitte joined Saint-Denis"
    with pytest.raises(Refused, match="13055"):
        travel.row_of("13055")


def test_a_territory_at_a_border_sees_the_communes_across_it(territory, tmp_path):
    travel = Travel(territory, territory.place("commune:27681"), folder=tmp_path)

    assert "78089" in travel.codes, "Vernon (Normandie) sees the Île-de-France nearby"
    assert "77379" not in travel.codes


@pytest.mark.parametrize(
    ("written", "minute"),
    [("05:30", 330), ("5h30", 330), ("0:00", 0), ("23h59", 1439), ("7h", 420)],
)
def test_hours_are_read_as_people_write_them(written, minute):
    assert At.of(written).minute == minute


@pytest.mark.parametrize("written", ["", "24:00", "5:60", "dawn", "-1:00"])
def test_what_is_no_hour_is_refused_with_an_example(written):
    with pytest.raises(Refused, match="05:30"):
        At.of(written)


def test_a_moment_says_its_kind_of_day():
    assert At.of(datetime(2026, 11, 28, 6, 5, tzinfo=UTC)) == At(365, Day.SATURDAY)
    assert At.of(time(6, 5), "sunday") == At(365, Day.SUNDAY)


def test_a_service_past_midnight_belongs_to_the_eve():
    saturday = Hours(((Day.SATURDAY, Window.of("05:30", "02:15")),))

    assert saturday.running_for(At.of("02:00", Day.SUNDAY)) == HORIZON
    assert saturday.running_for(At.of("02:00", Day.SATURDAY)) == -1
    assert saturday.running_for(At.of("06:00", Day.SATURDAY)) == 30
    assert saturday.running_for(At.of("02:16", Day.SUNDAY)) == -1


def test_every_hypothesis_is_dated_and_says_whose_it_is_in_both_languages():
    said = hypotheses()

    assert said.decided_on.year >= 2026
    for each in said.groups.values():
        assert each.published == bool(each.source), each.code
        assert all((each.label.fr, each.label.en, each.note.fr, each.note.en)), each.code
