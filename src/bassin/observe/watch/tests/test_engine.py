"""Signals from facts, without a database: what each kind tells, and what it never tells."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bassin.observe.watch import workdays
from bassin.observe.watch.signals import (
    bursts,
    data,
    exposed,
    figures,
    leaving,
    offers,
    openings,
    priority,
)
from bassin.observe.watch.signals.bursts import Week
from bassin.observe.watch.signals.figures import Rule, Told
from bassin.observe.watch.signals.leaving import Site
from bassin.observe.watch.signals.openings import Firm
from bassin.observe.watch.signals.robust import falls, judge, rises
from bassin.observe.watch.signals.signal import Kind, Sight
from bassin.observe.watch.tests.notices import BY_NATURE, COUNTED, TWENTY, A, B, C, D, notice

UNTIL = date(2026, 10, 31)
COUNTS = st.lists(st.integers(0, 500), min_size=3, max_size=3)


def firm(siren, **more):
    facts = {"sites": (f"{siren}00011",), "communes": ("94081",), "naf_code": "25.62B",
             "name": f"EXEMPLE {siren}", "is_hidden": False, "seat": "94081"}  # fmt: skip
    return Firm(**{**facts, **more})


def test_twenty_notices_written_by_hand_are_counted_by_nature_and_by_both_definitions():
    found = openings.openings(TWENTY)

    assert Counter(each.kind for each in TWENTY) == BY_NATURE
    assert {
        each: sum(each in one.definitions for one in found) for each in openings.DEFINITIONS
    } == COUNTED


def test_a_failure_is_told_once_a_firm_and_definition_within_a_year():
    of_a = [each.definitions for each in openings.openings(TWENTY) if each.notice.siren == A]

    assert of_a == [("opening",), ("bdf",)]
    assert sum(each.notice.siren == B for each in openings.openings(TWENTY)) == 1


def test_a_cancelled_notice_makes_no_signal_and_a_corrected_one_keeps_the_same():
    firms = {C: firm(C), D: firm(D)}
    before = openings.look(TWENTY[:8], firms, {}, date(2026, 3, 31)).signals
    after = openings.look(TWENTY, firms, {}, date(2026, 3, 31)).signals

    assert [each.key for each in before] == [each.key for each in after]
    assert [each.siren for each in after] == [C]


def test_what_was_judged_afterwards_is_among_the_proofs():
    first = openings.look(TWENTY, {A: firm(A)}, {}, date(2026, 4, 30)).signals[-1]

    assert [each.facts["kind"] for each in first.evidence] == ["safeguard", "conversion", "closure"]


def test_a_hidden_firm_is_known_by_its_notice_alone():
    (told,) = openings.look(
        TWENTY, {B: firm(B, is_hidden=True)}, {}, date(2026, 4, 1)
    ).signals  # fmt: skip

    assert (told.subject, told.siren, told.name) == ("notice", "", "")
    assert B not in repr((told.key, told.evidence))
    assert told.sites, "its jobs are counted all the same"


def test_a_notice_without_a_number_is_told_where_its_address_is_here():
    found = openings.look(TWENTY, {}, {("A202600161", 1): "94074"}, date(2026, 6, 1)).signals

    assert [(each.communes, each.sites) for each in found] == [(("94074",), ())]


@given(st.permutations(TWENTY), st.data())
def test_the_same_notices_give_the_same_signals_in_any_order_and_however_often(order, draw):
    again = [*order, *draw.draw(st.lists(st.sampled_from(TWENTY), max_size=0))]
    firms = {each.siren: firm(each.siren) for each in TWENTY if each.siren}
    keys = [each.key for each in openings.look(TWENTY, firms, {}, UNTIL).signals]

    assert [each.key for each in openings.look(again, firms, {}, UNTIL).signals] == keys
    assert len(set(keys)) == len(keys)


def test_a_burst_of_closures_is_told_by_the_rules_of_failures_from_the_register():
    end = bursts.last_whole(UNTIL)
    days = [end.monday] * 12
    days += [end.years_before(back).monday for back in (1, 2, 3)]

    found = bursts.look({("commune", "94081"): days}, date(2021, 1, 1), UNTIL, kind=Kind.CLOSURES)
    (told,) = found.signals

    assert (found.of, told.kind, told.source) == (
        "closures", Kind.CLOSURES, "establishments_shown")  # fmt: skip
    assert told.evidence[0].facts["baseline"] == [1, 1, 1]


CLOSED = Site("00000100500011", "EXEMPLE USINE", "25.62B", "94074", date(2026, 9, 30), "22")


def test_a_large_establishment_that_closes_is_told_and_a_small_one_is_not():
    small = replace(CLOSED, siret="00000200500011", headcount_band="11")

    found = leaving.look([CLOSED, small], {}, UNTIL).signals

    assert [(each.kind, each.sites) for each in found] == [(Kind.CLOSURE, ("00000100500011",))]


def test_a_register_that_empties_headcounts_at_closing_is_met_with_a_memory():
    emptied = replace(CLOSED, headcount_band=None)

    assert leaving.look([emptied], {}, UNTIL).signals == ()
    assert len(leaving.look([emptied], {CLOSED.siret: "22"}, UNTIL).signals) == 1


@pytest.mark.parametrize(
    ("successor", "here", "kind", "within"),
    [
        ("00000100500029", True, Kind.MOVE, True),
        ("00000100500029", False, Kind.MOVE, False),
        ("00000100500029", None, Kind.MOVE, False),
        ("00000999900011", True, Kind.TAKEOVER, False),
    ],
)
def test_a_link_of_succession_makes_a_move_or_a_takeover_and_no_closure(
    successor, here, kind, within
):
    moved = replace(CLOSED, successor=successor, linked_on=CLOSED.closed_on, here=here)

    (told,) = leaving.look([moved], {}, UNTIL).signals

    assert (told.kind, told.within) == (kind, within)


def test_a_hidden_establishment_is_not_watched_one_by_one():
    assert leaving.look([replace(CLOSED, is_hidden=True)], {}, UNTIL).signals == ()


@given(st.integers(0, 500), st.integers(0, 500), COUNTS)
def test_a_larger_count_never_stands_lower(one, other, baseline):
    low, high = sorted((one, other))

    assert judge(low, baseline).z <= judge(high, baseline).z


@given(st.integers(0, 500), COUNTS)
def test_the_order_of_the_years_says_nothing_and_a_count_like_theirs_is_no_alarm(value, baseline):
    assert judge(value, baseline).z == judge(value, sorted(baseline)).z
    assert not rises(judge(max(baseline), baseline), 0)
    assert not falls(judge(min(baseline), baseline), 0)


@given(st.integers(0, 500), COUNTS, st.integers(1, 20))
def test_a_handful_is_never_a_burst(value, baseline, fewest):
    assert not rises(judge(value, baseline), fewest) or value >= fewest


def test_three_equal_years_do_not_make_a_small_rise_an_alarm():
    assert not rises(judge(6, [4, 4, 4]), 5)
    assert rises(judge(11, [4, 4, 4]), 5)


@given(st.dates(date(2012, 1, 1), date(2035, 12, 31)))
def test_the_same_week_of_an_earlier_year_always_exists(day):
    for back in (1, 2, 3):
        before = Week.of(day).years_before(back)

        assert abs((day - before.monday).days - 364 * back) <= 14
        assert Week.of(before.monday) == before


def weekly(count, first=date(2022, 1, 3), last=UNTIL):
    return [
        first + timedelta(days=7 * each)
        for each in range((last - first).days // 7 + 1)
        for _one in range(count)
    ]


def test_a_burst_that_goes_on_is_one_signal_known_by_its_first_week():
    days = weekly(1) + [date(2026, 10, 5)] * 6 + [date(2026, 10, 12)] * 6
    early = bursts.look({("activity", "25"): days}, date(2021, 1, 4), date(2026, 10, 18)).signals
    late = bursts.look({("activity", "25"): days}, date(2021, 1, 4), UNTIL).signals

    assert [each.key for each in early] == [each.key for each in late]
    assert [each.key_of for each in late] == ["25"]
    assert late[0].evidence[0].facts["baseline"] == [4, 4, 4]


def test_a_burst_is_not_told_without_three_years_of_past():
    days = {("activity", "25"): [date(2026, 10, 5)] * 12}

    assert bursts.look(days, date(2024, 1, 1), UNTIL).sight == Sight.SHORT
    assert bursts.look(days, date(2024, 1, 1), UNTIL).signals == ()


def test_a_fall_of_offers_needs_counts_of_the_same_season():
    place, usual, now = ("commune", "94081"), 100, date(2026, 10, 15)
    past = {now - timedelta(weeks=52 * each): {place: usual + each} for each in (1, 2, 3)}

    assert offers.look({now: {place: 30}}).sight == Sight.SHORT
    assert offers.look({now: {place: 98}, **past}).signals == ()
    (told,) = offers.look({now: {}, **past}).signals
    assert told.evidence[0].facts["count"] == 0


RULE = Rule("failure_rate", moves_by=0.5, ranks_by=1, gap_by=0.5, against="metropole")
TOLD = Told(RULE, "failures_yearly", date(2026, 11, 1), "2025", "2024", "2025", "2024", 2.0, 1.2,
            0.8, "points", (3, 12), (5, 12), 0.9, 0.2)  # fmt: skip


def test_a_figure_tells_its_release_its_move_its_rank_and_its_gap():
    found = figures.look([TOLD], date(2026, 11, 26)).signals

    assert {each.kind for each in found} == {Kind.RELEASE, Kind.CHANGE, Kind.RANK, Kind.GAP}


@pytest.mark.parametrize(
    ("changed", "left"),
    [
        ({"vintage_before": ""}, {Kind.CHANGE, Kind.RANK, Kind.GAP}),
        ({"crosses_break": True}, {Kind.RELEASE}),
        ({"period": "2018", "before": "2017"}, {Kind.RELEASE}),
        ({"change": 0.4}, {Kind.RELEASE, Kind.RANK, Kind.GAP}),
        ({"rank_before": (5, 11)}, {Kind.RELEASE, Kind.CHANGE, Kind.GAP}),
        ({"gap_before": None}, {Kind.RELEASE, Kind.CHANGE, Kind.RANK}),
        ({"value": None}, set()),
    ],
)
def test_a_first_load_a_break_an_old_period_and_a_small_change_tell_less(changed, left):
    found = figures.look([replace(TOLD, **changed)], date(2026, 11, 26)).signals

    assert {each.kind for each in found} == left


def test_a_figure_of_a_commune_is_told_there_and_its_release_once_for_all():
    found = figures.look([replace(TOLD, commune="94081")], date(2026, 11, 26)).signals

    assert {each.key_of for each in found} == {"failure_rate:94081"}
    assert {each.communes for each in found} == {("94081",)}
    assert Kind.RELEASE not in {each.kind for each in found}


def health(**more):
    facts = {"key": "failures", "age_days": 60, "stale": False, "error": "", "error_fr": "",
             "vintage": "2026", "publisher": "DILA"}  # fmt: skip
    return {**facts, **more}


def test_late_and_broken_data_are_told_and_known_again_the_day_after():
    rows = [health(stale=True), health(key="offers", error="timeout")]
    failing = {"offers": "2026-06-01T03:00:00+00:00"}
    first = data.look(rows, failing, date(2026, 11, 25))
    rows[0]["age_days"] = 61
    second = data.look(rows, failing, date(2026, 11, 26))

    assert {each.kind for each in first.signals} == {Kind.LATE, Kind.BROKEN}
    assert {each.key for each in first.signals} == {each.key for each in second.signals}


def test_no_look_without_data_says_that_all_is_well():
    nothing = [
        openings.look(None, {}, {}, None), leaving.look(None, {}, None),
        bursts.look(None, None, None), offers.look(None), offers.look({}),
        figures.look(None, UNTIL), figures.look([], UNTIL), data.look([], {}, UNTIL),
        data.look([health(age_days=None)], {}, UNTIL),
    ]  # fmt: skip

    assert {each.sight for each in nothing} == {Sight.BLIND}
    assert not any(each.signals for each in nothing)


FACTS = st.builds(
    priority.Facts,
    st.none() | st.integers(0, 300), st.none() | st.integers(300, 900),
    st.none() | st.booleans(), st.none() | st.booleans(), st.none() | st.booleans(),
    st.none() | st.dates(date(2024, 1, 1), UNTIL),
)  # fmt: skip


@given(FACTS)
def test_the_points_are_named_and_sum_to_the_priority(facts):
    lines = priority.points(facts, UNTIL)

    assert [each.name for each in lines] == ["jobs", "productive", "qpv", "strategic", "silent"]
    assert priority.total(lines) == sum(each.worth for each in lines)
    assert all(each.worth == 0 for each in lines if not each.known)


@given(FACTS)
def test_a_fact_that_becomes_known_never_lowers_the_priority_and_a_contact_never_raises_it(facts):
    known = replace(facts, productive=True, qpv=True, strategic=True)
    contacted = replace(facts, contact=UNTIL)

    total = priority.total(priority.points(facts, UNTIL))
    assert priority.total(priority.points(known, UNTIL)) >= total
    assert priority.total(priority.points(contacted, UNTIL)) <= total


def test_figures_and_data_have_no_points():
    assert priority.points(priority.Facts(is_firm=False), UNTIL) == ()


@given(
    st.dictionaries(st.sampled_from(["25.62B", "17.21A", "10.71C"]),
                    st.tuples(st.integers(0, 99), st.integers(99, 500)), min_size=1),
)  # fmt: skip
def test_the_middles_of_the_trades_sum_to_the_middle_of_the_whole(parts):
    hires = {"25.62B": {"H2903": 30, "H2904": 12}, "17.21A": {"N1103": 7, "H2903": 1}}
    crossed = {code: each for code, each in parts.items() if code in hires}

    found = exposed.split(parts, hires)
    left = exposed.unsplit(parts, hires)

    middle = sum(low + high for low, high in crossed.values()) / 2
    everything = sum(low + high for low, high in parts.values()) / 2
    assert sum(each.central for each in found.values()) == middle
    assert middle + left.central == everything, "what no trade is known of is told apart"


def test_exposed_jobs_are_an_interval_over_the_places_whose_headcount_is_known():
    sites = [exposed.Place("1", "25.62B", "94074", "22", None),
             exposed.Place("2", "25.62B", "94081", None, None)]  # fmt: skip

    total = exposed.jobs(sites)

    assert (total.minimum, total.maximum, total.unsure_count) == (100, 199, 1)
    assert exposed.by_activity(sites) == {"25.62B": (100, 199)}
    assert not exposed.known(exposed.jobs(sites[1:]))


def test_five_working_days_leave_out_week_ends_and_the_eleven_holidays():
    assert workdays.due(date(2026, 4, 30)) == date(2026, 5, 11)  # 1 and 8 May, two week-ends
    assert workdays.easter(2026) == date(2026, 4, 5)
    assert len(workdays.holidays(2026)) == 11
    assert workdays.between(date(2026, 11, 26), workdays.due(date(2026, 11, 26))) == 5


def test_a_notice_of_another_territory_makes_no_signal():
    elsewhere = notice("2026-05-20", "000009005", "liquidation", number=21)

    assert openings.look([elsewhere], {}, {}, UNTIL).signals == ()
