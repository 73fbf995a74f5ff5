"""Secrecy reaches every figure that the engine gives, whoever asks and in whatever order."""

from pathlib import Path

import pytest

from bassin.errors import Refused
from bassin.indicators.declaration import declare
from bassin.indicators.figure import Status
from tests.indicators import tiny_country as tiny

FIRMS = {"94001": 12, "91002": 2, "94003": 30, "94004": 1, "94005": 40, "94006": 25, "75056": 900,
         "77001": 15}  # fmt: skip
WAIVER = {"fr": "le plus gros employeur n'est pas connu", "en": "the largest is not known"}


def protected(**secrecy):
    measure = {
        "numerator": tiny.term("headcount", "urssaf_headcounts"),
        "units": tiny.term("establishments", "urssaf_headcounts"),
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
