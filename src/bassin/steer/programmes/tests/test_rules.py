"""Lateness, progress and money, for any dates and numbers."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bassin.steer.programmes import rules
from bassin.steer.programmes.models import Node
from bassin.steer.programmes.rules import Basis, Kept, Part

TODAY = date(2026, 11, 26)
LIVE = ("idea", "proposed", "approved", "in_progress", "paused")


@dataclass
class Action:
    lifecycle: str = "in_progress"
    ends_on: date | None = None


@dataclass
class Step:
    due_on: date | None = None
    done_on: date | None = None
    weight: Decimal = Decimal(1)


@dataclass
class Line:
    planned_eur: Decimal | None = None
    committed_eur: Decimal | None = None
    paid_eur: Decimal | None = None


days = st.dates(date(2020, 1, 1), date(2032, 1, 1))
weights = st.decimals("0.01", "9999", places=2)
percents = st.decimals(0, 100, places=2)
parts = st.lists(
    st.builds(Part, weight=weights, progress=st.none() | percents, abandoned=st.booleans())
)
euros = st.none() | st.decimals(0, 10**9, places=2)
lines = st.lists(st.builds(Line, euros, euros, euros))


def test_an_action_past_its_end_is_late_by_the_days_since():
    late = rules.late(Action(ends_on=TODAY - timedelta(12)), [], TODAY)

    assert (late.days, late.red, late.by_milestone) == (12, False, False)


@pytest.mark.parametrize(("days_late", "red"), [(60, False), (61, True)])
def test_an_action_is_red_beyond_sixty_days(days_late, red):
    step = Step(due_on=TODAY - timedelta(days_late))

    assert rules.late(Action(), [step], TODAY).red is red


def test_an_action_that_ends_today_is_not_late():
    assert rules.late(Action(ends_on=TODAY), [Step(due_on=TODAY)], TODAY) is None


def test_an_action_nobody_reported_is_not_said_late_by_its_end():
    past = TODAY - timedelta(400)

    assert rules.late(Action("unknown", past), [], TODAY) is None
    assert rules.late(Action("unknown", past), [Step(due_on=past)], TODAY).days == 400


@given(lifecycle=st.sampled_from(LIVE), ends_on=st.none() | days, due=st.lists(days), today=days)
def test_lateness_counts_from_the_oldest_due_date_that_has_passed(lifecycle, ends_on, due, today):
    late = rules.late(Action(lifecycle, ends_on), [Step(each) for each in due], today)

    passed = [each for each in (*due, *([ends_on] if ends_on else [])) if each < today]
    assert (late.since if late else None) == min(passed, default=None)
    assert late is None or late.days == (today - min(passed)).days > 0


@given(lifecycle=st.sampled_from(["done", "abandoned"]), ends_on=days, due=days, today=days)
def test_what_is_over_is_never_late(lifecycle, ends_on, due, today):
    assert rules.late(Action(lifecycle, ends_on), [Step(due)], today) is None


@given(due=days, today=days)
def test_a_milestone_that_is_done_makes_nothing_late(due, today):
    assert rules.late(Action(), [Step(due, done_on=due)], today) is None


def test_milestones_count_before_a_percentage_someone_typed():
    steps = [Step(done_on=TODAY, weight=Decimal(3)), Step(weight=Decimal(1))]

    assert rules.progress_of("in_progress", steps, 10) == rules.Progress(
        Decimal(75), Basis.MILESTONES
    )
    assert rules.progress_of("in_progress", [], 10) == rules.Progress(Decimal(10), Basis.REPORTED)


def test_what_nobody_reported_has_no_progress_rather_than_zero():
    assert rules.progress_of("in_progress", [], None) == rules.Progress(None, Basis.NOTHING)


def test_a_reported_zero_is_a_zero():
    assert rules.progress_of("in_progress", [], 0) == rules.Progress(Decimal(0), Basis.REPORTED)


@given(weights=st.lists(weights, min_size=1), done=st.data())
def test_progress_by_milestones_stays_between_zero_and_a_hundred(weights, done):
    flags = done.draw(st.lists(st.booleans(), min_size=len(weights), max_size=len(weights)))
    steps = [
        Step(done_on=TODAY if flag else None, weight=weight)
        for weight, flag in zip(weights, flags, strict=True)
    ]

    value = rules.progress_of("in_progress", steps, None).value
    assert 0 <= value <= 100
    assert (value == 100) is all(flags)
    assert (value == 0) is not any(flags)


def test_a_rollup_divides_by_the_weights_even_when_one_of_them_is_one():
    found = rules.rollup([Part(Decimal(1), Decimal(0)), Part(Decimal(3), Decimal(100))])

    assert found.progress == 75


@given(parts)
def test_a_rollup_lies_between_the_least_and_the_most_advanced(listed):
    found = rules.rollup(listed)

    said = [p.progress for p in listed if p.progress is not None and not p.abandoned]
    assert (found.progress is None) == (not said)
    if said:
        slack = Decimal("1e-20")
        assert min(said) - slack <= found.progress <= max(said) + slack


@given(parts)
def test_a_rollup_counts_every_action_once(listed):
    found = rules.rollup(listed)

    assert found.total == len(listed)
    assert found.not_reported == sum(p.progress is None and not p.abandoned for p in listed)


@given(parts, st.lists(st.builds(Part, weights, st.none())))
def test_actions_nobody_reported_do_not_move_a_rollup(listed, silent):
    assert rules.rollup([*listed, *silent]).progress == rules.rollup(listed).progress


@given(parts, st.integers(2, 9))
def test_a_rollup_does_not_depend_on_the_unit_of_weights(listed, times):
    heavier = [Part(p.weight * times, p.progress, p.abandoned) for p in listed]

    before, after = rules.rollup(listed).progress, rules.rollup(heavier).progress
    assert before == after or abs(before - after) < Decimal("1e-15")


def test_an_amount_nobody_knows_is_counted_and_is_not_zero():
    found = rules.money([Line(planned_eur=Decimal(100)), Line(paid_eur=Decimal(0))])

    assert found.planned == rules.Amount(Decimal(100), known=1, unknown=1)
    assert found.committed == rules.Amount(None, known=0, unknown=2)
    assert found.paid == rules.Amount(Decimal(0), known=1, unknown=1)


@given(lines, lines)
def test_money_of_two_lists_is_the_money_of_both(some, others):
    assert rules.money(some) + rules.money(others) == rules.money([*some, *others])


@given(lines)
def test_the_three_amounts_are_never_added_to_one_another(listed):
    known = [each.planned_eur for each in listed if each.planned_eur is not None]

    assert rules.money(listed).planned.total == (sum(known) if known else None)


@pytest.mark.parametrize(
    ("lifecycle", "reported_on", "must"),
    [
        ("in_progress", None, True),
        ("unknown", None, True),
        ("in_progress", date(2026, 10, 31), True),
        ("in_progress", date(2025, 11, 30), True),
        ("in_progress", date(2026, 11, 1), False),
        ("done", None, False),
        ("abandoned", date(2020, 1, 1), False),
    ],
)
def test_a_holder_reports_once_a_month_while_the_action_lives(lifecycle, reported_on, must):
    assert rules.must_report(lifecycle, reported_on, TODAY) is must


@pytest.mark.parametrize(
    ("due_on", "kept_on", "withdrawn_on", "says"),
    [
        (None, None, None, Kept.UNDATED),
        (date(2027, 1, 1), None, None, Kept.RUNNING),
        (TODAY, None, None, Kept.RUNNING),
        (date(2026, 1, 1), None, None, Kept.LATE),
        (date(2026, 1, 1), date(2026, 1, 1), None, Kept.KEPT),
        (date(2026, 1, 1), date(2026, 1, 2), None, Kept.KEPT_LATE),
        (None, date(2026, 1, 2), None, Kept.KEPT),
        (date(2026, 1, 1), None, date(2025, 1, 1), Kept.WITHDRAWN),
    ],
)
def test_a_promise_is_kept_late_running_or_undated(due_on, kept_on, withdrawn_on, says):
    found = rules.promise(due_on=due_on, kept_on=kept_on, withdrawn_on=withdrawn_on, today=TODAY)

    assert found == says


@pytest.mark.parametrize(("code", "read"), [("2.1", "2.1"), ("enjeu-1", "1"), ("A12", "A12")])
def test_a_branch_is_numbered_as_people_read_it(code, read):
    assert Node(code=code).number == read
