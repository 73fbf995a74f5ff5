"""Minutes by public transport: against a graph library, and what no timetable may do."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from bassin.sources.lines import Lines
from bassin.sources.stations import Stations
from bassin.store import Reader, Store
from bassin.territory.travel import UNKNOWN, At, Day, hypotheses
from bassin.territory.travel.ground import Plane
from bassin.territory.travel.lines import closing, lines, open_for, spanning, timetables
from bassin.territory.travel.transit import Platforms, _access, _changes, transit
from bassin.territory.travel.ways import walk
from tests.support.loading import DATA, loaded, runner
from tests.territory.making_lands import LINES, PLACES, land, line

SAID = hypotheses()
TIMETABLE = DATA / "lines" / "transport" / "lines-2026.csv"
STATIONS = DATA / "stations" / "geography" / "emplacement-des-gares-idf.geojson"


def test_a_ride_is_a_walk_a_wait_the_rails_and_a_walk():
    ground = land([(0, 0), (20, 0)])
    rails = line("A", [(0, 0), (20, 0)], speed=60, waiting=5)

    minutes = transit(ground, (rails,), SAID, buses=False)

    to_the_station = 0.5 * 5**0.5 / 2**0.5 * 1.25 / 4.8 * 60
    assert minutes[0, 1] == round(2 * to_the_station + 5 + 20)


def shortest(ground, rails, *, buses):
    """The same minutes by Dijkstra on a graph that says each step."""
    platforms = Platforms.of(rails)
    access = _access(ground, platforms, SAID, buses=buses)
    graph = nx.DiGraph()
    for each, first in zip(rails, platforms.first, strict=True):
        for stop, before in enumerate(each.parent):
            here = first + stop
            graph.add_edge(("stand", here), ("ride", here), weight=each.waiting)
            graph.add_edge(("ride", here), ("off", here), weight=0)
            if before >= 0:
                graph.add_edge(("ride", here), ("ride", first + before), weight=each.ride[stop])
                graph.add_edge(("ride", first + before), ("ride", here), weight=each.ride[stop])
    for start, end, minutes in _changes(platforms, SAID):
        graph.add_edge(("off", start), ("stand", end), weight=float(minutes))
    for stop, commune in np.argwhere(np.isfinite(access)):
        graph.add_edge(("from", commune), ("stand", stop), weight=float(access[stop, commune]))
        graph.add_edge(("off", stop), ("to", commune), weight=float(access[stop, commune]))
    found = np.full((len(ground.codes),) * 2, np.inf)
    for start in range(len(ground.codes)):
        if ("from", start) in graph:
            lengths = nx.single_source_dijkstra_path_length(graph, ("from", start))
            for end in range(len(ground.codes)):
                found[start, end] = lengths.get(("to", end), np.inf)
    return found


@given(PLACES, LINES)
@settings(max_examples=40)
def test_rounds_of_rides_find_what_the_shortest_path_finds(places, rails):
    ground = land(places)

    found = transit(ground, rails, SAID, buses=False)

    told = shortest(ground, rails, buses=False)
    told = np.where(np.isfinite(told), np.minimum(told, walk(ground, SAID)), UNKNOWN)
    assert ((found == UNKNOWN) == (told == UNKNOWN)).all()
    assert np.abs(found - told).max() <= 1


@given(PLACES, LINES)
@settings(max_examples=25)
def test_one_more_line_never_makes_a_trip_longer_and_both_directions_are_alike(places, rails):
    ground = land(places)
    all_of_them = transit(ground, rails, SAID, buses=False)
    fewer = transit(ground, rails[:-1], SAID, buses=False)

    known = fewer != UNKNOWN
    assert (all_of_them[known] != UNKNOWN).all()
    assert (all_of_them[known] <= fewer[known]).all()
    assert (all_of_them == all_of_them.T).all()
    assert ((all_of_them == UNKNOWN) | (all_of_them > 0)).all()


def test_without_a_line_nothing_is_known_not_even_a_bus():
    assert (transit(land([(0, 0), (1, 0)]), (), SAID, buses=True) == UNKNOWN).all()


def test_a_bus_is_assumed_only_between_dense_places_that_the_network_serves():
    rails = (line("A", [(0, 0), (30, 0)]),)
    dense = transit(land([(0, 0), (4, 0)], people=20_000), rails, SAID, buses=True)
    sparse = transit(land([(0, 0), (4, 0)], people=2_000), rails, SAID, buses=True)

    assert 0 < dense[0, 1] < 50
    assert sparse[0, 1] == UNKNOWN


def test_a_loop_is_closed_where_the_tree_sets_neighbours_far_apart():
    angle = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    x, y = 10_000 * np.cos(angle), 10_000 * np.sin(angle)
    parent, order = spanning(x, y)

    assert len(closing(x, y, parent, order, 8)) == 1
    assert closing(np.arange(5.0), np.zeros(5), *spanning(np.arange(5.0), np.zeros(5)), 8) == ()


@pytest.fixture
def reader(tmp_path):
    made = runner(tmp_path)
    for source, path in ((Lines(), TIMETABLE), (Stations(), STATIONS)):
        assert loaded(source, tmp_path, path).run.status == "published"
    made.finish()
    return Reader(Store(tmp_path))


def test_a_loaded_line_runs_at_the_hours_it_says_and_others_at_those_of_their_mode(reader):
    found = {each.name: each for each in lines(reader, Plane(2154), SAID)}

    night = found["N00"]
    assert [stop.name for stop in night.stops] == ["North", "Middle", "South"]
    assert night.parent == (-1, 0, 1)
    assert night.waiting == 15
    assert night.hours.running_for(At.of("02:00")) == 90
    assert night.hours.running_for(At.of("12:00")) == -1
    c = timetables(reader)["RER", "C"]
    assert c.hours.running_for(At.of("04:45")) == 15
    assert c.hours.running_for(At.of("12:00", Day.SUNDAY)) == -1


def test_at_night_only_a_loaded_line_runs(reader):
    found = open_for(lines(reader, Plane(2154), SAID), At.of("03:30"))

    assert [(each.name, minutes) for each, minutes in found.items()] == [("N00", 180)]


def test_a_timetable_with_a_strange_hour_is_refused_with_its_line(tmp_path):
    path = tmp_path / "transport" / "lines-2026.csv"
    path.parent.mkdir()
    text = TIMETABLE.read_text("utf-8")
    path.write_text(text + text.splitlines()[1].replace("04:30", "24:30") + "\n", "utf-8")

    found = loaded(Lines(), tmp_path / "store", path)

    assert "first_departure" in str(found.run.error) or found.refused[0]["value"] == "24:30"
