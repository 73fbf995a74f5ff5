"""Who may do what with structures and referrals: the expected answer of every permission."""

from django.utils import timezone

from bassin.match.jobs.models import Referral, Structure
from tests.parties.test_matrix import Case


def _organisation(person):
    return person.memberships.get().organisation


def of_the_chamber(people):
    return Structure(name="Structure", organisation=_organisation(people.bruno))


def of_a_firm(people):
    return Structure(name="Structure", organisation=_organisation(people.chloe))


def put_away(people):
    return Structure(organisation=_organisation(people.bruno), archived_at=timezone.now())


def to_the_chamber(people):
    return Referral(structure=of_the_chamber(people))


def by_the_chamber(people):
    return Referral(structure=Structure(name="Autre"), through=_organisation(people.bruno))


PERMISSIONS = {
    "can_keep": [
        Case("some structure", yes="awa bruno eve"),
        Case("of Bruno's chamber", of_the_chamber, yes="awa bruno"),
        Case("of a firm, which is no partner", of_a_firm, yes="awa"),
        Case("put away", put_away, yes="awa"),
    ],
    "can_refer": [Case("anyone", yes="awa bruno eve")],
    "can_follow": [
        Case("received by Bruno's chamber", to_the_chamber, yes="awa bruno"),
        Case("sent by Bruno's chamber", by_the_chamber, yes="awa bruno"),
    ],
    "can_read": [
        Case("received by Bruno's chamber", to_the_chamber, yes="bruno"),
        Case("sent by Bruno's chamber", by_the_chamber, yes="bruno"),
    ],
    "can_receive": [
        Case("received by Bruno's chamber", to_the_chamber, yes="bruno"),
        Case("sent by Bruno's chamber", by_the_chamber, yes=""),
    ],
    "can_watch": [Case("late referrals", yes="awa")],
}
