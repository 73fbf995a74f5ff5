"""Decide which figures of a set of published tables are shown."""

from collections.abc import Sequence

import numpy as np

from bassin.errors import Refused
from bassin.indicators.figure import Status
from bassin.indicators.secrecy.cells import SHOWN, Aggregate, CellKey, CellTable, Verdict
from bassin.indicators.secrecy.primary import Why, primary, sentence
from bassin.indicators.secrecy.regimes import Regime, reason
from bassin.indicators.secrecy.secondary import complete
from bassin.indicators.secrecy.system import Indices, build


def protect(
    cells: CellTable, regime: Regime, published: Sequence[Aggregate], *, complement: bool = True
) -> dict[CellKey, Verdict]:
    """Return the verdict on every published figure, judged all together.

    `published` must hold everything that is shown anywhere from these cells: a figure left out
    is a figure that an attacker has and this function does not know. Without `complement`, only
    what is secret by itself is told: for figures that are judged again with others.

    Raises:
        Refused: two figures have one key, or a figure names a cell that is not in the table.
    """
    members = _members(cells, published)
    if not regime.protects:
        return {one.key: SHOWN for one in published}
    why = primary(cells, members, published, regime)
    verdicts = {
        one.key: Verdict(Status.SECRET, sentence(cause, regime)) if cause else SHOWN
        for one, cause in zip(published, why, strict=True)
    }
    if not (complement and regime.additive and why.any()):
        return verdicts
    headline = np.array([one.headline for one in published], dtype=bool)
    usable = why != Why.PUBLISHER
    system = build(cells, members, headline, usable)
    secret = np.unique(system.row_of[(why > 0) & (system.row_of >= 0)])
    hidden = complete(system, secret, regime.protection_pct, regime.protection_floor)
    for one, row in zip(published, system.row_of, strict=True):
        if row >= 0 and hidden[row] and verdicts[one.key].shown:
            verdicts[one.key] = Verdict(Status.SECONDARY, reason("secondary"))
    return verdicts


def _members(cells: CellTable, published: Sequence[Aggregate]) -> list[Indices]:
    position = {key: at for at, key in enumerate(cells.keys)}
    if len({one.key for one in published}) != len(published):
        raise Refused("Two published figures have the same key: give each its own.")
    found = []
    for one in published:
        absent = [cell for cell in one.cells if cell not in position]
        if absent:
            raise Refused(
                f"The published figure {one.key} adds up the cell {absent[0]}, which is not in "
                "the table: give that cell, with zero units if it is empty."
            )
        found.append(np.array([position[cell] for cell in one.cells], dtype=np.intp))
    return found
