"""Verbs of skills: what is refused, and why."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from bassin.errors import Refused
from bassin.match.skills import actions
from bassin.match.skills.hypotheses import Hypotheses
from bassin.match.skills.models import Assumption, GreenProject
from bassin.match.skills.sample import build

TODAY = date(2026, 11, 26)
PROJECT = {"title": "Atelier", "rome_code": "K2304", "positions": 3, "wanted_on": date(2027, 5, 1)}


def assume(people, **changed):
    given = {"term": "growth", "values": (-1.0, 0.0, 1.0), "why": "Insee"} | changed
    return actions.assume(by=people.awa, today=TODAY, **given)


@pytest.mark.parametrize(
    "wrong",
    [
        {"values": (2.0, 1.0, 3.0)},
        {"why": "  "},
        {"values": (-80.0, 0.0, 1.0)},
        {"term": "ready", "values": (10.0, 20.0, 120.0)},
        {"term": "older", "values": (0.0, 20.0, 30.0)},
        {"term": "leavers", "values": (-5.0, 0.0, 5.0)},
        {"sector": "C", "rome_code": "N1101"},
        {"term": "ready", "values": (1.0, 2.0, 3.0), "sector": "C"},
    ],
)
def test_a_hypothesis_that_cannot_be_is_refused_with_the_reason(people, wrong):
    with pytest.raises(Refused):
        assume(people, **wrong)
    assert not Assumption.objects.exists()


def test_the_last_hypothesis_that_applies_is_read_and_the_first_one_stays(people):
    assume(people, sector="C", values=(0.0, 1.0, 2.0), applies_from=date(2026, 1, 1))
    assume(people, sector="C", values=(1.0, 2.0, 3.0), applies_from=date(2026, 6, 1))

    def growth(day):
        return Hypotheses.of(Assumption.objects.on(day)).growth("N1101", "C").central

    assert growth(date(2026, 3, 1)) == pytest.approx(0.01)
    assert growth(TODAY) == pytest.approx(0.02)
    assert growth(date(2025, 1, 1)) == pytest.approx(0.003)  # the declared default


def test_a_trades_own_hypothesis_goes_before_that_of_its_sector(people):
    assume(people, sector="C", values=(5.0, 5.0, 5.0))
    assume(people, rome_code="N1101", values=(1.0, 1.0, 1.0))

    supposed = Hypotheses.of(Assumption.objects.on(TODAY))

    assert supposed.growth("N1101", "C").central == pytest.approx(0.01)
    assert supposed.growth("F1703", "C").central == pytest.approx(0.05)


def test_only_officers_write_hypotheses(people):
    with pytest.raises(PermissionDenied):
        actions.assume(by=people.chloe, today=TODAY, term="growth", values=(0, 0, 0), why="Insee")


def test_a_project_needs_a_firm_a_day_to_come_and_an_agreement(people):
    firm = people.chloe.memberships.get().organisation
    with pytest.raises(Refused, match="entreprise"):
        actions.declare(by=people.awa, today=TODAY, **PROJECT)
    late = PROJECT | {"wanted_on": date(2026, 1, 1)}
    with pytest.raises(Refused, match="jour"):
        actions.declare(by=people.chloe, today=TODAY, firm=firm, **late)
    project = actions.declare(by=people.chloe, today=TODAY, firm=firm, **PROJECT)

    with pytest.raises(Refused, match="accord"):
        actions.publish(project, by=people.chloe, today=TODAY, consent=" ")
    assert not GreenProject.objects.public(TODAY).exists()


def test_an_agreement_is_asked_again_after_a_withdrawal(people):
    firm = people.chloe.memberships.get().organisation
    project = actions.declare(by=people.chloe, today=TODAY, firm=firm, **PROJECT)
    actions.publish(project, by=people.chloe, today=TODAY, consent="la gérante")
    assert GreenProject.objects.public(TODAY).get() == project

    withdrawn = actions.withdraw(project, by=people.chloe, today=TODAY)

    assert withdrawn.consent == ""
    assert not GreenProject.objects.public(TODAY).exists()


def test_a_change_made_meanwhile_is_not_written_over(people):
    firm = people.chloe.memberships.get().organisation
    project = actions.declare(by=people.chloe, today=TODAY, firm=firm, **PROJECT)
    actions.change(project, by=people.awa, today=TODAY, edition=1, positions=5)

    with pytest.raises(Refused, match="entre-temps"):
        actions.change(project, by=people.chloe, today=TODAY, edition=1, positions=9)
    assert GreenProject.objects.get().positions == 5


def test_the_sample_adds_what_is_missing_and_changes_nothing_else(db):
    build(TODAY)
    GreenProject.objects.filter(published_on=None).update(positions=99)
    build(TODAY)

    assert GreenProject.objects.count() == 3
    assert GreenProject.objects.filter(positions=99).count() == 1
    assert all(each.origin == "invented" for each in Assumption.objects.all())
