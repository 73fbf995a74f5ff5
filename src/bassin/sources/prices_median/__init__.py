"""Median sale prices of dwellings by commune, as ADEME's Bénéfriches uses them."""

from bassin.sources.prices_median.medians import PricesMedian

SOURCES = (PricesMedian,)
