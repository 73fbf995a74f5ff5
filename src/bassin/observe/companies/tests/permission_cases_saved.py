"""Who may keep and see selections of firms: the expected answer of every permission."""

from bassin.observe.companies.models import SavedSelection
from tests.parties.test_matrix import Case


def _of(name: str, audience: str = "owner"):
    def made(people):
        owner = getattr(people, name)
        body = owner.memberships.first()
        return SavedSelection(
            owner=owner, audience=audience, organisation=body.organisation if body else None
        )

    return made


def _body_of(name: str):
    return lambda people: getattr(people, name).memberships.get().organisation


SIGNED = "awa bruno chloe dan eve"
PERMISSIONS = {
    "can_save": [Case("any", yes=SIGNED)],
    "can_see": [
        Case("Dan's own", _of("dan"), yes="dan"),
        Case("of Bruno, for his chamber", _of("bruno", "organisation"), yes="bruno"),
        Case("of Awa, for all officers", _of("awa", "officers"), yes="awa"),
        Case("of Dan, who belongs nowhere, for an organisation", _of("dan", "organisation"),
             yes="dan"),
        Case("of Bruno, for all officers", _of("bruno", "officers"), yes="awa bruno"),
    ],
    "can_share_with": [Case("Bruno's chamber", _body_of("bruno"), yes="bruno")],
    "can_share_with_officers": [Case("any", yes="awa")],
    "can_change": [
        Case("Dan's own", _of("dan"), yes="dan"),
        Case("of Bruno, for his chamber", _of("bruno", "organisation"), yes="bruno"),
    ],
}  # fmt: skip
