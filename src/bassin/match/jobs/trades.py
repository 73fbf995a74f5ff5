"""Which trade a title may mean: proposed to who wrote it, never written for them."""

from bassin.match.jobs.models import Offer
from bassin.pairing.titles import Guess, served
from bassin.ui.opened import house

MOST = 3


def guesses(offer: Offer) -> list[Guess]:
    """The likeliest occupations of an offer that has none, the best first; none without ROME."""
    if offer.rome_code:
        return []
    return served(house().reader).find(offer.title, MOST)
