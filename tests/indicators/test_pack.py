"""With the data pack, the sample territory's figures are those of its reconciliation table."""

import pytest

from bassin.indicators import constant
from bassin.indicators.catalogue import indicator
from bassin.indicators.house import House
from bassin.territory import Installation
from bassin.types import Origin
from tests.support.france import linked

pytestmark = [pytest.mark.pack, pytest.mark.slow]

T12, METROPOLE, REGION = "ept:200058014", "metropole:200054781", "region:11"


@pytest.fixture(scope="module")
def house(pack_loaded, tmp_path_factory) -> House:
    var = linked(pack_loaded, tmp_path_factory.mktemp("pack") / "var")
    Installation(territory=T12, name="Grand-Orly Seine Bièvre").write(var)
    return House.open(var)


def at(house: House, name: str, period: str, place: str = T12):
    """The observation of one period."""
    where = house.place(place)
    observed = house.engine.observe(indicator(name), [where])[where.key]
    return next(each for each in observed if each.period == period)


@pytest.mark.parametrize(
    ("name", "period", "expected", "digits"),
    [
        ("population", "2023", 730_551, 0),
        ("population_census", "2012", 671_505, 0),
        ("population_census", "2018", 710_962, 0),
        ("unemployment_rate_census", "2012", 13.43, 2),
        ("unemployment_rate_census", "2018", 13.77, 2),
        ("unemployed_census", "2012", 45_333, 0),
        ("unemployed_census", "2018", 48_253, 0),
        ("active_population", "2012", 337_517, 0),
        ("active_population", "2018", 350_300, 0),
        ("share_workers", "2012", 18.03, 2),
        ("share_workers", "2018", 17.12, 2),
        ("establishments_2014", "2014", 38_038, 0),
        ("taxable_income_per_household", "2013", 24_840, 0),
        ("tax_households", "2013", 380_862, 0),
        ("iris_count", "2017", 256, 0),
        ("hiring_projects", "2024", 21_061, 0),
        ("jobseekers_published_trades", "2021", 55_076, 0),
        ("offers", "2021-12-21", 7_126, 0),
        ("insertion_employers", "2021", 25, 0),
        ("green_fund_projects", "2023", 21, 0),
    ],
)
def test_a_figure_reconciles_to_its_last_digit(house, name, period, expected, digits):
    assert round(at(house, name, period).value, digits) == expected


@pytest.mark.parametrize(
    ("name", "numerator"),
    [("hiring_difficult_share", 10_997), ("hiring_seasonal_share", 2_776),
     ("without_staff_share_2014", 24_769)],
)  # fmt: skip
def test_the_parts_of_a_rate_reconcile_too(house, name, numerator):
    assert house.figure(name, T12).observation.numerator == numerator


@pytest.mark.parametrize(
    ("period", "place", "expected"),
    [("2018", METROPOLE, 0.83), ("2012", METROPOLE, 0.46), ("2018", REGION, 1.38),
     ("2012", REGION, 1.19)],
)  # fmt: skip
def test_gaps_of_unemployment_are_those_of_the_note_in_points(house, period, place, expected):
    ours = at(house, "unemployment_rate_census", period).value
    theirs = at(house, "unemployment_rate_census", period, place).value

    assert round(ours - theirs, 2) == expected


@pytest.mark.parametrize(
    ("period", "place", "expected"),
    [("2018", METROPOLE, 12.94), ("2012", METROPOLE, 12.97), ("2018", REGION, 12.39),
     ("2012", REGION, 12.25)],
)  # fmt: skip
def test_paris_is_never_counted_twice_in_a_comparator(house, period, place, expected):
    assert round(at(house, "unemployment_rate_census", period, place).value, 2) == expected


def test_establishments_of_2014_are_the_known_share_of_the_region(house):
    figure = house.figure("establishments_2014", T12)
    region = next(each for each in figure.comparisons if each.place.key == REGION)

    assert region.observation.value == 1_048_252
    assert round(region.share_pct, 2) == 3.63


def test_the_population_is_second_after_paris(house):
    rank = house.figure("population", T12).rank

    assert (rank.position, rank.size) == (2, 12)
    assert [place.name for place in rank.ahead] == ["Paris"]


def test_more_than_the_33_promised_give_a_real_number(house):
    figures = house.figures(house.place(T12))
    real = [
        name
        for name, figure in figures.items()
        if figure.observation.value is not None and figure.observation.origin == Origin.REAL
    ]

    assert len(real) >= 50, real


def test_what_has_no_data_says_what_to_load_and_what_is_refused_why(house):
    for name, figure in house.figures(house.place(T12)).items():
        observed = figure.observation
        if observed.value is None:
            assert observed.why is not None, name
            assert observed.why.fr.startswith(("à charger : ", "une valeur publiée")), name


def test_a_published_price_is_read_commune_by_commune(house):
    assert house.figure("mean_price_m2", "commune:94081").observation.value == 4393
    assert house.figure("rent_flat", "commune:94081").observation.value > 0
    assert house.figure("mean_price_m2", T12).observation.value is None


def test_sirene_of_another_department_gives_no_zero_here(house):
    for name in ("establishments", "births", "repair_establishments", "sector_share_industry"):
        assert house.figure(name, T12).observation.value is None, name


def test_offers_in_green_trades_are_an_interval(house):
    found = house.figure("green_offers_share", T12)

    assert found.observation.value < found.observation.upper
    assert found.rank is None


def test_growth_between_censuses_is_only_told_of_the_same_communes(house):
    dates, gazetteer = ("2012", "2018"), house.territory.gazetteer()
    metropole, region, country = (
        constant.kept(house.reader, gazetteer, "census", house.place(key), dates)
        for key in (METROPOLE, REGION, "france:FR")
    )

    assert (metropole.same, region.same, country.same) == (True, False, False)
    assert len(region.place.communes) == 522
    assert region.enough
    assert country.share == pytest.approx(0.67, abs=0.01)
    assert not country.enough
    change = house.figure("population_census", METROPOLE).change
    assert change.amount == pytest.approx(1.87, abs=0.01)
    assert house.figure("population_census", "france:FR").change is None
    assert growth_of(house, region.place) == pytest.approx(2.66, abs=0.01)


def growth_of(house, place):
    observed = house.engine.observe(indicator("population_census"), [place])[place.key]
    known = {each.period: each.value for each in observed}
    return 100 * (known["2018"] / known["2012"] - 1)
