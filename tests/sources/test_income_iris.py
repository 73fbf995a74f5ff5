"""Filosofi by IRIS: both of Insee's headers, hidden values, and the spread inside a commune."""

import pytest

from bassin.sources.income_iris import IncomeIris
from tests.support import t12
from tests.support.loading import DATA, derived, edited, loaded

FOLDER = DATA / "income_iris" / "income"
LABELS = FOLDER / "filosofi-disp-iris-2017-idf.csv"
VARIABLES = FOLDER / "BASE_TD_FILO_DISP_IRIS_2018.csv"


def test_headers_in_long_labels_are_read_whatever_their_quotes_and_blanks(tmp_path):
    found = loaded(IncomeIris(), tmp_path, LABELS)
    orly = next(r for r in found.rows if r["iris_code"] == "940540101")
    assert (found.run.rows, found.run.refused) == (7, 0)
    assert (orly["commune_code"], orly["period"], orly["cog"]) == ("94054", "2017", 2018)
    assert (orly["median_eur"], orly["poverty_pct"], orly["gini"]) == (16000, 24.5, 0.301)
    assert (orly["activity_pct"], orly["assets_pct"], orly["taxes_pct"]) == (76.2, 4.5, -13.4)


def test_headers_in_variable_names_with_decimal_commas_give_the_same_columns(tmp_path):
    found = loaded(IncomeIris(), tmp_path, LABELS, VARIABLES)
    both = {r["period"]: r for r in found.rows if r["iris_code"] == "940540101"}
    assert both["2018"]["gini"] == both["2017"]["gini"] == 0.301
    assert both["2018"]["d9_d1"] == 3.5


def test_a_hidden_value_is_empty_and_said_hidden_never_zero(tmp_path):
    found = loaded(IncomeIris(), tmp_path, LABELS, VARIABLES)
    rows = {(r["iris_code"], r["period"]): r for r in found.rows}
    airport, old, ns = (
        rows["940540103", "2017"], rows["940540104", "2017"], rows["940540102", "2018"],
    )  # fmt: skip
    assert (airport["median_eur"], airport["median_masked"], airport["note"]) == (None, True, 5)
    assert (old["poverty_pct"], old["poverty_masked"], old["median_masked"]) == (None, True, False)
    assert (ns["poverty_pct"], ns["poverty_masked"]) == (None, True)


def test_a_share_made_negative_by_losses_is_kept(tmp_path):
    found = loaded(IncomeIris(), tmp_path, LABELS)
    assert next(r for r in found.rows if r["iris_code"] == "940810101")["assets_pct"] == -0.1


def test_the_spread_keeps_counts_lowest_and_highest_and_no_mean(tmp_path):
    # given Orly: medians 16,000, 12,500, 26,250 and one hidden; poverty 24.5, 41.0 and two hidden
    rows = derived(tmp_path, "income_spread", (IncomeIris(), LABELS))

    # when its spread is read
    orly = next(r for r in rows if r["commune_code"] == "94054")

    # then hidden IRIS are counted apart and never as low
    assert (orly["iris_count"], orly["median_published"], orly["poverty_published"]) == (4, 3, 2)
    assert (orly["median_min_eur"], orly["median_max_eur"]) == (12500, 26250)
    assert (orly["median_below_15000"], orly["median_from_25000"]) == (1, 1)
    assert (orly["poverty_max_pct"], orly["poverty_from_30"], orly["poverty_below_10"]) == (
        41,
        1,
        0,
    )
    assert not [name for name in orly if "mean" in name or "average" in name]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("940540101;", "94054101;", "iris_code is “94054101”"),
        (";24.5;", ";124.5;", "poverty_pct is “124.5”, which is above 100"),
        (";16000;", ";about;", "median_eur is “about”, which is not a number"),
        (";0.262;", ";26.2;", "gini is “26.2”, which is above 1"),
    ],
)
def test_a_wrong_value_is_told_with_its_line_and_column(old, new, sentence, tmp_path):
    path = edited(LABELS, tmp_path / "income", (old, new))
    found = loaded(IncomeIris(), tmp_path / "store", path)
    assert found.run.status == "failed"
    assert sentence in found.run.error
    assert "line" in found.run.error


def test_an_iris_given_twice_is_refused_once(tmp_path):
    path = edited(LABELS, tmp_path / "income", ("940540102;", "940540101;"))
    source = IncomeIris()
    source.max_refused_pct = 50
    found = loaded(source, tmp_path / "store", path)
    assert [(r["line"], r["reason"]) for r in found.refused] == [
        (3, "was already given by an earlier line")
    ]


@pytest.mark.pack
def test_the_pack_gives_the_256_iris_of_21_communes(tmp_path, pack):
    found = loaded(IncomeIris(), tmp_path, pack / "income" / "filosofi-disp-iris-2017-idf.csv")
    assert (found.run.rows, found.run.refused) == (3_830, 0)
    assert sum(r["poverty_masked"] for r in found.rows) == 1_188
    inside = [r for r in found.rows if r["commune_code"] in t12.COMMUNES]
    assert (len(inside), len({r["commune_code"] for r in inside})) == (256, 21)
    medians = sorted(r["median_eur"] for r in inside)
    assert (medians[127] + medians[128]) / 2 == 20_075
