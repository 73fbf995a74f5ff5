"""The index of titles: learned once from a ROME, kept as arrays that a process maps from disk."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bassin.pairing.titles.evidence import Evidence
from bassin.pairing.titles.features import WEIGHTS, blocks, families, letters
from bassin.pairing.titles.learning import learn
from bassin.pairing.titles.spelling import Spellings
from bassin.pairing.titles.vocabulary import Cells, Floats, Inverted, Places, Vocabulary
from bassin.pairing.titles.words import stem, words

_SATURATION, _LENGTH = 1.5, 0.75  # of BM25


@dataclass(frozen=True)
class Index:
    """Arrays only. Titles stand in the order of their occupations, `firsts` where each begins."""

    codes: NDArray[np.str_]
    labels: NDArray[np.str_]
    classes: Places
    weights: Floats
    firsts: Places
    features: Vocabulary
    learned: NDArray[np.int8]
    scales: Floats
    runs: Vocabulary
    titles: Inverted
    lengths: Floats
    families: Vocabulary
    fiches: Inverted
    spellings: Spellings

    def save(self, folder: Path) -> None:
        for name, array in _flat(self):
            np.save(folder / f"{name}.npy", array, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> "Index":
        """Map the arrays from the disk: read as they are needed, shared between processes."""
        return _filled(cls, folder, "")


def _flat(holder: Any, prefix: str = "") -> list[tuple[str, NDArray[Any]]]:
    found: list[tuple[str, NDArray[Any]]] = []
    for each in fields(holder):
        value = getattr(holder, each.name)
        name = prefix + each.name
        found += _flat(value, name + "-") if is_dataclass(value) else [(name, value)]
    return found


def _filled(holder: Any, folder: Path, prefix: str) -> Any:
    parts = {}
    for each in fields(holder):
        name = prefix + each.name
        nested = is_dataclass(each.type)
        parts[each.name] = (
            _filled(each.type, folder, name + "-")
            if nested
            else np.load(folder / f"{name}.npy", "r", allow_pickle=False)
        )
    return holder(**parts)


def build(evidence: Evidence) -> Index:
    """Learn an index: some seconds for the whole of ROME."""
    codes = evidence.codes
    rank = {code: place for place, code in enumerate(codes)}
    named = sorted(evidence.titles, key=lambda title: rank[title.rome_code])
    said = [words(title.text) for title in named]
    classes = np.array([rank[title.rome_code] for title in named], dtype=np.int64)
    weights = np.array([title.weight for title in named], dtype=np.float32)
    features, learned, scales = _linear(said, classes, weights, len(codes))
    runs, titles, lengths = _letters(said, classes, weights, len(codes))
    vocabulary, fiches = _told(evidence)
    return Index(
        codes=np.array(codes),
        labels=np.array([title.label for title in named]),
        classes=classes,
        weights=weights,
        firsts=np.searchsorted(classes, np.arange(len(codes))),
        features=features,
        learned=learned,
        scales=scales,
        runs=runs,
        titles=titles,
        lengths=lengths,
        families=vocabulary,
        fiches=fiches,
        spellings=Spellings.of(Counter(stem(word) for title in said for word in title)),
    )


def linear_cells(features: Vocabulary, said: Sequence[Sequence[str]]) -> Cells:
    """The features of titles: each kind of length its weight."""
    found = [blocks(each) for each in said]
    return Cells.joined(
        [features.cells([each[kind] for each in found]).times(WEIGHTS[kind]) for kind in WEIGHTS]
    )


def _linear(
    said: Sequence[list[str]], classes: Places, weights: Floats, size: int
) -> tuple[Vocabulary, NDArray[np.int8], Floats]:
    """The classifier, each feature's weights on one byte with a scale of their own."""
    found = [[token for block in blocks(each).values() for token in block] for each in said]
    features = Vocabulary.of(found)
    cells = linear_cells(features, said)
    learned = learn(cells, classes, weights, (len(features.tokens), size))
    scales = np.maximum(np.abs(learned).max(axis=1, initial=0), 1e-6) / 127
    return features, np.rint(learned / scales[:, None]).astype(np.int8), scales


def _letters(
    said: Sequence[list[str]], classes: Places, weights: Floats, size: int
) -> tuple[Vocabulary, Inverted, Floats]:
    """Runs of letters -> titles, and how long the sum of an occupation's titles is."""
    found = [letters(each) for each in said]
    runs = Vocabulary.of(found)
    cells = runs.cells(found)
    owners = classes[cells.rows] * len(runs.tokens) + cells.columns
    keys, places = np.unique(owners, return_inverse=True)
    sums = np.bincount(places, cells.values * weights[cells.rows])
    squares = np.bincount(keys // len(runs.tokens), sums * sums, size)
    lengths = np.sqrt(np.maximum(squares, 1e-9)).astype(np.float32)
    return runs, Inverted.of(cells, len(runs.tokens)), lengths


def _told(evidence: Evidence) -> tuple[Vocabulary, Inverted]:
    """What fiches tell of each occupation, in families of words."""
    told = [families(words(text)) for text in evidence.fiches]
    vocabulary = Vocabulary.of(told)
    return vocabulary, _saturated(vocabulary, told)


def _saturated(vocabulary: Vocabulary, documents: Sequence[list[str]]) -> Inverted:
    """BM25's share of each word in each document, by word; how rare it is comes with the query."""
    mean = max(1.0, sum(map(len, documents)) / max(1, len(documents)))
    nothing = np.empty(0, dtype=np.int64)
    parts = [Cells(nothing, nothing, nothing.astype(np.float32))]
    for row, document in enumerate(documents):
        counts = Counter(document)
        found = np.array(list(counts.values()), dtype=np.float32)
        longer = 1 - _LENGTH + _LENGTH * len(document) / mean
        values = found * (_SATURATION + 1) / (found + _SATURATION * longer)
        parts.append(Cells(np.full(len(counts), row), vocabulary.places(list(counts)), values))
    return Inverted.of(Cells.joined(parts), len(vocabulary.tokens))
