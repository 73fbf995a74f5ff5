"""Who may do what with partners' records: the expected answer of every permission."""

from bassin.parties.models import Organisation
from bassin.steer.partners.models import Offer, ServiceRequest
from tests.parties.test_matrix import Case

ALL = "awa bruno chloe dan eve visitor"


def _organisation(person):
    return person.memberships.get().organisation


def _commune(people):
    return Organisation.objects.create(slug="commune", kind="commune", name="Commune")


def _chamber(people):
    return _organisation(people.bruno)


def offer(of: str):
    return lambda people: Offer(organisation=_organisation(getattr(people, of)))


def _request_of_a_commune(people):
    return ServiceRequest(organisation=_commune(people))


def _request_of_the_chamber(people):
    return ServiceRequest(organisation=_chamber(people))


PERMISSIONS = {
    "can_see_service_map": [Case("who does what", yes=ALL)],
    "can_see_gaps": [Case("overlaps and holes", yes="awa bruno eve")],
    "can_write_offer": [
        Case("of Bruno's chamber", offer("bruno"), yes="awa bruno"),
        Case("a new one of his", _chamber, yes="awa bruno"),
        Case("of Chloé's firm", offer("chloe"), yes="awa"),
    ],
    "can_see_agency": [Case("its catalogue", yes="awa")],
    "can_ask": [
        Case("for a commune", _commune, yes="awa"),
        Case("for a chamber, which is no commune", _chamber, yes=""),
    ],
    "can_see_request": [
        Case("of a commune", _request_of_a_commune, yes="awa"),
        Case("of Bruno's own", _request_of_the_chamber, yes="awa bruno"),
    ],
    "can_quote": [Case("any", yes="awa")],
    "can_answer_quote": [
        Case("to a commune", _request_of_a_commune, yes=""),
        Case("to Bruno's own", _request_of_the_chamber, yes="bruno"),
    ],
    "can_note_watch": [Case("any", yes="awa")],
    "can_see_network": [Case("its weak links", yes="awa")],
    "can_write_network": [Case("any", yes="awa")],
}
