"""Secrecy reaches every figure that the engine gives, whoever asks and in whatever order."""

from datetime import date
from pathlib import Path

import pytest

from bassin.errors import Refused
from bassin.indicators.declaration import declare
from bassin.indicators.figure import Status
from tests.indicators import tiny_country as tiny

FIRMS = {"94001": 12, "91002": 2, "94003": 30, "94004": 1, "94005": 40, "94006": 25, "75056": 900,
         "77001": 15}  # fmt: skip
WAIVER = {"fr": "le plus gros employeur n'est pas connu", "en": "the largest is not known"}


def protected(where="", **secrecy):
    measure = {
        "numerator": tiny.term("headcount", "urssaf_headcounts", where=where),
        "units": tiny.term("establishments", "urssaf_headcounts", where=where),
    }
    rule = {"regime": "business", "waiver": WAIVER} | secrecy
    return declare(tiny.facts(measure=measure, secrecy=rule))


@pytest.fixture
def country(tmp_path: Path):
    rows = tiny.everywhere(
        establishments=lambda code, _people: FIRMS[code],
        headcount=lambda code, _people: FIRMS[code] * 10,
        naf_code="10.11Z",
    )
    return tiny.build(tmp_path, urssaf_headcounts=rows)


def test_a_commune_with_two_firms_is_secret_and_its_neighbour_is_hidden_with_it(country):
    indicator = protected()

    two = country.observed(indicator, "commune:91002")
    twelve = country.observed(indicator, "commune:94001")

    assert (two.status, two.value, two.numerator) == (Status.SECRET, None, None)
    assert (twelve.status, twelve.value) == (Status.SECONDARY, None)
    assert "3" in two.why.fr


def test_the_territory_itself_stays_shown(country):
    assert country.value(protected()) == 140


def test_a_place_outside_what_is_published_is_not_shown(country):
    observed = country.observed(protected(), "departement:77")

    assert (observed.value, observed.numerator, observed.units_count) == (None, None, None)
    assert observed.status == Status.REFUSED
    assert "ne fait pas partie de la publication qui a été jugée" in observed.why.fr


def test_a_selection_that_would_reveal_a_hidden_commune_is_refused_with_its_name(country):
    observed = country.observed(protected(), "selection:91002-94001-94003")

    assert observed.value is None
    assert observed.status == Status.REFUSED
    assert "91002" in observed.why.fr


def test_a_selection_that_is_a_published_place_has_its_value(country):
    assert country.observed(protected(), "selection:91002-94001").value == 140


def test_a_regime_that_counts_contributors_needs_to_know_what_counts_them():
    with pytest.raises(Refused, match=r"measure\.units"):
        declare(tiny.facts(secrecy={"regime": "business"}))


def test_a_declaration_may_not_ask_for_less_than_the_law():
    with pytest.raises(Refused, match="stricter"):
        protected(min_units=1)


def test_without_a_waiver_an_unknown_largest_firm_hides_the_commune(country):
    measure = {
        "numerator": tiny.term("headcount", "urssaf_headcounts"),
        "units": tiny.term("establishments", "urssaf_headcounts"),
    }
    strict = declare(tiny.facts(measure=measure, secrecy={"regime": "business"}))

    assert country.value(strict, "commune:94001") is None


class TestLinkedTables:
    """What one published table hides, another one must not give by difference."""

    FOOD = {"94001": 2, "91002": 5, "94003": 6, "94004": 4, "94005": 9, "94006": 8, "75056": 90,
            "77001": 5}  # fmt: skip
    OTHER = {"94001": 12, "91002": 20, "94003": 30, "94004": 14, "94005": 40, "94006": 25,
             "75056": 900, "77001": 15}  # fmt: skip

    @pytest.fixture
    def sectors(self, tmp_path: Path):
        rows = [
            row
            for naf, firms in (("10.11Z", self.FOOD), ("62.01Z", self.OTHER))
            for row in tiny.everywhere(
                establishments=lambda code, _people, firms=firms: firms[code],
                headcount=lambda code, _people, firms=firms: firms[code] * 10,
                naf_code=naf,
            )
        ]
        return tiny.build(tmp_path, urssaf_headcounts=rows)

    @pytest.fixture
    def tables(self, sectors):
        made = [
            protected('naf_code in naf("10")'), protected('naf_code in naf("62")'), protected()
        ]  # fmt: skip
        sectors.engine.guard.declared = lambda: {each.id: each for each in made}
        return made

    def test_alone_the_sector_would_be_the_total_less_the_other(self, sectors):
        food, other, total = (
            protected('naf_code in naf("10")'), protected('naf_code in naf("62")'), protected()
        )  # fmt: skip

        assert sectors.value(food, "commune:94001") is None
        assert sectors.value(total, "commune:94001") - sectors.value(other, "commune:94001") == 20

    @pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
    def test_judged_together_one_of_the_three_is_hidden_with_it(self, sectors, tables, order):
        seen = {at: sectors.observed(tables[at], "commune:94001") for at in order}

        assert seen[0].status == Status.SECRET
        assert [seen[at].value for at in (1, 2)].count(None) == 1
        hidden = next(seen[at] for at in (1, 2) if seen[at].value is None)
        assert (hidden.status, hidden.numerator) == (Status.SECONDARY, None)

    def test_a_commune_of_another_territory_leaves_the_headline_shown(self, sectors, tables):
        assert [sectors.value(each) for each in tables] == [70, 320, 390]

    def test_a_selection_does_not_give_it_either(self, sectors, tables):
        asked = [sectors.observed(each, "selection:94001") for each in tables]

        assert [each.value for each in asked].count(None) == 2


def test_sums_over_rows_that_are_firms_are_not_hidden_for_a_large_one_that_does_not_exist(
    tmp_path: Path,
):
    rows = [
        row
        for naf in ("10.11Z", "62.01Z")
        for row in tiny.everywhere(headcount=lambda _code, _people: 10, naf_code=naf) * 12
    ]
    country = tiny.build(tmp_path, urssaf_headcounts=rows)

    def summed(where):
        measure = {
            "numerator": tiny.term("headcount", "urssaf_headcounts", where=where),
            "units": tiny.term("headcount", "urssaf_headcounts", agg="count", where=where),
        }
        return declare(tiny.facts(measure=measure, secrecy={"regime": "business"}))

    made = [summed('naf_code in naf("10")'), summed('naf_code in naf("62")'), summed("")]
    country.engine.guard.declared = lambda: {each.digest: each for each in made}

    assert [country.value(each, "commune:94001") for each in made] == [120, 120, 240]


def test_a_place_that_had_other_communes_was_not_judged(tmp_path: Path):
    rows = tiny.everywhere(
        establishments=lambda code, _people: FIRMS[code],
        headcount=lambda code, _people: FIRMS[code] * 10,
        naf_code="10.11Z",
    )
    moved = tiny.build(tmp_path, earlier=("94003", "E1"), urssaf_headcounts=rows)
    before, now = date(2023, 6, 1), date(2026, 6, 1)

    # With 94003 in it then, a subtraction of two dates would give that commune.
    assert moved.territory.place("ept:E1", before).communes == ("91002", "94001", "94003")
    then = moved.figure(protected(), on=before).observation
    assert (then.value, then.status) == (None, Status.REFUSED)
    assert moved.figure(protected(), on=now).observation.value == 140
