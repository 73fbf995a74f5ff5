"""What is said beside a figure: its source in both languages, what is known of a comparator."""

from datetime import date

from bassin.indicators.declaration import declare
from bassin.indicators.house import House
from tests.indicators.tiny_country import everywhere, facts, total


def cited(french, english):
    source = {"producer": "Insee", "title": "RP", "licence": "LO"}
    return declare(facts(sources=[source | {"citation": {"fr": french, "en": english}}]))


def test_a_source_is_cited_in_both_languages_with_its_period_in_words():
    # given
    found = cited("Insee, stock au {vintage} ; comptage", "Insee, stock on {vintage}; counted")

    # then
    assert found.cited("2026-10-31").fr == "Insee, stock au 31 octobre 2026 ; comptage"
    assert found.cited("2026-10-31").en == "Insee, stock on 31 October 2026; counted"


def test_a_source_without_a_period_leaves_no_hole(country):
    # given a commune the table says nothing of
    known = [row for row in everywhere(unemployed=1) if row["commune_code"] != "77001"]
    made = country(census=known)

    # when
    figure = made.figure(total("unemployed"), "commune:77001")

    # then
    assert figure.observation.value is None
    assert figure.source.fr == "Insee, RP"


def test_a_comparator_known_over_a_part_of_its_people_says_which_part(country):
    # given a region of 250,000 people of whom 40,000 live where the file says nothing
    known = [row for row in everywhere(unemployed=1) if row["commune_code"] != "77001"]
    made = country(census=known)

    # when
    caveats = made.figure(total("unemployed")).caveats

    # then the region is named, the Métropole, which is whole, is not
    said = [each.fr for each in caveats if "population" in each.fr]
    assert [text for text in said if text.startswith("Île-de-France : données pour 84")]
    assert not [text for text in said if text.startswith("Métropole")]


def test_a_commune_as_it_was_has_no_figure_of_the_larger_one_it_became(france):
    then = date(2023, 6, 1)
    house = House.open(france)
    old, absorbed = (
        house.figure("population", house.place(key, then), then)
        for key in ("commune:93066", "commune:93059")
    )

    # In 2025 both became one commune, which the populations of 2023 know alone.
    assert (old.observation.period, old.observation.value) == ("2020", 113_116)
    assert (absorbed.observation.period, absorbed.observation.value) == ("2020", 31_344)
    assert "Pierrefitte-sur-Seine" in old.series[-1].why.fr
    assert house.figure("population", "commune:93066").observation.value == 149_077
