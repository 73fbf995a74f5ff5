"""Figures of the tiny country: every expected number can be worked out by hand."""

from datetime import date

import pytest

from bassin.indicators.declaration import declare
from bassin.indicators.figure import Reliability, Status
from bassin.indicators.sentences import sentence
from bassin.types import Origin
from tests.indicators.tiny_country import (
    METROPOLE,
    PEOPLE,
    REGION,
    build,
    everywhere,
    facts,
    published,
    rate,
    term,
    total,
)

UNEMPLOYED = {"94001": 1000, "91002": 1000, "75056": 8000}


def unemployed(code: str, people: int) -> float:
    return UNEMPLOYED.get(code, people / 10)


def active(code: str, people: int) -> float:
    return people / 2


@pytest.fixture
def census(country):
    return country(census=everywhere(unemployed=unemployed, active=active, population=1))


def test_a_total_is_the_sum_of_the_communes(census):
    assert census.value(total("unemployed")) == 2000
    assert census.value(total("unemployed"), METROPOLE) == 1000 + 1000 + 4 * 2000 + 8000


def test_a_rate_is_recomputed_from_its_parts_and_not_the_mean_of_rates(census):
    # 1,000 of 10,000 and 1,000 of 5,000: 10 % and 20 %, whose mean would be 15.
    found = census.observed(rate("unemployed", "active"))

    assert found.value == pytest.approx(100 * 2000 / 15000)
    assert (found.numerator, found.denominator) == (2000, 15000)


def test_an_amount_may_add_and_subtract_columns(census):
    assert census.value(total("active - unemployed")) == 15000 - 2000
    assert census.value(rate("active - unemployed", "active")) == pytest.approx(100 * 13 / 15)


def test_rows_of_no_commune_are_in_the_country_no_more_than_in_its_parts(country):
    rows = [*everywhere(unemployed=unemployed), {"period": "2018", "cog": 2020, "unemployed": 999}]
    found = country(census=rows)
    parts = sum(found.value(total("unemployed"), f"commune:{code}") for code in PEOPLE)

    assert found.value(total("unemployed"), "france:FR") == parts == 22_000


def test_overseas_collectivities_are_not_in_the_country(country):
    # given a table that also counts Saint-Martin and Nouvelle-Calédonie
    rows = [{"commune_code": code, "period": "2018", "cog": 2020, "unemployed": 999}
            for code in ("97801", "98818")]  # fmt: skip
    found = country(census=[*everywhere(unemployed=unemployed), *rows])

    # then Insee's France, the mainland and five overseas départements, has its own alone
    assert found.value(total("unemployed"), "france:FR") == 22_000


def test_two_drafts_of_one_name_never_share_a_value(census):
    one = total("unemployed", id="draft")
    other = total("active", id="draft")
    place = census.territory.place("ept:E1")

    census.engine.prepare([one, other], place)

    assert (one.identity, census.value(one)) == (other.identity, 2000)
    assert census.value(other) == 15_000


def test_two_stores_whose_releases_have_one_name_never_share_what_is_kept(tmp_path):
    release = "2026-11-20T09:00:00+00:00"
    rows = everywhere(unemployed=unemployed)
    whole = build(tmp_path / "whole", release=release, census=rows)
    part = build(tmp_path / "part", release=release, census=rows[:1])

    assert whole.value(total("unemployed")) == 2000
    assert part.observed(total("unemployed")).status == Status.MISSING
    assert whole.engine.reader.name == part.engine.reader.name


def test_a_count_is_a_share_of_a_larger_place_and_a_rate_a_gap_in_points(census):
    count = census.figure(total("unemployed")).comparisons[0]
    found = census.figure(rate("unemployed", "active")).comparisons[0]

    assert (count.place.key, count.gap) == (METROPOLE, None)
    assert count.share_pct == pytest.approx(100 * 2000 / 18000)
    assert (found.gap_unit, found.share_pct) == ("points", None)
    assert found.gap == pytest.approx(100 * 2000 / 15000 - 100 * 18000 / 105000)


def test_a_rank_names_those_ahead_and_keeps_the_spread(census):
    rank = census.figure(total("unemployed"), "ept:E1").rank

    # Paris has 8,000; the five EPTs have 2,000 each.
    assert (rank.position, rank.size) == (2, 6)
    assert [place.key for place in rank.ahead] == ["commune:75056"]
    assert rank.spread == 6000
    found = census.figure(total("unemployed"), "ept:E1")
    assert len(found.peers) == 5


def test_too_few_places_or_places_that_do_not_differ_are_not_ranked(country):
    same = country(census=everywhere(unemployed=lambda code, people: people / 10, active=active))

    assert same.figure(rate("unemployed", "active")).rank is None
    assert same.figure(total("unemployed"), METROPOLE).rank is None


@pytest.mark.parametrize(("missing", "ranked"), [(1, True), (2, False)])
def test_five_places_with_a_value_are_ranked_and_four_are_not(country, missing, ranked):
    absent = ("94005", "94006")[:missing]
    rows = [r for r in everywhere(unemployed=unemployed) if r["commune_code"] not in absent]

    # The group has six places: five EPTs and Paris.
    assert (country(census=rows).figure(total("unemployed")).rank is not None) is ranked


def test_a_published_value_is_read_for_a_commune_and_refused_for_several(country):
    income = country(
        income_communes=everywhere(median_eur=lambda code, people: 20_000 + people / 100)
    )
    median = published("median_eur", "income_communes")

    assert income.value(median, "commune:94001") == 20_200
    refused = income.observed(median)
    assert (refused.value, refused.status) == (None, Status.REFUSED)
    assert (refused.numerator, refused.denominator) == (None, None)
    assert "ni ne se moyenne" in refused.why.fr


def test_a_published_value_is_read_for_its_own_kind_of_row(country):
    rows = [
        {"commune_code": "94001", "period": "2024", "dwelling": kind, "rent_m2_eur": rent}
        for kind, rent in (("flat", 20.0), ("house", 15.0))
    ]
    rents = country(rents=rows)

    flat = published("rent_m2_eur", "rents", 'dwelling == "flat"')
    assert rents.value(flat, "commune:94001") == 20.0


class TestChange:
    """Evolutions, only between periods far enough apart."""

    TIME = {"frequency": "P1Y", "vintage": "latest", "window": "P5Y", "min_gap_for_change": "P5Y"}

    def censuses(self, country, *years):
        rows = []
        for growth, year in enumerate(years):
            rows += everywhere(year, unemployed=lambda c, p, g=growth: p / 10 + g * p / 100,
                               active=active)  # fmt: skip
        return country(census=rows)

    def test_one_year_of_a_rolling_census_is_no_change(self, country):
        found = self.censuses(country, "2017", "2018").figure(total("unemployed", time=self.TIME))

        assert found.observation.period == "2018"
        assert found.change is None

    def test_five_years_are_a_change_from_the_last_period_far_enough(self, country):
        found = self.censuses(country, "2011", "2013", "2018").figure(
            total("unemployed", time=self.TIME)
        )

        assert (found.change.since, found.change.until) == ("2013", "2018")
        assert (found.change.amount, found.change.unit) == (
            pytest.approx(100 * (3600 / 3300 - 1)),
            "%",
        )

    def test_a_rate_changes_in_points_and_says_which_break_it_crosses(self, country):
        broken = self.TIME | {"breaks": [{"at": "2015", "why": {"fr": "questionnaire"}}]}
        found = self.censuses(country, "2012", "2018").figure(
            rate("unemployed", "active", time=broken)
        )

        assert (found.change.amount, found.change.unit) == (pytest.approx(2.0), "points")
        assert found.change.crosses_break.fr == "questionnaire"


class TestCoverage:
    """A part of a place never passes for the whole."""

    def test_below_seventy_percent_of_the_people_there_is_no_total(self, country):
        partial = country(census=everywhere(unemployed=unemployed, active=active)[:1])

        # 94001 holds two thirds of the people of its EPT.
        found = partial.observed(total("unemployed"))
        assert (found.value, found.status) == (None, Status.MISSING)
        assert found.why.fr.startswith("données pour 67")
        assert partial.value(total("unemployed"), "commune:94001") == 1000

    def test_above_it_the_total_says_how_many_communes_it_has(self, country):
        rows = [r for r in everywhere(unemployed=unemployed, active=active)
                if r["commune_code"] != "94003"]  # fmt: skip
        found = country(census=rows).figure(total("unemployed"), METROPOLE)

        assert found.observation.value == 16000
        assert any("6 communes sur 7" in caveat.fr for caveat in found.caveats)

    def test_a_comparator_known_in_part_carries_the_part_with_its_caveat(self, country):
        rows = [r for r in everywhere(unemployed=unemployed, active=active)
                if r["commune_code"] != "77001"]  # fmt: skip
        found = country(census=rows).figure(total("unemployed"))

        region = next(c for c in found.comparisons if c.place.key == REGION)
        assert region.observation.known_pct == pytest.approx(100 * 210 / 250)
        assert [c.fr for c in found.caveats if "84" in c.fr and "Île-de-France" in c.fr]

    def test_no_earlier_period_passes_a_part_for_the_whole(self, country):
        earlier = everywhere("2012", unemployed=unemployed, active=active)[:1]
        latest = everywhere(unemployed=unemployed, active=active)
        found = country(census=[*earlier, *latest]).figure(total("unemployed"))

        assert [(o.period, o.value) for o in found.series] == [("2012", None), ("2018", 2000)]
        assert found.change is None

    def test_a_commune_that_data_know_by_its_arrondissements_is_covered(self, country):
        rows = everywhere(unemployed=unemployed, active=active)
        rows[6]["commune_code"] = "75101"

        assert country(census=rows).value(total("unemployed"), "commune:75056") == 8000


class TestZeros:
    """In an exhaustive list a commune without a row has none, if the list was loaded for it."""

    OFFERS = {"native": "commune", "levels": ["commune"], "cog": 2026, "absent": "zero"}

    def offers(self, country, *codes):
        rows = [
            {"commune_code": code, "period": "2021-12-21", "cog": 2021, "rome_code": "A1101",
             "offers": 5, "location": "commune"}
            for code in codes
        ]  # fmt: skip
        return country(offers=rows)

    def test_a_commune_without_a_row_beside_one_that_has_some_is_zero(self, country):
        found = self.offers(country, "94001")
        zero = total("offers", "offers", geography=self.OFFERS)

        none = found.observed(zero, "commune:91002")
        assert (none.value, none.upper) == (0, None)
        whole = found.observed(zero, "ept:E1")
        assert (whole.value, whole.covered, whole.members) == (5, 2, 2)

    @pytest.mark.parametrize(("known", "expected"), [(3, 0), (None, None)])
    def test_a_commune_whose_rows_are_all_of_another_kind_is_zero(self, country, known, expected):
        rows = [
            {"commune_code": "94001", "period": "2025", "cog": 2026, "naf_code": naf, "births": n}
            for naf, n in (("62.01Z", known), ("10.11Z", known))
        ]
        rows.append({**rows[0], "commune_code": "91002"})
        flows = country(establishment_flows=rows)
        food = 'naf_code in naf("10")'
        births = total("births", "establishment_flows", where=food, geography=self.OFFERS)

        # Unless the year is not over: then nobody's births are known.
        assert flows.value(births, "commune:94001") == known
        assert flows.value(births, "commune:91002") == expected

    def test_a_place_the_list_was_not_loaded_for_is_missing_and_not_zero(self, country):
        found = self.offers(country, "94001").observed(
            total("offers", "offers", geography=self.OFFERS), "commune:77001"
        )

        assert (found.value, found.status) == (None, Status.MISSING)

    def test_paris_is_no_zero_because_the_list_knows_another_territory_of_the_metropole(
        self, country
    ):
        found = self.offers(country, "94001").observed(
            total("offers", "offers", geography=self.OFFERS), "commune:75056"
        )

        assert (found.value, found.status) == (None, Status.MISSING)

    def test_nobody_who_observes_many_places_gets_a_zero_there_either(self, country):
        found = self.offers(country, "94001")
        zero = total("offers", "offers", geography=self.OFFERS)
        places = [found.territory.place(f"commune:{code}") for code in ("91002", "77001")]

        observed = found.engine.observe(zero, places)

        assert [each.value for each in observed["commune:91002"]] == [0]
        assert observed["commune:77001"] == []

    def test_a_container_it_was_hardly_loaded_for_has_no_total(self, country):
        found = self.offers(country, "94001").observed(
            total("offers", "offers", geography=self.OFFERS), REGION
        )

        assert (found.value, found.status) == (None, Status.MISSING)

    def test_no_series_nor_list_of_places_shows_its_partial_sum_either(self, country):
        found = self.offers(country, "94001")
        zero = total("offers", "offers", geography=self.OFFERS)

        seen = found.engine.observe(zero, [found.territory.place(REGION)])[REGION]
        told = found.figure(zero, REGION).series

        assert [(o.value, o.numerator) for o in (*seen, *told)] == [(None, None)] * 2

    def test_flows_of_a_year_that_is_not_over_are_neither_zero_nor_the_latest(self, country):
        rows = everywhere("2024", births=7, stock=100) + everywhere("2025", stock=100)
        flows = country(establishment_flows=[{**row, "naf_code": "10.11Z"} for row in rows])
        births = total("births", "establishment_flows", geography=self.OFFERS)

        found = flows.figure(births)
        assert (found.observation.period, found.observation.value) == ("2024", 14)


def test_a_masked_cell_is_not_a_zero(country):
    rows = [{"commune_code": code, "period": "2019-Q4", "cog": 2019, "category": "ABC",
             "sex": "all", "age": "all", "jobseekers": known, "jobseekers_masked": known is None}
            for code, known in (("94001", 500), ("91002", None))]  # fmt: skip
    seekers = country(jobseekers=rows)
    found = total("jobseekers", "jobseekers")

    assert seekers.value(found, "commune:94001") == 500
    masked = seekers.observed(found, "commune:91002")
    assert (masked.value, masked.status) == (None, Status.MISSING)
    assert masked.why.fr == "non diffusé par le producteur"
    assert seekers.observed(found).units_count == 1


class TestIntervals:
    """Jobs from headcount bands lie between two numbers."""

    def stock(self, country, *bands):
        rows = [
            {"commune_code": "94001", "period": "2026-06-30", "cog": 2026, "naf_code": "10.11Z",
             "headcount_band": band, "establishments": 1, "headcount_min": low,
             "headcount_max": high}
            for band, low, high in bands
        ]  # fmt: skip
        return country(establishment_stock=rows)

    def jobs(self, **changes):
        measure = {
            "numerator": term("headcount_min", "establishment_stock"),
            "upper": term("headcount_max", "establishment_stock"),
        }
        return declare(facts(measure=measure | changes))

    def test_an_interval_is_the_sum_of_minima_and_the_sum_of_maxima(self, country):
        found = self.stock(country, ("11", 10, 19), ("01", 1, 2)).observed(
            self.jobs(), "commune:94001"
        )

        assert (found.value, found.upper) == (11, 21)

    def test_one_open_band_leaves_no_upper_end(self, country):
        found = self.stock(country, ("53", 10_000, None), ("01", 1, 2)).observed(
            self.jobs(), "commune:94001"
        )

        assert (found.value, found.upper) == (10_001, None)

    def test_an_interval_is_not_ranked(self, country):
        rows = everywhere(headcount_min=lambda c, p: p / 10, headcount_max=lambda c, p: p / 5)

        assert country(establishment_stock=rows).figure(self.jobs()).rank is None

    def test_a_share_may_be_an_interval_too(self, country):
        rows = everywhere(offers=100, offers_untagged=0, offers_green_sure=2, offers_green=10)
        share = declare(
            facts(
                kind="ratio",
                unit={"code": "PERCENT", "symbol": "%", "decimals": 1, "difference": "points"},
                measure={
                    "scale": 100,
                    "numerator": term("offers_green_sure", "offers_green"),
                    "denominator": term("offers - offers_untagged", "offers_green"),
                    "upper": term("offers_green", "offers_green"),
                },
                aggregation={"rule": "recompute_from_parts"},
            )
        )
        found = country(offers_green=rows).observed(share)

        assert (found.value, found.upper) == (2.0, 10.0)


def test_a_location_quotient_is_a_share_over_that_of_the_region(census):
    quotient = rate(
        "unemployed", "active", kind="index",
        measure={"numerator": term("unemployed"), "denominator": term("active"),
                 "relative_to": "region"},
    )  # fmt: skip

    ours, region = 2000 / 15000, 22000 / 125000
    assert census.value(quotient) == pytest.approx(ours / region)
    assert census.value(quotient, REGION) == pytest.approx(1.0)


def test_a_location_quotient_waits_for_the_region_it_is_relative_to(country):
    rows = everywhere(unemployed=unemployed, active=active)[:2]
    quotient = rate(
        "unemployed", "active", kind="index",
        measure={"numerator": term("unemployed"), "denominator": term("active"),
                 "relative_to": "region"},
    )  # fmt: skip

    found = country(census=rows).observed(quotient)
    assert (found.value, found.status) == (None, Status.MISSING)
    assert "Île-de-France" in found.why.fr


class TestEmploymentAreas:
    """Figures of areas that are wider than the places shown."""

    EA = {"native": "employment_area", "levels": ["employment_area"], "cog": 2026}

    @pytest.fixture
    def survey(self, country):
        return self.surveyed(country)

    def surveyed(self, country, *others):
        """Two areas of four communes; `others` are in a third one."""
        area_of = {"94001": "1129", "91002": "1129", "94003": "1129", "94004": "1130"}
        area_of |= dict.fromkeys(others, "1131")
        areas = [{"commune_code": code, "period": "2024", "cog": 2024,
                  "employment_area_name": area,
                  "employment_area_code": area}
                 for code, area in area_of.items()]  # fmt: skip
        needs = [{"employment_area_code": area, "departement_code": "94", "occupation_code": job,
                  "period": "2024", "projects": projects, "difficult": difficult}
                 for area, job, projects, difficult in (
                     ("1129", "A0Z40", 60, 30), ("1129", "B0Z40", 40, None),
                     ("1130", "A0Z40", 500, 100), ("1131", "A0Z40", 9, 9))]  # fmt: skip
        return country(employment_areas=areas, hiring_needs=needs)

    def test_a_place_has_the_value_of_its_area_and_says_so(self, survey):
        found = survey.figure(total("projects", "hiring_needs", geography=self.EA))

        assert found.observation.value == 100
        assert found.observation.covered is None
        assert any("bassin d'emploi" in caveat.fr for caveat in found.caveats)

    def test_a_masked_occupation_makes_a_floor(self, survey):
        share = rate("difficult", "projects", "hiring_needs", geography=self.EA)

        assert survey.value(share) == pytest.approx(30.0)

    def test_it_is_neither_ranked_among_smaller_places_nor_a_share_of_larger_ones(self, country):
        survey = self.surveyed(country, "94005", "94006", "75056", "77001")
        found = survey.figure(total("projects", "hiring_needs", geography=self.EA))

        assert (found.rank, found.peers) == (None, ())
        assert {each.share_pct for each in found.comparisons} == {None}
        assert "bassins d'emploi entiers" in found.comparisons[0].why.fr
        assert sentence(found).count("bassins d'emploi entiers") <= 1

    def test_a_larger_place_of_which_few_areas_are_known_has_no_total(self, survey):
        found = survey.observed(total("projects", "hiring_needs", geography=self.EA), "france:FR")

        # The two areas hold 70,000 of the country's 250,000 people.
        assert (found.value, found.status) == (None, Status.MISSING)
        assert found.why.fr.startswith("données pour 28")

    def test_a_larger_place_of_which_few_areas_are_known_is_no_comparator(self, survey):
        share = rate("difficult", "projects", "hiring_needs", geography=self.EA)

        beside = survey.figure(share).comparisons[0]

        assert (beside.place.key, beside.observation.value, beside.gap) == (METROPOLE, None, None)
        assert "33" in beside.why.fr
        assert survey.value(share, METROPOLE) is None

    def test_an_area_itself_has_its_own_value(self, survey):
        found = survey.value(
            total("projects", "hiring_needs", geography=self.EA), "employment_area:1130"
        )

        assert found == 500


def test_jobs_held_by_residents_count_pairs_with_both_ends_in_the_place(country):
    pairs = [("94001", "94001", 50), ("94001", "91002", 30), ("94001", "75056", 20),
             ("91002", "94001", 10), ("91002", "91002", 10), ("75056", "94001", 80)]  # fmt: skip
    flows = country(commuting_pairs=[
        {"commune_code": work, "home_commune_code": home, "workers": workers, "period": "2018",
         "cog": 2020} for work, home, workers in pairs])  # fmt: skip
    held = rate("workers", "workers", "commuting_pairs", where="home_commune_code in place")

    assert flows.value(held, "commune:94001") == pytest.approx(50.0)
    assert flows.value(held, "ept:E1") == pytest.approx(100 * 100 / 120)


def test_distinct_things_count_once_and_are_no_share(country):
    rows = [{"commune_code": code, "period": "2025", "cog": 2025, "station_name": "Gare",
             "mode": "RER", "lines_count": 1, "points_count": 1, "lines": "C"}
            for code in PEOPLE]  # fmt: skip
    stations = total(
        "station_name", "station_communes", agg="count_distinct", kind="count",
        aggregation={"rule": "none"},
    )  # fmt: skip
    found = country(station_communes=rows).figure(stations)

    assert found.observation.value == 1
    assert found.comparisons[0].comparable is False
    assert found.comparisons[0].share_pct is None


def test_a_highest_value_is_not_set_against_a_larger_place(country):
    rows = [
        {**row, "iris_code": f"{row['commune_code']}0101", "median_eur": 20_000.0 + 1000 * number}
        for number, row in enumerate(everywhere("2017"))
    ]
    highest = declare(
        facts(
            kind="index",
            unit={"code": "EUR", "symbol": "€", "decimals": 0, "difference": "relative"},
            measure={"numerator": term("median_eur", "income_iris", "max")},
            aggregation={"rule": "none"},
            geography={"native": "iris", "levels": ["commune"], "cog": 2026},
        )
    )
    found = country(income_iris=rows).figure(highest)

    assert found.observation.value == 21_000
    assert {(each.comparable, each.gap) for each in found.comparisons[:2]} == {(False, None)}
    assert (found.rank.position, found.rank.size) == (6, 6)


@pytest.mark.parametrize(
    ("behind", "expected"),
    [(100, Reliability.FRAGILE), (300, Reliability.CAUTION), (600, Reliability.RELIABLE)],
)
def test_a_sampled_figure_says_how_firm_it_is(country, behind, expected):
    quality = {"sampling": True, "fragile_below": 200, "reliable_from": 500,
               "caveat": {"fr": "à manier avec précaution"}}  # fmt: skip
    found = country(census=everywhere(unemployed=behind, active=active)).figure(
        total("unemployed", quality=quality), "commune:94001"
    )

    assert found.observation.reliability == expected
    told = [caveat.fr for caveat in found.caveats]
    assert told == ([] if expected == Reliability.RELIABLE else ["à manier avec précaution"])


def test_before_its_first_period_an_indicator_says_when_its_data_begin(census):
    found = census.figure(total("unemployed"), on=date(1999, 12, 31)).observation

    assert (found.value, found.status) == (None, Status.MISSING)
    assert found.why.fr == "rien jusqu'en 1999 : les données chargées commencent en 2018"


def test_an_arrondissement_that_data_count_with_its_city_says_so(census):
    found = census.observed(total("population"), "commune:75101")

    assert found.why.fr.startswith("la table chargée compte Ville 75056 en entier")
    assert "read the figure of Ville 75056" in found.why.en


def test_an_arrondissement_whose_city_has_no_row_either_says_what_to_load(country):
    rows = [r for r in everywhere(population=1) if r["commune_code"] != "75056"]
    found = country(census=rows).figure(total("population"), "commune:75101")

    assert found.observation.why.fr.startswith("à charger : Insee, RP ;")
    assert "…" not in f"{sentence(found)} {sentence(found, 'en')} {found.source.fr}"


def test_without_its_table_an_indicator_says_what_to_load(country):
    wanted = total(
        "jobs", "jobs_at_workplace", presentation={"to_load": {"fr": "l'emploi", "en": "jobs"}}
    )

    found = country().observed(wanted)
    assert (found.value, found.why.fr, found.why.en) == (
        None, "à charger : l'emploi", "to be loaded: jobs",
    )  # fmt: skip


def test_an_invented_table_marks_its_figures_and_hides_the_publisher(tmp_path):
    invented = build(
        tmp_path, Origin.INVENTED, census=everywhere(unemployed=unemployed, active=active)
    )
    found = invented.figure(total("unemployed"))

    assert found.observation.origin == Origin.INVENTED
    assert "inventé" in found.source.fr
