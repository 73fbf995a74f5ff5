"""Learn again how much each signal tells that two occupations are near.

    python scripts/proximity.py FOLDER [--write]

FOLDER holds the files of ROME (and the hires by activity). The shares are those that best rank the
moves of ROME 3; their quality is measured on occupations that were held out, five folds of them.
`--write` replaces `weights.toml`. Needs scipy, which comes with the tools of development.
"""

import argparse
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from bassin.pairing.occupations.judged import moves, ranked, scores
from bassin.pairing.occupations.proximity import scaled
from bassin.pairing.occupations.signals import SIGNALS
from bassin.taxonomies.rome import Rome

WEIGHTS = Path(__file__).parents[1] / "src/bassin/pairing/occupations/weights.toml"
FOLDS, DRAWS, CANDIDATES, PENALTY, FIRST = 5, 3, 160, 0.001, 0.7


def main() -> int:
    """Measure, say, and write if asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    rome = Rome.read(args.folder)
    measured = {each.code: each.measure(rome) for each in SIGNALS}
    missing = [name for name, found in measured.items() if found is None]
    if missing or not rome.mobilities.num_rows:
        print(f"The files of ROME are not all there: nothing for {missing or 'moves'}.")
        return 1
    features = np.stack([scaled(found) for found in measured.values() if found is not None], -1)
    expected = moves(rome)
    folds = cross_validated(features.astype(np.float32), expected)
    shares = learned(features.astype(np.float32), expected, np.arange(len(rome.codes)))
    shares /= shares.sum()
    page = written(
        rome, dict(zip(measured, shares, strict=True)), folds, scores(features @ shares, expected)
    )
    print(page)
    if args.write:
        WEIGHTS.write_text(page, "utf-8")
    return 0


def cross_validated(features: np.ndarray, expected: np.ndarray) -> list[dict[str, float]]:
    """What is reached on each fold of sources by shares learned without it, for several draws.

    A held-out occupation is hidden from what is learned as a source and as a target.
    """
    found = []
    for draw in range(DRAWS):
        shuffled = np.random.default_rng(draw).permutation(len(features))
        for fold in range(FOLDS):
            held = shuffled[fold::FOLDS]
            rows = np.setdiff1d(shuffled, held)
            shares = learned(features, expected, rows, hidden=held)
            only = np.zeros_like(expected)
            only[held] = expected[held]
            found.append(scores(features @ shares, only))
    return found


def learned(
    features: np.ndarray, expected: np.ndarray, rows: np.ndarray, hidden: np.ndarray | None = None
) -> np.ndarray:
    """The shares, none below 0, that give the moves of these sources the most likelihood.

    Each source chooses among its nearest by the plain mean of all signals. `FIRST` is how much it
    counts that its choice is any of its moves; the rest, that each of its moves is chosen.
    """
    spread = features.reshape(-1, features.shape[-1]).std(0)
    mean = (features / spread).mean(-1)
    near = np.array([ranked(mean[row], row)[:CANDIDATES] for row in rows])
    table = (features[rows[:, None], near] / spread).astype(np.float32)
    wanted = np.take_along_axis(expected[rows], near, 1).astype(np.float32)
    closed = np.isin(near, hidden) if hidden is not None else np.zeros(near.shape, bool)
    wanted[closed] = 0
    keep = wanted.any(1)
    table, wanted, closed = table[keep], wanted[keep], closed[keep]
    loss = partial(_loss, table.reshape(-1, table.shape[-1]), wanted > 0, closed)
    size = features.shape[-1]
    best = minimize(
        loss, np.full(size, 0.5), jac=True, method="L-BFGS-B", bounds=[(0, None)] * size
    )
    return best.x / spread


def _loss(
    flat: np.ndarray, moves_of: np.ndarray, closed: np.ndarray, shares: np.ndarray
) -> tuple[float, np.ndarray]:
    """How unlikely the moves are by these shares, and the slope of that."""
    each = moves_of / moves_of.sum(1, keepdims=True)
    score = np.where(closed, -np.inf, (flat @ shares.astype(np.float32)).reshape(each.shape))
    chance = np.exp(score - score.max(1, keepdims=True))
    chance /= chance.sum(1, keepdims=True)
    chance = np.maximum(chance, 1e-30)
    any_move = (chance * moves_of).sum(1, keepdims=True)
    likely = FIRST * np.log(any_move).sum() + (1 - FIRST) * (each * np.log(chance)).sum()
    pull = FIRST * chance * moves_of / any_move + (1 - FIRST) * each - chance
    slope = pull.astype(np.float32).ravel() @ flat
    count = len(each)
    return (
        float(-likely / count + PENALTY * shares @ shares),
        (-slope / count + 2 * PENALTY * shares).astype(float),
    )


def written(
    rome: Rome, shares: dict[str, float], folds: list[dict[str, float]], own: dict[str, float]
) -> str:
    """The page of weights, with where they come from and how well they rank."""
    means = {name: np.mean([fold[name] for fold in folds]) for name in own}
    spread = {name: np.std([fold[name] for fold in folds]) for name in own}
    lines = [
        "# Written by scripts/proximity.py: what each signal counts in the score of two trades.",
        "",
        f'source = "ROME {rome.version}, moves between occupations, France Travail"',
        f"learned_on = {datetime.now(UTC).date().isoformat()}",
        'method = "likelihood that a source chooses one of its moves (.7) and each of them (.3)"',
        f"candidates = {CANDIDATES}",
        f"sources = {len(rome.codes)}",
        "",
        f"# Means over {len(folds)} folds of sources held out, and how much folds differ.",
        "[cross_validated]",
        *(f'"{name}" = {value:.4f}' for name, value in means.items()),
        *(f'"{name} spread" = {value:.4f}' for name, value in spread.items()),
        "",
        "# Of the shares below on the very sources they were learned on.",
        "[own]",
        *(f'"{name}" = {value:.4f}' for name, value in own.items()),
        "",
        "[scale]",
        f"offset = {OFFSET}",
        "",
        "[weights]",
        *(f"{name} = {value:.4f}" for name, value in shares.items()),
    ]
    return "\n".join(lines) + "\n"


OFFSET = 0.03
"""How soon a thing in common counts less than the first; see `scaled`."""

if __name__ == "__main__":
    sys.exit(main())
