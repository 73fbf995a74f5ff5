"""The sample's votes, kept as the rehearsal gave them: how many gave each answer, by group.

    {"participants": 300, "groups": {"élus…": 70}, "words": {…},
     "rounds": [{"statement": "…", "number": 1, "ballots": [[12, "élus…", {"level": 4}], …]}]}

Receipts and tickets are drawn anew on each installation: nobody holds them.
"""

import hashlib
import random
from datetime import date, datetime, timedelta
from secrets import token_hex
from typing import Any

from bassin.debate.workshops import asking, attaching, results, texts, truth
from bassin.debate.workshops.canonical import canonical
from bassin.debate.workshops.models import (
    Ballot,
    Expression,
    Minutes,
    Note,
    Participation,
    Round,
    Statement,
    Step,
    Ticket,
    Workshop,
)
from bassin.debate.workshops.publishing import ballot_file
from bassin.types import Origin

Facts = dict[str, Any]


def hold(workshop: Workshop, facts: Facts, votes: Facts, today: date) -> None:
    """The workshop as it was held: its rounds, their results, what was said, its synthesis."""
    assert workshop.starts_at is not None
    begun = workshop.starts_at
    tickets = _tickets(workshop, votes, begun.date())
    for step in workshop.steps.select_related("statement"):
        step.began_at = begun
        step.save(update_fields=["began_at"])
        told = [each for each in votes["rounds"] if step.statement
                and each["statement"] == step.statement.slug]  # fmt: skip
        for each in told:
            _round(step, each, tickets, begun)
        begun += timedelta(minutes=step.minutes or 0)
    _merge(workshop, facts["merges"])
    _notes(workshop, facts)
    workshop.step, workshop.closed_on = workshop.steps.last(), begun.date()
    workshop.state = Workshop.State.CLOSED
    workshop.save()
    _publish(workshop, facts["minutes"], today)


def _tickets(workshop: Workshop, votes: Facts, on: date) -> dict[str, list[Ticket]]:
    """One ticket per participant, by group; their tokens were never made."""
    made = {
        group: [
            Ticket(
                workshop=workshop, token_hash=token_hex(32), group=group, issued_on=on,
                state=Ticket.State.CLAIMED,
            )
            for _each in range(count)
        ]
        for group, count in votes["groups"].items()
    }  # fmt: skip
    Ticket.objects.bulk_create(ticket for listed in made.values() for ticket in listed)
    return made


def _round(step: Step, told: Facts, tickets: dict[str, list[Ticket]], begun: datetime) -> None:
    """One round, shown; its ballots shuffled under receipts, as closing a round leaves them."""
    assert step.statement is not None
    seed = random.SystemRandom().randrange(2**31)
    opened = begun + timedelta(minutes=5 * (told["number"] - 1))
    held = Round.objects.create(
        workshop=step.workshop, step=step, number=told["number"], seed=seed,
        state=Round.State.REVEALED, asked=asking.frozen(step.statement, seed),
        opened_at=opened, closed_at=opened + timedelta(minutes=2),
    )  # fmt: skip
    cast = [
        Ballot(key=f"{held.pk}-{token_hex(8)}", round=held, answer=answer, group=group)
        for count, group, answer in told["ballots"]
        for _each in range(count)
    ]
    random.SystemRandom().shuffle(cast)
    Ballot.objects.bulk_create(cast)
    minute = opened.replace(second=0, microsecond=0)
    Participation.objects.bulk_create(
        Participation(round=held, ticket=ticket, voted_at=minute)
        for group, listed in tickets.items()
        for ticket in listed[: sum(each.group == group for each in cast)]
    )
    if step.statement.kind == Statement.Kind.QUIZ:
        held.asked = truth.settled(held.asked)
        held.save(update_fields=["asked"])
    results.freeze(held)
    attaching.attach_target(held, today=begun.date())


def _merge(workshop: Workshop, merges: list[dict[str, str]]) -> None:
    """What the facilitators put together among the words that were said."""
    for held in workshop.rounds.filter(step__statement__kind=Statement.Kind.WORDS):
        said: dict[str, str] = {}
        for answer in held.ballots.order_by("pk").values_list("answer", flat=True):
            for text in answer.get("texts", ()):
                said.setdefault(texts.key(text), text)
        known = {
            key: Expression.objects.create(round=held, key=key, label=said[key], state="shown")
            for each in merges
            for key in {texts.key(each["word"]), texts.key(each["into"])} & said.keys()
        }
        for each in merges:
            one, into = (known.get(texts.key(each[name])) for name in ("word", "into"))
            if one and into:
                Expression.objects.filter(pk=one.pk).update(merged_into=into)
        results.freeze(held)


def _publish(workshop: Workshop, facts: Facts, today: date) -> None:
    """The synthesis, validated and published with the ballots."""
    written = canonical(ballot_file(workshop))
    Minutes.objects.create(
        workshop=workshop, state=Minutes.State.PUBLISHED, text=facts["text"],
        validated_by=facts["validated_by"], validated_on=today + timedelta(days=facts["days"]),
        published_on=today + timedelta(days=facts["published"]), ballots=written,
        ballots_sha256=hashlib.sha256(written.encode()).hexdigest(),
    )  # fmt: skip
    workshop.state = Workshop.State.PUBLISHED
    workshop.save(update_fields=["state"])


def _notes(workshop: Workshop, facts: Facts) -> None:
    """What was said beside the results."""
    for line in facts["notes"]:
        step = workshop.steps.get(statement__slug=line["after"])
        Note.objects.create(
            workshop=workshop, step=step, round=step.rounds.last(), text=line["text"],
            kind=line.get("kind", "argument"), side=line.get("side", ""),
            origin=Origin.INVENTED.value,
        )  # fmt: skip
