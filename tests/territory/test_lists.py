"""The authority's dated lists: its own words, bassin's reading, one version after another."""

from datetime import date
from pathlib import Path

import pytest

from bassin.errors import Refused
from bassin.taxonomies import legal, naf
from bassin.taxonomies.perimeters import naf_codes, perimeter, perimeters
from bassin.territory.lists import list_at, read_lists

AUTHORITY = Path(__file__).parents[2] / "src/bassin/demo/authorities/200058014"
GOOD = """
[[lists]]
id = "sectors"
label = "Filières"
owner = "A town"
document = "Council, 2026"
valid_from = 2026-01-01
valid_to = 2026-12-31
reading = { owner = "bassin", version = 1, note = "Ours" }
[[lists.items]]
code = "wood"
label = "Bois"
naf_rev2 = ["16"]
"""


def written(folder, text):
    path = folder / "lists.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_three_lists_of_the_sample_authority_have_four_five_and_seven_items():
    lists = read_lists(AUTHORITY / "lists.toml")

    assert {one.id: len(one.items) for one in lists} == {
        "strategic_domains": 4,
        "productive_families": 5,
        "priority_themes": 7,
    }


def test_the_items_carry_the_words_of_the_documents():
    lists = read_lists(AUTHORITY / "lists.toml")

    labels = {one.id: [item.label.fr for item in one.items] for one in lists}

    assert labels["strategic_domains"] == [
        "Santé · Bien-Être · Autonomie",
        "Ville durable · Ville de demain",
        "Numérique et industries connexes",
        "Agroalimentaire",
    ]
    assert labels["productive_families"] == [
        "Productives",
        "Au sein de domaines d'activités stratégiques",
        "Inclusives et solidaires",
        "Durables et écologiques",
        "Innovantes",
    ]
    themes = next(one for one in lists if one.id == "priority_themes")
    assert all(label in themes.quote for label in labels["priority_themes"])


def test_every_list_is_dated_owned_documented_and_its_codes_are_marked_as_a_reading():
    for one in read_lists(AUTHORITY / "lists.toml"):
        assert one.owner.fr.startswith("Établissement public territorial")
        assert one.document
        assert one.valid_to is not None
        assert one.reading.owner == "bassin"
        assert one.reading.note.en
        assert all(item.label.en for item in one.items)


def test_every_code_perimeter_and_family_that_a_reading_names_exists():
    for one in read_lists(AUTHORITY / "lists.toml"):
        for item in one.items:
            if item.naf_rev2:
                assert naf.rev2().subclasses(item.naf_rev2)
            for name in item.perimeters:
                assert naf_codes(name)
            assert set(item.legal_families) <= legal.families().keys()


def test_what_no_code_tells_says_so():
    themes = list_at(read_lists(AUTHORITY / "lists.toml"), "priority_themes", date(2021, 6, 1))

    assert not themes.item("social_cohesion").readable
    assert not themes.item("innovation").readable
    assert themes.item("industry").readable


def test_the_authority_owns_its_perimeter_and_its_cited_figures_stay_uncomputed():
    ours = perimeter("productive_activities_authority", AUTHORITY / "perimeters")

    assert [one.value for one in ours.cited] == [21500, 77000]
    assert ours.owner.fr.endswith("Grand-Orly Seine Bièvre")
    with pytest.raises(Refused, match=r"non calculable ici.*n'est pas publiée"):
        ours.naf_codes()
    assert not perimeters()["productive_activities_authority"].cited


def test_a_list_that_ended_is_still_given_until_the_next_and_says_it_is_over(tmp_path):
    following = GOOD.replace("2026-01-01", "2028-01-01").replace("2026-12-31", "2029-12-31")
    lists = read_lists(written(tmp_path, GOOD + following))

    between = list_at(lists, "sectors", date(2027, 5, 1))

    assert between.valid_from == date(2026, 1, 1)
    assert not between.in_force(date(2027, 5, 1))
    assert list_at(lists, "sectors", date(2026, 12, 31)).in_force(date(2026, 12, 31))
    assert list_at(lists, "sectors", date(2028, 1, 1)).valid_from == date(2028, 1, 1)


def test_a_list_before_its_beginning_or_of_another_name_is_refused(tmp_path):
    lists = read_lists(written(tmp_path, GOOD))

    with pytest.raises(Refused, match="begins on 2026-01-01"):
        list_at(lists, "sectors", date(2025, 12, 31))
    with pytest.raises(Refused, match=r"no list “themes”\. There are: sectors"):
        list_at(lists, "themes", date(2026, 5, 1))
    with pytest.raises(Refused, match=r"no item “iron”\. It has: wood"):
        lists[0].item("iron")


def test_an_authority_without_file_has_no_list(tmp_path):
    assert read_lists(tmp_path / "lists.toml") == ()


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('owner = "A town"', "", "list sectors lacks owner"),
        ('code = "wood"', 'code = "wood"\ncolour = "red"', "item wood has unknown keys colour"),
        ('reading = { owner = "bassin", version = 1, note = "Ours" }', "", "say whose they are"),
        ("valid_to = 2026-12-31", "valid_to = 2025-12-31", "ends on 2025-12-31, before"),
        ('naf_rev2 = ["16"]', 'list = "none"', "unknown lists none"),
        ("[[lists]]", "[[list]]", "it has no"),
        ('["16"]', '"16"', "naf_rev2 of item wood is not a list"),
    ],
)
def test_a_malformed_list_is_refused_with_its_fault(tmp_path, old, new, why):
    with pytest.raises(Refused, match=rf"lists\.toml cannot be read.*{why}"):
        read_lists(written(tmp_path, GOOD.replace(old, new, 1)))


def test_two_versions_of_a_list_on_the_same_day_are_refused(tmp_path):
    overlapping = GOOD.replace("2026-01-01", "2026-06-01")

    with pytest.raises(Refused, match="two versions of list sectors hold on 2026-06-01"):
        read_lists(written(tmp_path, GOOD + overlapping))


def test_two_items_with_one_code_are_refused(tmp_path):
    twice = GOOD + '[[lists.items]]\ncode = "wood"\nlabel = "Encore"\n'

    with pytest.raises(Refused, match="same code to two items"):
        read_lists(written(tmp_path, twice))
