"""Places of France at every scale, and how they are asked for."""

from datetime import date

import pytest

from bassin.errors import Refused, SourceError
from bassin.store import Reader, Store
from bassin.territory import Territory
from bassin.types import Scale

GRAND_ORLY = "ept:200058014"
IN_2018, IN_2023, IN_2026 = date(2018, 7, 1), date(2023, 7, 1), date(2026, 7, 1)


@pytest.fixture(scope="module")
def territory(france):
    return Territory(Reader(Store(france / "store")))


@pytest.mark.parametrize(
    ("key", "name", "communes_count"),
    [
        ("commune:94037", "Gentilly", 1),
        ("commune:75113", "Paris 13e Arrondissement", 1),
        (GRAND_ORLY, "Grand-Orly Seine Bièvre", 24),
        ("epci:200069144", "CC des Hautes Terres de l'Aubrac", 17),
        ("metropole:200054781", "Métropole du Grand Paris", 130),
        ("departement:48", "Lozère", 152),
        ("departement:2A", "Corse-du-Sud", 124),
        ("region:53", "Bretagne", 1202),
        ("france:FR", "France", 34875),
        ("employment_area:1129", "T12 Grand-Orly Seine Bièvre", 2),
        ("selection:94016-94037", "Cachan, Gentilly", 2),
        ("iris:940540101", "Centre", 0),
    ],
)
def test_there_is_a_place_at_every_scale(territory, key, name, communes_count):
    place = territory.place(key)

    assert (place.key, place.name, len(place.communes)) == (key, name, communes_count)


def test_two_houses_on_one_release_read_its_places_once(territory, france):
    other = Territory(Reader(Store(france / "store")))

    assert other.gazetteer(IN_2023) is territory.gazetteer(IN_2023)
    assert other.gazetteer(IN_2026) is not territory.gazetteer(IN_2023)


def test_a_bare_code_is_enough_when_one_place_has_it(territory):
    assert territory.place("94037").key == "commune:94037"
    assert territory.place("200058014").key == GRAND_ORLY


def test_a_code_of_several_places_is_refused_with_its_choices(territory):
    with pytest.raises(
        Refused, match=r"11 .* departement:11 \(Aude\), region:11 \(Île-de-France\)"
    ):
        territory.place("11")


@pytest.mark.parametrize("key", ["99999", "commune:00000", "region:00", "moon:1", "", "selection:"])
def test_an_unknown_place_is_refused_with_what_to_give(territory, key):
    with pytest.raises(Refused, match=r"Give|Search|list of communes"):
        territory.place(key)


def test_an_empty_list_of_communes_is_said_to_be_empty(territory):
    with pytest.raises(Refused, match=r"^The list of communes is empty"):
        territory.place("selection:")


def test_a_commune_that_joined_another_says_which(territory):
    for asked in ("93059", "commune:93059", "selection:94037-93059"):
        with pytest.raises(Refused, match=r"93059 is now part of Saint-Denis.*commune:93066"):
            territory.place(asked)


def test_a_territory_without_geography_says_what_to_run(tmp_path):
    store = Store(tmp_path)
    with pytest.raises(SourceError, match="bassin init"):
        Territory(Reader(store)).place("94037")


def test_a_place_knows_which_communes_have_joined_it_since(territory):
    old, absorbed, around = (
        territory.place(key, IN_2023)
        for key in ("commune:93066", "commune:93059", "metropole:200054781")
    )

    assert territory.outgrown(old, IN_2023) == ("Pierrefitte-sur-Seine",)
    assert territory.outgrown(absorbed, IN_2023) == ("Saint-Denis",)
    assert territory.outgrown(around, IN_2023) == ()
    assert territory.outgrown(territory.place("commune:93066"), None) == ()


def test_the_metropole_had_131_communes_then_130(territory):
    metropole = [territory.place("metropole:200054781", on) for on in (IN_2018, IN_2023, IN_2026)]

    assert [len(each.communes) for each in metropole] == [131, 131, 130]
    assert ["93059" in each.communes for each in metropole] == [True, True, False]


def test_a_commune_that_left_the_list_is_in_the_codes_of_both_dates(territory):
    for on in (IN_2018, IN_2026):
        metropole = territory.place("metropole:200054781", on)
        assert "93059" in territory.codes(metropole, on)


def test_data_of_an_old_commune_reach_the_one_it_joined(territory):
    saint_denis = territory.place("commune:93066")
    oree = territory.place("commune:49126")  # it took another of its members' codes

    assert "93059" in territory.codes(saint_denis)
    assert "49069" in territory.codes(oree)


def test_every_commune_of_2023_is_reached_from_2026(territory):
    before, after = territory.gazetteer(IN_2023), territory.gazetteer(IN_2026)

    lost = before.current.keys() - after.current.keys() - after.successors.keys()

    assert lost == set()


@pytest.mark.parametrize("on", [IN_2023, IN_2026])
def test_no_old_code_is_counted_twice(territory, on):
    gazetteer = territory.gazetteer(on)
    old = [code for codes in gazetteer.predecessors.values() for code in codes]

    assert len(old) == len(set(old))
    assert gazetteer.current.keys().isdisjoint(old)


def test_paris_is_one_commune_whose_data_may_be_in_arrondissements(territory):
    paris = territory.place("commune:75056")
    around = [
        territory.place(key) for key in ("departement:75", "metropole:200054781", "region:11")
    ]

    assert len(territory.codes(paris) - {"75056"} & {f"751{n:02}" for n in range(1, 21)}) >= 20
    for place in around:
        assert "75056" in place.communes
        assert not any(code.startswith("751") for code in place.communes)


def test_an_arrondissement_is_not_the_city(territory):
    arrondissement = territory.place("commune:75113")

    assert territory.codes(arrondissement) == {"75113"}
    assert arrondissement.kind == "arrondissement"


def test_a_list_holds_a_city_or_its_arrondissements_never_both(territory):
    some = territory.place("selection:75101-75113-94037")

    assert some.population == sum(
        territory.place(f"commune:{code}").population for code in some.communes
    )
    with pytest.raises(Refused, match=r"75056 and its arrondissement 75113.*twice"):
        territory.place("selection:75056-75113")


def test_an_employment_area_in_arrondissements_holds_those_it_names(territory):
    # Our sample of the list holds one arrondissement of Paris alone.
    assert territory.place("employment_area:1107").communes == ("75101",)


def test_a_list_by_hand_is_the_same_in_any_order(territory):
    one = territory.selection(["94037", "94016", "94037"])

    assert one == territory.selection(["94016", "94037"]) == territory.place(one.key)


def test_an_ept_is_not_an_epci(territory):
    ept = territory.place(GRAND_ORLY)
    commune = territory.place("commune:94037")

    assert ept.scale == Scale.EPT
    with pytest.raises(Refused):
        territory.place("epci:200058014")
    scales = [each.scale for each in territory.containers(commune)]
    assert Scale.EPCI not in scales
    assert scales == [
        Scale.EPT, Scale.DEPARTEMENT, Scale.METROPOLE, Scale.REGION, Scale.FRANCE,
    ]  # fmt: skip


def test_what_is_known_of_a_commune_is_not_said_of_its_neighbourhood(territory):
    iris = territory.place("iris:940540101")

    assert territory.codes(iris) == frozenset()
    assert territory.scope([iris]).num_rows == 0
    assert territory.containers(iris)[0].key == "commune:94054"
    assert territory.peers(iris).places == (iris,)


def test_insee_s_france_leaves_out_the_overseas_collectivities(territory):
    france, papeete = territory.place("france:FR"), territory.place("commune:98735")

    assert france.population == 68_350_798
    assert papeete.code not in france.communes
    assert [each.key for each in territory.containers(papeete)] == ["region:987"]


@pytest.mark.parametrize(
    ("key", "containers"),
    [
        ("commune:75056", ["metropole:200054781", "region:11", "france:FR"]),
        ("commune:75113", ["commune:75056", "metropole:200054781", "region:11", "france:FR"]),
        ("departement:974", ["france:FR"]),
        ("epci:200069144", ["departement:48", "region:76", "france:FR"]),
        ("epci:200069128", ["region:76", "france:FR"]),  # astride two départements
        (GRAND_ORLY, ["metropole:200054781", "region:11", "france:FR"]),
        ("france:FR", []),
    ],
)
def test_a_place_is_inside_each_larger_one_once(territory, key, containers):
    assert [each.key for each in territory.containers(territory.place(key))] == containers


def test_an_ept_inside_a_departement_is_compared_with_the_metropole(territory):
    plaine_commune = territory.place("ept:200057867")

    keys = [each.key for each in territory.comparators(plaine_commune)]

    assert keys == ["metropole:200054781", "region:11", "france:FR"]


def test_at_most_three_comparators_the_closest_and_the_two_largest(territory):
    keys = [each.key for each in territory.comparators(territory.place("commune:94037"))]

    assert keys == [GRAND_ORLY, "region:11", "france:FR"]


def test_communes_of_a_place_are_in_the_order_of_a_dictionary(territory):
    names = [each.name for each in territory.communes(territory.place(GRAND_ORLY))]

    assert names[:3] == ["Ablon-sur-Seine", "Arcueil", "Athis-Mons"]
    assert names.index("L'Haÿ-les-Roses") < names.index("Le Kremlin-Bicêtre")


def test_every_commune_of_france_is_a_place_with_its_containers(territory):
    gazetteer = territory.gazetteer()
    wrong = []
    for code in gazetteer.current:
        place = territory.place(code)
        above = territory.containers(place)
        if place.communes != (code,) or not above:
            wrong.append(place.name)

    # Each of these is its whole collectivity.
    assert sorted(wrong) == ["Saint-Barthélemy", "Saint-Martin", "Île de Clipperton"]


def test_communes_without_outline_are_known(territory):
    rows = territory.reader.rows(
        "SELECT commune_code FROM communes WHERE kind = 'commune' AND cog = 2026 "
        "AND commune_code NOT IN (SELECT commune_code FROM shapes) "
        "AND commune_code < '975' ORDER BY 1"
    )

    assert [row[0] for row in rows] == [
        "12218", "14581", "15031", "15035", "15047", "15171", "49126", "69114",
    ]  # fmt: skip
    assert all(territory.similar(territory.place(row[0])).reasons for row in rows)


def test_a_total_over_unknown_inhabitants_is_unknown(territory):
    antarctic = territory.place("departement:984")

    assert antarctic.population is None
    assert territory.place("selection:98411-94037").population is None
