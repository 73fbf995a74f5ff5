"""Who may keep a selection of firms, see one, share it, change it. What is not said is refused."""

from bassin.observe.companies.models import SavedSelection
from bassin.parties.access import User, belongs, is_officer
from bassin.parties.models import Organisation, Person

_AUDIENCE = SavedSelection.Audience


def can_save(user: User) -> bool:
    """Anyone who signed in."""
    return isinstance(user, Person) and user.is_active


def can_see(user: User, selection: SavedSelection) -> bool:
    """Whose it is; then those that its audience names, by the roles that they hold today."""
    if not isinstance(user, Person) or not user.is_active:
        return False
    if selection.owner_id == user.pk:
        return True
    if selection.audience == _AUDIENCE.ORGANISATION:
        return selection.organisation_id is not None and belongs(user, selection.organisation_id)
    return selection.audience == _AUDIENCE.OFFICERS and is_officer(user)


def can_share_with(user: User, organisation: Organisation) -> bool:
    """Members of an organisation, with it."""
    return belongs(user, organisation)


def can_share_with_officers(user: User) -> bool:
    """Officers, with their colleagues."""
    return is_officer(user)


def can_change(user: User, selection: SavedSelection) -> bool:
    """Whose it is, and nobody else."""
    return isinstance(user, Person) and user.is_active and selection.owner_id == user.pk
