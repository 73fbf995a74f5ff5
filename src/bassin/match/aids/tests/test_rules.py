"""What is known of a firm, sizes, the de minimis ceiling, answers with their reasons."""

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bassin.errors import Refused
from bassin.match.aids.rules import firms, minimis
from bassin.match.aids.rules.aid import aid
from bassin.match.aids.rules.decide import amounts, decide, estimate, quarrels, questions
from bassin.match.aids.rules.facts import facts
from bassin.match.aids.rules.given import given as facts_given
from bassin.match.aids.rules.minimis import Grant
from bassin.match.aids.rules.profile import Profile, age, values
from bassin.match.aids.rules.size import size
from bassin.match.aids.rules.wording import Wording, question
from bassin.match.aids.rules.zones import zones
from bassin.match.aids.tests.conftest import DAY
from bassin.match.aids.tests.firms import ALONE, CHOIR, CLOSED, WORKSHOP
from bassin.match.aids.tests.test_catalogue import SHEET
from bassin.pairing.conditions import Interval, State, flag, parse, state
from bassin.pairing.conditions.batch import Evaluation

N = Interval.exactly


@pytest.mark.parametrize(
    ("staff", "turnover", "balance", "category", "possible"),
    [
        (N(9), N(2e6), None, "", {"micro"}),
        (N(9), N(3e6), N(2e6), "", {"micro"}),
        (N(9), N(3e6), N(3e6), "", {"small"}),
        (N(9), None, None, "", {"micro", "small", "medium", "large"}),
        (N(9), None, None, "PME", {"micro", "small", "medium"}),
        (N(10), N(1e6), None, "", {"small"}),
        (N(249), N(51e6), N(43e6), "", {"medium"}),
        (N(249), N(51e6), N(44e6), "", {"large"}),
        (N(250), N(1), N(1), "", {"large"}),
        (Interval(5, 19), N(1e6), None, "", {"micro", "small"}),
        (Interval(5, math.inf), N(1e6), N(1e6), "PME", {"micro", "small", "medium"}),
        (None, None, None, "GE", {"large"}),
    ],
)
def test_size_keeps_every_class_that_is_still_possible(
    staff, turnover, balance, category, possible
):
    assert size(staff, turnover, balance, category).possible == possible


@pytest.mark.parametrize(
    ("held", "category", "possible"),
    [
        ("", "", {"micro", "small", "medium", "large"}),
        ("", "PME", {"micro", "small", "medium"}),
        ("same", "", {"small"}),
        ("micro", "", {"micro"}),
        ("medium", "PME", {"medium"}),
    ],
)
def test_one_year_alone_settles_no_size(held, category, possible):
    said = Profile(staff=N(12), alone=True, turnover=N(1e6), held_size=held, category=category)

    assert values(said, DAY, None)["size"].possible == possible


def test_a_firm_that_is_not_said_to_be_alone_may_have_a_group():
    said = Profile(staff=N(5), turnover=N(1e6), held_size="same")

    assert "large" in values(said, DAY, None)["size"].possible
    alone = replace(said, alone=True)
    assert values(alone, DAY, None)["size"].possible == {"micro"}
    young = replace(alone, held_size="", stage="project")
    assert values(young, DAY, None)["size"].possible == {"micro"}


@pytest.mark.parametrize(
    ("commune", "zone", "state_of_it"),
    [("94054", "zfu", State.ASK), ("94034", "zfu", State.NO), ("94054", "zfrr", State.NO),
     ("94054", "ber", State.NO), ("77305", "zfrr", State.ASK)],
)  # fmt: skip
def test_zones_are_told_where_the_lists_of_the_law_tell_them(places, commune, zone, state_of_it):
    demand = parse({"fact": "place", "op": "in", "value": [f"zone:{zone}"]}, facts())

    assert state(demand, places.tags(commune)) is state_of_it
    assert state(demand, places.tags(commune, zones=[zone])) is State.YES
    assert state(demand, places.tags(commune, zones=[])) is State.NO
    if state_of_it is State.ASK:
        assert question(demand, "fr")[1] == zones()[zone].why.fr


def test_nothing_known_is_no_size_at_all():
    assert size(None, None, None) is None


@pytest.mark.parametrize(
    ("grants", "day", "left"),
    [
        ([], date(2026, 11, 26), 300_000),
        ([Grant(date(2023, 11, 26), 200_000)], date(2026, 11, 26), 300_000),
        ([Grant(date(2023, 11, 27), 200_000)], date(2026, 11, 26), 100_000),
        ([Grant(date(2026, 12, 1), 200_000)], date(2026, 11, 26), 300_000),
        ([Grant(date(2025, 1, 1), 400_000)], date(2026, 11, 26), 0),
        ([Grant(date(2022, 1, 1), 50_000)], date(2023, 6, 1), 150_000),
        ([Grant(date(2025, 3, 1), 10_000)], date(2028, 2, 29), 290_000),
    ],
)
def test_headroom_counts_three_rolling_years_under_the_rule_of_the_day(grants, day, left):
    assert minimis.left(grants, day) == N(left)


def test_after_the_last_regime_nothing_is_said_of_headroom():
    assert minimis.left([], date(2031, 1, 1)) is None


def test_an_aid_under_the_ceiling_is_open_unknown_or_closed_by_what_was_received():
    sheet = aid(SHEET | {"stacking": {"de_minimis": True}})
    received = {None: State.ASK, 299_999: State.YES, 300_000: State.NO}

    for eur, expected in received.items():
        known = {} if eur is None else {
            "minimis_left_eur": minimis.left([Grant(date(2026, 1, 1), eur)], DAY)
        }  # fmt: skip
        assert decide([sheet], known, DAY)[0].state is expected


def test_age_is_whole_months_and_a_month_of_creation_leaves_a_doubt():
    assert age((date(2023, 11, 26), date(2023, 11, 26)), DAY) == N(36)
    assert age((date(2023, 11, 27), date(2023, 11, 27)), DAY) == N(35)
    assert age((date(2023, 11, 1), date(2023, 11, 30)), DAY) == Interval(35, 36)
    assert age((date(2027, 1, 1), date(2027, 1, 1)), DAY) is None


def test_one_scheme_follows_another_on_their_days(aids):
    pair = [aids["transitions-collectives"], aids["periode-reconversion"]]

    shut = {
        day: [each.shut for each in decide(pair, {}, day)]
        for day in (date(2023, 5, 1), date(2026, 1, 15), date(2026, 2, 1))
    }

    assert list(shut.values()) == [[False, True], [True, True], [True, False]]


def test_what_the_register_does_not_tell_is_asked_never_refused(installed, aids, places):
    profile = firms.known(installed, WORKSHOP)
    known = values(profile, DAY, places)

    found = decide([aids["pret-vert-bpifrance"]], known, DAY)[0]

    assert found.state is State.ASK
    assert {each.fact for each in found.asked} == {"project", "difficulty"}
    assert known["size"].possible == {"micro", "small", "medium"}


def test_a_firm_that_is_a_person_is_read_and_her_neighbourhood_is_unknown(installed, places):
    profile = firms.known(installed, ALONE)
    known = values(profile, DAY, places)

    assert profile.qpv is None
    assert _in(known["place"], "qpv:any") is State.ASK
    assert known["staff"] == Interval(0, 249)
    assert "micro" not in known


def _in(place, code):
    return state(parse({"fact": "place", "op": "in", "value": [code]}, facts()), place)


def test_while_no_neighbourhood_is_drawn_nobody_is_outside_of_one(places):
    assert _in(places.tags("94054", ""), "qpv:any") is State.ASK
    assert _in(places.tags("94054", "QN09414I"), "qpv:any") is State.YES
    assert _in(places.tags("99999"), "region:11") is State.ASK
    assert _in(places.tags("94054"), "region:93") is State.NO
    assert _in(places.tags("94054", None, ["zfu"]), "zone:zfu") is State.YES
    assert _in(places.tags("94054", None, []), "zone:zfu") is State.NO


def test_a_procedure_is_read_for_officers_and_its_absence_is_no_sign_of_health(installed):
    every = firms.firms(installed, DAY)
    column = every.columns["difficulty"]

    told = {siret: column.values[code] for siret, code in
            zip(every.sirets.to_pylist(), column.codes, strict=True)}  # fmt: skip

    assert firms.known(installed, CHOIR).difficulty is None
    assert told == {CHOIR: flag(True), WORKSHOP: None, ALONE: None}


def test_an_unknown_siret_is_none(installed):
    assert firms.known(installed, "00000090000019") is None


def test_a_no_says_why_with_the_value_and_what_is_needed(installed, aids, places):
    profile = facts_given({"staff": 12, "group_staff": 12, "turnover_eur": 15e5, "stage": "firm",
                           "size_held": "same"})  # fmt: skip
    known = values(profile, DAY, places)
    found = decide([aids["tp-up"]], known, DAY)[0]

    said = [Wording(installed.territory, lang).finding(each, known)
            for lang in ("fr", "en") for each in found.of(State.NO)]  # fmt: skip

    assert said == [
        "Taille au sens européen : petite entreprise, il faut microentreprise",
        "Size in the European sense: small firm; needs micro firm",
    ]


def test_the_question_that_decides_the_most_comes_first(aids, places):
    known = values(facts_given({"commune_code": "94054", "stage": "firm"}), DAY, places)

    asked = questions(decide(aids.values(), known, DAY))

    assert asked[0].fact == "project"
    assert [each.weight for each in asked] == sorted((each.weight for each in asked), reverse=True)
    before = questions(decide(aids.values(), known | {"project": None}, DAY))
    assert before[0].aids == asked[0].aids


def test_a_tier_by_size_is_the_firms_own_and_its_amount_is_computed(aids):
    tiers = aids["transitions-collectives"]

    small = amounts(tiers, {"staff": N(40)})
    unsure = amounts(tiers, {"staff": Interval(250, 499)})

    assert [(each.rate_pct, state) for each, state in small] == [(100, State.YES)]
    assert [each.rate_pct for each, _ in unsure] == [100, 75]
    grant = aids["tp-up"].amounts[0]
    assert estimate(grant, 60_000) == 30_000
    assert estimate(grant, 1_000_000) == 55_000


def test_aids_that_exclude_one_another_are_told_both_ways(aids, places):
    both = decide([aids["arce"], aids["are-maintien"], aids["acre"]], {}, DAY)

    assert quarrels(both) == {"arce": ("are-maintien",), "are-maintien": ("arce",)}


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ({"effectif": 3}, "effectif"),
        ({"staff": "3"}, "staff"),
        ({"staff": -1}, "staff"),
        ({"staff": [9, 3]}, "staff"),
        ({"begun": "no"}, "begun"),
        ({"projects": ["rocket"]}, "rocket"),
        ({"naf_code": "99.99Z"}, "99.99Z"),
        ({"created_on": "hier"}, "hier"),
        ({"minimis": [{"eur": 3}]}, "minimis"),
        ([], "JSON"),
    ],
)
def test_a_fact_badly_given_is_told_with_its_name(raw, told):
    with pytest.raises(Refused, match=told):
        facts_given(raw)


def test_null_is_unknown_and_a_month_is_two_ends():
    found = facts_given({"staff": None, "created_on": "2024-12", "minimis": []})

    assert found.staff is None
    assert found.created == (date(2024, 12, 1), date(2024, 12, 31))
    assert found.minimis == ()


def test_all_firms_at_once_have_the_answers_of_one_by_one(installed, aids, places):
    every = firms.firms(installed, DAY)
    listed = list(aids.values())

    found = Evaluation(every.columns, len(every)).every([each.clauses(DAY) for each in listed])

    sirets = every.sirets.to_pylist()
    assert sorted(sirets) == sorted([WORKSHOP, ALONE, CHOIR])
    assert CLOSED not in sirets
    for place, siret in enumerate(sirets):
        known = values(firms.known(installed, siret), DAY, places)
        known["difficulty"] = flag(True) if siret == CHOIR else None
        alone = [each.firm_state for each in decide(listed, known, DAY)]
        assert found[:, place].tolist() == [int(each) for each in alone]


profiles = st.builds(
    Profile,
    commune=st.sampled_from(["94054", "91027", "75056", "01004", ""]),
    qpv=st.sampled_from([None, "", "QN09414I"]),
    naf=st.sampled_from(["25.62B", "47.11B", "62.01Z", "C", ""]),
    staff=st.sampled_from([None, N(0), N(12), Interval(250, 499)]),
    turnover=st.sampled_from([None, N(1e6), N(60e6)]),
    legal=st.sampled_from(["", "5710", "1000", "9220"]),
    stage=st.sampled_from(["", "firm", "project"]),
    created=st.sampled_from([None, (date(2020, 1, 1), date(2020, 12, 31))]),
    projects=st.sampled_from([None, frozenset(), frozenset(["hiring"]), frozenset(["creation"])]),
    begun=st.sampled_from([None, True, False]),
)


@given(st.data())
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_knowing_more_never_turns_a_yes_or_a_no_round(aids, places, data):
    known = values(data.draw(profiles), DAY, places)
    dropped = data.draw(st.sets(st.sampled_from(sorted(known)))) if known else set()
    less = {key: value for key, value in known.items() if key not in dropped}

    for before, after in zip(decide(aids.values(), less, DAY), decide(aids.values(), known, DAY),
                             strict=True):  # fmt: skip
        assert before.state is State.ASK or before.state is after.state, before.aid.slug


def test_columns_keep_each_different_value_once(installed):
    every = firms.firms(installed, DAY)

    for column in every.columns.values():
        assert len(set(column.values)) == len(column.values)
        assert column.codes.dtype == np.int32
