"""A selection observed as a place: counted by the observatory's own rules, secrecy included."""

from collections import Counter

import pytest

from bassin.observe.companies.observed import _parts, beside, observe
from bassin.observe.companies.selection import Selection, Typed
from bassin.observe.companies.tests.drawing import drawn_rows
from bassin.observe.companies.tests.oracle import keeps
from bassin.ui.reader import today


def seen(house, **asked):
    values = {name: [value] for name, value in asked.items()}
    return observe(house, Selection.read(Typed(values), house, today()))


def test_births_and_closures_are_those_of_plain_python(many):
    found = seen(many, lieu="commune:94081", naf="C")
    mine = [r for r in drawn_rows(2000)
            if keeps(r, {"lieu": ["commune:94081"], "naf": ["C"], "etat": ["tous"]})
            and (r["state"] == "A" or r["closed_on"])]  # fmt: skip

    for year in found.years:
        born = sum(r["created_on"] is not None and r["created_on"].year == int(year.period)
                   for r in mine)  # fmt: skip
        closed = sum(r["closed_on"] is not None and r["closed_on"].year == int(year.period)
                     for r in mine)  # fmt: skip
        assert year.births == (None if 0 < born < 3 else born)
        assert year.closures == (None if 0 < closed < 3 else closed)
        assert ("births" in year.secret) == (0 < born < 3)


def test_a_year_that_is_not_over_has_no_flow(many):
    assert "2026" not in {year.period for year in seen(many).years}


def test_fewer_units_than_secrecy_asks_for_make_no_portrait(many):
    assert seen(many) is not None
    assert seen(many, naf="25.62B", creee="1900..1901") is None


@pytest.mark.parametrize(
    "ours", [{"a": 9, "b": 2}, {"a": 9, "b": 4, "c": 1}, {"a": 5, "b": 3, "c": 1, "d": 1}]
)
def test_no_small_group_is_told_nor_left_to_be_found_by_difference(ours):
    parts = _parts(ours, ours, 3)

    assert all(each.count >= 3 for each in parts)
    assert sum(each.count for each in parts) == sum(ours.values())


def test_shares_of_the_sides_add_up_and_stand_beside_the_territory(many):
    found = seen(many, lieu="commune:94081")
    sizes = Counter(r["headcount_band"] for r in drawn_rows(2000)
                    if keeps(r, {"lieu": ["commune:94081"]}))  # fmt: skip

    assert sum(part.share for part in found.sizes) == pytest.approx(100)
    told = {part.code: part.count for part in found.sizes if part.code}
    assert told == {code: n for code, n in sizes.items() if code in told}
    assert all(part.theirs is not None for part in found.activities)


def test_beside_a_filter_on_activity_the_territory_is_seen_through_the_same_filter(many):
    found = seen(many, naf="25")

    assert sum(part.theirs or 0 for part in found.activities) == pytest.approx(100)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_portrait_is_a_page_and_its_figures_a_file(visit, language):
    page = visit("/entreprises/chiffres/", {"naf": "C", "lang": language})
    data = visit("/entreprises/chiffres.csv", {"naf": "C"})

    assert page.status_code == 200
    assert "chart-flows" in page.content.decode()
    assert data.status_code == 200
    assert "EXEMPLE" in data.headers["Content-Disposition"]


def test_a_selection_of_too_few_says_why_there_is_no_portrait(visit):
    page = visit("/entreprises/chiffres/", {"creee": "1900..1901"})

    assert page.status_code == 200
    assert "moins de 3 unités" in page.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def test_a_selection_is_set_beside_another_which_tells_no_more_than_its_own_portrait(many):
    other = Selection.read(Typed({"naf": ["25.62B"]}), many, today())
    found, alone = seen(many), seen(many, naf="25.62B")

    compared = beside(many, found, other)

    theirs = {part.code: part.share for part in alone.communes if part.code}
    assert [part.theirs for part in compared.communes if part.code in theirs] == [
        theirs[part.code] for part in compared.communes if part.code in theirs
    ]
    assert {part.theirs for part in compared.communes if part.code not in theirs} <= {None, 0}
    assert [part.share for part in compared.sizes] == [part.share for part in found.sizes]


def test_two_selections_are_read_side_by_side_from_the_address_of_the_other(visit):
    address = "http://testserver/entreprises/?naf=25.62B&siege=oui#results"

    page = visit("/entreprises/chiffres/", {"naf": "C", "avec": address}).content.decode()
    few = visit("/entreprises/chiffres/", {"naf": "C", "avec": "creee=1900..1901"})
    wrong = visit("/entreprises/chiffres/", {"naf": "C", "avec": "?naf=99.99Z"})

    assert "Part dans l’autre sélection" in page
    assert 'href="/entreprises/?naf=25.62B&amp;siege=oui"' in page
    assert "trop peu d’établissements" in few.content.decode()
    assert wrong.status_code == 400
    assert "99.99Z" in wrong.content.decode()
