"""Job offers of France Travail, by commune and occupation."""

from bassin.sources.offers.counts import Offers
from bassin.sources.offers.green import OFFERS_GREEN

SOURCES = (Offers,)
DERIVED = (OFFERS_GREEN,)
