"""Who may do what with the network of campuses: the expected answer of every permission."""

from datetime import date

from django.utils import timezone

from bassin.match.skills.models import Catalogue, Course, Site, TrainingBody
from tests.parties.test_matrix import Case

ALL = "awa bruno chloe dan eve visitor"


def _organisation(person):
    return person.memberships.get().organisation


def kept_by_bruno(people):
    return TrainingBody(name="Centre", organisation=_organisation(people.bruno))


def kept_by_nobody(people):
    return TrainingBody(name="Centre")


def put_away(people):
    return TrainingBody(organisation=_organisation(people.bruno), archived_at=timezone.now())


def course_of_bruno(people, **more):
    body = TrainingBody.objects.create(name="Centre", organisation=_organisation(people.bruno))
    site = Site.objects.create(body=body, commune_code="94074")
    return Course.objects.create(site=site, title="Souder", checked_on=date(2026, 1, 5), **more)


def from_a_catalogue(people):
    catalogue = Catalogue.objects.create(slug="c", title="C", kind="csv")
    return course_of_bruno(people, catalogue=catalogue, external_id="1")


def gone(people):
    return course_of_bruno(people, gone_on=date(2026, 2, 1))


def catalogue_of_bruno(people):
    return Catalogue(title="C", organisation=_organisation(people.bruno))


PERMISSIONS = {
    "can_keep": [
        Case("some body", yes="awa"),
        Case("kept by Bruno's organisation", kept_by_bruno, yes="awa bruno"),
        Case("kept by nobody", kept_by_nobody, yes="awa"),
        Case("put away", put_away, yes="awa"),
    ],
    "can_edit_course": [
        Case("of Bruno's body", course_of_bruno, yes="awa bruno"),
        Case("that comes from a catalogue", from_a_catalogue, yes=""),
    ],
    "can_see_course": [
        Case("one that is shown", course_of_bruno, yes=ALL),
        Case("one that left its catalogue", gone, yes="awa bruno"),
    ],
    "can_manage_catalogues": [Case("any", yes="awa")],
    "can_import": [
        Case("of Bruno's organisation", catalogue_of_bruno, yes="awa bruno"),
        Case("of nobody", lambda people: Catalogue(title="C"), yes="awa"),
    ],
}
