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
        self.walks: dict[tuple[int, int], Vector] = {}
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
            self._stretch(view, int(position), needs, self.proved)
        return [Weak(int(position), OUTSIDER) for position in self._missing()]

    def insider(self, view: View) -> list[Weak]:
        """The figures that the only contributor of a cell can place, with that cell."""
        if not len(self.insiders):
            alone = view.free[self.system.units[view.free] == 1]
            self.insiders = alone
            self.proved_to = np.zeros((len(alone), 2, len(self.rows)), dtype=bool)
            self._nothing_left()
        todo = np.flatnonzero(~self.proved_to.all(axis=(1, 2)))
        if not len(todo):
            return []
        loads = self.members[:, view.free] * view.weights
        held = _Held(view, loads, self.insiders[todo])
        moves = self.random.standard_normal((len(view.free), 24))
        walks = [walk[view.free, None] for walk in self.walks.values()]
        held.try_all(view.loosen(moves), *walks)
        lifts = lift(view, self._zero_columns())
        for at, which in enumerate(todo):
            proved, needs = self.proved_to[which], self._needs_of(int(which))
            proved |= held.reached(at) >= needs
            self._lift_to(proved, needs, lifts, held, at)
        self._straight_to(view, held, loads, todo)
        return [
            Weak(int(position), int(self.insiders[which]))
            for which in todo
            for position in np.flatnonzero(~self.proved_to[which].all(axis=0))
        ]

    def _nothing_left(self) -> None:
        """Nothing remains to be protected in a figure whose whole value is the insider's."""
        for proved, column in zip(self.proved_to, self.insiders, strict=True):
            own = self.members[:, column]
            rest = self.system.totals[self.rows] - own * self.system.values[column]
            proved[:, own & (rest <= 1e-9 * self.system.values[column])] = True
            proved[1, rest <= 0] = True

    def _needs_of(self, which: int) -> NDArray[np.float64]:
        column = self.insiders[which]
        rest = self.system.totals[self.rows] - (
            self.members[:, column] * self.system.values[column]
        )
        return self.needs(np.maximum(rest, 0.0))

    def _lift_to(
        self,
        proved: NDArray[np.bool_],
        needs: NDArray[np.float64],
        lifts: dict[int, Vector],
        held: "_Held",
        at: int,
    ) -> None:
        for position, move in lifts.items():
            if not proved[0, position]:
                still = held.hold(at, move[:, None])[:, 0]
                fixed = abs(still[held.places[at]]) < 1e-9
                high = (1 + needs[0, position] * still).min(initial=0.0) >= 0
                proved[0, position] = bool(fixed and high)

    def _straight_to(
        self, view: View, held: "_Held", loads: NDArray[np.float64], todo: Indices
    ) -> None:
        """For what is left, the direction of each figure itself, then a walk."""
        left = np.flatnonzero(~self.proved_to[todo].all(axis=(0, 1)))
        if not len(left):
            return
        lengths = np.linalg.norm(loads[left], axis=1, keepdims=True)
        straight = view.loosen((loads[left] / np.maximum(lengths, 1e-300)).T)
        for at, which in enumerate(todo):
            proved, needs = self.proved_to[which], self._needs_of(int(which))
            failing = np.flatnonzero(~proved[:, left].all(axis=0))
            if not len(failing):
                continue
            rows = left[failing]
            moves = held.hold(at, straight[:, failing])
            proved[:, rows] |= reach(loads[rows], moves) >= needs[:, rows]
            for position in rows[~proved[:, rows].all(axis=0)]:
                self._stretch(view, int(position), needs, proved, int(held.places[at]))

    def proof(self, weak: Weak) -> NDArray[np.bool_]:
        """Whether the figure of a weakness is proved (up, down) against that attacker."""
        if weak.insider == OUTSIDER:
            return self.proved[:, weak.position]
        which = int(np.flatnonzero(self.insiders == weak.insider)[0])
        return self.proved_to[which, :, weak.position]

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

    def _stretch(
        self,
        view: View,
        position: int,
        needs: NDArray[np.float64],
        proved: NDArray[np.bool_],
        still: int | None = None,
    ) -> None:
        load = self.members[position, view.free] * 1.0
        if still is not None:
            load[still] = 0.0
        if not load.any() or self._hopeless(view, load, needs[0, position], still):
            return
        for side, sign in enumerate((1.0, -1.0)):
            if not proved[side, position]:
                walk = stretch(view, load * sign, needs[side, position], still)
                gained = load @ (walk * view.weights) * sign
                proved[side, position] = gained >= needs[side, position]
                if still is None and proved[side, position]:
                    self.walks[side, position] = np.zeros(len(self.system.values))
                    self.walks[side, position][view.free] = walk

    def _hopeless(self, view: View, load: Vector, need: float, still: int | None) -> bool:
        """True when a visible total leaves less room above the figure than it needs."""
        own = load > 0
        block = self.system.incidence[np.ix_(view.rows, view.free)]
        holding = block[(block | ~own).all(axis=1)].astype(float)
        if still is not None:
            holding[:, still] = 0.0
        room = holding @ view.weights - own @ view.weights
        return bool((room < need).any())


class _Held:
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

    def try_all(self, *moves: NDArray[np.float64]) -> None:
        """Set the moves that `reached` corrects and measures."""
        self.moves = np.hstack(moves)
        self.change = self.loads @ self.moves

    def hold(self, at: int, moves: NDArray[np.float64]) -> NDArray[np.float64]:
        """Moves that leave the cell of one insider; unchanged when it cannot move anyway."""
        held = moves - np.outer(self.own[:, at], self._factor(at, moves))
        held[np.abs(held) < 1e-9] = 0.0
        return held

    def reached(self, at: int) -> NDArray[np.float64]:
        """How far each figure goes (up, down) against one insider."""
        change = self.change - np.outer(self.loaded[:, at], self._factor(at, self.moves))
        return _extremes(change, self.hold(at, self.moves))

    def _factor(self, at: int, moves: NDArray[np.float64]) -> Vector:
        if self.freedom[at] < 1e-9:
            return np.zeros(moves.shape[1])
        return moves[self.places[at]] / self.freedom[at]


def reach(loads: NDArray[np.float64], moves: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each figure goes (up, down) along moves, before a cell would be negative.

    `loads` is figures × free cells, already scaled; `moves` free cells × directions.
    """
    return _extremes(loads @ moves, moves)


def _extremes(change: NDArray[np.float64], moves: NDArray[np.float64]) -> NDArray[np.float64]:
    if not moves.size or not change.size:
        return np.zeros((2, len(change)))
    forth = 0.999 / np.maximum(-moves.min(axis=0), 1e-6)
    back = 0.999 / np.maximum(moves.max(axis=0), 1e-6)
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


def stretch(view: View, load: Vector, need: float, still: int | None = None) -> Vector:
    """Walk from the true table towards the largest value of a figure; return the relative move.

    Each step is a projected gradient scaled by the current cells (affine scaling), so that the
    walk slides along the limits instead of stopping at the first one. It goes a little further
    than needed, to leave room for the corrections made for insiders. `still` is the place of
    a free cell that must not move.
    """
    block = view.system.incidence[np.ix_(view.rows, view.free)].astype(float)
    if still is not None:
        block = np.vstack([block, np.eye(1, len(view.free), still)])
    block = block[independent(block)]
    here = view.weights.copy()
    basis = view.basis
    for step in range(STEPS):
        if step or still is not None:
            basis = scaled_basis(block, here)
        scaled = load * here
        scaled /= np.linalg.norm(scaled)
        move = scaled - basis @ (basis.T @ scaled)
        move -= basis @ (basis.T @ move)
        if np.linalg.norm(move) < 1e-7:
            break
        here = here * (1 + move * 0.95 / max(-move.min(), 1e-6))
        if load @ (here - view.weights) >= 1.2 * need:
            break
    drift = np.abs(block @ (here - view.weights))
    if (drift > 1e-8 * np.maximum(1.0, block @ view.weights)).any():
        return np.zeros(len(here))
    return here / view.weights - 1
