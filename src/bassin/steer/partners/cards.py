"""What the service map says to a firm on its own page: who helps where it is."""

from datetime import date

from django.urls import reverse
from django.utils.http import urlencode

from bassin.steer.partners.models import Offer
from bassin.steer.partners.pathways import Pathway, pathways
from bassin.systems import Card
from bassin.types import Text
from bassin.ui.opened import house
from bassin.ui.reader import today

MOST = 8
YOUNG_YEARS = 3
_PARTS = (Offer.Part.LEAD, Offer.Part.SUPPORT)


def mine(siret: str, language: str) -> Card | None:
    """Step by step, who helps a firm of its age in its commune; None where nobody is known."""
    known = _known(siret)
    if known is None:
        return None
    commune, created = known
    way = _way(created)
    offers = Offer.objects.on(today()).filter(part__in=_PARTS).select_related("organisation")
    steps = []
    for step in way.steps:
        found = [
            each for each in offers
            if each.step == step.code and (not each.commune_codes or commune in each.commune_codes)
        ]  # fmt: skip
        found.sort(key=lambda each: (each.part != Offer.Part.LEAD, each.pk))
        if found:
            steps.append((step.title.say(language), found[0], len(found) - 1))
    if not steps:
        return None
    asked = urlencode({"parcours": way.code, "commune": commune})
    return Card(
        system="partners",
        title=Text("Qui m'aide, étape par étape ?", "Who helps me, step by step?"),
        template="partners/_mine_card.html", order=15,
        context={
            "way": way.title.say(language), "steps": steps[:MOST],
            "url": f"{reverse('partners:services')}?{asked}",
        },
    )  # fmt: skip


def _known(siret: str) -> tuple[str, date | None] | None:
    """The commune of an open establishment, and the day that its firm began."""
    reader = house().reader
    if not reader.has("establishments_shown"):
        return None
    found = reader.rows(
        "SELECT commune_code, coalesce(unit_created_on, created_on) FROM establishments_shown "
        "WHERE siret = ? AND state = 'A' AND commune_code IS NOT NULL",
        [siret],
    )
    return found[0] if found else None


def _way(created: date | None) -> Pathway:
    """The way of who begins for a firm in its first years, else the next one; an authority may
    have written a single one."""
    ways = pathways()
    day = today()
    is_young = created is not None and (day - created).days < YOUNG_YEARS * 365.25
    return ways[0] if is_young or len(ways) < 2 else ways[1]
