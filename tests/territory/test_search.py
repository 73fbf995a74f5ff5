"""Finding a place by what people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bassin.store import Reader, Store
from bassin.territory import Territory
from bassin.territory.search import folded, one_slip


@pytest.fixture(scope="module")
def territory(france):
    return Territory(Reader(Store(france / "store")))


def first(territory, text):
    found = territory.search(text)
    return found[0].key if found else ""


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Gentilly", "commune:94037"),
        ("  GENTILLY ", "commune:94037"),
        ("l'haÿ-les-roses", "commune:94038"),
        ("L’Haÿ les Roses", "commune:94038"),
        ("lhay les roses", "commune:94038"),
        ("lhay", "commune:94038"),
        ("l'hay", "commune:94038"),
        ("l hay", "commune:94038"),
        ("hay les roses", "commune:94038"),
        ("kremlin", "commune:94043"),
        ("kremlin bicetre", "commune:94043"),
        ("lisle adam", "commune:95313"),
        ("œuilly", "commune:51410"),
        ("oeuilly", "commune:51410"),
        ("st etienne", "commune:42218"),
        ("ste genevieve des bois", "commune:91549"),
        ("havre", "commune:76351"),
        ("paris 13", "commune:75113"),
        ("Y", "commune:80829"),
    ],
)
def test_accents_apostrophes_hyphens_and_articles_are_forgiven(territory, typed, key):
    assert first(territory, typed) == key


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("gentily", "commune:94037"),
        ("gentillly", "commune:94037"),
        ("gantilly", "commune:94037"),
        ("egntilly", "commune:94037"),
        ("genitlly", "commune:94037"),
        ("vitry sur siene", "commune:94081"),
        ("villejiuf", "commune:94076"),
        ("kremlin bisetre", "commune:94043"),
        ("ivri", "commune:94041"),
        ("savini sur orge", "commune:91589"),
        ("villneuve saint gorges", "commune:94078"),
    ],
)
def test_a_slip_is_forgiven(territory, typed, key):
    assert first(territory, typed) == key


def test_every_saint_denis_answers_the_most_inhabited_first(territory):
    found = territory.search("st denis", 4)

    assert [each.key for each in found[:2]] == ["commune:97411", "commune:93066"]
    assert {each.name for each in found} == {"Saint-Denis"}


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("paris", "commune:75056"),
        ("département de paris", "departement:75"),
        ("departement paris", "departement:75"),
        ("loire", "departement:42"),
        ("loiré", "commune:49178"),
        ("corse", "region:94"),
        ("marne", "departement:51"),
        ("la réunion", "region:04"),
        ("commune la réunion", "commune:47222"),
        ("département de la réunion", "departement:974"),
        ("région bretagne", "region:53"),
        ("val de marne", "departement:94"),
    ],
)
def test_a_town_comes_before_the_departement_of_its_name_unless_asked(territory, typed, key):
    assert first(territory, typed) == key


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("94250", ["commune:94037"]),
        ("94037", ["commune:94037"]),
        ("2a004", ["commune:2A004"]),
        ("75013", ["commune:75113", "commune:75056"]),
        ("93059", ["commune:93066"]),
        ("94", ["departement:94", "region:94"]),
        ("974", ["departement:974"]),
        ("200058014", ["ept:200058014"]),
        ("200054781", ["metropole:200054781"]),
        ("940540101", ["iris:940540101"]),
    ],
)
def test_codes_are_answered_official_then_postal_then_old(territory, typed, keys):
    assert [each.key for each in territory.search(typed)][: len(keys)] == keys


@pytest.mark.parametrize("typed", ["", "   ", "%", "'", "xyzzyx", "()", "\n", "é" * 300])
def test_what_no_place_answers_gives_nothing(territory, typed):
    assert territory.search(typed) == []


def test_no_more_places_than_asked(territory):
    assert len(territory.search("saint", 7)) == 7


@given(st.text(max_size=30))
def test_whatever_is_typed_is_answered_by_places(territory, text):
    for place in territory.search(text, 3):
        assert place.name


@given(st.text(alphabet="abcdé -'", max_size=20))
def test_folding_twice_is_folding_once(text):
    assert folded(folded(text)) == folded(text)


WORDS = st.text(alphabet="abc", min_size=2, max_size=8)


@given(word=WORDS, at=st.integers(0, 7), letter=st.sampled_from("abc"))
def test_one_slip_is_seen_from_both_sides(word, at, letter):
    at %= len(word)
    slips = {
        word[:at] + letter + word[at:],
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
    }

    for slip in slips:
        assert one_slip(word, slip)
        assert one_slip(slip, word)


@pytest.mark.parametrize(("one", "other"), [("orly", "orlixy"), ("abcd", "badc"), ("ivry", "vitr")])
def test_two_slips_are_not_one(one, other):
    assert not one_slip(one, other)
