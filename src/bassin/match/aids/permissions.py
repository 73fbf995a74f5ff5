"""Who may do what with aids. Everyone reads the guide; what is not said here is refused.

A sheet is kept by one organisation: who writes for it edits it, and the authority's officers, whose
guide it is. Nobody puts in service what they wrote: another officer of the authority does.
"""

from bassin.match.aids.models import CallList, SheetVersion
from bassin.parties.access import User, bodies_of, is_officer
from bassin.parties.models import Organisation


def can_prospect(user: User) -> bool:
    """Officers alone search which firms an aid may serve."""
    return is_officer(user)


def can_see_list(user: User, kept: CallList) -> bool:
    """Whose list it is, while they are an officer."""
    return is_officer(user) and kept.owner_id == user.pk


def can_keep_sheets(user: User) -> bool:
    """Write sheets in the name of some organisation."""
    return bool(bodies_of(user))


def can_edit(user: User, keeper: Organisation) -> bool:
    """Edit the sheets that an organisation keeps."""
    return is_officer(user) or keeper.pk in bodies_of(user)


def can_hand_over(user: User) -> bool:
    """Say which organisation keeps a sheet: officers, whose guide it is."""
    return is_officer(user)


def can_see_version(user: User, version: SheetVersion) -> bool:
    """Read a version that is not in service: officers, and the organisation that keeps it."""
    return is_officer(user) or version.organisation_id in bodies_of(user)


def can_accept(user: User, version: SheetVersion) -> bool:
    """Put a version in service, or send it back: an officer, never who wrote it."""
    return is_officer(user) and version.written_by_id != user.pk


def can_ask_links(user: User) -> bool:
    """Have every address asked: officers, since it leaves the house."""
    return is_officer(user)
