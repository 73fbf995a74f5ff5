"""The table of endpoints: routes, checks, OpenAPI document and page are all written from it."""

from bassin.observe.opendata.api import establishments, figures, observations, places, taxonomies
from bassin.observe.opendata.api.endpoint import Endpoint

ENDPOINTS: tuple[Endpoint, ...] = (
    places.LISTED, places.ONE,
    figures.LISTED, figures.ONE,
    observations.LISTED, observations.ONE,
    establishments.LISTED, establishments.ONE,
    taxonomies.SHELF, taxonomies.LISTED, taxonomies.ONE,
)  # fmt: skip
"""In the order in which people read them."""
