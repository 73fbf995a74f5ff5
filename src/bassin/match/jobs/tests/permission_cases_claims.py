"""Who may ask to write for a firm, and who decides: the expected answer of every permission."""

from bassin.match.jobs.models import FirmClaim
from tests.parties.test_matrix import Case


def asked_by_dan(people):
    return FirmClaim(siret="00000000200016", asked_by=people.dan)


def asked_by_awa(people):
    return FirmClaim(siret="00000000200016", asked_by=people.awa)


PERMISSIONS = {
    "can_claim": [Case("some firm", yes="awa bruno chloe dan eve")],
    "can_withdraw_claim": [Case("what Dan asked", asked_by_dan, yes="dan")],
    "can_decide_claim": [
        Case("some request", yes="awa"),
        Case("what Dan asked", asked_by_dan, yes="awa"),
        Case("what Awa asked herself", asked_by_awa, yes=""),
    ],
}
