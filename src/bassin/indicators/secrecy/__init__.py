"""Statistical secrecy: which figures may be shown, given all those that are published.

`protect` judges a set of tables together; `publication_mask` does it once at publication and
gives a table that pages look up; `selection_policy` answers for hand-made selections.
What is applied and what is not claimed: docs/secrecy.md.
"""

from bassin.indicators.secrecy.cells import (
    ALL,
    SHOWN,
    Aggregate,
    CellKey,
    CellTable,
    Verdict,
    cross,
)
from bassin.indicators.secrecy.linked import protect_linked
from bassin.indicators.secrecy.mask import Mask, PublishedTable, publication_mask
from bassin.indicators.secrecy.observations import protect_observations
from bassin.indicators.secrecy.protect import protect
from bassin.indicators.secrecy.regimes import Regime, all_regimes, reason, regime
from bassin.indicators.secrecy.selections import (
    SelectionVerdict,
    round_to_5,
    rounded,
    selection_policy,
)

__all__ = [
    "ALL",
    "SHOWN",
    "Aggregate",
    "CellKey",
    "CellTable",
    "Mask",
    "PublishedTable",
    "Regime",
    "SelectionVerdict",
    "Verdict",
    "all_regimes",
    "cross",
    "protect",
    "protect_linked",
    "protect_observations",
    "publication_mask",
    "reason",
    "regime",
    "round_to_5",
    "rounded",
    "selection_policy",
]
