"""What people write about partners. One module per family of records; import them from here."""

from bassin.steer.partners.models.agency import (
    CatalogueService,
    PooledProject,
    Quote,
    ServiceRequest,
    Share,
    WatchNote,
)
from bassin.steer.partners.models.network import Link, Network, Site
from bassin.steer.partners.models.services import Offer

__all__ = [
    "CatalogueService",
    "Link",
    "Network",
    "Offer",
    "PooledProject",
    "Quote",
    "ServiceRequest",
    "Share",
    "Site",
    "WatchNote",
]
