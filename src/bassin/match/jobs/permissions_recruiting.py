"""Who may do what with recruitment actions and presented trades. What is not said is refused.

Actions on line are public. Who is registered is read by the authority's officers and by who runs
the action; a partner who sends people sees those it sent.
"""

from bassin.commons.permissions import announcing_for
from bassin.match.jobs.models import Recruitment, Registration, TradeShown
from bassin.parties.access import User, is_officer, roles, writes_for


def can_open(user: User) -> bool:
    """Officers, and people who write for a partner."""
    return is_officer(user) or bool(announcing_for(user))


def can_run(user: User, recruitment: Recruitment) -> bool:
    """See who is registered, say who came and who was hired: officers, and its organiser."""
    if is_officer(user):
        return True
    organiser = recruitment.event.organiser_id
    return recruitment.archived_at is None and organiser in announcing_for(user)


def can_send(user: User, recruitment: Recruitment) -> bool:
    """Register people: who runs it, and its partners."""
    if can_run(user, recruitment):
        return True
    mine = announcing_for(user)
    partners = recruitment.partners.filter(pk__in=mine) if recruitment.pk else ()
    return recruitment.archived_at is None and bool(partners)


def can_say(user: User, registration: Registration) -> bool:
    """Say what became of somebody registered: who runs the action, and who sent them."""
    return can_run(user, registration.recruitment) or (
        registration.through_id in announcing_for(user)
    )


def can_present(user: User, shown: TradeShown | None = None) -> bool:
    """Propose a visit, a picture, a testimony: officers, and who writes for its organisation."""
    if is_officer(user):
        return True
    if shown is None:
        return any(writes_for(user, each.organisation_id) for each in roles(user))
    if shown.archived_at is not None or shown.organisation_id is None:
        return False
    return writes_for(user, shown.organisation_id)


def can_review(user: User) -> bool:
    """Put a presentation on line: officers."""
    return is_officer(user)
