"""The one way by which an answer is written: several at once, all durable or none.

The live part, the page without JavaScript, paper ballots and proxies all come through `record`.
An answer is told as recorded only once `record` has returned: by then it is committed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import connection, transaction
from django.utils import translation

from bassin.debate.workshops import answers, keys
from bassin.debate.workshops.asking import Asked
from bassin.debate.workshops.models import Ballot, Participation, Round, Ticket, Workshop
from bassin.debate.workshops.rows import at_once, insert
from bassin.errors import Refused


@dataclass(frozen=True, slots=True)
class Vote:
    """One answer to one round, by the digest of a ticket's token; what is wrong with it is said in
    `language`, by default that of the request."""

    workshop_id: int
    round_id: int
    token_hash: str
    sent: Mapping[str, Any]
    language: str = ""


class Verdict(StrEnum):
    """What became of a vote."""

    RECORDED = "recorded"
    PAUSED = "paused"
    NOT_OPEN = "not_open"
    NO_TICKET = "no_ticket"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict on a vote; `why` says what to do when the answer could not be read."""

    verdict: Verdict
    why: str = ""
    receipt: str = ""


def sync_to_disk() -> None:
    """Have this thread's commits wait for the disk, where SQLite would leave the last of them to
    the system; PostgreSQL always waits. Inside a transaction it is too late: the caller has begun.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=FULL")


def record(votes: Sequence[Vote], *, now: datetime) -> list[Outcome]:
    """Write answers in one transaction; for a ticket, the last one counts. One outcome a vote.

    A retry writes the same row again. No answer is written to a round that is not open when the
    transaction holds it: closing waits for this lock, or this sees it closed.

    Raises:
        DatabaseError: nothing was written (a full disk, a lost server); nothing may be told as
            recorded.
    """
    sync_to_disk()
    with transaction.atomic():
        return _recorded(votes, now)


def _recorded(votes: Sequence[Vote], now: datetime) -> list[Outcome]:
    rounds = _held({vote.round_id for vote in votes})
    tickets = _claimed({vote.token_hash for vote in votes})
    outcomes: list[Outcome] = []
    ballots: dict[str, tuple[int, Any, str]] = {}
    took_part: dict[tuple[int, int], None] = {}
    for vote in votes:
        held, ticket = rounds.get(vote.round_id), tickets.get(vote.token_hash)
        outcome = _verdict(vote, held, ticket)
        if held is None or ticket is None or outcome.verdict is not Verdict.RECORDED:
            outcomes.append(outcome)
            continue
        try:
            answer = _checked(held.asked, vote)
        except Refused as refused:
            outcomes.append(Outcome(Verdict.UNREADABLE, str(refused)))
            continue
        secret = held.live_secret
        sealed = held.workshop.secrecy == Workshop.Secrecy.SEALED
        key = keys.ballot_key(secret, vote.token_hash)
        ballots[key] = held.pk, answer, "" if sealed else ticket.group
        took_part[held.pk, ticket.pk] = None
        shown = "" if sealed else keys.receipt(secret, vote.token_hash)
        outcomes.append(Outcome(Verdict.RECORDED, receipt=shown))
    _write(ballots, took_part, minute=now.replace(second=0, microsecond=0))
    return outcomes


def _checked(asked: Asked, vote: Vote) -> answers.Answer:
    """What is kept of an answer; a language is spoken only to refuse, as it costs most of this."""
    try:
        return answers.checked(asked, vote.sent)
    except Refused:
        with translation.override(vote.language or translation.get_language()):
            return answers.checked(asked, vote.sent)


def _held(ids: set[int]) -> dict[int, Round]:
    """The rounds, locked until the answers are committed."""
    found = Round.objects.select_for_update(of=("self",)).select_related("workshop")
    found = found.only("workshop", "state", "secret", "asked", "workshop__secrecy")
    # Always in one order, so that two processes which write to two rounds never lock each other.
    return {each.pk: each for each in found.filter(pk__in=ids).order_by("pk")}


@dataclass(frozen=True, slots=True)
class _Held:
    """A ticket, as far as a vote asks."""

    pk: int
    token_hash: str
    workshop_id: int
    state: str
    group: str


def _claimed(hashes: set[str]) -> dict[str, _Held]:
    names = ("id", "token_hash", "workshop", "state", "group")
    rows = at_once(Ticket, names, where="token_hash", among=hashes)
    return {held.token_hash: held for held in (_Held(*row) for row in rows)}


def _verdict(vote: Vote, held: Round | None, ticket: _Held | None) -> Outcome:
    if held is None or held.workshop_id != vote.workshop_id:
        return Outcome(Verdict.NOT_OPEN)
    if ticket is None or ticket.workshop_id != held.workshop_id:
        return Outcome(Verdict.NO_TICKET)
    if ticket.state == Ticket.State.REVOKED:
        return Outcome(Verdict.NO_TICKET)
    if held.state == Round.State.PAUSED:
        return Outcome(Verdict.PAUSED)
    if held.state != Round.State.OPEN or not held.live_secret:
        return Outcome(Verdict.NOT_OPEN)
    return Outcome(Verdict.RECORDED)


def _write(
    ballots: Mapping[str, tuple[int, Any, str]], took_part: Iterable[tuple[int, int]], *,
    minute: datetime,
) -> None:  # fmt: skip
    as_json, at = connection.ops.adapt_json_value, connection.ops.adapt_datetimefield_value(minute)
    insert(
        Ballot,
        ("key", "round", "answer", "group"),
        [(key, held, as_json(said, None), group) for key, (held, said, group) in ballots.items()],
        otherwise="(key) DO UPDATE SET answer = excluded.answer",
    )
    # Who answers again took part once, at the minute of the first answer.
    insert(
        Participation,
        ("round", "ticket", "voted_at"),
        [(held, ticket, at) for held, ticket in took_part],
        otherwise="DO NOTHING",
    )
