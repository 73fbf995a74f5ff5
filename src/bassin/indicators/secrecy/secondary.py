"""Secondary secrecy: hide a few more figures so that no secret one can be worked out.

Greedy: as long as the audit finds a figure that can be placed, the visible total that gives it
away is found, and the cheapest figure inside that total is hidden too.
"""

import numpy as np
from numpy.typing import NDArray

from bassin.indicators.secrecy.audit import OUTSIDER, Audit, Weak
from bassin.indicators.secrecy.complement import circuit
from bassin.indicators.secrecy.system import Indices, LinearSystem, View, look

CIRCUITS = 4  # circuits hidden between two audits
TOTAL = 1e3  # a total is hidden only when no cell will do
HEADLINE = 1e6  # and the headline last of all
MOST_TRIED = 40_000_000  # cells of the tables looked at again, to show what need not be hidden


def complete(
    system: LinearSystem, secret: Indices, protection_pct: float, floor: float
) -> NDArray[np.bool_]:
    """Return the rows to hide, the secret ones included, so that the audit finds nothing.

    No complement is left that could be shown again, but in the largest tables.
    """
    hidden = _enough(system, secret, protection_pct, floor)
    complements = np.flatnonzero(hidden)
    complements = complements[~np.isin(complements, secret)]
    if len(complements) * system.incidence.size > MOST_TRIED:
        return hidden
    dearest = sorted(complements, key=lambda row: -_worth(system, int(row)))
    for row in dearest:
        hidden[row] = False
        hidden[row] = not _holds(system, hidden, secret, protection_pct, floor)
    return hidden


def _worth(system: LinearSystem, row: int) -> float:
    """What showing a row again gives: a headline before a total, a total before a cell."""
    rank = HEADLINE if system.headline[row] else TOTAL if system.sizes[row] > 1 else 1.0
    return float(rank * (1 + system.totals[row]))


def _holds(
    system: LinearSystem,
    hidden: NDArray[np.bool_],
    secret: Indices,
    protection_pct: float,
    floor: float,
) -> bool:
    """Whether these hidden rows are enough: every secret figure is proved against everyone."""
    audit, view = Audit(system, secret, protection_pct, floor), look(system, hidden)
    before = -1
    while audit.proofs > before:
        before = audit.proofs
        weak = audit.outsider(view) or audit.insider(view)
        if audit.done:
            return True
        if weak:
            return False
    return False


def _enough(
    system: LinearSystem, secret: Indices, protection_pct: float, floor: float
) -> NDArray[np.bool_]:
    """Hide greedily until the audit finds nothing."""
    hidden = np.zeros(len(system.totals), dtype=bool)
    hidden[secret] = True
    audit = Audit(system, secret, protection_pct, floor)
    while True:
        view = look(system, hidden)
        weak = audit.outsider(view) or audit.insider(view)
        if audit.done:
            return hidden
        before = (hidden.sum(), audit.proofs)
        _hide_more(view, audit, weak, hidden)
        if (hidden.sum(), audit.proofs) == before:
            touching = _touching(view, audit, weak, hidden)
            if not touching.any():  # nothing visible says anything of these figures
                return hidden
            hidden |= touching


def _hide_more(view: View, audit: Audit, weak: list[Weak], hidden: NDArray[np.bool_]) -> None:
    """Hide one complement per total that gives something away, largest figures first."""
    order = sorted(weak, key=lambda one: -audit.system.totals[audit.rows[one.position]])
    searches = [_Search(view.system, audit, one, hidden) for one in order]
    if not _inside_totals(searches, hidden):
        for search in searches[:CIRCUITS]:
            hidden[search.around(view)] = True


def _touching(
    view: View, audit: Audit, weak: list[Weak], hidden: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """The last resort: every visible figure tied to a weak one."""
    held = audit.members[[one.position for one in weak]].any(axis=0)
    touching = np.asarray(view.system.incidence[:, held].any(axis=1))
    touching[view.rows] = True
    return touching & ~hidden


def _inside_totals(searches: list["_Search"], hidden: NDArray[np.bool_]) -> bool:
    """Give company to every figure that a single total tells, and again until none is left."""
    served: set[int] = set()
    for search in searches:
        for _ in range(len(hidden)):
            teller = search.teller(hidden)
            choice = None if teller is None else search.inside(teller)
            if choice is None:
                break
            hidden[choice] = True
            served.add(choice)
    return bool(served)


class _Search:
    """The search of one more figure to hide, for one weak figure and one attacker."""

    def __init__(
        self, system: LinearSystem, audit: Audit, weak: Weak, hidden: NDArray[np.bool_]
    ) -> None:
        self.system = system
        self.audit = audit
        self.weak = weak
        self.own = audit.members[weak.position]
        self.look_again(hidden)
        self.side = 0 if not audit.proof(weak)[0] else 1
        self.need = audit.need(weak, self.side)

    def look_again(self, hidden: NDArray[np.bool_]) -> None:
        """Take in what has been hidden since."""
        self.hidden = hidden
        single = ~hidden & (self.system.sizes == 1)
        self.unknown = ~self.system.incidence[single].any(axis=0)
        if self.weak.insider != OUTSIDER:
            self.unknown[self.weak.insider] = False
        self.visible = ~hidden & (self.system.sizes > 1)

    def teller(self, hidden: NDArray[np.bool_]) -> int | None:
        """The smallest visible total in which the figure has no company, or not enough."""
        self.look_again(hidden)
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
            held = self.system.incidence[:, self.own & self.unknown]
            apart = np.asarray(~held.any(axis=1))
        parts = ~self.system.incidence[:, ~within].any(axis=1)
        some = np.flatnonzero(parts & apart & ~self.hidden & (self.system.totals > 0))
        return self._cheapest(some[some != teller], fallback=teller)

    def around(self, view: View) -> list[int]:
        """A whole circuit to hide, when no single total tells the figure."""
        move = 1.1 * self.need * (1 if self.side == 0 else -1)
        rows, change = circuit(self.system, self.hidden, self.own, move, self.weak.insider)
        self.audit.suggest(self.weak, self.side, change)
        if len(rows) or self.audit.again(view, self.weak):
            return [int(row) for row in rows]
        # The circuit is all hidden already and yet too narrow: loosen what holds the figure.
        holding = self.visible & self.system.incidence[:, self.own].any(axis=1)
        choice = self._cheapest(np.flatnonzero(holding))
        return [] if choice is None else [choice]

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
