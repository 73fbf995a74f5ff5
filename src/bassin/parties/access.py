"""Who a signed-in person is today: their roles, read once per request.

Every system's `permissions.py` is written with these few questions; the answer is no unless a role
that holds today says yes.
"""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from bassin.parties.models import Membership, Organisation, Person

User = Person | AnonymousUser
"""Who asks: a person who signed in, or a visitor."""

_WRITERS = {Membership.Role.ADMINISTRATOR.value, Membership.Role.OFFICER.value}
_VOTED = {Organisation.Kind.AUTHORITY.value, Organisation.Kind.COMMUNE.value}
"""Bodies whose elected officials are ours; any administrator may call a member elected."""


@dataclass(frozen=True, slots=True)
class Role:
    """One role held today."""

    organisation_id: int
    organisation_kind: str
    role: str


def roles(user: User) -> tuple[Role, ...]:
    """The roles that a person holds today; none for a visitor. One query, kept on the person."""
    if not isinstance(user, Person) or not user.is_active:
        return ()
    kept: tuple[Role, ...] | None = user.__dict__.get("_roles")
    if kept is None:
        held = Membership.objects.on(timezone.localdate()).filter(person=user)
        rows = held.values_list("organisation_id", "organisation__kind", "role")
        kept = user.__dict__["_roles"] = tuple(Role(*row) for row in rows)
    return kept


def has_session(request: HttpRequest) -> bool:
    """Whether a request may be someone's; that of a visitor never asks the database."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def signed_in(request: HttpRequest) -> Person:
    """The person who asks for a private page.

    Raises:
        PermissionDenied: the page is open to visitors, and this is one.
    """
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user


def require(allowed: bool) -> None:
    """Stop here unless it is allowed: what every verb asks of its permission first.

    Raises:
        PermissionDenied: it is not.
    """
    if not allowed:
        raise PermissionDenied


def without_office(user: Person) -> None:
    """Take the roles at the authority away for this request: no second factor was shown."""
    user.__dict__["_roles"] = tuple(
        each for each in roles(user) if each.organisation_kind != Organisation.Kind.AUTHORITY
    )


def is_officer(user: User) -> bool:
    """Whether they work for the authority: its officers and administrators."""
    return any(
        each.organisation_kind == Organisation.Kind.AUTHORITY and each.role in _WRITERS
        for each in roles(user)
    )


def is_elected(user: User) -> bool:
    """Whether they are an elected official of the authority or of one of its communes."""
    return any(
        each.role == Membership.Role.ELECTED and each.organisation_kind in _VOTED
        for each in roles(user)
    )


def is_partner(user: User) -> bool:
    """Whether they belong to any organisation other than a firm."""
    return any(each.organisation_kind != Organisation.Kind.FIRM for each in roles(user))


def bodies_of(user: User) -> set[int]:
    """The organisations in whose name they stand by others: the authority and partners, no firm."""
    if not is_partner(user):
        return set()
    firm = Organisation.Kind.FIRM
    return {
        each.organisation_id
        for each in roles(user)
        if each.organisation_kind != firm and writes_for(user, each.organisation_id)
    }


def belongs(user: User, organisation: Organisation | int | None) -> bool:
    """Whether they belong to an organisation, in any role."""
    wanted = organisation.pk if isinstance(organisation, Organisation) else organisation
    return any(each.organisation_id == wanted for each in roles(user))


def writes_for(user: User, organisation: Organisation | int | None) -> bool:
    """Whether they may write in the name of an organisation."""
    wanted = organisation.pk if isinstance(organisation, Organisation) else organisation
    return any(each.organisation_id == wanted and each.role in _WRITERS for each in roles(user))


def administers(user: User, organisation: Organisation | int | None) -> bool:
    """Whether they may let others into an organisation."""
    wanted = organisation.pk if isinstance(organisation, Organisation) else organisation
    return any(
        each.organisation_id == wanted and each.role == Membership.Role.ADMINISTRATOR
        for each in roles(user)
    )
