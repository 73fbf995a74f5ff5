"""Who may do what with organisations: the expected answer of every permission of parties."""

from datetime import UTC, date, datetime

from bassin.parties.models import Invitation, Membership, Organisation
from tests.parties.test_matrix import Case


def _at(person):
    return Membership.objects.get(person=person).organisation


def _authority(people):
    return _at(people.awa)


def _chamber(people):
    return _at(people.bruno)


def _firm(people):
    return _at(people.chloe)


def _invitation_to_the_chamber(people):
    return _invited(_at(people.bruno), "dan@example.org")


def _invitation_to_the_authority(people):
    return _invited(_at(people.awa), "dan@example.org")


def _invited(organisation, email):
    moment = datetime(2026, 11, 20, tzinfo=UTC)
    return Invitation.objects.create(
        organisation=organisation, email=email, role="member", token_digest="0" * 64,
        sent_at=moment, expires_at=moment,
    )  # fmt: skip


def _role_of_bruno(people):
    return Membership.objects.get(person=people.bruno)


def _role_at_the_firm(people):
    return Membership.objects.create(
        person=people.dan, organisation=_at(people.chloe), role="member", starts_on=date(2026, 1, 1)
    )


def _closed_organisation(people):
    """Bruno's chamber once his role has ended."""
    seat = Membership.objects.get(person=people.bruno)
    Membership.objects.filter(pk=seat.pk).update(ends_on=date(2021, 1, 1))
    return Organisation.objects.get(pk=seat.organisation_id)


PERMISSIONS = {
    "can_list_organisations": [Case("all of them", yes="awa")],
    "can_add_organisation": [Case("any", yes="awa")],
    "can_see_organisation": [
        Case("the authority", _authority, yes="awa"),
        Case("Bruno's chamber", _chamber, yes="awa bruno"),
        Case("Chloé's firm", _firm, yes="awa chloe"),
        Case("a chamber that Bruno left", _closed_organisation, yes="awa"),
    ],
    "can_manage_members": [
        Case("the authority, which has no administrator here", _authority, yes=""),
        Case("Bruno's chamber, where he is no administrator", _chamber, yes="awa"),
        Case("Chloé's firm", _firm, yes="awa chloe"),
    ],
    "can_handle_invitation": [
        Case("to Bruno's chamber", _invitation_to_the_chamber, yes="awa"),
        Case("to the authority", _invitation_to_the_authority, yes=""),
    ],
    "can_accept_invitation": [
        Case("sent to Dan, from a chamber", _invitation_to_the_chamber, yes="dan"),
        Case("sent to Dan, from the authority", _invitation_to_the_authority, yes="dan"),
    ],
    "can_end_role": [
        Case("Bruno's own", _role_of_bruno, yes="awa bruno"),
        Case("Dan's at Chloé's firm", _role_at_the_firm, yes="awa chloe dan"),
    ],
}
