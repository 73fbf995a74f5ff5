"""Survival of a cohort less that of its likes: what it says, and when it says nothing."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bassin.match.support import actions, cohorts
from bassin.match.support.models import Backed
from bassin.match.support.survival import Life, compare, later
from bassin.match.support.tests.conftest import SIRET, TODAY, body, opened
from bassin.parties.privacy.actions import forget_what_is_over

UNTIL = date(2026, 10, 31)
BORN = date(2023, 5, 10)
CELLS = [("CB", "5", "2023-2", "no"), ("JC", "9", "2023-2", "yes")]


def group(prefix, alive, dead, cell=CELLS[0], born=BORN):
    gone = born + timedelta(days=200)
    return [Life(f"{prefix}{n}", cell, born, None if n < alive else gone)
            for n in range(alive + dead)]  # fmt: skip


LIVES = st.lists(
    st.tuples(st.sampled_from(CELLS), st.booleans()), min_size=0, max_size=60
).map(lambda said: [
    Life(f"o{n}", cell, BORN, None if alive else BORN + timedelta(days=90))
    for n, (cell, alive) in enumerate(said)
])  # fmt: skip


def renamed(lives, prefix):
    return [Life(f"{prefix}{each.key}", each.cell, each.born_on, each.ended_on) for each in lives]


def test_a_cohort_that_lives_longer_than_its_likes_has_a_gap_above_zero():
    told = compare(group("a", 45, 5), group("b", 300, 200), 3, UNTIL)

    assert told.gap == pytest.approx(0.9 - 0.6)
    assert 0 < told.low < told.gap < told.high <= 1
    assert (told.helped, told.likes) == (pytest.approx(0.9), pytest.approx(0.6))


def test_too_few_to_tell_says_nothing_but_how_many():
    told = compare(group("a", 15, 4), group("b", 300, 200), 3, UNTIL)

    assert (told.seen, told.matched) == (19, 19)
    assert told.gap is told.low is told.high is told.helped is told.likes is None


def test_who_has_no_like_is_told_apart_and_never_compared():
    alone = group("z", 0, 10, cell=("AZ", "1", "2023-2", ""))

    told = compare([*group("a", 25, 5), *alone], group("b", 50, 10), 1, UNTIL)

    assert (told.seen, told.matched) == (40, 30)


def test_births_too_young_for_a_horizon_are_not_looked_at():
    told = compare(group("a", 40, 0, born=date(2025, 6, 1)), group("b", 50, 10), 3, UNTIL)

    assert told.seen == 0


def test_a_firm_that_ended_on_its_anniversary_was_alive_until_it():
    life = Life("a", CELLS[0], BORN, later(BORN, 1))

    assert life.lived(1)
    assert not life.lived(3)
    assert later(date(2024, 2, 29), 1) == date(2025, 2, 28)


@given(LIVES)
def test_a_cohort_made_as_its_likes_has_no_gap(lives):
    told = compare(renamed(lives, "a"), lives, 1, UNTIL, fewest=2)

    assert told.gap is None or told.gap == pytest.approx(0)
    assert told.gap is not None or len(lives) < 2


@given(LIVES, LIVES)
def test_a_gap_stands_inside_its_interval_and_is_the_difference_of_the_shares(ours, others):
    told = compare(renamed(ours, "a"), others, 1, UNTIL, fewest=2)

    assert told.matched <= told.seen == len(ours)
    if told.gap is not None:
        assert -1 <= told.low <= told.gap + 1e-9
        assert told.gap <= told.high + 1e-9 <= 1 + 1e-9
        assert told.gap == pytest.approx(told.helped - told.likes)


@given(LIVES, LIVES)
def test_the_order_of_births_changes_nothing_and_nobody_is_their_own_like(ours, others):
    helped = renamed(ours, "a")

    one = compare(helped, others, 1, UNTIL, fewest=2)
    two = compare(helped[::-1], [*helped, *others[::-1]], 1, UNTIL, fewest=2)

    assert (one.seen, one.matched) == (two.seen, two.matched)
    assert one.gap is two.gap is None or one.gap == pytest.approx(two.gap)


def test_a_firm_born_of_a_project_enters_its_cohort_and_outlives_the_case(awa):
    case = opened(awa, agreement="Convention Exemple")
    actions.change(case, by=awa, stage="created", siret=SIRET, created_on=TODAY)

    line = Backed.objects.get()
    assert (line.siret, line.agreement, line.organisation) == (
        SIRET, "Convention Exemple", body(awa)
    )  # fmt: skip

    forget_what_is_over(today=TODAY + timedelta(days=4 * 365))
    assert Backed.objects.exists()
    forget_what_is_over(today=TODAY + timedelta(days=6 * 365))
    assert not Backed.objects.exists()


def test_a_project_counts_at_each_stage_that_it_went_through(awa):
    opened(awa, stage="idea")
    opened(awa, stage="finance")

    counts = [count for _label, count in cohorts.funnel(awa_cases())]

    assert counts == [2, 1, 1, 1, 0, 0]


def test_a_gap_that_may_be_none_is_told_as_no_difference():
    from bassin.match.support.views.pathways import _verdict

    words = [_verdict(low, high) for low, high in ((0.1, 0.3), (-0.1, 0.3), (-0.3, -0.1))]

    assert [str(each) for each in words] == [
        "plus longtemps", "pas de différence nette", "moins longtemps"
    ]  # fmt: skip


def awa_cases():
    from bassin.match.support.models import Case

    return Case.objects.all()


def test_a_page_tells_pathways_of_one_s_own_organisation_alone(client, awa, bruno, here):
    opened(awa, woman=True, stage="study")
    Backed.objects.create(
        siret=SIRET, organisation=body(bruno), agreement="Convention du voisin", born_on=TODAY
    )
    client.force_login(awa)

    page = client.get("/accompagner/suivi/parcours/").content.decode()

    assert "Convention du voisin" not in page
    assert "trop peu pour le dire" in page
    assert "1 sur 1" not in page
