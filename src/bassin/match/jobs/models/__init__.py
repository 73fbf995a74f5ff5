"""What people write in jobs. One module per family of records; import them from here."""

from bassin.match.jobs.models.claims import FirmClaim
from bassin.match.jobs.models.helping import Need, Public, Referral, Structure
from bassin.match.jobs.models.offers import Application, Offer
from bassin.match.jobs.models.recruiting import Recruitment, Registration
from bassin.match.jobs.models.showing import SearchCount, TradeShown
from bassin.match.jobs.models.sources import Feed, KeptApart, OfferImport, OfferSource
from bassin.match.jobs.models.twins import OfferPair

__all__ = [
    "Application",
    "Feed",
    "FirmClaim",
    "KeptApart",
    "Need",
    "Offer",
    "OfferImport",
    "OfferPair",
    "OfferSource",
    "Public",
    "Recruitment",
    "Referral",
    "Registration",
    "SearchCount",
    "Structure",
    "TradeShown",
]
