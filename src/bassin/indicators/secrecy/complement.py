"""The cheapest group of figures to hide so that one secret figure can move.

Hiding figures one by one does not work in tables with several dimensions: a secret cell is
free only once a whole circuit is hidden (the cell, one in its row, one in its column, and the
one where these meet). The circuit is found as a sparse solution: among all changes of the cells
that leave every visible total as it is and move the secret figure, the one that touches the
cheapest visible cells (least squares, weighted again at each step by what it used before).
"""

import numpy as np
from numpy.typing import NDArray

from bassin.indicators.secrecy.system import Indices, LinearSystem, Vector, independent

STEPS = 24
FREE = 1e-3  # price of a cell that is hidden already, next to a visible one
TOTAL = 1e3  # a total is hidden only when no cell will do
HEADLINE = 1e6  # and the headline last of all


def circuit(
    system: LinearSystem,
    hidden: NDArray[np.bool_],
    own: NDArray[np.bool_],
    move: float,
    known: int,
) -> Indices:
    """Return the rows to hide so that the cells `own` may together change by `move`.

    `known` is a column that the attacker knows and that cannot help, -1 for none.
    """
    need = abs(move)
    cells = _single_rows(system)
    shown = np.array([row >= 0 and not hidden[row] for row in cells], dtype=bool)
    usable = (system.values > 0) | own
    if known >= 0:
        usable[known] = False
    columns = np.flatnonzero(usable)
    totals = np.flatnonzero(~hidden & (system.sizes > 1))
    block = system.incidence[np.ix_(totals, columns)].astype(float)
    kept = independent(block)
    equations = np.hstack([block[kept], -np.eye(len(kept))])
    target = np.concatenate([own[columns].astype(float), np.zeros(len(kept))])
    price = np.concatenate(
        [
            _prices(system.values[columns], shown[columns], need),
            _prices_of_totals(system, totals[kept], need),
        ]
    )
    lowest = np.concatenate([-0.95 * system.values[columns], np.full(len(kept), -np.inf)])
    change = _sparse(np.vstack([equations, target]), price, lowest, move)
    touched = np.abs(change) > 1e-3 * need
    in_cells = columns[touched[: len(columns)] & shown[columns]]
    return np.concatenate([cells[in_cells], totals[kept][touched[len(columns) :]]])


def _single_rows(system: LinearSystem) -> Indices:
    """For each column, the row that publishes it alone; -1 when there is none."""
    rows = np.full(len(system.values), -1, dtype=np.intp)
    for row in np.flatnonzero(system.sizes == 1):
        rows[system.incidence[row].argmax()] = row
    return rows


def _prices(values: Vector, shown: NDArray[np.bool_], need: float) -> Vector:
    """Small figures are cheap, but not those too small to make up for the move."""
    price = np.where(shown, 1.0 + values / (values + 10 * need), FREE)
    return price * (1 + (need / np.maximum(values, 1e-3 * need)) ** 2)


def _prices_of_totals(system: LinearSystem, rows: Indices, need: float) -> Vector:
    worth = 1.0 + system.totals[rows] / (system.totals[rows] + 10 * need)
    return worth * np.where(system.headline[rows], HEADLINE, TOTAL)


def _sparse(equations: NDArray[np.float64], price: Vector, lowest: Vector, move: float) -> Vector:
    """Solve equations · x = (0, …, 0, move), touching as little price as possible.

    No x goes below `lowest`: what would is kept there, and the rest found elsewhere.
    """
    wanted = np.zeros(len(equations))
    wanted[-1] = move
    weights = 1.0 / price
    change = np.zeros(len(price))
    held = np.zeros(len(price), dtype=bool)
    for step in range(STEPS):
        scaled = equations * weights
        gram = scaled @ equations.T
        size = np.sqrt(np.maximum(np.diag(gram), 1e-300))
        gram = gram / np.outer(size, size) + 1e-12 * np.eye(len(gram))
        free = weights * (equations.T @ (np.linalg.solve(gram, wanted / size) / size))
        change = np.where(held, lowest, free)
        over = ~held & (change < lowest)
        held |= over
        wanted -= equations[:, over] @ lowest[over]
        blur = abs(move) * max(0.5**step, 1e-3)
        weights = np.where(held, 0.0, (change**2 + blur**2) / price)
        weights /= max(weights.max(), 1e-300)
    return change
