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

from bassin.indicators.secrecy.moves import Held, lift, reach, straight, stretch
from bassin.indicators.secrecy.system import Indices, LinearSystem, Vector, View

OUTSIDER = -1
ENOUGH = 8  # weak figures found the hard way before going to hide more
SEED = 19510607  # any fixed number: the same table always gets the same mask

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


class Weak(NamedTuple):
    """A secret figure that an attacker can place too well."""

    position: int
    insider: int  # column known to the attacker, or OUTSIDER


class Audit:
    """Proofs gathered so far for each secret row of a system.

    `proved` is (up, down) × figures for the outsider; `proved_to` the same for each insider.
    `walks` keeps, by side and figure, a move over all the columns that worked once.
    """

    def __init__(
        self, system: LinearSystem, rows: Indices, protection_pct: float, floor: float
    ) -> None:
        self.system = system
        self.rows = rows
        self.members = system.incidence[rows]
        self.share = protection_pct / 100
        self.floor = floor
        self.proved: Flags = np.zeros((2, len(rows)), dtype=bool)
        self.insiders: Indices | None = None
        self.proved_to: Flags = np.zeros((0, 2, len(rows)), dtype=bool)
        self.walks: dict[tuple[int, int], Vector] = {}
        self.random = np.random.default_rng(SEED)

    @property
    def done(self) -> bool:
        """True when every figure is proved against every attacker."""
        return self.insiders is not None and bool(self.proved.all() and self.proved_to.all())

    @property
    def proofs(self) -> int:
        """How many proofs were found so far."""
        return int(self.proved.sum() + self.proved_to.sum())

    def needs(self, values: Vector) -> Floats:
        """How far (up, down) figures of these values must be able to move.

        A little more than declared, so that rounding never gives less; downward never more
        than half the value, since nothing is below zero.
        """
        wanted = np.maximum(values * self.share, self.floor) * 1.001
        return np.stack([wanted, np.minimum(wanted, values / 2)])

    def outsider(self, view: View) -> list[Weak]:
        """Figures that someone who knows what is visible, and no more, can place.

        Not always all of them: enough to go on with. Empty when every figure is proved.
        """
        needs = self.needs(self.system.totals[self.rows])
        loads = self.members[:, view.free] * view.weights
        missing = self._missing()
        if not len(missing):
            return []
        moves = view.loosen(self.random.standard_normal((len(view.free), 48)))
        self.proved[:, missing] |= reach(loads[missing], moves) >= needs[:, missing]
        missing = self._missing()
        moves = straight(view, loads[missing])
        self.proved[:, missing] |= reach(loads[missing], moves) >= needs[:, missing]
        self._lift(view, needs)
        hard = _Hard(self, view, loads, needs)
        return [
            Weak(int(position), OUTSIDER)
            for position in self._missing()
            if not hard.prove(int(position), self.proved)
        ]

    def insider(self, view: View) -> list[Weak]:
        """Figures that the only contributor of a cell can place, with that cell."""
        if self.insiders is None:
            self.insiders = view.free[self.system.units[view.free] == 1]
            self.proved_to = np.zeros((len(self.insiders), 2, len(self.rows)), dtype=bool)
            for proved, column in zip(self.proved_to, self.insiders, strict=True):
                self._nothing_left(proved, int(column))
        todo = np.flatnonzero(~self.proved_to.all(axis=(1, 2)))
        if not len(todo):
            return []
        loads = self.members[:, view.free] * view.weights
        held = Held(view, loads, self.insiders[todo])
        random = self.random.standard_normal((len(view.free), 24))
        walks = [walk[view.free, None] for walk in self.walks.values()]
        held.try_all(view.loosen(np.hstack([random, *walks])))
        lifts = lift(view, self._zero_columns())
        for at, which in enumerate(todo):
            proved, needs = self.proved_to[which], self._needs_of(int(self.insiders[which]))
            proved |= held.reached(at) >= needs
            _lift_held(proved, needs, lifts, held, at)
        return self._straight_to(view, held, todo)

    def suggest(self, weak: Weak, side: int, change: Vector) -> None:
        """Keep a change of the cells (over all columns) that may prove a figure."""
        values = self.system.values
        move = change / np.where(values > 0, values, 1.0)
        self.walks[side, weak.position] = np.where(values > 0, move, 0.0)

    def again(self, view: View, weak: Weak) -> bool:
        """Try what was suggested for one weak figure; True when it proves one more side."""
        proof = self.proof(weak)
        before = proof.sum()
        loads = self.members[:, view.free] * view.weights
        if weak.insider == OUTSIDER:
            hard = _Hard(self, view, loads, self.needs(self.system.totals[self.rows]))
        else:
            held = Held(view, loads, np.array([weak.insider]))
            hard = _Hard(self, view, loads, self._needs_of(weak.insider), held, 0)
        hard.walk_again(weak.position, self._table(weak.insider))
        return bool(proof.sum() > before)

    def proof(self, weak: Weak) -> Flags:
        """Whether the figure of a weakness is proved (up, down) against that attacker."""
        return self._table(weak.insider)[:, weak.position]

    def need(self, weak: Weak, side: int) -> float:
        """How far the figure of a weakness must be able to move, up (0) or down (1)."""
        if weak.insider == OUTSIDER:
            total = self.system.totals[self.rows[[weak.position]]]
            return float(self.needs(total)[side, 0])
        return float(self._needs_of(weak.insider)[side, weak.position])

    def _table(self, insider: int) -> Flags:
        if insider == OUTSIDER or self.insiders is None:
            return self.proved
        return self.proved_to[int(np.flatnonzero(self.insiders == insider)[0])]

    def _missing(self) -> Indices:
        return np.flatnonzero(~self.proved.all(axis=0))

    def _zero_columns(self) -> Indices:
        """For each secret row worth nothing, one of its columns; -1 for the others."""
        worth = self.system.totals[self.rows] > 0
        return np.where(worth, -1, self.members.argmax(axis=1))

    def _lift(self, view: View, needs: Floats) -> None:
        """A figure worth zero is protected when it could be worth `floor`."""
        columns = self._zero_columns()
        self.proved[1, columns >= 0] = True
        for position, move in lift(view, columns).items():
            high = (1 + needs[0, position] * move).min(initial=0.0) >= 0
            self.proved[0, position] |= bool(high)

    def _nothing_left(self, proved: Flags, column: int) -> None:
        """Nothing remains to be protected in a figure whose whole value is the insider's."""
        own = self.members[:, column]
        rest = self.system.totals[self.rows] - own * self.system.values[column]
        proved[:, own & (rest <= 1e-9 * self.system.values[column])] = True
        proved[1, rest <= 0] = True

    def _needs_of(self, column: int) -> Floats:
        rest = self.system.totals[self.rows] - self.members[:, column] * self.system.values[column]
        return self.needs(np.maximum(rest, 0.0))

    def _straight_to(self, view: View, held: Held, todo: Indices) -> list[Weak]:
        """For what is left, the direction of each figure itself, then a walk."""
        assert self.insiders is not None
        left = np.flatnonzero(~self.proved_to[todo].all(axis=(0, 1)))
        moves = straight(view, held.loads[left])
        weak: list[Weak] = []
        for at, which in enumerate(todo):
            proved, column = self.proved_to[which], int(self.insiders[which])
            failing = np.flatnonzero(~proved[:, left].all(axis=0))
            if len(failing) and len(weak) < ENOUGH:
                rows, needs = left[failing], self._needs_of(column)
                reached = reach(held.loads[rows], held.hold(at, moves[:, failing]))
                proved[:, rows] |= reached >= needs[:, rows]
                hard = _Hard(self, view, held.loads, needs, held, at)
                weak += [
                    Weak(int(position), column)
                    for position in rows[~proved[:, rows].all(axis=0)]
                    if not hard.prove(int(position), proved)
                ]
        return weak


class _Hard:
    """Proofs that need a walk, one figure at a time, against one attacker."""

    def __init__(
        self,
        audit: Audit,
        view: View,
        loads: Floats,
        needs: Floats,
        held: Held | None = None,
        at: int = 0,
    ) -> None:
        self.audit = audit
        self.view = view
        self.loads = loads
        self.needs = needs
        self.held = held
        self.at = at
        movable = held is not None and held.freedom[at] > 1e-9
        self.still = int(held.places[at]) if held is not None and movable else None
        self.failures = 0

    def prove(self, position: int, proved: Flags) -> bool:
        """Complete the proof of a figure; True also when it is not tried, for want of patience."""
        load = self.loads[position].copy()
        if self.held is not None:
            load[self.held.places[self.at]] = 0.0
        if load.any() and not self._hopeless(load, self.needs[0, position]):
            if self.failures >= ENOUGH:
                return True
            self.walk_again(position, proved)
            self._walk(position, load, proved)
            self.failures += not proved[:, position].all()
        return bool(proved[:, position].all())

    def walk_again(self, position: int, proved: Flags) -> None:
        """Try the moves that worked, or might work, for this figure."""
        for side in (0, 1):
            known = self.audit.walks.get((side, position))
            if known is not None and not proved[side, position]:
                move = self.view.loosen(known[self.view.free, None])
                if self.held is not None:
                    move = self.held.hold(self.at, move)
                reached = reach(self.loads[[position]], move)[:, 0]
                proved[:, position] |= reached >= self.needs[:, position]

    def _walk(self, position: int, load: Vector, proved: Flags) -> None:
        for side, sign in enumerate((1.0, -1.0)):
            if not proved[side, position]:
                need = self.needs[side, position]
                move = stretch(self.view, load * sign, need, self.still)
                proved[side, position] = load @ move * sign >= need
                if proved[side, position]:
                    kept = np.zeros(len(self.audit.system.values))
                    kept[self.view.free] = move
                    self.audit.walks[side, position] = kept

    def _hopeless(self, load: Vector, need: float) -> bool:
        """True when a visible total leaves less room above the figure than it needs."""
        own = load > 0
        block = self.view.system.incidence[np.ix_(self.view.rows, self.view.free)]
        room = self.view.weights * ~own
        if self.held is not None:
            room[self.held.places[self.at]] = 0.0
        holding = (block | ~own).all(axis=1)
        return bool((block[holding] @ room < need).any())


def _lift_held(proved: Flags, needs: Floats, lifts: dict[int, Vector], held: Held, at: int) -> None:
    for position, move in lifts.items():
        if not proved[0, position]:
            still = held.hold(at, move[:, None])[:, 0]
            fixed = abs(still[held.places[at]]) < 1e-9
            high = (1 + needs[0, position] * still).min(initial=0.0) >= 0
            proved[0, position] = bool(fixed and high)
