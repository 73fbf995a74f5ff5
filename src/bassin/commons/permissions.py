"""Who may see and change shared records. The answer is no unless a line here says yes."""

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from bassin.commons.models import Document, Event, Operation, Visibility
from bassin.parties.access import User, is_elected, is_officer, is_partner, roles, writes_for
from bassin.parties.models import Organisation

Shared = Document | Operation | Event
Rows = TypeVar("Rows", bound=Model)


def levels(user: User) -> set[str]:
    """The visibilities whose records they see."""
    seen = {Visibility.PUBLIC.value}
    if is_officer(user):
        return {each.value for each in Visibility}
    if is_partner(user) or is_elected(user):
        seen.add(Visibility.PARTNERS.value)
    return seen


def can_see(user: User, record: Shared) -> bool:
    """By its visibility, or one's own event; what is put away is seen by officers only."""
    if getattr(record, "archived_at", None) is not None:
        return is_officer(user)
    if isinstance(record, Event) and record.organiser_id in announcing_for(user):
        return True
    return record.visibility in levels(user)


def announcing_for(user: User) -> set[int]:
    """The partner organisations in whose name they write."""
    if not is_partner(user):
        return set()
    return {each.organisation_id for each in roles(user) if writes_for(user, each.organisation_id)}


def visible(user: User, records: "QuerySet[Rows]") -> "QuerySet[Rows]":
    """The records of a list that they may see; none of those put away."""
    wanted = Q(visibility__in=levels(user))
    if records.model is Event:
        wanted |= Q(organiser__in=announcing_for(user))
    if any(field.name == "archived_at" for field in records.model._meta.fields):
        wanted &= Q(archived_at=None)
    return records.filter(wanted)


def can_edit_operation(user: User, operation: Operation | None = None) -> bool:
    """Officers only; None asks whether they may add one."""
    return is_officer(user)


def can_announce(user: User, organiser: Organisation | int | None = None) -> bool:
    """Officers for anyone; a partner's writers for their own organisation."""
    if is_officer(user):
        return True
    return organiser is not None and is_partner(user) and writes_for(user, organiser)


def can_edit_event(user: User, event: Event) -> bool:
    """Who may announce for its organiser; what is put away, officers only."""
    if event.archived_at is not None:
        return is_officer(user)
    return can_announce(user, event.organiser_id)


def can_add_document(user: User) -> bool:
    """Officers only."""
    return is_officer(user)


def can_weigh(user: User) -> bool:
    """Officers of the authority, its administrators among them."""
    return is_officer(user)


def can_count(user: User) -> bool:
    """Officers, and people who write for a partner: a hire is counted by who follows it."""
    if is_officer(user):
        return True
    return bool(announcing_for(user))
