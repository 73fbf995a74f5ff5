"""The cheapest group of figures to hide so that one secret figure can move.

Hiding figures one by one does not work in tables with several dimensions: a secret cell is
free only once a whole circuit is hidden (the cell, one in its row, one in its column, and the
one where these meet). The circuit is found as a sparse solution: among all changes of the cells
that leave every visible total as it is and move the secret figure, the one that touches the
cheapest visible cells (least squares, weighted again at each step by what it used before).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bassin.indicators.secrecy.system import Indices, LinearSystem, Vector

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
) -> tuple[Indices, Vector]:
    """Return the rows to hide so that the cells `own` may together change by `move`.

    The second result is the change of every cell that this makes possible, nearly exact.

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
    price = _prices(system.values[columns], shown[columns], need)
    problem = _Problem(
        equations=np.vstack([block, own[columns].astype(float)]),
        price=price,
        price_of_totals=_prices_of_totals(system, totals, need),
        lowest=-0.95 * system.values[columns],
        move=move,
    )
    change, slack = problem.solve()
    in_cells = columns[(np.abs(change) > 0.01 * need) & shown[columns]]
    in_totals = totals[np.abs(slack) > 0.01 * need]
    changes = np.zeros(len(system.values))
    changes[columns] = change
    return np.concatenate([cells[in_cells], in_totals]), changes


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


@dataclass(frozen=True, slots=True)
class _Problem:
    """Find x and s with (equations · x)[:-1] = s and (equations · x)[-1] = move, at least price.

    No x goes below `lowest`: what would is kept there, and the rest found elsewhere.
    """

    equations: NDArray[np.float64]
    price: Vector
    price_of_totals: Vector
    lowest: Vector
    move: float

    def solve(self) -> tuple[Vector, Vector]:
        wanted = np.zeros(len(self.equations))
        wanted[-1] = self.move
        weights, slacks = 1.0 / self.price, 1.0 / self.price_of_totals
        change, held = np.zeros(len(self.price)), np.zeros(len(self.price), dtype=bool)
        for step in range(STEPS):
            used = ~held
            if step > 4:  # what is hardly used by now will not be
                used &= np.abs(change) > 1e-4 * abs(self.move)
            factors = self._factors(np.where(used, weights, 0.0), slacks, wanted)
            moved = np.where(used, weights * (self.equations.T @ factors), 0.0)
            moved[held] = self.lowest[held]
            stable = bool(np.abs(moved - change).max() < 0.01 * abs(self.move))
            change, slack = moved, -slacks * factors[:-1]
            over = ~held & (change < self.lowest)
            held |= over
            wanted -= self.equations[:, over] @ self.lowest[over]
            if step > 8 and stable and not over.any():
                break
            blur = abs(self.move) * max(0.5**step, 1e-3)
            weights = (change**2 + blur**2) / self.price
            slacks = (slack**2 + blur**2) / self.price_of_totals
            top = max(weights[~held].max(initial=0.0), slacks.max(initial=0.0), 1e-300)
            weights, slacks = weights / top, slacks / top
        return change, slack

    def _factors(self, weights: Vector, slacks: Vector, wanted: Vector) -> Vector:
        """Multipliers of the equations in the weighted least squares."""
        used = weights > 0
        scaled = self.equations[:, used] * np.sqrt(weights[used])
        gram = scaled @ scaled.T
        gram[np.diag_indices(len(slacks))] += slacks
        size = np.sqrt(np.maximum(np.diag(gram), 1e-15))
        gram = gram / np.outer(size, size) + 1e-10 * np.eye(len(gram))
        return np.asarray(np.linalg.solve(gram, wanted / size) / size)
