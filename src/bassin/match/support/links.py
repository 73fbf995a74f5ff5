"""What the follow-up says to other systems: nothing of any case, to anybody.

None of these functions knows who asks. A reference is told by its number alone, whether or not
there is such a case; its page then asks who reads it.
"""

from collections.abc import Collection
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode

from bassin.match.support.models import Case, Share
from bassin.parties.models import Organisation
from bassin.systems import Found, Taking, numbers
from bassin.types import Text

KIND = Text("Dossier d'accompagnement", "Follow-up case")


def resolve(references: Collection[str], language: str) -> dict[str, Found]:
    """What to call a case that another system points at: its number, and nothing else."""
    return {
        f"support:case:{pk}": Found(
            title=f"{KIND.say(language)} {pk}", url=reverse("support:case", args=[pk]), kind=KIND
        )
        for pk in numbers(references, "support:case")
    }


def case(reference: str, text: str, language: str) -> Taking:
    """Where a signal, or another record, becomes a case."""
    query = urlencode({"de": reference, "besoin": text[:160]})
    label = Text("Ouvrir un dossier", "Open a case")
    return Taking(label, f"{reverse('support:new')}?{query}")


def chain(reference: str, text: str, language: str) -> Taking:
    """Where all that follows from a signal is read: the page asks who sees it."""
    label = Text("Voir la chaîne", "See the chain")
    return Taking(label, f"{reverse('support:chain_of')}?{urlencode({'de': reference})}")


def follow(reference: str, text: str, language: str) -> Taking:
    """Where a firm begins to be followed, by its SIRET: it tells nothing of any case."""
    label = Text("Ouvrir un dossier d'accompagnement", "Open a follow-up case")
    return Taking(label, f"{reverse('support:new')}?{urlencode({'siret': reference})}")


def last_contacts(sirens: Collection[str]) -> dict[str, date]:
    """The last contact with each firm that the authority may know of: a day, never about what.

    It is for pages that only officers of the authority read: of a partner's cases, those alone
    count that their firms let the authority see.
    """
    authority = Organisation.Kind.AUTHORITY
    shared = Share.objects.filter(organisation__kind=authority, withdrawn_on=None)
    seen = Q(organisation__kind=authority) | Q(pk__in=shared.values("case"))
    return Case.objects.filter(seen).last_seen(sirens)
