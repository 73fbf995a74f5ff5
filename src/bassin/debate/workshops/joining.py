"""Coming in: a device takes a ticket with the workshop's code, or uses a printed one.

Several at once, all durable or none, as votes are (`voting.py`): a device is given its ticket only
once `join` has returned.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from bassin.debate.workshops import permissions, voting
from bassin.debate.workshops.models import Ticket, Workshop

MOST_PEOPLE = 10_000
"""Tickets of one workshop: whoever would fill the disk with them is stopped here."""


@dataclass(frozen=True, slots=True)
class Join:
    """A device at the door. All tickets by the digest of their token.

    Attributes:
        fresh: the ticket that it takes if it may.
        held: the one that it holds already.
        printed: the one that it was handed on paper.
    """

    code: str
    fresh: str
    held: str = ""
    printed: str = ""
    group: str = ""


class Entry(StrEnum):
    """Which ticket the device holds from now on, or why it has none."""

    FRESH = "fresh"
    HELD = "held"
    PRINTED = "printed"
    CLOSED = "closed"
    NEEDS_TICKET = "needs_ticket"
    NO_TICKET = "no_ticket"
    IN_USE = "in_use"
    FULL = "full"

    @property
    def let_in(self) -> bool:
        """Whether the device may answer."""
        return self in (Entry.FRESH, Entry.HELD, Entry.PRINTED)


def join(asked: Sequence[Join], *, now: datetime) -> list[Entry]:
    """Let devices in, in one transaction; one entry each, in order.

    A device that asks again keeps its ticket. A printed ticket opens the door to one device: a
    copy of it, or a second use, is refused.

    Raises:
        DatabaseError: nothing was written, nobody may be told that they are in.
    """
    voting.sync_to_disk()
    with transaction.atomic():
        return _Door(asked, now).entries()


class _Door:
    def __init__(self, asked: Sequence[Join], now: datetime) -> None:
        self.asked = asked
        self.now = now
        codes = {each.code for each in asked}
        self.workshops = {each.code: each for each in Workshop.objects.filter(code__in=codes)}
        shown = {digest for each in asked for digest in (each.held, each.printed) if digest}
        found = Ticket.objects.filter(token_hash__in=shown)
        self.tickets = {each.token_hash: each for each in found}
        self.fresh: dict[str, Ticket] = {}
        self.people = self._people()

    def _people(self) -> Counter[int]:
        ids = [each.pk for each in self.workshops.values()]
        return Counter({pk: Ticket.objects.filter(workshop_id=pk).count() for pk in ids})

    def entries(self) -> list[Entry]:
        entries = [self._entry(each) for each in self.asked]
        Ticket.objects.bulk_create(self.fresh.values())
        return entries

    def _entry(self, asked: Join) -> Entry:
        workshop = self.workshops.get(asked.code)
        if workshop is None or not permissions.can_join(AnonymousUser(), workshop):
            return Entry.CLOSED
        held = self._valid(asked.held, workshop)
        if held is not None and asked.printed in ("", asked.held):
            self._regroup(held, workshop, asked.group)
            return Entry.HELD
        if asked.printed:
            return self._use(asked, workshop)
        if workshop.access == Workshop.Access.TICKETS:
            return Entry.NEEDS_TICKET
        if self.people[workshop.pk] >= MOST_PEOPLE:
            return Entry.FULL
        self.people[workshop.pk] += 1
        self.fresh[asked.fresh] = Ticket(
            workshop=workshop, token_hash=asked.fresh, group=_known(workshop, asked.group),
            channel=Ticket.Channel.QR, state=Ticket.State.CLAIMED, issued_on=self.now.date(),
        )  # fmt: skip
        return Entry.FRESH

    def _valid(self, digest: str, workshop: Workshop) -> Ticket | None:
        ticket = self.tickets.get(digest)
        if ticket is None or ticket.workshop_id != workshop.pk:
            return None
        return None if ticket.state == Ticket.State.REVOKED else ticket

    def _use(self, asked: Join, workshop: Workshop) -> Entry:
        ticket = self._valid(asked.printed, workshop)
        if ticket is None:
            return Entry.NO_TICKET
        # One device wins, whichever process answers it: the database counts the rows it changed.
        won = Ticket.objects.filter(pk=ticket.pk, state=Ticket.State.ISSUED).update(
            state=Ticket.State.CLAIMED, group=_known(workshop, asked.group) or ticket.group
        )
        return Entry.PRINTED if won else Entry.IN_USE

    def _regroup(self, ticket: Ticket, workshop: Workshop, group: str) -> None:
        chosen = _known(workshop, group)
        if chosen and chosen != ticket.group:
            Ticket.objects.filter(pk=ticket.pk).update(group=chosen)


def _known(workshop: Workshop, group: str) -> str:
    """The group said, if the workshop proposes it; a sealed one knows no group."""
    sealed = workshop.secrecy == Workshop.Secrecy.SEALED
    return group if group in workshop.groups and not sealed else ""
