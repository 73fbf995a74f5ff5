"""The schemes as dated data: two days, two rule sets; an unknown is a question, never a no."""

from datetime import date
from itertools import pairwise

import pytest

from bassin.match.skills.reconversion import schemes
from bassin.match.skills.reconversion.funding import Euros, estimated
from bassin.match.skills.reconversion.schemes import Facts
from bassin.taxonomies.interval import Interval

THEN, NOW = date(2023, 5, 15), date(2026, 5, 15)


def states(day, **facts):
    judged = schemes.on(day).scheme.judged(Facts(**facts))
    return {each.condition.code: each.state for each in judged}


def test_a_day_in_2023_and_one_in_2026_have_two_rule_sets():
    then, now = schemes.on(THEN), schemes.on(NOW)

    assert (then.scheme.code, now.scheme.code) == ("transco", "periode")
    assert then.is_open
    assert now.is_open
    told = [{each.said.fr for each in one.scheme.rules} for one in (then, now)]
    assert not told[0] & told[1]
    assert {each.said.fr for each in then.scheme.documents} != {
        each.said.fr for each in now.scheme.documents
    }
    assert "Transitions Pro" in " ".join(told[0])
    assert "OPCO" in " ".join(told[1])


@pytest.mark.parametrize(
    ("day", "code", "is_open", "said"),
    [
        (date(2020, 6, 1), None, False, "n'existent"),
        (date(2021, 1, 14), None, False, "n'existent"),
        (date(2021, 1, 15), "transco", True, "Transitions collectives"),
        (date(2025, 12, 31), "transco", True, "Transitions collectives"),
        (date(2026, 1, 1), "periode", False, "aucun montant"),
        (date(2026, 1, 31), "periode", False, "paraissent ce jour"),
        (date(2026, 2, 1), "periode", True, "période de reconversion"),
    ],
)
def test_each_day_says_what_was_true_on_it(day, code, is_open, said):
    found = schemes.on(day)

    assert (found.scheme.code if found.scheme else None) == code
    assert found.is_open == is_open
    assert said in found.said.fr
    assert found.said.en


def test_days_follow_one_another_without_a_hole():
    days = schemes.declared()["days"]

    for one, other in pairwise(days):
        assert (other["from"] - one["to"]).days == 1
    assert "from" not in days[0]
    assert "to" not in days[-1]


def test_in_january_2026_no_amount_is_set_and_no_file_is_lodged():
    found = schemes.on(date(2026, 1, 15))

    assert estimated(found.scheme, Facts()).each is None
    assert {"payer", "filing"}.isdisjoint(each.code for each in found.scheme.rules)


def test_every_rule_names_its_source_and_none_is_checked_but_by_a_person():
    for each in schemes.declared()["schemes"]:
        for kind in ("rules", "conditions", "documents"):
            for rule in each[kind]:
                assert rule["source"] in schemes.declared()["sources"]
                assert "checked" not in rule or rule["checked"]["by"].strip()


@pytest.mark.parametrize(
    ("day", "staff", "basis", "state"),
    [
        (date(2021, 6, 1), Interval(140, 140), "decision", "no"),
        (THEN, Interval(140, 140), "decision", "yes"),
        (THEN, Interval(300, 300), "decision", "no"),
        (THEN, Interval(250, 499), "decision", "unknown"),
        (THEN, Interval(250, 499), "agreement", "yes"),
        (THEN, None, "decision", "unknown"),
        (THEN, None, "none", "no"),
        (THEN, Interval(140, 140), "", "unknown"),
    ],
)
def test_the_list_of_fragile_jobs_depends_on_the_day_and_on_the_firms_size(
    day, staff, basis, state
):
    assert states(day, staff=staff, basis=basis)["basis"] == state


def test_a_firm_in_a_job_saving_plan_is_out_of_transco_and_told_of_the_leave():
    assert states(THEN, plan="yes")["plan"] == "no"
    assert states(THEN)["plan"] == "unknown"
    codes = {each.code for each in schemes.on(THEN).scheme.rules}
    assert "leave" in codes
    assert "leave" not in {each.code for each in schemes.on(date(2021, 6, 1)).scheme.rules}


@pytest.mark.parametrize(
    ("hours", "basis", "state"),
    [
        (Interval(300, 300), "", "yes"),
        (Interval(600, 900), "agreement", "yes"),
        (Interval(600, 900), "none", "no"),
        (Interval(600, 900), "", "unknown"),
        (Interval(100, 300), "agreement", "no"),
        (Interval(300, 2200), "agreement", "no"),
        (None, "", "unknown"),
    ],
)
def test_the_length_of_a_period_has_limits_that_an_agreement_moves(hours, basis, state):
    assert states(NOW, hours=hours, basis=basis)["hours"] == state


def test_a_short_contract_in_the_host_firm_is_refused_and_every_employee_may_ask():
    assert states(NOW, contract="short")["contract"] == "no"
    assert states(NOW, contract="cdd6")["contract"] == "yes"
    assert states(NOW)["who"] == "yes"


def test_the_states_share_goes_by_size_and_a_band_that_straddles_gives_an_interval():
    scheme = schemes.on(THEN).scheme
    known = {"hours": Interval(400, 400), "wage": 20.0, "course": 12.0}

    def each(low, high):
        return estimated(scheme, Facts(staff=Interval(low, high), **known)).each

    assert each(140, 140) == Euros(12_800, 12_800)
    assert each(300, 1000) == Euros(9_600, 9_600)
    assert each(1001, 5000) == Euros(5_120, 5_120)
    assert each(250, 499) == Euros(9_600, 12_800)


def test_an_unknown_wage_or_size_is_a_question_and_gives_no_amount():
    scheme = schemes.on(THEN).scheme

    found = estimated(scheme, Facts(hours=Interval(400, 400), course=12.0))

    assert found.each is None
    assert len(found.questions) == 2
    assert "part de l'État" in found.formula.fr.replace("l'\u202fÉtat", "l'État")


def test_a_period_pays_an_hour_of_course_at_the_rate_and_never_the_wages():
    scheme = schemes.on(NOW).scheme

    usual = estimated(scheme, Facts())
    long = estimated(scheme, Facts(hours=Interval(600, 600), rate=12.0, course=15.0))

    assert (usual.each.low, usual.each.high) == pytest.approx((1_372.5, 4_117.5))
    assert long.each == Euros(7_200, 7_200)
    assert any("5\u202f000" in each.fr for each in long.notes)
    assert any("1\u202f800" in each.fr for each in long.notes)
