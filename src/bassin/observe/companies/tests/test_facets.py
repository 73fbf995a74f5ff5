"""What a facet says a choice would keep is what that choice keeps."""

from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given

from bassin.observe.companies.facets import facets
from bassin.observe.companies.finding import find
from bassin.observe.companies.selection import Selection, Typed
from bassin.observe.companies.tests.drawing import drawn_rows
from bassin.observe.companies.tests.oracle import keeps
from bassin.observe.companies.tests.test_selection import asked, drawn
from bassin.taxonomies import headcounts

TODAY = date(2026, 11, 20)
COUNTED = ("lieu", "qpv", "naf", "naf2025", "effectif", "forme", "ess", "insertion", "siege",
           "procedure", "demenage", "etat")  # fmt: skip


@drawn(max_examples=15)
@given(choice=asked)
def test_each_count_is_that_of_the_selection_with_this_value_in_place_of_its_filter(many, choice):
    selection = Selection.read(Typed(choice), many, TODAY, officer=True)

    counted = facets(many, selection, officer=True)

    for facet in counted.facets:
        if facet.param in COUNTED:
            aside = {param: values for param, values in choice.items() if param != facet.param}
            aside |= {"etat": ["tous"]} if facet.param == "etat" else {}
            rest = [row for row in drawn_rows(2000) if keeps(row, aside)]
            for value in facet.values:
                alone = {"etat": ["tous"], facet.param: [value.code]}
                expected = sum(keeps(row, alone) for row in rest)
                assert value.count == expected, (facet.param, value.code, choice)


@drawn(max_examples=15)
@given(choice=asked)
def test_the_total_and_the_jobs_are_those_of_the_list(many, choice):
    selection = Selection.read(Typed(choice), many, TODAY, officer=True)
    kept = [row["headcount_band"] for row in drawn_rows(2000) if keeps(row, choice)]

    counted, found = facets(many, selection, officer=True), find(many, selection)

    assert counted.total == found.total == len(kept)
    assert counted.jobs == found.jobs == headcounts.total(kept)


def test_choosing_a_value_leads_to_what_it_counts_and_choosing_it_again_takes_it_off(many):
    selection = Selection.read(QueryDict("naf=25.62B&siege=oui"), many, TODAY, officer=True)
    value = next(each for each in facets(many, selection).of("siege").values if not each.chosen)

    there = Selection.read(QueryDict(value.query), many, TODAY, officer=True)
    back = next(each for each in facets(many, there).of("siege").values if each.chosen)

    assert find(many, there).total == value.count
    assert Selection.read(QueryDict(back.query), many, TODAY) == selection.without("siege")


@pytest.mark.parametrize("param", ["perimetre", "domaine"])
def test_sets_of_activities_are_counted_as_they_are_kept(many, param):
    selection = Selection.read(QueryDict("siege=oui"), many, TODAY, officer=True)

    counted = facets(many, selection, officer=True).of(param).values

    assert len(counted) > 2
    for value in counted:
        there = Selection.read(QueryDict(value.query), many, TODAY, officer=True)
        assert find(many, there).total == value.count, value.code


def test_only_the_facets_that_are_asked_for_are_counted(many):
    counted = facets(many, Selection(), ("ess", "siege"))

    assert [each.param for each in counted.facets] == ["ess", "siege"]
    assert counted.total > 0
