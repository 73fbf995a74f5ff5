"""What people type finds the firm they mean, and never one that must be hidden."""

from datetime import date

import pytest

from bassin.errors import Refused, SourceError
from bassin.observe.companies.search.index import FIRMS
from bassin.observe.companies.search.lookup import matches
from bassin.observe.companies.selection import Selection, Typed
from bassin.observe.companies.tests.shown import keyed, publish, row
from tests.support.installing import install

HOME, AWAY = "94081", "38185"
FIRMS_BY_NAME = [
    row(1, name="MÉCANIQUE DUPRÉ", unit_name="MÉCANIQUE DUPRÉ", address="12 RUE DE L'ÉGALITÉ"),
    row(2, name="DUPRE", unit_name="DUPRE SARL", naf_code="10.71C", headcount_band="NN"),
    row(3, name="Fournil des Tours", sign="Fournil des Tours", unit_name="SOCIETE KERMADEC",
        naf_code="10.71C", address="3 AVENUE DUPRE"),
    row(4, name="DUPRE", state="F", closed_on=date(2020, 1, 1)),
    row(5, name="DUPRE", commune_code=AWAY, city="GRENOBLE", headcount_band="51"),
    row(6, name="SOCIÉTÉ NATIONALE D'OUTILLAGE", acronym="S.N.O.", naf_code="62.01Z"),
    row(7, is_hidden=True, naf_code="96.02A"),
    row(8, name="Brasserie du Pont", naf_code="56.10A", address="8 BD DE STALINGRAD"),
]  # fmt: skip


@pytest.fixture(scope="module")
def firms(france, tmp_path_factory):
    house = install(france, tmp_path_factory.mktemp("searched") / "var")
    publish(house, FIRMS_BY_NAME)
    return house


def found(house, text: str) -> list[int]:
    numbers = {keyed(each): each for each in range(1, 20)}
    return [numbers[siret] for siret in matches(house, text)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("mécanique dupré", 1),  # as it is written
        ("MECANIQUE DUPRE", 1),  # without accents
        ("dupré mécanique", 1),  # in another order
        ("dupre mecan", 1),  # unfinished
        ("mecanqiue dupre", 1),  # two letters swapped
        ("mecanique dupe", 1),  # one forgotten, one too few
        ("mecanikue durpe", 1),  # a slip in each word
        ("kermadek", 3),  # the unit's name, one letter changed
        ("fournil tours", 3),  # the sign
        ("sno", 6),  # the acronym, without its points
        ("rue de l egalite", 1),  # an address
        ("bd stalingrad", 8),  # shortened as SIRENE does
        ("boulevard stalingrad", 8),
        ("boulanger tours", 3),  # what people call the activity
        ("pâtisserie fournil", 3),  # its label
        ("usinage dupre", 1),
        ("10.71C fournil", 3),  # its code
        ("restaurant vitry", 8),  # an activity and a city
        ("94400 brasserie", 8),  # a postal code
    ],
)  # fmt: skip
def test_what_is_typed_finds_first_who_is_meant(firms, text, first):
    assert found(firms, text)[:1] == [first]


def test_the_exact_name_comes_first_active_before_closed_and_this_territory_before_others(firms):
    assert found(firms, "dupre") == [2, 5, 4, 1, 3]


@pytest.mark.parametrize("text", ["zzyzx", "dupre zzyzx", "mcqn"])
def test_words_that_nobody_has_find_nobody(firms, text):
    assert found(firms, text) == []


def test_a_number_finds_its_establishment_however_it_is_spaced(firms):
    siret = keyed(1)

    for text in (siret, f"{siret[:3]} {siret[3:6]} {siret[6:9]} {siret[9:]}", siret[:12]):
        assert 1 in found(firms, text)


def test_a_hidden_one_is_found_by_its_number_its_activity_and_its_commune(firms):
    assert found(firms, keyed(7)) == [7]
    assert found(firms, "coiffeur vitry") == [7]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12345678901234", "Luhn"),
        ("123456789012345", "15 digits"),
        ("123456789", "Luhn"),
        ("?!", "holds no word"),
        ("x" * 201, "201 characters"),
    ],
)
def test_what_cannot_be_searched_is_refused_with_what_to_do(firms, text, said):
    with pytest.raises(Refused, match=said):
        Selection.read(Typed({"q": [text]}), firms, date(2026, 11, 20))


def test_words_and_filters_go_together(firms):
    choice = Typed({"q": ["dupre"], "naf": ["25"], "etat": ["tous"]})
    where, values = Selection.read(choice, firms, date(2026, 11, 20)).where()

    kept = firms.reader.rows(f"SELECT siret FROM establishments_shown WHERE {where}", values)

    assert {siret for (siret,) in kept} == {keyed(1), keyed(4), keyed(5)}


def test_the_file_holds_no_name_that_must_be_hidden(france, tmp_path):
    house = install(france, tmp_path / "var")
    planted = ("Quetzalpin", "QUETZALPIN", "quetzalpin", "rossignolet")
    hidden = row(1, name="QUETZALPIN", address="9 RUE ROSSIGNOLET", is_hidden=True)
    shown = row(2, name="Zephyrine", address="4 RUE ROSSIGNOL")
    publish(house, [hidden, shown])

    held = house.reader.made(FIRMS).read_bytes()

    assert b"zephyrine" in held
    assert all(name.encode() not in held for name in planted)
    assert all(name[:5].lower().encode() not in held for name in planted[:3])


def test_without_its_index_the_search_says_what_is_missing(france, tmp_path):
    house = install(france, tmp_path / "var")
    publish(house, FIRMS_BY_NAME[:1])
    house.reader.made(FIRMS).unlink()

    with pytest.raises(SourceError, match="Search index of the firms"):
        matches(house, "dupre")


def test_an_exact_name_comes_first_among_thousands_that_share_a_word(france, tmp_path, monkeypatch):
    monkeypatch.setattr("bassin.observe.companies.search.lookup.RANKED", 5)
    house = install(france, tmp_path / "var")
    others = [row(n, name=f"ATELIER {n}", address="1 RUE DU PHARE") for n in range(1, 12)]
    publish(house, [*others, row(30, name="PHARE", headcount_band="NN")])

    assert matches(house, "phare")[0] == keyed(30)
    assert len(matches(house, "phare")) == 12
