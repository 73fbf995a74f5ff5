"""One page of what a selection keeps, in the order that was asked for."""

from datetime import date

import pytest
from django.http import QueryDict

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.observe.companies import finding
from bassin.observe.companies.finding import find
from bassin.observe.companies.geometry import metres_between
from bassin.observe.companies.selection import Selection
from bassin.observe.companies.tests.drawing import drawn_rows
from bassin.observe.companies.tests.oracle import keeps

TODAY = date(2026, 11, 20)


def asked(house: House, query: str) -> Selection:
    return Selection.read(QueryDict(query), house, TODAY)


def test_pages_follow_one_another_without_losing_or_repeating_an_establishment(many):
    selection = asked(many, "naf=25.62B")
    expected = {row["siret"] for row in drawn_rows(2000) if keeps(row, {"naf": ["25.62B"]})}

    first = find(many, selection)
    pages = [find(many, selection, number + 1).rows for number in range(first.pages)]

    listed = [row.siret for page in pages for row in page]
    assert len(listed) == len(set(listed)) == first.total
    assert set(listed) == expected


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        ("nom", lambda row: (row.name is None, row.name or "")),
        ("creation", lambda row: -(row.created_on or date.min).toordinal()),
        ("fermeture", lambda row: -(row.closed_on or date.min).toordinal()),
    ],
)
def test_a_list_is_in_the_order_that_is_asked_for(many, sort, key):
    rows = find(many, asked(many, "etat=tous"), sort=sort, per_page=200).rows

    assert list(rows) == sorted(rows, key=key)
    assert len({key(row) for row in rows}) > 10


def test_a_list_without_order_begins_by_the_largest_active_ones(many):
    rows = find(many, asked(many, "etat=tous"), per_page=50).rows

    assert {row.headcount_band for row in rows} == {"53"}
    assert all(row.is_active for row in rows)


def test_around_a_point_the_nearest_comes_first(many):
    found = find(many, asked(many, "rayon=3000@2.4,48.78"), per_page=100)
    from_there = [metres_between((2.4, 48.78), (row.longitude, row.latitude)) for row in found.rows]

    assert found.sort == "distance"
    assert found.total > 20
    assert from_there == sorted(from_there)


def test_around_an_establishment_it_is_itself_the_first(many):
    placed = next(row for row in drawn_rows(2000) if row["longitude"] and row["state"] == "A")

    found = find(many, asked(many, f"rayon=500@siret:{placed['siret']}"))

    assert found.rows[0].siret == placed["siret"]


def test_words_are_listed_by_relevance_within_the_filters(many):
    found = find(many, asked(many, "q=atelier&lieu=commune:94081"))

    assert found.sort == "pertinence"
    assert found.total > 25
    assert {row.commune_code for row in found.rows} == {"94081"}
    assert find(many, asked(many, "q=atelier&lieu=commune:94081"), 2).rows[0] not in found.rows


def test_those_whose_band_only_overlaps_the_interval_are_told_apart(many):
    choice = {"effectif": ["15-30"]}
    kept = [row for row in drawn_rows(2000) if keeps(row, choice)]

    assert find(many, asked(many, "effectif=15-30")).maybe == len(kept)
    assert find(many, asked(many, "effectif=10-49")).maybe == 0


@pytest.mark.parametrize(
    ("query", "page", "sort", "said"),
    [
        ("naf=25", 99, "", "There is no page 99"),
        ("naf=25", 1, "distance", "first give “rayon”"),
        ("naf=25", 1, "pertinence", "first give “q”"),
    ],
)
def test_a_page_or_an_order_that_makes_no_sense_is_refused(many, query, page, sort, said):
    with pytest.raises(Refused, match=said):
        find(many, asked(many, query), page, sort)


def test_one_establishment_and_several_are_found_by_siret_in_the_order_asked(many):
    wanted = [drawn_rows(2000)[place]["siret"] for place in (1500, 3, 800)]

    assert [row.siret for row in finding.several(many, [*wanted, "0" * 14])] == wanted
    assert finding.one(many, wanted[0]).siret == wanted[0]
    assert finding.one(many, "0" * 14) is None
