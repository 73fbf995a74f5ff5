"""What the offers answer to the search box, and the records behind `jobs:offer:12`."""

from collections.abc import Collection

from django.urls import reverse

from bassin.match.jobs.models import Offer
from bassin.systems import Found, numbers
from bassin.territory.search import folded
from bassin.types import Text
from bassin.ui.reader import today

OFFER = Text("offre d'emploi", "job offer")
_SHORTEST = 3
_READ = 400


def search(query: str, language: str, limit: int) -> list[Found]:
    """Open offers whose title or employer holds every word of the query, the newest first."""
    wanted = [word.rstrip("s") for word in folded(query).split() if len(word) >= _SHORTEST]
    if not wanted:
        return []
    newest = Offer.objects.open(today()).select_related("employer")
    found = []
    for offer in newest[:_READ]:
        text = folded(f"{offer.title} {offer.employer_said} {offer.place}")
        if all(word in text for word in wanted):
            found.append(_found(offer))
    return found[:limit]


def resolve(references: Collection[str], language: str) -> dict[str, Found]:
    """Open offers by their reference."""
    wanted = numbers(references, "jobs:offer")
    listed = Offer.objects.open(today()).select_related("employer").filter(pk__in=wanted)
    return {offer.reference: _found(offer) for offer in listed}


def _found(offer: Offer) -> Found:
    url = reverse("jobs:offer", args=[offer.pk])
    return Found(offer.title, url, OFFER, f"{offer.employer_said} · {offer.place}", 4.0)
