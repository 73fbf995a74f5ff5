"""Legal categories: labels at three levels, natural persons, ESS families, public bodies."""

import pytest

from bassin.errors import Refused
from bassin.taxonomies import legal
from bassin.types import Text


def test_every_category_of_level_two_belongs_to_one_of_level_one():
    codes = legal.labels()

    assert len([code for code in codes if len(code) == 1]) == 10
    assert len([code for code in codes if len(code) == 2]) == 39
    assert all(code[0] in codes for code in codes)


def test_a_label_is_given_at_each_level_and_says_what_to_load_for_the_third():
    loaded = {"5710": Text("SAS, société par actions simplifiée")}

    assert legal.label("5").fr == "Société commerciale"
    assert legal.label("57").en == "Simplified joint-stock company (SAS)"
    assert legal.label("5710", loaded).fr.startswith("SAS")
    assert legal.label("5710").fr.startswith("à charger")


@pytest.mark.parametrize("wrong", ["", "571", "57100", "5A"])
def test_what_is_not_a_category_is_refused(wrong):
    with pytest.raises(Refused, match="not a legal category"):
        legal.label(wrong)


def test_a_category_insee_does_not_have_is_refused():
    with pytest.raises(Refused, match="no category 59"):
        legal.label("5999")


def test_only_sole_traders_are_natural_persons():
    assert legal.is_natural_person("1000")
    assert not legal.is_natural_person("2110")
    assert not legal.is_natural_person("5710")


@pytest.mark.parametrize(
    ("code", "family"),
    [
        ("9220", "association"),
        ("5458", "cooperative"),
        ("6317", "cooperative"),
        ("6411", "mutual"),
        ("8210", "mutual"),
        ("9300", "foundation"),
    ],
)
def test_the_families_of_the_social_economy_are_told_by_the_legal_form(code, family):
    assert legal.family(code).id == family
    assert legal.is_ess(code)


@pytest.mark.parametrize("code", ["5710", "5499", "9110", "8420", "1000", "7210"])
def test_companies_owners_unions_persons_and_communes_are_not_social_economy(code):
    assert not legal.is_ess(code)


def test_public_bodies_are_those_under_public_law():
    assert legal.is_public("7210")
    assert legal.is_public("4110")
    assert not legal.is_public("5710")


def test_no_legal_form_is_in_two_families():
    claimed = [prefix for family in legal.families().values() for prefix in family.prefixes]

    for prefix in claimed:
        assert [other for other in claimed if prefix.startswith(other)] == [prefix]
