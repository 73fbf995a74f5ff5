"""Running a workshop: its stages, one open question, and what closing destroys."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from bassin.debate.workshops import actions, keys
from bassin.debate.workshops.models import Ballot, Round, Ticket
from bassin.debate.workshops.tests.conftest import NOW
from bassin.debate.workshops.voting import Verdict
from bassin.errors import Refused

pytestmark = pytest.mark.usefixtures("both_databases")


def test_a_workshop_goes_from_its_doors_to_its_close_one_stage_at_a_time(room):
    room.workshop.state = "draft"
    room.workshop.save()
    with pytest.raises(Refused, match="étape"):
        actions.advance(room.workshop, to="lobby", by=room.by, now=NOW)
    room.step()

    for state in ("lobby", "live", "closed"):
        actions.advance(room.workshop, to=state, by=room.by, now=NOW)

    room.workshop.refresh_from_db()
    assert room.workshop.closed_on == NOW.date()
    with pytest.raises(Refused):
        actions.advance(room.workshop, to="lobby", by=room.by, now=NOW)


def test_only_one_question_is_open_at_once(room):
    first, second = room.step(), room.step()
    room.open(first)

    with pytest.raises(Refused):
        room.open(second)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(workshop=room.workshop, step=second, state="open", seed=1)


def test_a_second_round_keeps_the_first(room):
    step = room.step()
    room.close(room.open(step))

    again = room.open(step)

    assert [each.number for each in step.rounds.all()] == [1, 2]
    assert again.state == "open"


def test_an_answer_may_change_while_the_question_is_open_and_counts_once(room):
    opened = room.open(room.step())
    token = room.ticket()

    first = room.vote(opened, token, level=2)
    last = room.vote(opened, token, level=4)

    assert first.verdict == last.verdict == Verdict.RECORDED
    assert [each.answer for each in opened.ballots.all()] == [{"level": 4}]
    assert opened.participations.count() == 1


def test_closing_breaks_the_link_and_keeps_every_answer(room):
    opened = room.open(room.step())
    tokens = [room.ticket() for _ in range(30)]
    said = {token: room.vote(opened, token, level=1 + n % 5) for n, token in enumerate(tokens)}
    secret = bytes(Round.objects.get(pk=opened.pk).secret)

    room.close(opened)

    kept = {each.key: each.answer for each in Ballot.objects.filter(round=opened)}
    levels = sorted(answer["level"] for answer in kept.values())
    assert levels == sorted(1 + n % 5 for n in range(30))
    assert Round.objects.get(pk=opened.pk).secret is None
    # Neither the old keys nor the digests of the tickets lead to a ballot; the receipt does.
    old = {keys.ballot_key(secret, keys.digest(token)) for token in tokens}
    assert not old & set(kept)
    receipts = {f"{opened.pk}-{outcome.receipt}" for outcome in said.values()}
    assert receipts == set(kept)


def test_the_order_of_ballots_says_nothing_of_the_order_of_participations(room):
    opened = room.open(room.step("ranking", *"abcdefgh"))
    tokens = [room.ticket() for _ in range(40)]
    for n, token in enumerate(tokens):
        room.vote(opened, token, order=["abcdefgh"[n % 8]])
    room.close(opened)

    tickets = {each.token_hash: each.pk for each in Ticket.objects.all()}
    came = [tickets[keys.digest(token)] for token in tokens]
    kept = list(opened.participations.order_by("pk").values_list("ticket_id", flat=True))

    assert sorted(kept) == sorted(came)
    assert kept != came


def test_a_sealed_workshop_gives_no_receipt_and_keeps_no_group(room):
    room.workshop.secrecy = "sealed"
    room.workshop.save()
    opened = room.open(room.step())

    outcome = room.vote(opened, room.ticket(group="Vitry"), level=3)

    assert outcome.receipt == ""
    assert opened.ballots.get().group == ""


def test_no_answer_enters_a_question_that_is_paused_closed_or_another_workshops(room):
    opened = room.open(room.step())
    token = room.ticket()
    actions.pause(opened, by=room.by, now=NOW)
    paused = room.vote(opened, token, level=1)
    actions.resume(opened, by=room.by, now=NOW)
    room.close(opened)
    closed = room.vote(opened, token, level=1)

    assert (paused.verdict, closed.verdict) == (Verdict.PAUSED, Verdict.NOT_OPEN)
    assert not opened.ballots.exists()


def test_a_forged_or_revoked_ticket_answers_nothing(room):
    opened = room.open(room.step())
    revoked = room.ticket(state="revoked")

    assert room.vote(opened, "forged", level=1).verdict is Verdict.NO_TICKET
    assert room.vote(opened, revoked, level=1).verdict is Verdict.NO_TICKET


def test_an_answer_that_cannot_be_read_says_what_to_do(room):
    opened = room.open(room.step())

    outcome = room.vote(opened, room.ticket(), level=9)

    assert outcome.verdict is Verdict.UNREADABLE
    assert outcome.why


def test_a_round_set_aside_says_why_and_keeps_no_answer(room):
    opened = room.open(room.step())
    room.vote(opened, room.ticket(), level=1)
    with pytest.raises(Refused):
        actions.void(opened, why=" ", by=room.by, now=NOW)

    actions.void(opened, why="Panne du micro.", by=room.by, now=NOW)

    opened.refresh_from_db()
    assert (opened.state, opened.secret, opened.ballots.count()) == ("void", None, 0)
    room.open(opened.step)


def test_every_verb_tells_open_pages(room):
    step = room.step()
    seen = [room.workshop.revision]
    opened = room.open(step)
    for verb in (actions.pause, actions.resume, actions.close_round, actions.reveal):
        opened = verb(opened, by=room.by, now=NOW + timedelta(minutes=1))
        room.workshop.refresh_from_db()
        seen.append(room.workshop.revision)

    assert seen == sorted(set(seen))


def test_someone_else_cannot_run_a_workshop(room, people):
    step = room.step()

    with pytest.raises(PermissionDenied):
        actions.go_to(room.workshop, step, by=people.bruno, now=NOW)
