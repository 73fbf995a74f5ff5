"""Sale prices of dwellings by commune, from the land-value register (DVF)."""

from bassin.sources.prices.means import Prices

SOURCES = (Prices,)
