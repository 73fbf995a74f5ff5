"""Who may ask to write for a firm, and who decides. What is not said here is refused."""

from bassin.match.jobs.models import FirmClaim
from bassin.parties.access import User, is_officer
from bassin.parties.models import Person


def can_claim(user: User) -> bool:
    """Whoever signed in: it gives no right, an officer decides."""
    return isinstance(user, Person) and user.is_active


def can_withdraw_claim(user: User, claim: FirmClaim) -> bool:
    """Whoever asked."""
    return isinstance(user, Person) and user.is_active and claim.asked_by_id == user.pk


def can_decide_claim(user: User, claim: FirmClaim | None = None) -> bool:
    """Officers, except for what they asked themselves."""
    own = claim is not None and isinstance(user, Person) and claim.asked_by_id == user.pk
    return is_officer(user) and not own
