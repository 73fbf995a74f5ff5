"""Primary secrecy: the figures that rest on too few contributors, or on one large one."""

from collections.abc import Sequence
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from bassin.indicators.secrecy.cells import Aggregate, CellTable
from bassin.indicators.secrecy.regimes import Regime, reason
from bassin.types import Text


class Why(IntEnum):
    """Why a figure is hidden at first sight; 0 when it is not."""

    SHOWN = 0
    FEW = 1
    POPULATION = 2
    POPULATION_UNKNOWN = 3
    DOMINANCE = 4
    DOMINANCE_UNKNOWN = 5
    PUBLISHER = 6


def primary(
    cells: CellTable,
    members: list[NDArray[np.intp]],
    published: Sequence[Aggregate],
    regime: Regime,
) -> NDArray[np.int8]:
    """Judge each figure alone, given the indices of its cells; return one `Why` per figure.

    A figure with no contributor at all is a true zero and is shown. Where the largest unit of
    some cells is unknown, the figure is still shown when it could not dominate even if it
    made the whole of its cell.
    """
    units = _own([one.units for one in published])
    units = np.where(np.isnan(units), _sums(cells.units.astype(float), members), units)
    totals = _sums(cells.values, members)
    why = np.zeros(len(members), dtype=np.int8)
    if regime.protects:
        if regime.dominance_pct is not None:
            _dominance(why, cells, members, totals, regime.dominance_pct)
        _thresholds(why, units, _own([one.population for one in published]), regime)
        why[units == 0] = Why.SHOWN
    why[np.isnan(totals)] = Why.PUBLISHER
    return why


def sentence(why: int, regime: Regime) -> Text:
    """What is written in place of a figure hidden for this cause."""
    match Why(why):
        case Why.DOMINANCE:
            return reason("dominance", dominance_pct=f"{regime.dominance_pct:g}")
        case Why.DOMINANCE_UNKNOWN:
            return reason("dominance_unknown")
        case Why.POPULATION:
            return reason("population", min_population=regime.min_population)
        case Why.POPULATION_UNKNOWN:
            return reason("population_unknown")
        case Why.PUBLISHER:
            return reason("publisher")
        case _:
            return regime.few_units()


def _thresholds(
    why: NDArray[np.int8],
    units: NDArray[np.float64],
    populations: NDArray[np.float64],
    regime: Regime,
) -> None:
    few = units < regime.min_units
    if regime.population == "or" and regime.min_population is not None:
        few &= ~(populations >= regime.min_population)
    if regime.population == "and" and regime.min_population is not None:
        why[populations < regime.min_population] = Why.POPULATION
        why[np.isnan(populations)] = Why.POPULATION_UNKNOWN
    why[few] = Why.FEW


def _dominance(
    why: NDArray[np.int8],
    cells: CellTable,
    members: list[NDArray[np.intp]],
    totals: NDArray[np.float64],
    limit_pct: float,
) -> None:
    """Hide from the limit itself: the two published wordings differ on equality."""
    known = np.full(len(cells), np.nan) if cells.largest is None else cells.largest
    # A single contributor is the largest one; an unknown one is at most its whole cell.
    at_least = np.where(np.isnan(known), 0.0, known)
    at_most = np.where(np.isnan(known), cells.values, known)
    limit = totals * limit_pct / 100 * (1 - 1e-12)
    why[(_peaks(at_most, members) >= limit) & (totals > 0)] = Why.DOMINANCE_UNKNOWN
    why[(_peaks(at_least, members) >= limit) & (totals > 0)] = Why.DOMINANCE


def _own(numbers: Sequence[float | None]) -> NDArray[np.float64]:
    return np.array([np.nan if one is None else one for one in numbers], dtype=float)


def _sums(values: NDArray[np.float64], members: list[NDArray[np.intp]]) -> NDArray[np.float64]:
    return np.array([values[part].sum() for part in members], dtype=float)


def _peaks(values: NDArray[np.float64], members: list[NDArray[np.intp]]) -> NDArray[np.float64]:
    return np.array([values[part].max(initial=0.0) for part in members], dtype=float)
