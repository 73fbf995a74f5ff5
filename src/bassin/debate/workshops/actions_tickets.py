"""Tickets: handed out, replaced, withdrawn; and the answers of people without a telephone.

A token is told once, when the ticket is printed: only its digest is kept, and nobody can print the
same ticket again. A lost ticket is replaced by another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from bassin.debate.workshops import keys, permissions, voting
from bassin.debate.workshops.models import Participation, Round, Ticket, Workshop
from bassin.errors import Refused
from bassin.parties.access import require
from bassin.parties.models import Person

MOST_AT_ONCE = 500
MOST_PAPERS = 9999
PRINTED = (Ticket.Channel.PRINTED, Ticket.Channel.ROSTER)
BY_HAND = (Ticket.Channel.PAPER, Ticket.Channel.PROXY)
_RUNNING = (Round.State.OPEN, Round.State.PAUSED)


@dataclass(frozen=True, slots=True)
class Issued:
    """A ticket just made, with the token that no one will be able to read again."""

    number: int
    token: str
    group: str


@transaction.atomic
def issue(
    workshop: Workshop, *, count: int, by: Person, today: date, group: str = "",
    channel: str = Ticket.Channel.PRINTED,
) -> list[Issued]:  # fmt: skip
    """Make tickets to print.

    Raises:
        Refused: too few or too many at once, a group that was not declared, or it is over.
    """
    require(permissions.can_run(by, workshop) and channel in PRINTED)
    held = _open(workshop)
    if not 1 <= count <= MOST_AT_ONCE:
        raise Refused(_("Ask for 1 to {most} tickets at once.").format(most=MOST_AT_ONCE))
    _known_group(held, group)
    last = _last(held, PRINTED)
    made = [Issued(last + n, keys.new_token(), group) for n in range(1, count + 1)]
    Ticket.objects.bulk_create(
        Ticket(
            workshop=held, number=each.number, token_hash=keys.digest(each.token), group=group,
            channel=channel, issued_on=today,
        )
        for each in made
    )  # fmt: skip
    return made


def _open(workshop: Workshop) -> Workshop:
    held = Workshop.objects.select_for_update(of=("self",)).get(pk=workshop.pk)
    if held.archived_at or held.state not in (
        Workshop.State.DRAFT, Workshop.State.LOBBY, Workshop.State.LIVE
    ):  # fmt: skip
        raise Refused(_("This workshop is over: nobody answers any more."))
    return held


def _known_group(workshop: Workshop, group: str) -> None:
    if group and (workshop.secrecy == Workshop.Secrecy.SEALED or group not in workshop.groups):
        raise Refused(
            _("The group « {group} » was not declared for this workshop.").format(group=group)
        )


def _last(workshop: Workshop, channels: tuple[str, ...]) -> int:
    tickets = workshop.tickets.filter(channel__in=channels)
    return tickets.aggregate(last=Max("number"))["last"] or 0


@transaction.atomic
def revoke(ticket: Ticket, *, by: Person) -> Ticket:
    """Withdraw a ticket: it answers no more, and its answer to the open question is erased.

    Answers to questions that closed stay: nobody can tell which they are.
    """
    require(permissions.can_run(by, ticket.workshop))
    Workshop.objects.select_for_update(of=("self",)).get(pk=ticket.workshop_id)
    running = Round.objects.select_for_update(of=("self",)).filter(
        workshop=ticket.workshop_id, state__in=_RUNNING
    )
    for held in running:
        key = keys.ballot_key(held.live_secret, ticket.token_hash)
        held.ballots.filter(key=key).delete()
        held.participations.filter(ticket=ticket).delete()
    ticket.state = Ticket.State.REVOKED
    ticket.save(update_fields=["state"])
    return ticket


@transaction.atomic
def replace(ticket: Ticket, *, by: Person, today: date) -> Issued:
    """Another ticket for whoever lost theirs; the lost one answers no more.

    Raises:
        Refused: it was withdrawn already, is no printed ticket, or the workshop is over.
    """
    require(permissions.can_run(by, ticket.workshop))
    if ticket.channel not in PRINTED or ticket.state == Ticket.State.REVOKED:
        raise Refused(_("Only a printed ticket that still answers is replaced."))
    revoke(ticket, by=by)
    made = issue(
        ticket.workshop, count=1, by=by, today=today, group=ticket.group, channel=ticket.channel
    )
    return made[0]


def of_paper(workshop: Workshop, channel: str, number: int) -> Ticket | None:
    """The ticket behind a numbered paper or proxy; None when none was entered yet."""
    return workshop.tickets.filter(channel=channel, number=number).first()


def enter(
    opened: Round, *, number: int, sent: Mapping[str, Any], by: Person, now: datetime,
    channel: str = Ticket.Channel.PAPER, group: str = "",
) -> voting.Outcome:  # fmt: skip
    """Write the answer that a paper or a proxy holds. The same number again corrects it.

    Raises:
        Refused: the question is not open, the number or the answer cannot be read.
    """
    require(permissions.can_run(by, opened.workshop) and channel in BY_HAND)
    if not 1 <= number <= MOST_PAPERS:
        raise Refused(_("Number the papers from 1 to {most}.").format(most=MOST_PAPERS))
    voting.sync_to_disk()  # here, as `record` is called within the transaction
    with transaction.atomic():
        ticket = _paper(opened.workshop, channel, number, group, now.date())
        vote = voting.Vote(opened.workshop_id, opened.pk, ticket.token_hash, sent)
        outcome = voting.record([vote], now=now)[0]
        if outcome.verdict is not voting.Verdict.RECORDED:
            # Leaving by an exception, so that no ticket stays for a paper that was not entered.
            raise Refused(outcome.why or _why(outcome.verdict))
    return outcome


def _why(verdict: voting.Verdict) -> str:
    if verdict is voting.Verdict.PAUSED:
        return _("The question is held. Resume it, then enter the paper.")
    if verdict is voting.Verdict.NO_TICKET:
        return _("This paper was withdrawn. Give it another number.")
    return _("This question no longer takes answers. A paper is entered before it closes.")


def _paper(workshop: Workshop, channel: str, number: int, group: str, today: date) -> Ticket:
    held = _open(workshop)
    _known_group(held, group)
    found = of_paper(held, channel, number)
    if found is not None:
        return found
    return Ticket.objects.create(
        workshop=held, number=number, token_hash=keys.digest(keys.new_token()), group=group,
        channel=channel, state=Ticket.State.CLAIMED, issued_on=today,
    )  # fmt: skip


def entered(opened: Round) -> list[tuple[str, int]]:
    """Which papers and proxies were entered for a question: their kind and their number."""
    rows = Participation.objects.filter(round=opened, ticket__channel__in=BY_HAND)
    found = rows.order_by("ticket__channel", "ticket__number")
    return [(kind, number or 0) for kind, number in
            found.values_list("ticket__channel", "ticket__number")]  # fmt: skip


def held(workshop: Workshop, tokens: Sequence[str]) -> list[Issued]:
    """The tickets that these tokens open here, but withdrawn ones, in the order of numbers."""
    known = {keys.digest(token): token for token in tokens}
    found = workshop.tickets.filter(token_hash__in=known, channel__in=PRINTED)
    found = found.exclude(state=Ticket.State.REVOKED).order_by("number")
    return [Issued(each.number or 0, known[each.token_hash], each.group) for each in found]
