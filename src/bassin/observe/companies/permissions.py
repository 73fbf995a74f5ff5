"""Who may report an error, who decides, who reads procedures. What is not said is refused."""

from bassin.observe.companies.models import Correction
from bassin.parties.access import User, is_officer
from bassin.parties.models import Person


def can_report(user: User) -> bool:
    """Anyone, signed in or not: an officer reads what they say before it is shown."""
    return not isinstance(user, Person) or user.is_active


def can_moderate(user: User, correction: Correction | None = None) -> bool:
    """The authority's officers, except on what they reported themselves."""
    own = (
        correction is not None and isinstance(user, Person) and correction.reported_by_id == user.pk
    )
    return is_officer(user) and not own


def can_list_procedures(user: User) -> bool:
    """The authority's officers: a list of firms in difficulty is given to nobody else."""
    return is_officer(user)
