"""What the firm of a case promised and says of itself, as its page shows them."""

from typing import Any

from bassin.match.support import permissions_commitments as permissions
from bassin.match.support.models import Assessment, Case
from bassin.match.support.views.commitments import standing
from bassin.parties.access import bodies_of
from bassin.parties.models import Person


def told(person: Person, case: Case) -> dict[str, Any]:
    """The commitments that one's organisation keeps of this firm, and its latest answers.

    A partner with whom a case is shared sees none of these: the firm agreed to share a need.
    """
    if not case.siren or case.organisation_id not in bodies_of(person):
        return {"commitments": None}
    held = permissions.kept(person).filter(siren=case.siren).proved()
    answers = Assessment.objects.filter(permissions.assessments(person), siren=case.siren)
    return {"commitments": [(each, standing(each)) for each in held], "assessed": answers.first()}
