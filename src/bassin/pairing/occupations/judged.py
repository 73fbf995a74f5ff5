"""ROME's own moves, the expert's view: they judge and teach the comparison, never enter it."""

import numpy as np

from bassin.taxonomies.rome import Rome


def moves(rome: Rome) -> np.ndarray:
    """True where ROME proposes a move from the occupation of the row; never to itself."""
    place = {code: index for index, code in enumerate(rome.codes)}
    found = np.zeros((len(place), len(place)), bool)
    pairs = (rome.mobilities[name].to_pylist() for name in ("rome_code", "target_rome_code"))
    for source, target in zip(*pairs, strict=True):
        if source != target and source in place and target in place:
            found[place[source], place[target]] = True
    return found


def scores(matrix: np.ndarray, expected: np.ndarray) -> dict[str, float]:
    """How well each row ranks what is expected of it, all the others being candidates.

    Mean average precision, mean reciprocal rank, share found in the first ten.
    """
    precisions, reciprocals, recalls = [], [], []
    for row in np.flatnonzero(expected.any(1)):
        order = ranked(matrix[row], int(row))
        ranks = np.flatnonzero(expected[row][order]) + 1
        precisions.append((np.arange(1, len(ranks) + 1) / ranks).mean())
        reciprocals.append(1 / ranks[0])
        recalls.append((ranks <= 10).mean())
    means = (float(np.mean(each)) for each in (precisions, reciprocals, recalls))
    return dict(zip(("MAP", "MRR", "R@10"), means, strict=True))


def ranked(scores_of: np.ndarray, own: int) -> np.ndarray:
    """The others, the nearest first; equal scores in the order of the codes."""
    order = np.argsort(-np.round(scores_of.astype(np.float64), 6), kind="stable")
    return order[order != own]
