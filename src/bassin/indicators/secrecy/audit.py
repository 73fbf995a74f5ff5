"""Is every secret figure protected? Proved by showing another table that tells the same.

A figure is protected upward when there is a second table, without negative cells and with the
same visible figures, in which it is larger by the wanted amount; and downward likewise. Such
tables are looked for by moving from the true one along directions that change no visible
figure. What is found is a proof; what is not found counts as unprotected, so that errors are
always on the safe side. Two kinds of attacker are considered: an outsider, and the only
contributor of a cell, who knows that cell.

A proof stays valid when more figures are hidden, so that each one is looked for once.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bassin.indicators.secrecy.system import (
    Indices,
    LinearSystem,
    Vector,
    View,
    independent,
    scaled_basis,
)

OUTSIDER = -1
STEPS = 8
SEED = 19510607  # any fixed number: the same table always gets the same mask


class Weak(NamedTuple):
    """A secret figure that an attacker can place too well."""

    position: int
    insider: int  # column known to the attacker, or OUTSIDER


class Audit:
    """Proofs gathered so far for each secret row of a system."""

    def __init__(
        self, system: LinearSystem, rows: Indices, protection_pct: float, floor: float
    ) -> None:
        self.system = system
        self.rows = rows
        self.members = system.incidence[rows]
        self.share = protection_pct / 100
        self.floor = floor
        self.proved = np.zeros((2, len(rows)), dtype=bool)
        self.insiders: Indices = np.zeros(0, dtype=np.intp)
        self.proved_to: NDArray[np.bool_] = np.zeros((0, 2, len(rows)), dtype=bool)
        self.random = np.random.default_rng(SEED)

    def needs(self, values: Vector) -> NDArray[np.float64]:
        """How far (up, down) figures of these values must be able to move.

        A little more than declared, so that rounding never gives less; downward never more
        than half the value, since nothing is below zero.
        """
        wanted = np.maximum(values * self.share, self.floor) * 1.001
        return np.stack([wanted, np.minimum(wanted, values / 2)])

    def outsider(self, view: View) -> list[Weak]:
        """The figures that someone who knows what is visible, and no more, can place."""
        needs = self.needs(self.system.totals[self.rows])
        loads = self.members[:, view.free] * view.weights
        missing = self._missing()
        if len(missing):
            moves = self.random.standard_normal((len(view.free), 48))
            self._prove(missing, reach(loads[missing], view.loosen(moves)), needs)
            missing = self._missing()
        if len(missing):
            lengths = np.linalg.norm(loads[missing], axis=1, keepdims=True)
            straight = view.loosen((loads[missing] / np.maximum(lengths, 1e-300)).T)
            self._prove(missing, reach(loads[missing], straight), needs)
            self._lift(view, needs)
        for position in self._missing():
            self._stretch(view, position, needs)
        return [Weak(int(position), OUTSIDER) for position in self._missing()]

    def insider(self, view: View) -> list[Weak]:
        """The figures that the only contributor of a cell can place, with that cell."""
        if not len(self.insiders):
            alone = view.free[self.system.units[view.free] == 1]
            self.insiders = alone
            self.proved_to = np.zeros((len(alone), 2, len(self.rows)), dtype=bool)
        todo = np.flatnonzero(~self.proved_to.all(axis=(1, 2)))
        if not len(todo):
            return []
        moves = view.loosen(self.random.standard_normal((len(view.free), 24)))
        lifts = lift(view, self._zero_columns())
        places = np.searchsorted(view.free, self.insiders[todo])
        own = np.zeros((len(view.free), len(todo)))
        own[places, np.arange(len(todo))] = 1.0
        own = view.loosen(own)
        weak: list[Weak] = []
        for at, which in enumerate(todo):
            known = _Known(view, int(places[at]), own[:, at])
            self._prove_to(int(which), known, moves, lifts)
            failing = np.flatnonzero(~self.proved_to[which].all(axis=0))
            weak += [Weak(int(position), int(self.insiders[which])) for position in failing]
        return weak

    def _missing(self) -> Indices:
        return np.flatnonzero(~self.proved.all(axis=0))

    def _prove(
        self, which: Indices, reached: NDArray[np.float64], needs: NDArray[np.float64]
    ) -> None:
        self.proved[:, which] |= reached >= needs[:, which]

    def _zero_columns(self) -> Indices:
        """For each secret row worth nothing, one of its columns; -1 for the others."""
        worth = self.system.totals[self.rows] > 0
        return np.where(worth, -1, self.members.argmax(axis=1))

    def _lift(self, view: View, needs: NDArray[np.float64]) -> None:
        """A figure worth zero is protected when it could be worth `floor`."""
        columns = self._zero_columns()
        zero = columns >= 0
        self.proved[1, zero] = True
        for position, move in lift(view, columns).items():
            step = needs[0, position]
            self.proved[0, position] |= bool((1 + step * move).min(initial=0.0) >= 0)

    def _stretch(self, view: View, position: int, needs: NDArray[np.float64]) -> None:
        load = self.members[position, view.free].astype(float)
        if not load.any() or self._hopeless(view, position, needs[0, position]):
            return
        for side, sign in enumerate((1.0, -1.0)):
            if not self.proved[side, position]:
                gained = stretch(view, load * sign, needs[side, position])
                self.proved[side, position] = gained >= needs[side, position]

    def _hopeless(self, view: View, position: int, need: float) -> bool:
        """True when a visible total leaves less room above the figure than it needs."""
        own = self.members[position, view.free]
        block = self.system.incidence[np.ix_(view.rows, view.free)]
        holding = block[(block | ~own).all(axis=1)]
        room = holding @ view.weights - own @ view.weights
        return bool((room < need).any())

    def _prove_to(
        self,
        which: int,
        known: "_Known",
        moves: NDArray[np.float64],
        lifts: dict[int, Vector],
    ) -> None:
        """Look for proofs against one insider: the same moves, with their cell held still."""
        proved, column = self.proved_to[which], self.insiders[which]
        inside = self.members[:, column]
        rest = self.system.totals[self.rows] - inside * self.system.values[column]
        needs = self.needs(np.maximum(rest, 0.0))
        proved[:, inside & (rest <= 1e-9 * self.system.values[column])] = True
        proved[1, rest <= 0] = True
        missing = np.flatnonzero(~proved.all(axis=0))
        loads = self.members[np.ix_(missing, known.view.free)] * known.view.weights
        loads[:, known.place] = 0.0
        proved[:, missing] |= reach(loads, known.hold(moves)) >= needs[:, missing]
        for position, move in lifts.items():
            held = known.hold(move[:, None])[:, 0]
            step = needs[0, position]
            still = abs(held[known.place]) < 1e-9
            proved[0, position] |= bool(still and (1 + step * held).min(initial=0.0) >= 0)
        failing = ~proved[:, missing].all(axis=0)
        left, loads = missing[failing], loads[failing]
        lengths = np.linalg.norm(loads, axis=1, keepdims=True)
        straight = known.view.loosen((loads / np.maximum(lengths, 1e-300)).T)
        proved[:, left] |= reach(loads, known.hold(straight)) >= needs[:, left]


class _Known:
    """An insider's knowledge: one free cell (its place among them) that cannot move."""

    def __init__(self, view: View, place: int, own: Vector) -> None:
        self.view = view
        self.place = place
        self.own = own

    def hold(self, moves: NDArray[np.float64]) -> NDArray[np.float64]:
        """Correct moves so that the known cell stays; unchanged when it cannot move anyway."""
        freedom = self.own[self.place]
        if freedom < 1e-9:
            return moves
        held = moves - np.outer(self.own, moves[self.place] / freedom)
        held[np.abs(held) < 1e-9] = 0.0
        return held


def reach(loads: NDArray[np.float64], moves: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each figure goes (up, down) along moves, before a cell would be negative.

    `loads` is figures × free cells, already scaled; `moves` free cells × directions.
    """
    if not moves.size or not loads.size:
        return np.zeros((2, len(loads)))
    forth = 0.999 / np.maximum(-moves.min(axis=0), 1e-6)
    back = 0.999 / np.maximum(moves.max(axis=0), 1e-6)
    change = loads @ moves
    up = np.maximum(change * forth, -change * back).max(axis=1)
    down = np.maximum(-change * forth, change * back).max(axis=1)
    return np.stack([up, down])


def lift(view: View, columns: Indices) -> dict[int, Vector]:
    """Moves of the free cells that make up for one unit more in a cell worth zero.

    `columns` gives a column per figure, -1 to skip it; figures that cannot be lifted are absent.
    """
    block = view.system.incidence[np.ix_(view.rows, view.free)] * view.weights
    found: dict[int, Vector] = {}
    wanted = {int(column) for column in columns if column >= 0 and not view.pinned[column]}
    solved: dict[int, Vector] = {}
    inverse = np.linalg.pinv(block) if wanted and block.size else np.zeros(block.shape[::-1])
    for column in wanted:
        asked = -_visible(view, column)
        outside = view.system.incidence[:, column] & ~view.hidden
        outside[view.rows] = False
        move = inverse @ asked
        if not outside.any() and np.allclose(block @ move, asked, atol=1e-9):
            solved[column] = move
    for position, column in enumerate(columns):
        if int(column) in solved:
            found[position] = solved[int(column)]
    return found


def _visible(view: View, column: int) -> Vector:
    return view.system.incidence[view.rows, column].astype(float)


def stretch(view: View, load: Vector, need: float) -> float:
    """Walk from the true table towards the largest value of a figure; return the gain.

    Each step is a projected gradient scaled by the current cells (affine scaling), so that the
    walk slides along the limits instead of stopping at the first one.
    """
    block = view.system.incidence[np.ix_(view.rows, view.free)].astype(float)
    block = block[independent(block)]
    here = view.weights.copy()
    basis = view.basis
    for step in range(STEPS):
        if step:
            basis = scaled_basis(block, here)
        scaled = load * here
        scaled /= np.linalg.norm(scaled)
        move = scaled - basis @ (basis.T @ scaled)
        move -= basis @ (basis.T @ move)
        if np.linalg.norm(move) < 1e-7:
            break
        here = here * (1 + move * 0.95 / max(-move.min(), 1e-6))
        if load @ (here - view.weights) >= need:
            break
    drift = np.abs(block @ (here - view.weights))
    if (drift > 1e-7 * np.maximum(1.0, block @ view.weights)).any():
        return 0.0
    return float(load @ (here - view.weights))
