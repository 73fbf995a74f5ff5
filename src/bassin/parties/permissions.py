"""Who may do what with organisations and their members. The answer is no unless a line says yes."""

from bassin.parties.access import User, administers, belongs, is_officer
from bassin.parties.models import Invitation, Membership, Organisation, Person


def can_list_organisations(user: User) -> bool:
    """The authority's officers see every organisation; others see their own."""
    return is_officer(user)


def can_add_organisation(user: User) -> bool:
    """The authority's officers."""
    return is_officer(user)


def can_see_organisation(user: User, organisation: Organisation) -> bool:
    """Its members, and the authority's officers."""
    return belongs(user, organisation) or is_officer(user)


def can_manage_members(user: User, organisation: Organisation) -> bool:
    """Its own administrators. The authority's officers, for the others than the authority."""
    if administers(user, organisation):
        return True
    return organisation.kind != Organisation.Kind.AUTHORITY and is_officer(user)


def can_handle_invitation(user: User, invitation: Invitation) -> bool:
    """Who manages the members of the organisation sends it again or takes it back."""
    return can_manage_members(user, invitation.organisation)


def can_accept_invitation(user: User, invitation: Invitation) -> bool:
    """The person at the very address that was invited."""
    return isinstance(user, Person) and user.is_active and user.email == invitation.email.lower()


def can_end_role(user: User, membership: Membership) -> bool:
    """Anyone ends their own; who manages the members ends another's."""
    own = isinstance(user, Person) and user.pk == membership.person_id
    return own or can_manage_members(user, membership.organisation)
