"""Tickets, papers and proxies: each person counts once, and a lost ticket answers no more."""

import pytest
from django.core.exceptions import PermissionDenied

from bassin.debate.workshops import actions, actions_tickets, keys
from bassin.debate.workshops.models import Ticket, Workshop
from bassin.debate.workshops.tests.conftest import NOW
from bassin.debate.workshops.voting import Verdict
from bassin.errors import Refused

pytestmark = pytest.mark.usefixtures("both_databases")


def issue(room, count=3, **more):
    return actions_tickets.issue(room.workshop, count=count, by=room.by, today=NOW.date(), **more)


def enter(room, opened, number, sent, **more):
    return actions_tickets.enter(opened, number=number, sent=sent, by=room.by, now=NOW, **more)


def test_tickets_are_numbered_on_and_only_their_digests_are_kept(room):
    first, again = issue(room), issue(room, 2)

    numbers = [each.number for each in [*first, *again]]
    kept = set(Ticket.objects.values_list("token_hash", flat=True))
    assert numbers == [1, 2, 3, 4, 5]
    assert kept == {keys.digest(each.token) for each in [*first, *again]}


def test_tickets_are_refused_beyond_measure_and_for_a_group_nobody_declared(room):
    for count in (0, actions_tickets.MOST_AT_ONCE + 1):
        with pytest.raises(Refused):
            issue(room, count)
    with pytest.raises(Refused, match="Vitry"):
        issue(room, group="Vitry")
    assert not Ticket.objects.exists()


def test_a_withdrawn_ticket_takes_its_answer_to_the_open_question_with_it(room):
    opened = room.open(room.step())
    kept, lost = room.ticket(), room.ticket()
    for token in (kept, lost):
        room.vote(opened, token, level=2)

    ticket = Ticket.objects.get(token_hash=keys.digest(lost))
    actions_tickets.revoke(ticket, by=room.by)

    assert room.vote(opened, lost, level=5).verdict is Verdict.NO_TICKET
    assert (opened.ballots.count(), opened.participations.count()) == (1, 1)
    room.close(opened)
    assert opened.ballots.count() == 1


def test_a_withdrawn_ticket_leaves_the_answers_to_closed_questions(room):
    opened = room.open(room.step())
    token = room.ticket()
    room.vote(opened, token, level=2)
    room.close(opened)

    actions_tickets.revoke(Ticket.objects.get(token_hash=keys.digest(token)), by=room.by)

    assert opened.ballots.count() == 1


def test_a_lost_ticket_is_replaced_by_one_with_a_new_number(room):
    room.workshop.groups = ["Vitry"]
    room.workshop.save()
    issue(room, 2, group="Vitry")
    lost = Ticket.objects.get(number=1)

    fresh = actions_tickets.replace(lost, by=room.by, today=NOW.date())

    lost.refresh_from_db()
    assert (fresh.number, fresh.group, lost.state) == (3, "Vitry", "revoked")
    with pytest.raises(Refused):
        actions_tickets.replace(lost, by=room.by, today=NOW.date())


def test_a_paper_counts_once_and_the_same_number_corrects_it(room):
    opened = room.open(room.step())

    enter(room, opened, 7, {"level": 1})
    enter(room, opened, 7, {"level": 5})
    enter(room, opened, 7, {"level": 3}, channel="proxy")

    assert sorted(each.answer["level"] for each in opened.ballots.all()) == [3, 5]
    assert actions_tickets.entered(opened) == [("paper", 7), ("proxy", 7)]


def test_a_paper_keeps_its_number_from_one_question_to_the_next(room):
    first = room.open(room.step())
    enter(room, first, 7, {"level": 1})
    room.close(first)
    second = room.open(room.step())

    enter(room, second, 7, {"level": 2})

    assert Ticket.objects.filter(channel="paper").count() == 1


def test_a_paper_is_refused_with_the_reason_and_leaves_nothing(room):
    opened = room.open(room.step())
    with pytest.raises(Refused, match="degrés"):
        enter(room, opened, 1, {"level": 9})
    with pytest.raises(Refused, match="1"):
        enter(room, opened, 0, {"level": 1})
    actions.pause(opened, by=room.by, now=NOW)
    with pytest.raises(Refused, match="suspendue"):
        enter(room, opened, 1, {"level": 1})
    actions.resume(opened, by=room.by, now=NOW)
    room.close(opened)
    with pytest.raises(Refused, match="ne prend plus"):
        enter(room, opened, 1, {"level": 1})

    assert not Ticket.objects.exists()
    assert not opened.ballots.exists()


def test_nobody_else_issues_tickets_or_enters_papers(room, people):
    opened = room.open(room.step())

    with pytest.raises(PermissionDenied):
        actions_tickets.issue(room.workshop, count=1, by=people.bruno, today=NOW.date())
    with pytest.raises(PermissionDenied):
        actions_tickets.enter(opened, number=1, sent={"level": 1}, by=people.bruno, now=NOW)


def test_no_ticket_is_issued_once_the_workshop_is_over(room):
    Workshop.objects.update(state="closed")

    with pytest.raises(Refused, match="terminé"):
        issue(room)
