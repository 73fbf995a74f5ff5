"""Needs and offers, ranked with their reasons: one declaration, one need or all of them.

`docs/pairing.md` says how to declare a pairing. Nothing here imports Django; what is compiled is
imported by the first ranking, not by this line: the declarations are read by every process, the
live part included, which never ranks.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

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
from bassin.pairing.protected import Protected
from bassin.pairing.ranking import Blocked, Counterfactual, Missing, Proposal, Ranking, Reason

if TYPE_CHECKING:
    from bassin.pairing.batch import rank_all
    from bassin.pairing.offers import Offers, prepare
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

_COMPILED = {
    "Offers": "bassin.pairing.offers",
    "Tables": "bassin.pairing.tables",
    "prepare": "bassin.pairing.offers",
    "rank": "bassin.pairing.serving",
    "rank_all": "bassin.pairing.batch",
}


def __getattr__(name: str) -> Any:
    if name not in _COMPILED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_COMPILED[name]), name)
