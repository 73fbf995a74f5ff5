"""A quiz option is right by a published figure, else by a stated one, else nobody knows."""

import pytest

from bassin.debate.workshops import actions, truth
from bassin.debate.workshops.tests.conftest import NOW
from bassin.errors import Refused
from bassin.types import Origin
from tests.support.installing import install, put, spread

METROPOLE = "metropole:200054781"
GROWTH = {
    "by": "growth", "stated": "2", "tolerance": "0.05",
    "against": [METROPOLE, "others"],
    "figures": [{"indicator": "population_census", "since": "2012", "period": "2018"}],
}  # fmt: skip


def share(stated, indicator, **more):
    figures = [{"indicator": indicator}]
    return {"by": "share", "stated": stated, "of": METROPOLE, "figures": figures, **more}


@pytest.fixture(scope="module")
def bare(france, tmp_path_factory):
    """All of France, and the documents of the sample's authority; no census."""
    return install(france, tmp_path_factory.mktemp("bare") / "var")


@pytest.fixture
def installed(bare, settings, db):
    """The same, read and never written in."""
    settings.VAR = bare.var
    return bare


# How much we grew and how much everybody else did, in per cent, between two censuses.
TWICE, JUST, ALONE, LESS = ("2012", "2018"), ("2013", "2019"), ("2014", "2020"), ("2015", "2021")
UNLIKE = ("2016", "2022")  # one commune is known at the second date only
GREW = {TWICE: (6, 1), JUST: (2.05, 1), ALONE: (1, -1), LESS: (-1, -2), UNLIKE: (6, 1)}


def census(house):
    """A census at each of these dates."""
    home = house.home.communes
    rows = []
    new = max(each for each in house.place(METROPOLE).communes if each not in home)
    for commune in house.territory.communes(house.place(METROPOLE)):
        for (since, until), (ours, theirs) in GREW.items():
            growth = 1 + (ours if commune.code in home else theirs) / 100
            for period, times in ((since, 1.0), (until, growth)):
                if (commune.code, period) == (new, UNLIKE[0]):
                    continue
                row = {"commune_code": commune.code, "period": period, "cog": 2026}
                rows.append({**row, "population": 10_000.0 * times, "active": 1.0})
    return rows


@pytest.fixture(scope="module")
def with_census(france, tmp_path_factory):
    house = install(france, tmp_path_factory.mktemp("counted") / "var")
    put(house, Origin.REAL, census=census(house))
    put(house, Origin.INVENTED, jobs_at_workplace=spread(house, "2016", jobs=281_735.0))
    return house


@pytest.fixture
def counted(with_census, settings, db):
    """The same with a published census, and jobs that are invented."""
    settings.VAR = with_census.var
    return with_census


def growth(dates, **more):
    figures = [{"indicator": "population_census", "since": dates[0], "period": dates[1]}]
    return truth.judge({**GROWTH, "figures": figures, **more})


def test_an_option_is_judged_by_the_published_figure_with_its_source_and_vintage(installed):
    ours = installed.figure("population", installed.home).comparisons[0].share_pct

    judged = truth.judge(share("10", "population"))

    reading = judged["readings"][0]
    assert 9.5 < ours < 10.5
    assert (judged["outcome"], judged["mark"]) == ("right", "real")
    assert reading["value"] == pytest.approx(ours)
    assert reading["period"] in reading["said"]["fr"]
    assert "populations légales" in reading["source"]["fr"]
    assert reading["url"] == "/indicateurs/population/"
    assert "0,5 point" in judged["said"]["fr"]


def test_an_option_further_away_than_its_tolerance_is_wrong(installed):
    assert truth.judge(share("11", "population"))["outcome"] == "wrong"
    assert truth.judge(share("10", "population", tolerance="0.1"))["outcome"] == "wrong"


def test_the_area_is_about_15_per_cent_of_the_metropole(installed):
    judged = truth.judge(share("15", "area"))

    assert judged["outcome"] == "right"
    assert judged["readings"][0]["value"] == pytest.approx(15.15, abs=0.1)


def test_what_a_document_states_decides_where_nothing_is_published_and_it_is_said(installed):
    stated = share("7", "jobs_at_workplace", claims=["observatory:claim:emplois_part_mgp"])

    judged = truth.judge(stated)

    assert (judged["outcome"], judged["mark"]) == ("right", "cited")
    assert "7,2" in judged["readings"][0]["said"]["fr"]
    assert "2016" in judged["readings"][0]["said"]["fr"]
    assert "cite" in judged["said"]["fr"]
    assert truth.judge({**stated, "stated": "9"})["outcome"] == "wrong"


def test_published_data_are_told_before_what_a_document_states(installed):
    judged = truth.judge(
        share("10", "population", claims=["observatory:claim:population_part_mgp"])
    )

    assert [each["mark"] for each in judged["readings"]] == ["real", "cited"]
    assert judged["mark"] == "real"


def test_an_invented_figure_never_makes_an_option_right(counted):
    assert counted.figure("jobs_at_workplace").observation.value == 281_735.0

    judged = truth.judge(share("7", "jobs_at_workplace"))

    assert (judged["outcome"], judged["readings"]) == ("unknown", [])
    assert "recensement" in judged["said"]["fr"]


def test_a_claim_that_nobody_knows_leaves_the_option_unknown(installed):
    unknown = share("7", "no_such_figure", claims=["observatory:claim:nothing"])

    assert truth.judge(unknown)["outcome"] == "unknown"


def test_growth_tells_each_comparator_with_its_own_number_of_times(counted):
    judged = growth(TWICE)

    ours, whole, others = judged["readings"]
    assert "+6,0" in ours["said"]["fr"]
    assert "Métropole du Grand Paris" in whole["said"]["fr"]
    assert whole["value"] == pytest.approx(6 / (1 + 5 * 24 / 130), abs=0.01)
    assert others["value"] == pytest.approx(6.0)
    assert "10 autres EPT" in others["said"]["fr"]
    assert judged["outcome"] == "right"


def test_growth_is_that_of_the_communes_known_at_both_dates(counted):
    judged = growth(UNLIKE, against=[METROPOLE])

    ours, whole = judged["readings"]
    communes = len(counted.place(METROPOLE).communes)
    same = communes - 2  # one is new, one absorbed another that this census never knew
    assert "communes" not in ours["said"]["fr"]
    assert whole["value"] == pytest.approx(6 / (1 + 5 * 24 / same), abs=0.01)
    assert f"les {same} communes connues aux deux dates, sur {communes}" in (
        whole["said"]["fr"].replace("\u202f", " ")
    )


def test_a_place_of_which_too_few_communes_are_the_same_is_told_and_decides_nothing(counted):
    judged = growth(UNLIKE, against=["region:11"])

    region = judged["readings"][1]
    assert (judged["outcome"], region["value"], region["outcome"]) == ("unknown", None, "")
    assert "à ne pas comparer" in region["said"]["fr"]
    assert growth(UNLIKE, against=["region:11", "others"])["outcome"] == "right"


def test_no_change_is_told_between_dates_at_which_the_communes_are_not_the_same(counted):
    whole = counted.figure("population_census", METROPOLE)
    home = counted.figure("population_census", counted.home)

    assert home.change.amount == pytest.approx(6)
    assert whole.change is None
    assert any("mêmes communes" in each.fr for each in whole.caveats)


def test_growth_that_is_twice_one_comparator_s_and_not_another_s_depends(counted):
    judged = growth(JUST)

    assert [each["outcome"] for each in judged["readings"]] == ["", "wrong", "right"]
    assert judged["outcome"] == "depends"
    assert "dépend" in judged["said"]["fr"]


@pytest.mark.parametrize(("dates", "outcome"), [(ALONE, "right"), (LESS, "wrong")])
def test_no_number_of_times_is_told_where_one_does_not_grow(counted, dates, outcome):
    judged = growth(dates, against=["others"])

    assert judged["outcome"] == outcome
    assert "fois" not in judged["readings"][1]["said"]["fr"]


def test_growth_without_the_census_is_to_be_loaded(installed):
    judged = truth.judge(GROWTH)

    assert judged["outcome"] == "unknown"
    assert "charger" in judged["said"]["fr"]


def test_what_is_said_by_hand_carries_who_says_it(installed):
    judged = truth.judge({"by": "hand", "right": False, "source": "Note de 2021"})

    assert (judged["outcome"], judged["mark"]) == ("wrong", "hand")
    assert judged["readings"][0]["source"]["fr"] == "Note de 2021"


def test_a_settled_question_keeps_what_was_known_when_it_closed(installed):
    option = {"code": "a", "text": {"fr": "10 %"}, "truth": share("10", "population")}
    asked = {"kind": "quiz", "options": [option, {"code": "b", "text": {}, "truth": {}}]}

    settled = truth.settled(asked)

    assert [each["judged"]["outcome"] for each in settled["options"]] == ["right", "unknown"]
    assert settled["options"][0]["truth"]["stated"] == "10"
    assert "judged" not in option


def test_the_key_of_a_quiz_is_settled_when_it_is_shown_and_kept_with_the_round(installed, room):
    step = room.step("quiz", "dix", "vingt")
    for code, stated in (("dix", "10"), ("vingt", "20")):
        step.statement.options.filter(code=code).update(truth=share(stated, "population"))
    opened = room.open(step)
    for picks in (["dix"], ["dix"], ["dix"], ["vingt"], ["dix", "vingt"]):
        room.vote(opened, room.ticket(), picks=picks)
    closed = room.close(opened)

    shown = actions.reveal(closed, by=room.by, now=NOW)

    assert "judged" not in closed.asked["options"][0]
    assert [each["judged"]["outcome"] for each in shown.asked["options"]] == ["right", "wrong"]
    assert shown.results["exact"]["count"] == 3


@pytest.mark.parametrize(
    "spec",
    [
        {"by": "guess"},
        {"by": "hand", "right": True, "source": " "},
        {"by": "hand", "right": "yes", "source": "Note"},
        {"by": "share", "stated": "10"},
        {**GROWTH, "against": []},
        {**GROWTH, "stated": "twice"},
        {**GROWTH, "tolerance": "NaN"},
    ],
)
def test_a_truth_that_nothing_can_judge_is_refused(spec):
    with pytest.raises(Refused):
        truth.checked(spec)


@pytest.mark.parametrize("spec", [{}, GROWTH, share("10", "population")])
def test_a_truth_that_can_be_judged_is_kept_as_it_was_sent(spec):
    assert truth.checked(spec) == spec
