"""What people write in jobs. One module per family of records; import them from here."""

from bassin.match.jobs.models.offers import Application, Offer
from bassin.match.jobs.models.sources import Feed, KeptApart, OfferImport, OfferSource

__all__ = ["Application", "Feed", "KeptApart", "Offer", "OfferImport", "OfferSource"]
