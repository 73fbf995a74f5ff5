"""What the one search box finds among partners: services, by their words."""

from django.urls import reverse
from django.utils import timezone

from bassin.steer.partners.models import Offer
from bassin.systems import Found
from bassin.territory.search import folded
from bassin.types import Text

SHORTEST = 3
KIND = Text("service aux entreprises", "service for firms")


def search(query: str, language: str, limit: int = 20) -> list[Found]:
    """Services whose title, audience or organisation holds the words."""
    words = [word for word in folded(query).split() if len(word) >= SHORTEST]
    if not words:
        return []
    standing = Offer.objects.on(timezone.localdate()).select_related("organisation")
    found = [each for each in standing if all(word in _told(each) for word in words)]
    return [
        Found(
            title=offer.title,
            url=f"{reverse('partners:services')}#{offer.step.replace(':', '-')}",
            kind=KIND,
            detail=offer.organisation.name,
            weight=0.6,
        )
        for offer in found[:limit]
    ]


def _told(offer: Offer) -> str:
    """All that a service says of itself, without accents or capitals."""
    return folded(f"{offer.title} {offer.audience} {offer.organisation.name}")
