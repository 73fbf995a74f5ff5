"""Secondary secrecy: hide a few more figures so that no secret one can be worked out.

Greedy: as long as the audit finds a figure that can be placed, the visible total that gives it
away is found, and the cheapest figure inside that total is hidden too.
"""

import numpy as np
from numpy.typing import NDArray

from bassin.indicators.secrecy.audit import OUTSIDER, Audit, Weak
from bassin.indicators.secrecy.complement import circuit
from bassin.indicators.secrecy.system import Indices, LinearSystem, View, look

TOTAL = 1e3  # a total is hidden only when no cell will do
HEADLINE = 1e6  # and the headline last of all


def complete(
    system: LinearSystem, secret: Indices, protection_pct: float, floor: float
) -> NDArray[np.bool_]:
    """Return the rows to hide, the secret ones included, so that the audit finds nothing."""
    hidden = np.zeros(len(system.totals), dtype=bool)
    hidden[secret] = True
    audit = Audit(system, secret, protection_pct, floor)
    while True:
        view = look(system, hidden)
        weak = audit.outsider(view) or audit.insider(view)
        if not weak:
            return hidden
        before = hidden.sum()
        _hide_more(view, audit, weak, hidden)
        if hidden.sum() == before:
            return hidden


def _hide_more(view: View, audit: Audit, weak: list[Weak], hidden: NDArray[np.bool_]) -> None:
    """Hide one complement per total that gives something away, largest figures first."""
    order = sorted(weak, key=lambda one: -audit.system.totals[audit.rows[one.position]])
    served: set[int] = set()
    for one in order:
        search = _Search(view, audit, one, hidden)
        teller = search.teller()
        if teller is None and not served:
            choices = search.around() or [search.anything()]
        elif teller is None or teller in served:
            continue
        else:
            choices = [search.inside(teller)]
            served.add(teller)
        for choice in choices:
            if choice is not None:
                hidden[choice] = True
                served.add(choice)


class _Search:
    """The search of one more figure to hide, for one weak figure and one attacker."""

    def __init__(self, view: View, audit: Audit, weak: Weak, hidden: NDArray[np.bool_]) -> None:
        self.system = view.system
        self.hidden = hidden
        self.own = audit.members[weak.position]
        self.insider = weak.insider
        single = ~hidden & (self.system.sizes == 1)
        self.unknown = ~self.system.incidence[single].any(axis=0)
        if weak.insider != OUTSIDER:
            self.unknown[weak.insider] = False
        value = float(self.system.values[self.own & self.unknown].sum())
        proved = audit.proof(weak)
        self.upward = not proved[0]
        self.need = float(audit.needs(np.array([value]))[0 if self.upward else 1, 0])
        self.visible = ~hidden & (self.system.sizes > 1)

    def teller(self) -> int | None:
        """The smallest visible total in which the figure has no company, or not enough."""
        asked = self.own & self.unknown
        if not asked.any():
            return self._of_known_parts()
        holding = np.flatnonzero(self.visible)
        holding = holding[self.system.incidence[np.ix_(holding, asked)].all(axis=1)]
        company = self.system.incidence[holding][:, self.unknown & ~asked]
        room = company @ self.system.values[self.unknown & ~asked]
        telling = holding[room < self.need]
        if not len(telling):
            return None
        return int(telling[np.argmin(self.system.totals[telling])])

    def _of_known_parts(self) -> int | None:
        """A secret total whose parts are all visible gives itself away."""
        rows = np.flatnonzero((self.system.incidence == self.own).all(axis=1))
        return int(rows[0]) if len(rows) else None

    def inside(self, teller: int) -> int | None:
        """The cheapest figure to hide within a total, else the total itself."""
        within = self.system.incidence[teller]
        apart = np.ones(len(self.system.totals), dtype=bool)
        if not self.hidden[teller]:
            apart = ~self.system.incidence[:, self.own & self.unknown].any(axis=1)
        parts = ~self.system.incidence[:, ~within].any(axis=1)
        good = parts & apart & ~self.hidden & (self.system.totals > 0)
        good[teller] = False
        return self._cheapest(np.flatnonzero(good), fallback=teller)

    def around(self) -> list[int]:
        """A whole circuit to hide, when no single total tells the figure."""
        move = self.need if self.upward else -self.need
        rows = circuit(self.system, self.hidden, self.own, move, self.insider)
        return [int(row) for row in rows]

    def anything(self) -> int | None:
        """The cheapest visible figure that holds a part of the secret one."""
        rows = ~self.hidden & self.system.incidence[:, self.own].any(axis=1)
        return self._cheapest(np.flatnonzero(rows))

    def _cheapest(self, rows: Indices, fallback: int | None = None) -> int | None:
        if not len(rows):
            usable = fallback is not None and not self.hidden[fallback]
            return fallback if usable else None
        totals = self.system.totals[rows]
        cost = totals * (1 + 2 * self._openings(rows))
        cost *= np.where(self.system.sizes[rows] > 1, TOTAL, 1.0)
        cost *= np.where(self.system.headline[rows], HEADLINE, 1.0)
        # What is too small to blur the figure is taken only for want of better, largest first.
        small = totals < self.need
        cost = np.where(small, 1e15 - totals, cost)
        return int(rows[np.argmin(cost)])

    def _openings(self, rows: Indices) -> NDArray[np.int64]:
        """For each row, the visible totals around it where nothing is hidden yet."""
        closed = self.visible & ~self.system.incidence[:, self.unknown].any(axis=1)
        around = self.system.incidence[closed]
        return np.array(
            [(around[:, self.system.incidence[row]]).all(axis=1).sum() for row in rows],
            dtype=np.int64,
        )


def rank_hides(system: LinearSystem, hidden: NDArray[np.bool_], row: int) -> bool:
    """True when a row is not a linear combination of the visible ones (exact recovery)."""
    visible = system.incidence[~hidden].astype(float)
    if not len(visible):
        return True
    target = system.incidence[row].astype(float)
    factors = np.linalg.lstsq(visible.T, target, rcond=1e-10)[0]
    return bool(np.abs(visible.T @ factors - target).max() > 1e-7)
