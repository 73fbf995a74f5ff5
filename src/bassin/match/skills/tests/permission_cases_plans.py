"""Who may do what with plans of reconversion: the expected answer of every permission."""

from django.utils import timezone

from bassin.match.skills.models import ReconversionPlan
from tests.parties.test_matrix import Case


def followed(people):
    return ReconversionPlan(title="Atelier")


def put_away(people):
    return ReconversionPlan(title="Atelier", archived_at=timezone.now())


PERMISSIONS = {
    "can_keep": [Case("any", yes="awa")],
    "can_follow": [Case("one followed", followed, yes="awa"), Case("one put away", put_away)],
}
