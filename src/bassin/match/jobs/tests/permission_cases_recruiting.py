"""Who may do what with recruitment actions and presented trades: each expected answer."""

from django.utils import timezone

from bassin.commons.models import Event
from bassin.match.jobs.models import Recruitment, Registration, TradeShown
from tests.parties.test_matrix import Case


def _organisation(person):
    return person.memberships.get().organisation


def _action(people, organiser, **more):
    now = timezone.now()
    event = Event.objects.create(
        slug="rencontre", title="Rencontre", starts_at=now, ends_at=now, organiser=organiser
    )
    return Recruitment.objects.create(event=event, wanted=3, opened_on=timezone.localdate(), **more)


def by_the_chamber(people):
    return _action(people, _organisation(people.bruno))


def with_the_chamber(people):
    action = _action(people, None)
    action.partners.add(_organisation(people.bruno))
    return action


def put_away(people):
    return _action(people, _organisation(people.bruno), archived_at=timezone.now())


def sent_by_the_chamber(people):
    return Registration(recruitment=_action(people, None), through=_organisation(people.bruno))


def shown_by_the_firm(people):
    return TradeShown(organisation=_organisation(people.chloe))


PERMISSIONS = {
    "can_open": [Case("an action", yes="awa bruno eve")],
    "can_run": [
        Case("organised by Bruno's chamber", by_the_chamber, yes="awa bruno"),
        Case("with Bruno's chamber as a partner", with_the_chamber, yes="awa"),
        Case("put away", put_away, yes="awa"),
    ],
    "can_send": [
        Case("organised by Bruno's chamber", by_the_chamber, yes="awa bruno"),
        Case("with Bruno's chamber as a partner", with_the_chamber, yes="awa bruno"),
        Case("put away", put_away, yes="awa"),
    ],
    "can_say": [Case("of somebody sent by Bruno's chamber", sent_by_the_chamber, yes="awa bruno")],
    "can_present": [
        Case("some trade", yes="awa bruno chloe eve"),
        Case("by Chloé's firm", shown_by_the_firm, yes="awa chloe"),
    ],
    "can_review": [Case("any", yes="awa")],
}
