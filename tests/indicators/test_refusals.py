"""What an indicator may not do, each with the sentence that a person reads."""

import copy

import pytest

from bassin.errors import Refused
from bassin.indicators.catalogue import folders, indicator, indicators
from bassin.indicators.compile import expression
from bassin.indicators.declaration import declare, read
from bassin.indicators.engine import Engine
from tests.indicators.tiny_country import facts, rate, term, total

PERCENT = {"code": "PERCENT", "symbol": "%", "decimals": 1, "difference": "points"}
RATIO = {"numerator": term("unemployed"), "denominator": term("active"), "scale": 100}


def refused(**changes) -> str:
    with pytest.raises(Refused) as refusal:
        declare(facts(**changes), "tried.toml")
    return str(refusal.value)


def refused_condition(where: str, column: str = "unemployed") -> str:
    with pytest.raises(Refused) as refusal:
        expression(total(column, where=where))
    return str(refusal.value)


def test_rates_are_not_added():
    found = refused(kind="ratio", unit=PERCENT, measure=RATIO, aggregation={"rule": "sum"})

    assert found == (
        "tried.toml: rates are not added. Declare a numerator and a denominator, and "
        'aggregation.rule = "recompute_from_parts" (or "published_only").'
    )


def test_a_rate_needs_both_its_parts():
    found = refused(
        kind="ratio", unit=PERCENT, measure={"numerator": term("unemployed")},
        aggregation={"rule": "recompute_from_parts"},
    )  # fmt: skip

    assert "'denominator' is a required property" in found


@pytest.mark.parametrize("rule", ["sum", "recompute_from_parts", "none"])
def test_medians_are_neither_added_nor_averaged(rule):
    found = refused(kind="median", aggregation={"rule": rule})

    assert found == (
        "tried.toml: a median of several places is neither the sum nor the mean of their medians. "
        'Set aggregation.rule = "published_only".'
    )


def test_means_are_not_added():
    assert "means are not added" in refused(kind="mean")


def test_a_published_value_is_not_summed():
    found = refused(measure={"numerator": term("unemployed", agg="value")})

    assert found == "tried.toml: a published value is not summed over places."


@pytest.mark.parametrize("difference", ["relative", "absolute"])
def test_rates_differ_in_points_and_not_in_percent(difference):
    found = refused(
        kind="ratio", unit=PERCENT | {"difference": difference}, measure=RATIO,
        aggregation={"rule": "recompute_from_parts"},
    )  # fmt: skip

    assert found == (
        "tried.toml: a rate in % differs from another by points, not by %. "
        'Set unit.difference = "points".'
    )


def test_a_ratio_takes_both_terms_from_one_dataset():
    measure = {"numerator": term("offers", "offers"), "denominator": term("active")}
    found = refused(
        kind="ratio", unit=PERCENT, measure=measure, aggregation={"rule": "recompute_from_parts"}
    )

    assert "the numerator comes from offers and the denominator from census" in found
    assert "derive a table that holds both" in found


def test_a_yearly_change_of_a_five_year_survey_is_refused():
    quality = {"sampling": True, "fragile_below": 200, "caveat": {"fr": "avec précaution"}}
    time = {"frequency": "P1Y", "vintage": "latest", "window": "P5Y", "min_gap_for_change": "P1Y"}

    assert refused(quality=quality, time=time) == (
        "tried.toml: each value rests on 5 years of surveys, so that two values less than 5 years "
        'apart share answers. Set time.min_gap_for_change = "P5Y" or more.'
    )


def test_a_sampled_figure_says_below_what_it_is_fragile():
    assert "'fragile_below' is a required property" in refused(quality={"sampling": True})


def test_a_source_has_a_licence():
    source = {"producer": "Insee", "title": "RP", "citation": "Insee"}

    assert "'licence' is a required property" in refused(sources=[source])


def test_a_misspelt_field_is_not_silently_left_out():
    assert "'polarty' was unexpected" in refused(polarty="lower_better")


def test_a_file_has_the_name_of_its_indicator(tmp_path):
    declared = next(path for folder in folders() for path in folder.glob("population.toml"))
    copied = tmp_path / "other.toml"
    copied.write_text(declared.read_text("utf-8"), "utf-8")

    with pytest.raises(Refused, match="Give the file the same name"):
        read(copied)


class TestComparability:
    """Two figures that do not measure the same thing are not put side by side."""

    def refused(self, one: str, other: str, language: str = "fr") -> str:
        with pytest.raises(Refused) as refusal:
            Engine.compare_indicators(None, indicator(one), indicator(other), language)
        return str(refusal.value)

    def test_census_unemployment_is_not_ilo_unemployment(self):
        assert self.refused("unemployment_rate_census", "unemployment_rate_ilo") == (
            "« Taux de chômage au sens du recensement » et « Taux de chômage au sens du BIT » ne "
            "se comparent pas : Le recensement ne suit pas les critères du Bureau international du "
            "travail. Présentez chacun seul, avec sa définition et sa date."
        )

    def test_the_same_in_english_and_in_the_other_order(self):
        found = self.refused("unemployment_rate_ilo", "unemployment_rate_census", "en")

        assert found.startswith(
            "“Unemployment rate (ILO definition)” and “Unemployment rate (census definition)” are "
            "not compared:"
        )

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("unemployment_rate_census", "jobseekers_abc"),
            ("jobseekers_abc", "unemployment_rate_ilo"),
            ("firms_head_offices", "establishments"),
            ("firms_head_offices", "establishments_2014"),
            ("establishments_2014", "establishments"),
            ("stock_1_january", "establishments_2014"),
            ("closures", "failures"),
            ("failures", "failures_bdf"),
            ("median_income", "taxable_income_per_household"),
            ("mean_price_m2", "median_price_m2"),
            ("jobs_at_workplace", "employed_residents"),
            ("population", "population_census"),
            ("offers", "hiring_projects"),
        ],
    )
    def test_other_pairs_are_refused_both_ways(self, one, other):
        assert self.refused(one, other)
        assert self.refused(other, one)

    def test_what_may_be_compared_is(self):
        Engine.compare_indicators(None, indicator("share_workers"), indicator("share_managers"))


class TestConditions:
    """A declaration can never run code, and says what it does not understand."""

    @pytest.mark.parametrize(
        "where",
        [
            "__import__('os').system('id')",
            "(lambda: 1)()",
            "open('/etc/passwd') == 1",
            "active.sum() > 1",
            "[x for x in active] == 1",
            "active if workers else clerical",
            "(active := 1) == 1",
            'f"{active}" == "1"',
            "1 == 1",
            "active == workers",
            "active < 1 < 2",
            "active is 3",
            "active == None",
            "active",
            'active > "many"',
            "commune_code > 5",
        ],
    )
    def test_anything_else_than_a_condition_is_refused(self, where):
        assert f"in “{where}”" in refused_condition(where)

    def test_the_sentence_names_what_was_not_understood(self):
        assert refused_condition("__import__('os') == 1") == (
            "“__import__('os')” in “__import__('os') == 1” is not a column of census. "
            f"Its columns are {columns_of_census()}."
        )

    def test_an_unknown_column_is_refused_with_the_columns_there_are(self):
        found = refused_condition("employed > 1")

        assert found.startswith("“employed” in “employed > 1” is not a column of census.")
        assert "unemployed" in found

    @pytest.mark.parametrize(
        "column", ["employed", "active / 2", "active - 1", "sum(active)", "-active"]
    )
    def test_an_amount_is_columns_added_subtracted_or_multiplied(self, column):
        with pytest.raises(Refused, match="is not a column of census"):
            expression(total(column))

    @pytest.mark.parametrize("where", ["(", "a b", "=", "1 +", "active in", "\x00", "(" * 5000])
    def test_what_cannot_be_read_at_all_is_refused_too(self, where):
        assert "is not a condition" in refused_condition(where)

    def test_texts_are_not_reckoned_with(self):
        with pytest.raises(Refused, match="reckons with columns that are not numbers"):
            expression(total("commune_code + period"))

    def test_a_perimeter_that_does_not_exist_is_refused_with_those_there_are(self):
        with pytest.raises(Refused, match="There is no perimeter “factories”"):
            expression(
                total("establishments", "establishment_stock",
                      where='naf_code in perimeter("factories")')
            )  # fmt: skip

    def test_a_perimeter_without_codes_says_why(self):
        with pytest.raises(Refused, match="aucun code NAF ne donne la profession"):
            expression(
                total("establishments", "establishment_stock",
                      where='naf_code in perimeter("technical_jobs")')
            )  # fmt: skip


def columns_of_census() -> str:
    from bassin.indicators.compile import table

    return ", ".join(table("census").columns)


def test_an_unknown_table_is_refused():
    with pytest.raises(Refused, match="No source publishes the table chomage"):
        expression(total("taux", "chomage"))


def test_a_table_without_the_native_unit_is_refused():
    geography = {"native": "employment_area", "levels": ["employment_area"], "cog": 2026}

    with pytest.raises(Refused, match="census has no column employment_area_code"):
        expression(total("unemployed", geography=geography))


def test_an_unknown_indicator_gives_the_nearest():
    with pytest.raises(Refused, match="Did you mean unemployment_rate_census"):
        indicator("unemployment_rate_sensus")


def test_no_rate_of_the_catalogue_is_added_or_differs_in_percent():
    rates = [each for each in indicators().values() if each.kind == "ratio"]

    assert rates
    assert all(each.rule in ("recompute_from_parts", "published_only") for each in rates)
    assert all(each.difference == "points" for each in rates if each.symbol == "%")


def test_a_declaration_is_not_changed_by_being_read():
    declared = facts()
    before = copy.deepcopy(declared)
    declare(declared)

    assert declared == before
    assert rate("unemployed", "active").additive is False
