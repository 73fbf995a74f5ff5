"""Known trips of Île-de-France: wide bounds that a wrong method would leave."""

import shutil

import pytest

from bassin.sources import Raw, source
from bassin.store import Reader, Store
from bassin.territory import Territory
from bassin.territory.travel import UNKNOWN, At, Day, Travel
from tests.support.loading import runner

pytestmark = [pytest.mark.pack, pytest.mark.slow]

DAWN, NOON = At.of("05:45"), At.of("12:00")


@pytest.fixture(scope="module")
def travel(france, pack, tmp_path_factory) -> Travel:
    var = tmp_path_factory.mktemp("travel")
    shutil.copytree(france / "store", var / "store")
    made = runner(var / "store")
    for key, file in (
        ("stations", "geography/emplacement-des-gares-idf.geojson"),
        ("boundaries", "geography/communes-ile-de-france-2018.geojson"),
    ):
        assert made.load(source(key), [Raw(pack / file, file)], publish=False).status == "published"
    made.finish()
    territory = Territory(Reader(Store(var / "store")))
    return Travel(territory, territory.place("ept:200058014"))


@pytest.mark.parametrize(
    ("trip", "start", "end", "mode", "at", "least", "most"),
    [
        ("Valenton–Rungis", "94074", "94065", "car", None, 20, 45),
        ("Valenton–Rungis at noon", "94074", "94065", "car", NOON, 15, 35),
        ("Valenton–Rungis", "94074", "94065", "transit", None, 40, 80),
        ("Ivry–Paris 13e, metro 7", "94041", "75113", "transit", None, 15, 35),
        ("Juvisy–Paris 12e, RER D", "91326", "75112", "transit", None, 35, 75),
        ("Orly–Villejuif, metro 14 and tram 7", "94054", "94076", "transit", None, 25, 65),
        ("Choisy–Paris 13e, RER C", "94022", "75113", "transit", None, 20, 50),
        ("Villeneuve-Saint-Georges–Paris 12e", "94078", "75112", "transit", None, 30, 70),
        ("Arcueil–Paris 14e, RER B", "94003", "75114", "transit", None, 15, 40),
        ("Versailles–Paris 15e", "78646", "75115", "transit", None, 35, 70),
        ("Melun–Paris 12e", "77288", "75112", "transit", None, 50, 105),
        ("Melun–Paris 12e", "77288", "75112", "car", None, 55, 120),
        ("Cergy–Paris 8e", "95127", "75108", "transit", None, 50, 105),
        ("Thiais–Choisy", "94073", "94022", "bicycle", None, 10, 30),
        ("Fresnes–Antony", "94034", "92002", "walk", None, 25, 60),
        ("Vitry–Ivry", "94081", "94041", "bicycle", None, 12, 35),
        ("across Paris", "75056", "75056", "transit", None, 20, 50),
    ],
)  # fmt: skip
def test_a_known_trip_takes_about_what_people_say(travel, trip, start, end, mode, at, least, most):
    assert least <= travel.between(start, end, mode, at) <= most, trip


def test_orly_at_dawn_is_known_from_near_and_asked_from_far(travel):
    assert travel.between("94022", "75113", "transit", DAWN) is not None
    assert travel.between("77288", "94054", "transit", DAWN) is None
    assert "night bus" in travel.why("77288", "94054", "transit", DAWN).en


@pytest.mark.parametrize("day", list(Day))
def test_rungis_at_night_is_unknown_by_public_transport_from_everywhere(travel, day):
    assert (travel.row("94065", "transit", At(3 * 60, day)) == UNKNOWN).all()


def test_all_communes_have_minutes_and_none_is_negative(travel):
    for mode in ("walk", "bicycle", "car"):
        assert (travel.minutes(mode)[1] > 0).all()
    known = travel.minutes("transit")[1]
    assert ((known > 0) | (known == UNKNOWN)).all()
    assert (known != UNKNOWN).mean() > 0.1
