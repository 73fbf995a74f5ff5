"""Who writes letters to firms: the expected answer of every permission."""

from datetime import UTC, date, datetime

from bassin.match.support.models import Case, Contact, Mailing
from tests.parties.test_matrix import Case as Asked

TODAY = date(2026, 11, 26)


def _organisation(person):
    return person.memberships.get().organisation


def letter(people):
    return Mailing.objects.create(
        organisation=_organisation(people.awa), author=people.awa,
        selection="companies:selection:1",
        purpose="une réunion", subject="Réunion", body="Bonjour", written_on=TODAY,
    )  # fmt: skip


def contact(people):
    case = Case.objects.create(
        kind="holder", organisation=_organisation(people.bruno), title="Besoin",
        firm_name="Exemple", asked_at=datetime(2026, 11, 26, 10, tzinfo=UTC), last_contact_on=TODAY,
    )  # fmt: skip
    return Contact.objects.create(case=case, contact_name="Lucie")


PERMISSIONS = {
    "can_mail": [
        Asked("for some organisation", yes="awa bruno eve"),
        Asked("for the authority", lambda people: _organisation(people.awa), yes="awa"),
        Asked("for a firm", lambda people: _organisation(people.chloe), yes=""),
    ],
    "can_see_mailing": [Asked("the authority's", letter, yes="awa")],
    "can_note_ground": [Asked("of a partner's case", contact, yes="bruno")],
}
