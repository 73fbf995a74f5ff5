"""What is computed from SIRENE: flows, stock and survival, and job intervals."""

import pytest

from bassin.sources.sirene import EstablishmentHistory, Establishments, LegalUnits
from bassin.sources.sirene.stock import BANDS
from bassin.taxonomies.headcounts import bands
from tests.support.loading import DATA, derived, edited

STOCK = DATA / "sirene" / "StockEtablissement_utf8.csv"
UNITS = DATA / "sirene" / "StockUniteLegale_utf8.csv"
HISTORY = DATA / "sirene" / "StockEtablissementHistorique_utf8.csv"
NAMES = ("births", "closures", "stock", "cohort_3y", "survivors_3y", "cohort_5y", "survivors_5y")


def flows(rows, commune="94022", naf="56.10A"):
    """Counts by year of one cell."""
    return {
        row["period"]: tuple(row[name] for name in NAMES)
        for row in rows
        if (row["commune_code"], row["naf_code"]) == (commune, naf)
    }


def test_births_closures_stock_and_survival_follow_the_dates_of_the_stock(tmp_path):
    # given three restaurants: February 2021 to 1 March 2023, April 2021, and 1 January 2022
    cell = flows(derived(tmp_path, "establishment_flows", (Establishments(), STOCK)))
    assert cell == {
        "2021": (2, 0, 0, 0, 0, 0, 0),
        # active on 1 January, the one born that day included
        "2022": (1, 0, 3, 0, 0, 0, 0),
        "2023": (0, 1, 3, 0, 0, 0, 0),
        # of the two born in 2021 one was still active at three years
        "2024": (0, 0, 2, 2, 1, 0, 0),
        "2025": (0, 0, 2, 1, 1, 0, 0),
        # the stock is of July 2026: its flows are not known yet, which is not zero
        "2026": (None, None, 2, None, None, None, None),
    }


def test_an_establishment_closed_in_june_counts_on_1_january_of_that_year_and_not_after(tmp_path):
    cell = flows(derived(tmp_path, "establishment_flows", (Establishments(), STOCK)), naf="25.62B")
    assert cell["2010"][:3] == (1, 0, 0)
    assert cell["2016"][:3] == (0, 0, 2)  # the second one was born in 2015
    assert cell["2017"][:3] == (0, 1, 2)
    assert cell["2018"][:3] == (0, 0, 1)
    assert cell["2013"][3:5] == (1, 1)


def test_an_establishment_without_an_activity_of_today_is_counted_in_no_activity(tmp_path):
    rows = derived(tmp_path, "establishment_flows", (Establishments(), STOCK))
    assert flows(rows, naf=None)["2026"][2] == 1  # the one coded in NAF 2025 only


def test_the_history_file_makes_active_at_a_date_exact(tmp_path):
    # given one restaurant that was closed from June 2022 to May 2023, then reopened
    cell = flows(
        derived(
            tmp_path,
            "establishment_flows",
            (Establishments(), STOCK),
            (EstablishmentHistory(), HISTORY),
        )
    )
    # then its closure counts, its reopening is no birth, and a change of activity is no closure
    assert cell["2021"][:3] == (2, 0, 0)
    assert cell["2022"][:3] == (1, 1, 3)
    assert cell["2023"][:3] == (0, 1, 2)
    assert cell["2024"] == (0, 0, 2, 2, 0, 0, 0)


def test_an_establishment_closed_on_an_unknown_day_is_left_out(tmp_path):
    unknown = edited(STOCK, tmp_path / "in", (",2023-03-01,F,", ",,F,"))
    cell = flows(derived(tmp_path / "store", "establishment_flows", (Establishments(), unknown)))
    assert (cell["2021"][0], cell["2022"][2]) == (1, 2)


def test_jobs_are_an_interval_and_an_open_band_has_no_upper_end(tmp_path):
    rows = derived(tmp_path, "establishment_stock", (Establishments(), STOCK))
    sizes = {
        row["headcount_band"]: (row["establishments"], row["headcount_min"], row["headcount_max"])
        for row in rows
        if row["commune_code"] == "94022"
    }
    assert sizes["12"] == (1, 20, 49)
    assert sizes["02"] == (1, 3, 5)
    assert sizes["53"] == (1, 10000, None)
    assert sizes[None] == (1, 0, 0)
    assert {row["period"] for row in rows} == {"2026-07-01"}


def test_closed_establishments_and_those_abroad_are_in_no_stock(tmp_path):
    rows = derived(tmp_path, "establishment_stock", (Establishments(), STOCK))
    assert sum(row["establishments"] for row in rows) == 7
    assert {row["commune_code"] for row in rows} == {"94022", "94054"}


def test_the_social_economy_is_counted_when_legal_units_are_loaded(tmp_path):
    without = derived(tmp_path / "a", "establishment_stock", (Establishments(), STOCK))
    assert {row["ess"] for row in without} == {None}
    rows = derived(
        tmp_path / "b", "establishment_stock", (Establishments(), STOCK), (LegalUnits(), UNITS)
    )
    assert sum(row["ess"] for row in rows) == 1


@pytest.mark.parametrize("code", BANDS)
def test_bands_are_those_of_the_taxonomy(code):
    band = bands()[code]
    assert BANDS[code] == (band.minimum, band.maximum)


def test_no_band_of_the_taxonomy_is_missing():
    assert set(BANDS) == set(bands())
