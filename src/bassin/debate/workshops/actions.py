"""Running a workshop: its doors, its steps, its rounds. Each verb tells every open page.

`revision` counts what participants must see: the live part watches it. Nothing is kept in a
facilitator's browser: whoever may run the workshop takes over from any other device.
"""

import random
from datetime import datetime
from secrets import randbelow, token_hex

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from bassin.debate.workshops import asking, attaching, keys, permissions, results, truth
from bassin.debate.workshops.models import (
    Ballot,
    Participation,
    Round,
    Statement,
    Step,
    Workshop,
)
from bassin.errors import Refused
from bassin.parties.access import require
from bassin.parties.models import Person

_RUNNING = (Round.State.OPEN, Round.State.PAUSED)
_NEXT = {
    Workshop.State.DRAFT: Workshop.State.LOBBY,
    Workshop.State.LOBBY: Workshop.State.LIVE,
    Workshop.State.LIVE: Workshop.State.CLOSED,
}


def _locked(workshop: Workshop) -> Workshop:
    """The workshop as it is now, held until the end of the transaction."""
    return Workshop.objects.select_for_update(of=("self",)).get(pk=workshop.pk)


def tell(workshop: Workshop) -> None:
    """Have every open page look again."""
    Workshop.objects.filter(pk=workshop.pk).update(revision=F("revision") + 1)
    workshop.refresh_from_db(fields=["revision"])


@transaction.atomic
def advance(workshop: Workshop, *, to: str, by: Person, now: datetime) -> Workshop:
    """Open the doors, begin, or close a workshop.

    Raises:
        Refused: it is not at the stage before, has no step, or a question is still open.
    """
    require(permissions.can_run(by, workshop))
    held = _locked(workshop)
    if _NEXT.get(Workshop.State(held.state)) != to:
        raise Refused(
            _("This workshop is « {state} »: it cannot go there from here.").format(
                state=held.get_state_display()
            )
        )
    if to == Workshop.State.LOBBY and not held.steps.exists():
        raise Refused(_("Write at least one step before you open the doors."))
    if to == Workshop.State.CLOSED:
        if held.rounds.filter(state__in=_RUNNING).exists():
            raise Refused(_("A question is still open. Close it first."))
        held.closed_on = now.date()
    held.state = to
    if to == Workshop.State.LIVE:
        first = held.steps.first()
        held.step = first
        if first is not None:
            Step.objects.filter(pk=first.pk).update(began_at=now)
    held.save(update_fields=["state", "step", "closed_on"])
    tell(held)
    return held


@transaction.atomic
def go_to(workshop: Workshop, step: Step, *, by: Person, now: datetime) -> Workshop:
    """Show a step to the room.

    Raises:
        Refused: the workshop is not under way, or a question is open.
    """
    require(permissions.can_run(by, workshop) and step.workshop_id == workshop.pk)
    held = _locked(workshop)
    if held.state != Workshop.State.LIVE:
        raise Refused(_("The workshop is not under way. Begin it first."))
    if held.step_id != step.pk and held.rounds.filter(state__in=_RUNNING).exists():
        raise Refused(_("A question is still open. Close it before you go to another step."))
    held.step = step
    held.save(update_fields=["step"])
    Step.objects.filter(pk=step.pk).update(began_at=now)
    tell(held)
    return held


@transaction.atomic
def open_round(step: Step, *, by: Person, now: datetime) -> Round:
    """Put the step's statement to the vote: the first time, or again after debate.

    Raises:
        Refused: it asks nothing, is not the step shown, or a question is open already.
    """
    require(permissions.can_run(by, step.workshop))
    held = _locked(step.workshop)
    if step.statement is None:
        raise Refused(_("This step asks nothing."))
    if held.state != Workshop.State.LIVE or held.step_id != step.pk:
        raise Refused(_("Show this step to the room before you open its question."))
    if held.rounds.filter(state__in=_RUNNING).exists():
        raise Refused(_("A question is open already. Close it first."))
    last = step.rounds.aggregate(last=Max("number"))["last"] or 0
    seed = randbelow(2**31)
    made = Round.objects.create(
        workshop=held, step=step, number=last + 1, seed=seed, secret=keys.new_secret(),
        state=Round.State.OPEN, asked=asking.frozen(step.statement, seed), opened_at=now,
    )  # fmt: skip
    tell(held)
    return made


def _round(step_round: Round, *states: str) -> Round:
    """The round as it is now, held; answers being written are waited for.

    Raises:
        Refused: it is in another state.
    """
    # The workshop first, always: two facilitators who press at once queue, never lock each other.
    _locked(step_round.workshop)
    held = Round.objects.select_for_update(of=("self",)).get(pk=step_round.pk)
    if held.state not in states:
        raise Refused(
            _("This question is « {state} » already: somebody else may have pressed first.").format(
                state=held.get_state_display()
            )
        )
    return held


@transaction.atomic
def pause(step_round: Round, *, by: Person, now: datetime) -> Round:
    """Hold the question: answers given stay, no other is taken."""
    require(permissions.can_run(by, step_round.workshop))
    return _moved(_round(step_round, Round.State.OPEN), Round.State.PAUSED)


@transaction.atomic
def resume(step_round: Round, *, by: Person, now: datetime) -> Round:
    """Take answers again."""
    require(permissions.can_run(by, step_round.workshop))
    return _moved(_round(step_round, Round.State.PAUSED), Round.State.OPEN)


def _moved(held: Round, state: str) -> Round:
    held.state = state
    held.save(update_fields=["state"])
    tell(held.workshop)
    return held


@transaction.atomic
def close_round(step_round: Round, *, by: Person, now: datetime) -> Round:
    """Take no more answers, and break for ever the link between a ticket and its ballot."""
    require(permissions.can_run(by, step_round.workshop))
    held = _round(step_round, *_RUNNING)
    _unlink(held)
    held.secret = None
    held.closed_at = now
    held.state = Round.State.CLOSED
    held.save(update_fields=["secret", "closed_at", "state"])
    results.freeze(held)
    attaching.attach_target(held, today=now.date())
    tell(held.workshop)
    return held


def _unlink(held: Round) -> None:
    """Write the ballots again, in another order, under their receipts; then nothing leads back."""
    ballots = {each.key: each for each in held.ballots.all()}
    secret = held.live_secret
    sealed = held.workshop.secrecy == Workshop.Secrecy.SEALED
    fresh = []
    for token_hash in held.participations.values_list("ticket__token_hash", flat=True):
        ballot = ballots[keys.ballot_key(secret, token_hash)]
        name = token_hex(8) if sealed else keys.receipt(secret, token_hash)
        fresh.append(
            Ballot(key=f"{held.pk}-{name}", round=held, answer=ballot.answer, group=ballot.group)
        )
    took_part = list(held.participations.values("ticket_id", "voted_at"))
    held.ballots.all().delete()
    held.participations.all().delete()
    shuffle = random.SystemRandom().shuffle
    shuffle(fresh)
    shuffle(took_part)
    Ballot.objects.bulk_create(fresh)
    Participation.objects.bulk_create(Participation(round=held, **each) for each in took_part)


@transaction.atomic
def reveal(step_round: Round, *, by: Person, now: datetime) -> Round:
    """Show the result to the room; of a quiz, with what makes each answer right or wrong."""
    require(permissions.can_run(by, step_round.workshop))
    held = _round(step_round, Round.State.CLOSED)
    if held.asked["kind"] == Statement.Kind.QUIZ:
        held.asked = truth.settled(held.asked)
        held.save(update_fields=["asked"])
    results.freeze(held)
    return _moved(held, Round.State.REVEALED)


@transaction.atomic
def void(step_round: Round, *, why: str, by: Person, now: datetime) -> Round:
    """Set a round aside, with the reason; its answers are erased and it counts for nothing.

    Raises:
        Refused: no reason was given, it was set aside already, or its result is published.
    """
    require(permissions.can_run(by, step_round.workshop))
    results.unpublished(step_round.workshop)
    if not why.strip():
        raise Refused(_("Say why this round does not count."))
    held = _round(step_round, *_RUNNING, Round.State.CLOSED, Round.State.REVEALED)
    held.ballots.all().delete()
    held.participations.all().delete()
    held.secret, held.results, held.void_why = None, None, why.strip()[:300]
    held.state = Round.State.VOID
    held.closed_at = held.closed_at or now
    held.save(update_fields=["secret", "results", "void_why", "state", "closed_at"])
    tell(held.workshop)
    return held
