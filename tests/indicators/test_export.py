"""A figure as plain values says all that the page says, and nothing that the page hides."""

import json

import pytest

from bassin.indicators.export import COLUMNS, COMPARED, figure, flat
from bassin.indicators.figure import Change, Status
from bassin.types import Text
from tests.indicators.making_figures import IDF, METROPOLE, T12, against, ranked, rate, seen


def whole():
    """A rate with everything around it."""
    return rate(
        14.3, numerator=143.0, denominator=1000.0, units_count=12, table_version="v1",
        comparisons=(against(METROPOLE, 0.8, value=13.5), against(IDF, None, comparable=False,
                     why=Text("à charger", "to be loaded"), observation=seen(IDF, None))),
        rank=ranked(), change=Change("2011", "2016", 0.6, "points", Text("rupture", "break"), 13.7),
        series=(seen(T12, 13.7, period="2011"), seen(T12, 14.3)), caveats=(Text("soin", "care"),),
    )  # fmt: skip


def test_a_figure_is_plain_values_that_json_holds():
    said = json.loads(json.dumps(figure(whole(), "en")))

    assert (said["value"], said["numerator"], said["denominator"]) == (14.3, 143.0, 1000.0)
    assert (said["place"], said["period"], said["version"]) == (T12.key, "2016", "3@v1")
    assert said["label"] == "Unemployment rate (census definition)"
    assert said["rank"] == {
        "position": 2, "size": 12, "ahead": ["Paris"],
        "group": "territories of the Métropole and Paris",
    }  # fmt: skip
    assert said["change"] == {
        "since": "2011", "until": "2016", "before": 13.7, "amount": 0.6, "unit": "points",
        "within_noise": False, "break": "break",
    }  # fmt: skip
    assert [each["value"] for each in said["series"]] == [13.7, 14.3]
    assert said["caveats"] == ["care"]


def test_each_comparator_says_its_gap_or_why_there_is_none():
    near, absent = figure(whole(), "fr")["comparisons"]

    assert (near["value"], near["gap"], near["gap_unit"]) == (13.5, 0.8, "points")
    assert (absent["value"], absent["comparable"], absent["why"]) == (None, False, "à charger")


@pytest.mark.parametrize(
    ("known", "said"),
    [(78.36, (78.4, "data for 78% of its people")), (96.0, (96.0, None)), (None, (None, None))],
)
def test_a_comparator_known_in_part_says_which_part_and_why(known, said):
    partly = seen(IDF, 13.5, known_pct=known)
    made = rate(14.3, comparisons=(against(IDF, 0.8, observation=partly),))
    share, words = said

    nested, row = figure(made, "en")["comparisons"][0], flat(made, "en")

    assert nested["known_pct"] == row[f"{IDF.key} known_pct"] == share
    assert nested["partial"] == row[f"{IDF.key} partial"]
    assert (nested["partial"] is None) if words is None else (words in nested["partial"])


def test_a_row_has_the_cautions_of_the_page():
    assert flat(whole(), "en")["caveats"] == "care"


def test_a_row_has_the_columns_in_order_then_those_of_each_comparator():
    row = flat(whole())

    assert list(row) == [
        *COLUMNS,
        *(f"{p.key} {what}" for p in (METROPOLE, IDF) for what in COMPARED),
    ]
    assert (row["rank"], row["rank_size"], row["ahead"]) == (2, 12, "Paris")
    assert (row["change"], row["change_unit"], row["change_since"]) == (0.6, "points", "2011")
    assert row[f"{METROPOLE.key} gap"] == 0.8


def test_what_is_hidden_says_why_and_gives_no_number():
    hidden = rate(None, status=Status.SECRET, why=Text("moins de 3 unités", "fewer than 3 units"))
    row = flat(hidden, "en")

    assert (row["status"], row["why"]) == ("secret", "fewer than 3 units")
    assert not any(isinstance(value, float) for value in row.values())
    assert (row["rank"], row["change"], row["ahead"]) == (None, None, "")


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (Status.NORMAL, "free"), (Status.MISSING, "free"), (Status.REFUSED, "free"),
        (Status.SECRET, "secret"), (Status.SECONDARY, "secondary"), (Status.ROUNDED, "rounded"),
    ],
)  # fmt: skip
def test_a_row_says_what_secrecy_did_to_it(status, said):
    shown = 14.3 if status in (Status.NORMAL, Status.ROUNDED) else None

    assert flat(rate(shown, status=status))["secrecy"] == said
