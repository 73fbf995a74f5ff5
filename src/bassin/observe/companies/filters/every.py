"""Every filter of the firms, each declared once, in the order in which people meet them."""

from bassin.observe.companies.filters import activities, drawn, firms, lives, places, words
from bassin.observe.companies.filters.base import Filter

FILTERS: tuple[Filter, ...] = (
    *words.FILTERS,
    *places.FILTERS,
    *drawn.FILTERS,
    *activities.FILTERS,
    *firms.FILTERS,
    *lives.FILTERS,
)
