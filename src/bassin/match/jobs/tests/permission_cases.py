"""Who may do what with offers: the expected answer of every permission."""

from datetime import date, timedelta

from django.utils import timezone

from bassin.match.jobs.models import Feed, Offer
from tests.parties.test_matrix import Case

ALL = "awa bruno chloe dan eve visitor"


def _organisation(person):
    return person.memberships.get().organisation


def _offer(**values):
    return lambda people: Offer(title="Cariste", written_on=date(2026, 11, 1), **values)


def _open(people):
    today = timezone.localdate()
    return Offer(state="published", published_on=today, expires_on=today + timedelta(30))


def _over(people):
    today = timezone.localdate()
    return Offer(state="published", published_on=today, expires_on=today - timedelta(1))


def of_the_firm(people):
    return Offer(title="Cariste", employer=_organisation(people.chloe))


def posted_by_the_chamber(people):
    return Offer(title="Cariste", posted_through=_organisation(people.bruno))


def put_away(people):
    return Offer(employer=_organisation(people.chloe), archived_at=timezone.now())


def feed_of_the_chamber(people):
    return Feed(organisation=_organisation(people.bruno))


def feed_of_the_firm(people):
    return Feed(organisation=_organisation(people.chloe))


PERMISSIONS = {
    "can_see": [
        Case("one that is open", _open, yes=ALL),
        Case("one whose last day has passed", _over, yes="awa"),
        Case("a draft of Chloé's firm", of_the_firm, yes="awa chloe"),
    ],
    "can_post": [
        Case("in some organisation's name", yes="awa bruno chloe eve"),
        Case("for Chloé's firm", lambda people: _organisation(people.chloe), yes="awa chloe"),
    ],
    "can_edit": [
        Case("of Chloé's firm", of_the_firm, yes="awa chloe"),
        Case("posted by Bruno's chamber", posted_by_the_chamber, yes="awa bruno"),
        Case("of nobody", _offer(), yes="awa"),
        Case("put away", put_away, yes="awa"),
    ],
    "can_moderate": [Case("any", yes="awa"), Case("of Chloé's firm", of_the_firm, yes="awa")],
    "can_import": [
        Case("the chamber's file", feed_of_the_chamber, yes="awa bruno"),
        Case("a file of a firm, which is no partner", feed_of_the_firm, yes="awa"),
    ],
    "can_manage_feeds": [Case("any", yes="awa")],
    "can_merge": [Case("any", yes="awa"), Case("of Chloé's firm", of_the_firm, yes="awa")],
    "can_split": [Case("of Chloé's firm", of_the_firm, yes="awa")],
}
