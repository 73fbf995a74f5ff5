"""What a check may say, what it refuses to read, and what it answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bassin.errors import Refused
from bassin.indicators.assertions import NAMES, Facts, assertion
from bassin.indicators.declaration import declare
from tests.indicators.tiny_country import facts, term

KNOWN = {
    "value": 30.0, "upper": None, "previous": 20.0, "numerator": 3.0, "denominator": 0.0,
    "units_count": 4, "n_communes": 2,
}  # fmt: skip


def asked(text: str) -> bool | None:
    """The answer of a check for a place of two communes (10 and 20)."""
    return assertion(text).holds(Facts(KNOWN, (10.0, 20.0)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0 <= value <= 100", True),
        ("0 <= value <= 29", False),
        ("sum(communes) == value", True),
        ("sum(communes) == value + 1", False),
        ("sum(communes) != value", False),
        ("min(communes) <= value <= max(communes)", False),
        ("min(communes) == 10 and max(communes) == 20", True),
        ("abs(previous - value) <= 10", True),
        ("abs(previous - value) < 10", False),
        ("value > 30 or n_communes == 2", True),
        ("not value >= 30", False),
        ("value / previous == 1.5", True),
        ("-value == -30", True),
        ("units_count * 2 > value", False),
    ],
)
def test_a_check_holds_or_fails(text, expected):
    assert asked(text) is expected


@pytest.mark.parametrize("text", ["upper >= value", "value / denominator < 5", "value <= upper"])
def test_a_check_that_meets_what_nobody_knows_says_nothing(text):
    assert asked(text) is None


def test_without_the_values_of_the_communes_a_check_over_them_says_nothing():
    assert assertion("sum(communes) == value").holds(Facts(KNOWN)) is None


def test_equal_is_within_a_part_in_a_billion():
    third = Facts({"value": 0.1 + 0.2, "previous": 0.3})

    assert assertion("value == previous and value <= previous").holds(third) is True
    assert assertion("value > previous").holds(third) is False


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("value", "neither true nor false"),
        ("vintage == 2018", "“vintage” is not a number that a check knows"),
        ("communes == value", "“communes” is not a number"),
        ("sum(places) == value", "sum\\(communes\\)"),
        ("sum(communes, 1) == value", "sum\\(communes\\)"),
        ("round(value) == value", "not understood in a check"),
        ("value.real == 1", "not a number"),
        ("value == 'x'", "not a number"),
        ("value == True", "not a number"),
        ("value ** 2 == 1", "not a number"),
        ("value in [1, 2]", "otherwise than by"),
        ("1 == 1", "names nothing of the figure"),
        ("__import__('os').system('true') == 0", "not a number"),
        ("(lambda: value)() == 1", "not a number"),
        ("value >", "is not a check"),
        ("value >= 0 " + "and value >= 0 " * 40, "too long"),
    ],
)
def test_anything_else_is_refused_with_what_may_be_written(text, why):
    with pytest.raises(Refused, match=why):
        assertion(text)


@given(st.text(alphabet="value()+-*/<=> 019.andortsumcomunes'[]:_", max_size=60))
def test_any_text_is_understood_or_refused_and_never_run(text):
    try:
        understood = assertion(text)
    except Refused:
        return
    assert understood.names <= {*NAMES, "communes"}
    assert understood.holds(Facts(KNOWN, (10.0, 20.0))) in (True, False, None)


class TestDeclarations:
    """A declaration whose check could not be asked is refused when it is read."""

    @pytest.mark.parametrize(
        ("changes", "why"),
        [
            ({"checks": [{"name": "odd", "assert": "valeur >= 0"}]}, "the check odd: “valeur”"),
            (
                {"checks": [{"name": "one", "assert": "value >= 0"}] * 2},
                "two checks are named one",
            ),
            (
                {
                    "checks": [{"name": "whole", "assert": "sum(communes) == value"}],
                    "aggregation": {"rule": "none"},
                },
                "not summed over places",
            ),
            (
                {
                    "checks": [{"name": "whole", "assert": "sum(communes) == value"}],
                    "geography": {"native": "employment_area", "levels": ["commune"], "cog": 2026},
                },
                "this one is about employment_area",
            ),
        ],
    )
    def test_it_is_refused_with_the_name_of_the_check(self, changes, why):
        with pytest.raises(Refused, match=why):
            declare(facts(**changes))

    def test_a_check_blocks_unless_it_says_that_it_warns(self):
        checks = [
            {"name": "silent", "assert": "value >= 0"},
            {"name": "said", "assert": "value >= 1", "severity": "block"},
            {"name": "warned", "assert": "value >= 2", "severity": "warn"},
        ]
        declared = declare(facts(checks=checks, measure={"numerator": term("unemployed")}))

        assert [(each.name, each.blocks) for each in declared.checks] == [
            ("silent", True), ("said", True), ("warned", False),
        ]  # fmt: skip
