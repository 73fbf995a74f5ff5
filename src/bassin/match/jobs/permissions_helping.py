"""Who may do what with structures and referrals. What is not said here is refused.

The directory is public. A partner keeps its own structures; what names a person referred is read
by who refers them and by who receives them, and by nobody else: officers see dates and outcomes.
"""

from bassin.match.jobs.models import Referral, Structure
from bassin.parties.access import User, bodies_of, is_officer, is_partner, writes_for
from bassin.parties.models import Organisation


def can_keep(user: User, structure: Structure | None = None) -> bool:
    """Officers; a partner's writers for their own structures. None: for some structure."""
    if is_officer(user):
        return True
    if structure is None:
        return bool(bodies_of(user))
    if structure.archived_at is not None or structure.organisation_id is None:
        return False
    return structure.organisation_id in bodies_of(user)


def can_refer(user: User) -> bool:
    """Officers, and people who write for a partner."""
    return is_officer(user) or bool(bodies_of(user))


def can_follow(user: User, referral: Referral) -> bool:
    """See that it exists, its dates and its outcome: officers, who refers, who receives."""
    return is_officer(user) or can_read(user, referral)


def can_read(user: User, referral: Referral) -> bool:
    """See who is referred: who refers, and who receives; an officer only as one of the two."""
    mine = referral.through_id is not None and writes_for(user, referral.through_id)
    return mine or can_receive(user, referral)


def can_receive(user: User, referral: Referral) -> bool:
    """Acknowledge it and say what came of it: who writes for the structure's organisation."""
    keeper = referral.structure.organisation_id
    return keeper is not None and is_partner(user) and writes_for(user, keeper)


def can_watch(user: User) -> bool:
    """See all the late referrals, without whom they are about: officers."""
    return is_officer(user)


def partners_of(user: User) -> list[Organisation]:
    """The organisations in whose name they keep structures and refer people."""
    return list(Organisation.objects.filter(pk__in=bodies_of(user)))
