"""A linear classifier over sparse cells: which words speak for which occupation."""

from typing import Any

import numpy as np

from bassin.pairing.titles.vocabulary import Cells, Floats, Places

_PASSES = 10
_BATCH = 128
_STEP = 0.05
_SEED = 20_261_126


def learn(cells: Cells, classes: Places, weights: Floats, shape: tuple[int, int]) -> Floats:
    """Weights (features × classes) of a multinomial logistic regression.

    Adagrad with one memory per feature: ten passes, always in the same order.
    """
    from scipy import sparse  # 30 MB that only the making of an index needs

    rows: Any = sparse.csr_array(
        (cells.values, (cells.rows, cells.columns)), (len(classes), shape[0]), dtype=np.float32
    )
    learned = np.zeros(shape, dtype=np.float32)
    memory = np.full(shape[0], 1e-8, dtype=np.float32)
    order = np.random.default_rng(_SEED)
    for _ in range(_PASSES):
        shuffled = order.permutation(len(classes))
        for start in range(0, len(shuffled), _BATCH):
            batch = shuffled[start : start + _BATCH]
            _step(rows[batch], classes[batch], weights[batch], learned, memory)
    return learned


def _step(batch: Any, classes: Places, weights: Floats, learned: Floats, memory: Floats) -> None:
    columns, places = np.unique(batch.indices, return_inverse=True)
    batch = type(batch)((batch.data, places, batch.indptr), (len(classes), len(columns)))
    kept = learned[columns]
    wrong = softmax(batch @ kept)
    wrong[np.arange(len(classes)), classes] -= 1
    wrong *= weights[:, None] / len(classes)
    slope = batch.T @ wrong
    memory[columns] += np.einsum("fc,fc->f", slope, slope) / slope.shape[1]
    slope *= (_STEP / np.sqrt(memory[columns]))[:, None]
    learned[columns] = kept - slope


def softmax(scores: Floats) -> Floats:
    """Shares that sum to 1 along the last axis."""
    shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares /= shares.sum(axis=-1, keepdims=True)
    return shares
