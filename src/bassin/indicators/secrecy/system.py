"""The published figures as linear equations over unknown cells, seen by an attacker.

Everything an attacker can use is here: each published figure is a row (the cells it adds up),
cells without any contributor are known to be zero (the register of establishments is public)
and are taken out, cells that no published figure tells apart are one unknown (but for a cell
with one contributor, who knows it), and two figures over the same cells are one row.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bassin.indicators.secrecy.cells import CellTable

Indices = NDArray[np.intp]
Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LinearSystem:
    """Rows of 0 and 1 over merged cells.

    `incidence` is rows × columns; `values` and `units` are per column; `totals` per row;
    `row_of` gives the row of each aggregate asked for, -1 for one that is empty or unusable.
    """

    incidence: NDArray[np.bool_]
    values: Vector
    units: NDArray[np.int64]
    totals: Vector
    sizes: NDArray[np.int64]
    headline: NDArray[np.bool_]
    row_of: Indices


def build(
    cells: CellTable,
    members: list[Indices],
    headline: NDArray[np.bool_],
    usable: NDArray[np.bool_],
) -> LinearSystem:
    """Return the system of the usable aggregates, given the indices of their cells."""
    wanted = np.flatnonzero(usable)
    full = np.zeros((len(wanted), len(cells)), dtype=bool)
    for row, which in enumerate(wanted):
        full[row, members[which]] = True
    alive = (cells.units > 0) & full.any(axis=0)
    columns = np.flatnonzero(alive)
    group = _same(full[:, columns].T, apart=cells.units[columns] == 1)
    first = np.unique(group, return_index=True)[1] if len(columns) else np.zeros(0, dtype=np.intp)
    merged = full[:, columns[first]]
    keep = merged.any(axis=1)
    rows = _same(merged[keep])
    firsts = np.unique(rows, return_index=True)[1] if keep.any() else np.zeros(0, dtype=np.intp)
    row_of = np.full(len(members), -1, dtype=np.intp)
    row_of[wanted[keep]] = rows
    incidence = merged[keep][firsts]
    values = np.bincount(group, weights=cells.values[columns], minlength=len(first))
    units = np.bincount(group, weights=cells.units[columns], minlength=len(first))
    top = np.zeros(len(firsts), dtype=bool)
    np.logical_or.at(top, rows, headline[wanted[keep]])
    return LinearSystem(
        incidence=incidence,
        values=values.astype(np.float64),
        units=units.astype(np.int64),
        totals=incidence @ values,
        sizes=incidence.sum(axis=1),
        headline=top,
        row_of=row_of,
    )


def _same(rows: NDArray[np.bool_], apart: NDArray[np.bool_] | None = None) -> Indices:
    """Number the distinct rows of a boolean matrix, in order of first appearance.

    Rows marked `apart` get a number of their own.
    """
    numbers: dict[bytes | int, int] = {}
    packed = np.packbits(rows, axis=1)
    alone = np.zeros(len(rows), dtype=bool) if apart is None else apart
    return np.array(
        [
            numbers.setdefault(at if alone[at] else row.tobytes(), len(numbers))
            for at, row in enumerate(packed)
        ],
        dtype=np.intp,
    )


@dataclass(frozen=True, slots=True)
class View:
    """What stays unknown once some rows are hidden, and how far it can move.

    `free` are the columns that no visible figure gives alone and whose value is above zero
    (the attacker is given the zeros); `rows` the visible figures over them, of which `block`
    holds the independent ones (figures × free columns); `weights` the cells' values. The
    columns of `basis` span, after scaling by the weights, the combinations of free cells that
    are known: a move z of the scaled cells is possible when it is orthogonal to them.
    """

    system: LinearSystem
    hidden: NDArray[np.bool_]
    pinned: NDArray[np.bool_]
    free: Indices
    rows: Indices
    block: NDArray[np.float64]
    weights: Vector
    basis: NDArray[np.float64]

    def loosen(self, scaled: NDArray[np.float64]) -> NDArray[np.float64]:
        """Project scaled moves (free columns × any) on those that change no visible figure."""
        once = scaled - self.basis @ (self.basis.T @ scaled)
        twice = once - self.basis @ (self.basis.T @ once)
        twice[np.abs(twice) < 1e-9] = 0.0
        return twice


def look(system: LinearSystem, hidden: NDArray[np.bool_]) -> View:
    """Return what an outsider does not know when these rows are hidden."""
    single = ~hidden & (system.sizes == 1)
    pinned = system.incidence[single].any(axis=0)
    free = np.flatnonzero(~pinned & (system.values > 0))
    over = system.incidence[:, free].any(axis=1) & ~hidden
    rows = np.flatnonzero(over)
    rows = rows[np.argsort(system.totals[rows], kind="stable")]
    block = system.incidence[np.ix_(rows, free)].astype(float)
    block = block[independent(block)]
    weights = system.values[free]
    basis = scaled_basis(block, weights)
    return View(system, hidden, pinned, free, rows, block, weights, basis)


def scaled_basis(block: NDArray[np.float64], weights: Vector) -> NDArray[np.float64]:
    """Orthonormal columns that span the scaled rows of a block of independent rows."""
    scaled = block * weights
    lengths = np.linalg.norm(scaled, axis=1, keepdims=True)
    if not len(scaled):
        return np.zeros((len(weights), 0))
    return np.linalg.qr((scaled / lengths).T)[0]


def independent(block: NDArray[np.float64]) -> Indices:
    """Positions of the first rows, in order, that are not combinations of earlier ones."""
    lengths = block.sum(axis=1)
    normed = block / np.sqrt(np.maximum(lengths, 1.0))[:, None]
    rest = normed @ normed.T
    kept = []
    for at in range(len(rest)):
        if rest[at, at] > 1e-8:
            kept.append(at)
            column = rest[:, at] / np.sqrt(rest[at, at])
            rest -= np.outer(column, column)
    return np.array(kept, dtype=np.intp)
