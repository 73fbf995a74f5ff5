"""What « Mon entreprise » tells of a firm's commitments: to everyone, what it agreed to show.

Who writes for the firm is told all of its own, and what it said of itself.
"""

from django.urls import reverse

from bassin.match.support import permissions_commitments as permissions
from bassin.match.support.models import Assessment, Commitment
from bassin.match.support.models.commitments import facts
from bassin.match.support.models.promised import STATES
from bassin.parties.access import User
from bassin.systems import Card
from bassin.types import Text
from bassin.ui.reader import today

_SHOWN = Text("Ce qu'elle s'est engagée à faire", "What it committed itself to")
_OWN = Text("Vos engagements", "Your commitments")


def firm(siret: str, language: str) -> Card | None:
    """The promises that the firm agreed to show, with what of each is proved; else nothing."""
    held = Commitment.objects.filter(siren=siret[:9], public=True, ended_on=None).proved()
    shown = [(each, _told(each)) for each in held]
    if not shown:
        return None
    return Card("support", _SHOWN, "support/_firm_commitments.html", {"promises": shown}, order=35)


def _told(found: Commitment) -> dict[str, object]:
    """Where it stands, without what only its keeper needs."""
    stands = facts(found, today())
    return {"done": stands["done"], "words": STATES[stands["state"]], "state": stands["state"]}


def own(siret: str, person: User, language: str) -> Card | None:
    """For who writes for the firm: its promises, its answers, and where to bring a proof."""
    if siret[:9] not in permissions.firms_of(person):
        return None
    held = permissions.own(person).filter(siren=siret[:9]).proved()
    answers = Assessment.objects.filter(permissions.assessments(person), siren=siret[:9])
    context = {
        "promises": [(each, {**facts(each, today()), **_told(each)}) for each in held],
        "assessed": answers.first(),
        "url": reverse("support:own_commitments"),
        "assess_url": reverse("support:assess"),
    }
    return Card("support", _OWN, "support/_own_card.html", context, order=35)
