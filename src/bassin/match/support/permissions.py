"""Who may do what with cases. What is not said here is refused.

A case belongs to the organisation that keeps it: who writes for that organisation reads and
changes it. Another organisation reads it only while an agreement of the firm is in force, and only
as far as it says. Nobody else does: neither the authority, for a partner's case, nor a partner, for
the authority's; nor elected officials, nor the public. Pages write what `readers` says.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from bassin.match.support.models import Case, Interaction, Paper, Referral, Share
from bassin.match.support.models.querysets import CaseQuerySet
from bassin.parties.access import User, bodies_of, is_officer
from bassin.parties.models import Organisation


class Sees(StrEnum):
    """How much of a case an organisation sees."""

    ALL = "all"
    HISTORY = "history"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class Reader:
    """An organisation that reads a case, how much of it, and by which agreement."""

    organisation: Organisation
    sees: Sees
    share: Share | None = None


def readers(case: Case) -> list[Reader]:
    """The organisations that read a case: what every screen of it writes, and what is enforced."""
    keeper = Reader(case.organisation, Sees.ALL)
    if case._state.adding:
        return [keeper]
    shares = case.shares.filter(withdrawn_on=None).exclude(organisation=case.organisation)
    others = shares.select_related("organisation").order_by("agreed_on", "pk")
    return [keeper, *(Reader(each.organisation, Sees(each.scope), each) for each in others)]


def sees(user: User, case: Case) -> Sees | None:
    """How much of a case they see; None for nothing at all."""
    if not bodies_of(user):
        return None
    mine = [each.sees for each in readers(case) if _acts_for(user, each.organisation.pk)]
    order = (Sees.ALL, Sees.HISTORY, Sees.SUMMARY)
    return next((each for each in order if each in mine), None)


def can_open(user: User, body: Organisation | None = None) -> bool:
    """Open cases for an organisation that they write for. None: for some organisation."""
    return bool(bodies_of(user)) if body is None else _acts_for(user, body.pk)


def can_read(user: User, case: Case) -> bool:
    """See that it exists, its need and how to reach the firm."""
    return sees(user, case) is not None


def can_read_history(user: User, case: Case) -> bool:
    """See what was said and done."""
    return sees(user, case) in (Sees.ALL, Sees.HISTORY)


def can_write(user: User, case: Case) -> bool:
    """Change it, share it, close it: who writes for the organisation that keeps it."""
    return _acts_for(user, case.organisation_id)


def can_note(user: User, case: Case) -> bool:
    """Write down an interaction: who keeps it, and who is let see its history."""
    return can_read_history(user, case)


def can_see_interaction(user: User, interaction: Interaction) -> bool:
    """Those of a history that they read; a private one, only for who writes for its author's."""
    if interaction.private and not _acts_for(user, interaction.organisation_id):
        return False
    return can_read_history(user, interaction.case)


def can_see_paper(user: User, paper: Paper) -> bool:
    """The same for a document."""
    if paper.private and not _acts_for(user, paper.organisation_id):
        return False
    return can_read_history(user, paper.case)


def can_answer(user: User, referral: Referral) -> bool:
    """Take a referral and say what came of it: the partner asked, while the firm agrees."""
    return referral.share.withdrawn_on is None and _acts_for(user, referral.share.organisation_id)


def can_follow(user: User, referral: Referral) -> bool:
    """See where a referral stands: who sent it and who received it."""
    return can_write(user, referral.share.case) or can_answer(user, referral)


def can_count(user: User) -> bool:
    """See the totals of all organisations, without any case: officers of the authority."""
    return is_officer(user)


def _acts_for(user: User, organisation: int | None) -> bool:
    return organisation is not None and organisation in bodies_of(user)


def readable(user: User) -> CaseQuerySet:
    """The cases that they read: the same answer as `can_read`, asked for many at once."""
    mine = bodies_of(user)
    if not mine:
        return Case.objects.none()
    shared = Share.objects.filter(organisation__in=mine, withdrawn_on=None)
    return Case.objects.filter(Q(organisation__in=mine) | Q(pk__in=shared.values("case")))


def kept(user: User) -> CaseQuerySet:
    """The cases of their own organisations: what portfolios, tables and mailings are made of."""
    return Case.objects.kept_by(bodies_of(user))
