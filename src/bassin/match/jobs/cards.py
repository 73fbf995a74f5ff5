"""What the offers have to say of a trade."""

from django.urls import reverse

from bassin.match.jobs import presented
from bassin.match.jobs.models import Offer
from bassin.systems import Card
from bassin.types import Origin, Text
from bassin.ui.reader import today

TITLE = Text("Offres ouvertes", "Open offers")
_SHOWN = 3


def trade(rome_code: str, language: str) -> Card | None:
    """The open offers of an occupation; with what shows the trade; None without both."""
    found = Offer.objects.open(today()).for_rome(rome_code).select_related("employer")
    number = found.count()
    seen = presented.card(rome_code, language)
    if not number:
        return seen
    context = {
        "number": number,
        "offers": list(found[:_SHOWN]),
        "url": f"{reverse('jobs:home')}?metier={rome_code}",
        "invented": not found.filter(origin=Origin.REAL.value).exists(),
        "day": today(),
        "presented": seen,
    }
    return Card("jobs", TITLE, "jobs/_trade_card.html", context, order=30)
