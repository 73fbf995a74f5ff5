"""Who may do what with offers. What is not said here is refused.

Everyone sees open offers. A firm's writers post for their firm, a partner's writers for any firm,
in the partner's name. The authority's officers review, and may do all of it.
"""

from bassin.match.jobs.models import Feed, Offer
from bassin.parties.access import User, is_officer, is_partner, roles, writes_for
from bassin.parties.models import Organisation, Person
from bassin.ui.reader import today


def can_see(user: User, offer: Offer) -> bool:
    """Everyone, while it is open; before and after, who may edit it."""
    return offer.is_open(today()) or is_officer(user) or can_edit(user, offer)


def can_post(user: User, body: Organisation | None = None) -> bool:
    """Officers for anyone; an organisation's writers in its name. None: for some organisation."""
    if is_officer(user):
        return True
    if body is None:
        return any(writes_for(user, each.organisation_id) for each in roles(user))
    return writes_for(user, body)


def can_edit(user: User, offer: Offer) -> bool:
    """Officers; who writes for its employer; who writes for the partner that posted it."""
    if offer.archived_at is not None:
        return is_officer(user)
    if is_officer(user):
        return True
    if offer.employer_id is not None and writes_for(user, offer.employer_id):
        return True
    return (
        offer.posted_through_id is not None
        and is_partner(user)
        and writes_for(user, offer.posted_through_id)
    )


def can_moderate(user: User, offer: Offer | None = None) -> bool:
    """Officers: nobody reviews their own firm's offers."""
    return is_officer(user)


def can_import(user: User, feed: Feed) -> bool:
    """Officers; who writes for the partner whose source it is."""
    if is_officer(user):
        return True
    return (
        feed.organisation_id is not None
        and is_partner(user)
        and writes_for(user, feed.organisation_id)
    )


def can_manage_feeds(user: User) -> bool:
    """Officers decide where offers come from."""
    return is_officer(user)


def can_split(user: User, offer: Offer) -> bool:
    """Officers say that two records are two offers."""
    return is_officer(user)


def can_merge(user: User, offer: Offer | None = None) -> bool:
    """Officers say that two offers are one, or give them back. None: some offer."""
    return is_officer(user)


def bodies(user: User) -> list[Organisation]:
    """The organisations in whose name they may post, without the authority."""
    if not isinstance(user, Person):
        return []
    mine = [each.organisation_id for each in roles(user) if writes_for(user, each.organisation_id)]
    found = Organisation.objects.filter(pk__in=mine)
    return list(found.exclude(kind=Organisation.Kind.AUTHORITY))
