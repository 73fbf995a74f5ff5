"""What the offers have to say of a trade, of a commune, of a firm, and who hires."""

from django.db.models import Q, QuerySet
from django.urls import reverse

from bassin.commons.hires import FEWEST
from bassin.match.jobs import declared, figures, presented
from bassin.match.jobs.models import Offer
from bassin.systems import Card
from bassin.types import Origin, Text
from bassin.ui.reader import today

TITLE = Text("Offres ouvertes", "Open offers")
_SHOWN = 3


def place(key: str, language: str) -> Card | None:
    """The offers open in a commune, the trades that lack people there; None without an offer."""
    scale, _colon, code = key.partition(":")
    if scale != "commune":
        return None
    day = today()
    real = figures.has_real(day)
    kept = Origin.REAL if real else Origin.INVENTED
    found = Offer.objects.open(day).in_communes(code).filter(origin=kept.value)
    number = found.count()
    if not number:
        return None
    said = found.exclude(level=None).count()
    opened, without = (declared.figures()[each] for each in ("open_offers", "without_diploma"))
    context = {
        "number": number,
        "without": found.without_diploma().count() if said >= FEWEST else None,
        "said": said,
        "lacking": sum(count for _trade, where, count in figures.unmet(day) if where == code),
        "definition": opened.definition.say(language),
        "source": opened.source.say(language),
        "without_label": without.label.say(language),
        "origin": kept.value,
        "day": day,
        "url": reverse("jobs:figures"),
    }
    return Card("jobs", TITLE, "jobs/_place_card.html", context, order=35)


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


def hiring() -> frozenset[str]:
    """The SIRETs of the firms that have an open offer."""
    rows = Offer.objects.open(today()).values_list("employer__siret", "employer_siret")
    return frozenset(own or written for own, written in rows.distinct() if own or written)


def firm(siret: str, language: str) -> Card | None:
    """The open offers of an establishment; None without any."""
    found = _of_firms(siret)
    number = found.count()
    if not number:
        return None
    context = {"number": number, "offers": list(found[:_SHOWN]), "day": today()}
    return Card("jobs", TITLE, "jobs/_firm_card.html", context, order=20)


def _of_firms(siret: str) -> QuerySet[Offer]:
    own = Q(employer__siret=siret) | Q(employer_siret=siret, employer__siret=None)
    return Offer.objects.open(today()).filter(own).select_related("employer")
