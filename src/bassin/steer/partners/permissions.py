"""Who may do what with partners' records. What is not said here is refused."""

from bassin.parties import access
from bassin.parties.access import User
from bassin.parties.models import Organisation
from bassin.steer.partners.models import Offer, ServiceRequest


def can_see_service_map(user: User) -> bool:
    """Who does what is public: it is how people find help."""
    return True


def can_see_gaps(user: User) -> bool:
    """Overlaps and holes are talked over between partners, not in public."""
    return access.is_partner(user)


def can_write_offer(user: User, offer: Offer | Organisation) -> bool:
    """The authority's officers, and those who write for the organisation that offers."""
    body = offer.organisation_id if isinstance(offer, Offer) else offer.pk
    return access.is_officer(user) or (access.is_partner(user) and access.writes_for(user, body))


def can_see_agency(user: User) -> bool:
    """The catalogue is for the authority and its communes."""
    return access.is_officer(user) or any(
        each.organisation_kind == Organisation.Kind.COMMUNE for each in access.roles(user)
    )


def can_ask(user: User, commune: Organisation) -> bool:
    """Those who write for a commune ask in its name; the authority's officers may note it down."""
    return commune.kind == Organisation.Kind.COMMUNE and (
        access.is_officer(user) or access.writes_for(user, commune)
    )


def can_see_request(user: User, request: ServiceRequest) -> bool:
    """The authority's officers, and the commune that asked."""
    return access.is_officer(user) or access.belongs(user, request.organisation_id)


def can_quote(user: User) -> bool:
    """The agency gives prices and decides pooled projects: the authority's officers."""
    return access.is_officer(user)


def can_answer_quote(user: User, request: ServiceRequest) -> bool:
    """Only the commune that asked accepts or declines its quote."""
    return access.writes_for(user, request.organisation_id)


def can_note_watch(user: User) -> bool:
    """The authority's officers keep the watch."""
    return access.is_officer(user)


def can_see_network(user: User) -> bool:
    """Where a network is weak is no public information: the authority and its communes."""
    return can_see_agency(user)


def can_write_network(user: User) -> bool:
    """The authority's officers."""
    return access.is_officer(user)
