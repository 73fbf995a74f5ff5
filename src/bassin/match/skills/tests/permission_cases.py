"""Who may do what with forecasts and green projects: the expected answer of every permission."""

from datetime import date, timedelta

from django.utils import timezone

from bassin.match.skills.models import GreenProject
from tests.parties.test_matrix import Case

ALL = "awa bruno chloe dan eve visitor"


def _organisation(person):
    return person.memberships.get().organisation


def of_the_firm(people):
    return GreenProject(title="Dépose soignée", firm=_organisation(people.chloe))


def of_nobody(people):
    return GreenProject(title="Dépose soignée", firm_name="Une entreprise")


def put_away(people):
    return GreenProject(firm=_organisation(people.chloe), archived_at=timezone.now())


def on_line(people):
    today = timezone.localdate()
    return GreenProject.objects.create(
        title="Dépose soignée", firm=_organisation(people.chloe), rome_code="F1701", positions=3,
        wanted_on=today + timedelta(200), written_on=date(2026, 1, 5), published_on=today,
        consent="par la dirigeante",
    )  # fmt: skip


PERMISSIONS = {
    "can_assume": [Case("any", yes="awa")],
    "can_declare": [
        Case("for some firm", yes="awa chloe"),
        Case("for Chloé's firm", lambda people: _organisation(people.chloe), yes="awa chloe"),
        Case("for Bruno's chamber", lambda people: _organisation(people.bruno), yes="awa"),
    ],
    "can_edit_project": [
        Case("of Chloé's firm", of_the_firm, yes="awa chloe"),
        Case("of a firm without account", of_nobody, yes="awa"),
        Case("put away", put_away, yes="awa"),
    ],
    "can_see_project": [
        Case("a draft of Chloé's firm", of_the_firm, yes="awa chloe"),
        Case("one on line", on_line, yes=ALL),
    ],
}
