"""Ways to change a table without changing any visible figure.

A move is relative: +0.5 for a cell means half as much again. Moves are vectors over the free
cells of a `View`, one column each; a "load" is a figure as a vector over the same cells, scaled
by their values, so that load · move is the change of the figure.
"""

import numpy as np
from numpy.typing import NDArray

from bassin.indicators.secrecy.system import Indices, Vector, View

STEPS = 8


def reach(loads: NDArray[np.float64], moves: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each figure goes (up, down) along moves, before a cell would be negative."""
    return extremes(loads @ moves, moves)


def extremes(change: NDArray[np.float64], moves: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same, given the change that each move makes to each figure (figures × moves)."""
    if not moves.size or not change.size:
        return np.zeros((2, len(change)))
    forth = 0.999 / np.maximum(-moves.min(axis=0), 1e-6)
    back = 0.999 / np.maximum(moves.max(axis=0), 1e-6)
    up = np.maximum(change * forth, -change * back).max(axis=1)
    down = np.maximum(-change * forth, change * back).max(axis=1)
    return np.stack([up, down])


def straight(view: View, loads: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each figure, the move that changes it most for its length."""
    lengths = np.linalg.norm(loads, axis=1, keepdims=True)
    return view.loosen((loads / np.maximum(lengths, 1e-300)).T)


def stretch(view: View, load: Vector, need: float, still: int | None = None) -> Vector:
    """Walk from the true table towards the largest value of a figure; return the move made.

    Each step is a projected gradient scaled by the current cells (affine scaling), so that the
    walk slides along the limits instead of stopping at the first one. It goes a little further
    than needed, to leave room for the corrections made for insiders. `still` is the place of
    a free cell that must not move. Zeros are returned when rounding spoilt the walk.
    """
    block = view.block
    if still is not None:
        block = np.vstack([block, np.eye(1, len(view.free), still)])
    slope = load / np.where(view.weights > 0, view.weights, 1.0)
    here = view.weights.copy()
    gained = 0.0
    for _ in range(STEPS):
        scaled = slope * here
        move = _without(block * here, scaled / max(float(np.linalg.norm(scaled)), 1e-300))
        if np.linalg.norm(move) < 1e-7:
            break
        here = here * (1 + move * 0.95 / max(-move.min(), 1e-6))
        before, gained = gained, float(slope @ (here - view.weights))
        if gained >= 1.2 * need or gained - before < 0.02 * need:
            break
    drift = np.abs(block @ (here - view.weights))
    if (drift > 1e-8 * np.maximum(1.0, block @ view.weights)).any():
        return np.zeros(len(here))
    return here / view.weights - 1


def _without(rows: NDArray[np.float64], move: Vector) -> Vector:
    """Take out of a move what changes the rows, by normal equations, refined twice.

    Faster than an orthonormal basis for a single move; what it loses in precision is caught by
    the caller, who measures the drift.
    """
    size = np.sqrt(np.maximum((rows**2).sum(axis=1), 1e-300))
    normed = rows / size[:, None]
    gram = normed @ normed.T + 1e-14 * np.eye(len(rows))
    inverse = np.linalg.inv(gram)
    for _ in range(3):
        move = move - normed.T @ (inverse @ (normed @ move))
    return move


def lift(view: View, columns: Indices) -> dict[int, Vector]:
    """Moves of the free cells that make up for one unit more in a cell worth zero.

    `columns` gives a column per figure, -1 to skip it; figures that cannot be lifted are absent.
    """
    wanted = {int(column) for column in columns if column >= 0 and not view.pinned[column]}
    if not wanted:
        return {}
    block = view.system.incidence[np.ix_(view.rows, view.free)] * view.weights
    inverse = np.linalg.pinv(block) if block.size else np.zeros(block.shape[::-1])
    solved: dict[int, Vector] = {}
    for column in wanted:
        holding = view.system.incidence[:, column] & ~view.hidden
        asked = -holding[view.rows].astype(float)
        move = inverse @ asked
        holding[view.rows] = False
        if not holding.any() and np.allclose(block @ move, asked, atol=1e-9):
            solved[column] = move
    return {
        position: solved[int(column)]
        for position, column in enumerate(columns)
        if int(column) in solved
    }


class Held:
    """Moves corrected so that an insider's own cell stays, for many insiders at once.

    Holding a cell is a change of rank one: the products with all figures are computed once and
    corrected for each insider.
    """

    def __init__(self, view: View, loads: NDArray[np.float64], columns: Indices) -> None:
        self.loads = loads
        self.places = np.searchsorted(view.free, columns)
        own = np.zeros((len(view.free), len(columns)))
        own[self.places, np.arange(len(columns))] = 1.0
        self.own = view.loosen(own)
        self.freedom = self.own[self.places, np.arange(len(columns))]
        self.loaded = loads @ self.own
        self.moves = np.zeros((len(view.free), 0))
        self.change = np.zeros((len(loads), 0))

    def try_all(self, moves: NDArray[np.float64]) -> None:
        """Set the moves that `reached` corrects and measures."""
        self.moves = moves
        self.change = self.loads @ moves

    def hold(self, at: int, moves: NDArray[np.float64]) -> NDArray[np.float64]:
        """Moves that leave the cell of one insider; unchanged when it cannot move anyway."""
        held = moves - np.outer(self.own[:, at], self._factor(at, moves))
        held[np.abs(held) < 1e-9] = 0.0
        return held

    def reached(self, at: int) -> NDArray[np.float64]:
        """How far each figure goes (up, down) against one insider."""
        change = self.change - np.outer(self.loaded[:, at], self._factor(at, self.moves))
        return extremes(change, self.hold(at, self.moves))

    def _factor(self, at: int, moves: NDArray[np.float64]) -> Vector:
        if self.freedom[at] < 1e-9:
            return np.zeros(moves.shape[1])
        return moves[self.places[at]] / self.freedom[at]
