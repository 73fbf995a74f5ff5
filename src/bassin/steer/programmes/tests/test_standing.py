"""What sums, filters and lists read of the same actions: the same facts, to the cent."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from bassin.steer.programmes import tree
from bassin.steer.programmes.models import Action
from bassin.steer.programmes.standing import counted, sought, standings, summary
from bassin.steer.programmes.tests.conftest import TODAY

COUNTED = ("pk", "lifecycle", "health", "ends_on", "late", "progress", "money")


@pytest.fixture
def plan(both_databases, made):
    """A framework of two levels whose actions are late, silent, done, abandoned and financed."""
    framework = made.framework()
    axis = made.node(framework)
    first, second = made.node(framework, axis), made.node(framework, axis)
    payer, holder = made.organisation(), made.organisation(name="La Régie", short="Régie")
    steps = made.action(first, holder=holder, commune_codes=["94041", "94081"])
    steps.milestones.create(title="Une", due_on=TODAY - timedelta(70), weight=Decimal("1.5"))
    steps.milestones.create(title="Deux", done_on=TODAY, weight=3)
    told = made.action(first, title="Contée", title_en="Told", ends_on=date(2026, 11, 20))
    made.update(told, progress=33)
    for year, planned in ((2024, "0.10"), (2025, "0.20"), (2026, "123456789012.34")):
        told.fundings.create(organisation=payer, year=year, planned_eur=Decimal(planned))
    steps.fundings.create(organisation=payer, year=2026, paid_eur=Decimal("7.07"))
    made.action(second, lifecycle="done", done_on=TODAY)
    made.action(second, lifecycle="abandoned", abandoned_why="Sans terrain")
    made.action(second)
    return framework


def test_what_is_counted_and_what_is_sought_agree_with_whole_lines(plan):
    actions = Action.objects.within(plan).order_by("pk")

    lines, counts, found = (
        standings(actions, TODAY),
        counted(actions, TODAY),
        sought(actions, TODAY),
    )

    for name in COUNTED:
        expected = [getattr(each, name) for each in lines]
        assert [getattr(each, name) for each in counts] == expected
        assert [getattr(each, name) for each in found] == expected
    for name in ("title", "holder_id", "holder", "communes"):
        assert [getattr(each, name) for each in found] == [getattr(each, name) for each in lines]


def test_sums_are_true_to_the_cent_and_days_to_the_day(plan):
    steps, told, *_others = counted(Action.objects.within(plan).order_by("pk"), TODAY)

    assert told.money.planned.total == Decimal("123456789012.64")
    assert (told.money.paid.known, told.money.paid.unknown) == (0, 3)
    assert steps.money.paid.total == Decimal("7.07")
    assert (told.late.days, steps.late.days, steps.late.red) == (6, 70, True)
    assert round(steps.progress.value, 3) == Decimal("66.667")


def test_a_branch_adds_up_to_all_that_stands_below_it(plan):
    built = tree.build(plan, counted(Action.objects.within(plan), TODAY))

    (axis,) = built.roots
    assert axis.summary == built.summary == summary(built.counted)
    assert (built.summary.count, built.summary.late, built.summary.abandoned) == (5, 2, 1)
    assert [branch.summary.count for branch in axis.children] == [2, 3]
