"""What the guide says to the rest of the house."""

import pytest

from bassin.match.aids import references
from bassin.match.aids.tests.firms import WORKSHOP


@pytest.fixture(autouse=True)
def _here(here):
    """The sample's territory."""


def test_the_search_box_finds_an_aid_by_its_words_an_open_one_first():
    found = references.search("zone fiscale quartiers", "fr", 5)
    all_of_bpi = references.search("bpifrance", "en", 50)

    assert [each.url for each in found] == ["/accompagner/aides/guide/qpv-zone-fiscale-plf-2026/"]
    weights = [each.weight for each in all_of_bpi]
    assert weights == sorted(weights, reverse=True)
    assert references.search("de", "fr", 5) == []


@pytest.mark.parametrize("asked", ["aides", "guide des aides", "Guide to aids"])
def test_who_asks_for_the_guide_by_its_name_finds_it_first(asked):
    assert references.search(asked, "fr", 5)[0].url == "/accompagner/aides/"


def test_a_reference_is_resolved_and_an_unknown_one_left_out():
    found = references.resolve(["aids:aid:acre", "aids:aid:licorne", "jobs:offer:1"], "en")

    assert {key: each.title for key, each in found.items()} == {
        "aids:aid:acre": "Acre: relief for a new activity"
    }


def test_the_page_of_a_firm_has_its_aids_and_an_address_without_its_number():
    card = references.firm(WORKSHOP, "fr")

    assert card.context["ask"] > 10
    assert WORKSHOP not in card.context["url"]
    assert references.firm("00000000000000", "fr") is None


def test_the_page_of_a_place_has_the_aids_that_name_it():
    town = references.place("commune:94054", "fr")

    assert town.context["count"] > 5
    assert references.place("commune:2A004", "fr") is None
    assert references.place("nowhere:1", "fr") is None
