"""Offers that resemble one: proposed to who writes it, and to the officer who reads it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from bassin.match.jobs import permissions
from bassin.match.jobs.imports import twins
from bassin.match.jobs.imports.twins import Judgement
from bassin.match.jobs.imports.writing import of_offer
from bassin.match.jobs.models import KeptApart, Offer, OfferPair
from bassin.parties.access import User

MOST = 5
_ALIVE = (Offer.State.DRAFT, Offer.State.SUBMITTED, Offer.State.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Twin:
    """An offer that may be the same one, and why."""

    offer: Offer
    judgement: Judgement

    def reasons(self, language: str) -> list[str]:
        """Why, in the reader's language."""
        return [each.say(language) for each in self.judgement.reasons]


def twins_of(offer: Offer, *, by: User, today: date) -> list[Twin]:
    """The offers that this one may be written twice with, among those they may see; the most
    alike first. Pairs about which somebody decided are not proposed again.
    """
    wanted = of_offer(offer)
    found = [
        Twin(each, judged)
        for each in _candidates(offer, by, today)
        if (judged := twins.judge(wanted, of_offer(each))).same
    ]
    return sorted(found, key=lambda twin: (-twin.judgement.likeness, twin.offer.pk))[:MOST]


def _candidates(offer: Offer, by: User, today: date) -> QuerySet[Offer]:
    recent = today - timedelta(days=twins.WINDOW * 2)
    found = Offer.objects.filter(archived_at=None, state__in=_ALIVE, written_on__gte=recent)
    if offer.commune_code:
        found = found.filter(commune_code__in=(offer.commune_code, ""))
    if offer.rome_code:
        found = found.filter(rome_code__in=(offer.rome_code, ""))
    if offer.pk:
        found = found.exclude(pk__in=[offer.pk, *_decided(offer)])
    if not permissions.can_merge(by):
        mine = permissions.bodies(by)
        seen = Q(employer__in=mine) | Q(posted_through__in=mine)
        seen |= Q(pk__in=Offer.objects.open(today).values("pk"))
        found = found.filter(seen)
    return found.select_related("employer", "posted_through")


def _decided(offer: Offer) -> set[int]:
    """The offers with which it was merged or kept apart, by hand or when a feed was read."""
    pairs = OfferPair.objects.filter(Q(kept=offer) | Q(other=offer))
    found = {pk for pair in pairs.values_list("kept", "other") for pk in pair}
    apart = KeptApart.objects.filter(Q(one__offer=offer) | Q(other=offer))
    found |= {pk for pair in apart.values_list("one__offer", "other") for pk in pair}
    return found - {offer.pk}
