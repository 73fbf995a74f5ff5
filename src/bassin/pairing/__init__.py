"""Needs and offers, ranked with their reasons: one declaration, one need or all of them.

`docs/pairing.md` says how to declare a pairing. Nothing here imports Django; what is compiled is
imported by the first ranking, not by this line.
"""

from bassin.pairing.batch import rank_all
from bassin.pairing.declaration import (
    Bounds,
    Gate,
    Membership,
    Nearness,
    Overlap,
    Pairing,
    Reach,
    Sentences,
    Signal,
)
from bassin.pairing.offers import Offers, prepare
from bassin.pairing.protected import Protected
from bassin.pairing.ranking import Blocked, Counterfactual, Missing, Proposal, Ranking, Reason
from bassin.pairing.serving import rank
from bassin.pairing.tables import Tables

__all__ = [
    "Blocked",
    "Bounds",
    "Counterfactual",
    "Gate",
    "Membership",
    "Missing",
    "Nearness",
    "Offers",
    "Overlap",
    "Pairing",
    "Proposal",
    "Protected",
    "Ranking",
    "Reach",
    "Reason",
    "Sentences",
    "Signal",
    "Tables",
    "prepare",
    "rank",
    "rank_all",
]
