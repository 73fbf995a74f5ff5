"""A title, as people write it, to the occupations of ROME it may be."""

from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bassin.pairing.titles.evidence import gather
from bassin.pairing.titles.features import families, letters
from bassin.pairing.titles.index import build, linear_cells
from bassin.pairing.titles.keeping import kept
from bassin.pairing.titles.learning import softmax
from bassin.pairing.titles.speech import spoken
from bassin.pairing.titles.words import stem
from bassin.store.reader import Reader
from bassin.taxonomies.rome import Rome, loaded

SIGNALS = ("words", "letters", "occupation", "fiches")
"""What is added up: the classifier on words, the nearest title by its letters, all the titles of
an occupation together, what its fiche tells."""
WEIGHTS = np.array([0.5, 5.4, 2.1, 2.3])
"""Fitted on titles that the index did not hold: `docs/pairing.md`."""
SURE = 0.5
"""From this score on, the first guess is taken; below, the person is asked to choose."""
_LEAST = 0.12
"""How near its letters must come to a title's for a text to be answered at all."""


class Guess(NamedTuple):
    """An occupation a text may mean, and the title of it that is nearest.

    `score` is the share of guesses made at that score that are right.
    """

    rome_code: str
    label: str
    appellation: str
    score: float

    @property
    def is_sure(self) -> bool:
        return self.score >= SURE


class Titles:
    """Free text to ROME. Safe to share between threads: nothing changes once made.

    Args:
        rome: what the titles are learned from.
        folder: where the index is kept; made there when it is not, else in memory only.
        without: codes of job titles to leave out (to measure what is not known by heart).
        fourth: whether the labels of ROME 4 are learned too.
    """

    def __init__(
        self,
        rome: Rome,
        folder: Path | None = None,
        *,
        without: Collection[str] = (),
        fourth: bool = True,
    ) -> None:
        self._labels = rome.labels
        evidence = gather(rome, without, fourth=fourth)
        self._index = build(evidence) if folder is None else kept(evidence, folder)

    def find(self, text: str, top: int = 5) -> list[Guess]:
        """The likeliest occupations, the best first; none when the text says nothing known."""
        said = self._spelled(spoken(text))
        if not said or not len(self._index.codes):
            return []
        signals, near = self._signals(said)
        if near.max() < _LEAST:
            return []
        shares = softmax(signals @ WEIGHTS)
        order = np.argsort(-shares, kind="stable")[:top]
        return [self._guess(place, float(shares[place]), near) for place in order]

    def signals(self, text: str) -> NDArray[np.float64]:
        """What each signal says of each occupation (occupations × signals)."""
        return self._signals(self._spelled(spoken(text)))[0]

    def _guess(self, place: int, share: float, near: NDArray[np.float64]) -> Guess:
        index = self._index
        ends = np.append(index.firsts, len(index.labels))
        first, last = ends[place], ends[place + 1]
        best = first + int(near[first:last].argmax())
        code = str(index.codes[place])
        return Guess(code, self._labels[code], str(index.labels[best]), round(share, 4))

    def _spelled(self, said: list[str]) -> list[str]:
        """Unknown words replaced by the nearest known one."""
        stems = [stem(word) for word in said]
        known = self._index.features.places(["w" + word for word in stems]) >= 0
        return [
            word if there else self._index.spellings.nearest(short) or word
            for word, short, there in zip(said, stems, known, strict=True)
        ]

    def _signals(self, said: list[str]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        index = self._index
        near = self._near(said)
        sums = np.add.reduceat(near * index.weights, index.firsts) / index.lengths
        best = np.maximum.reduceat(near, index.firsts)
        return np.stack([self._words(said), best, sums, self._told(said)], axis=1), near

    def _words(self, said: list[str]) -> NDArray[np.float64]:
        """Logarithm of the share the classifier gives each occupation."""
        index = self._index
        cells = linear_cells(index.features, [said])
        scaled = cells.values * index.scales[cells.columns]
        raw = scaled @ index.learned[cells.columns].astype(np.float32)
        raw = raw.astype(np.float64) - raw.max()
        return raw - np.log(np.exp(raw).sum())

    def _near(self, said: list[str]) -> NDArray[np.float64]:
        """How near the letters are to those of each title: a cosine."""
        index = self._index
        cells = index.runs.cells([letters(said)])
        return index.titles.sum(cells.columns, cells.values, len(index.labels))

    def _told(self, said: list[str]) -> NDArray[np.float64]:
        """How much of the text, its rare words above all, each occupation's fiche tells."""
        index = self._index
        asked = sorted(set(families(said)))
        places = index.families.places(asked)
        known = places[places >= 0]
        worth = index.families.worth[known] - 1
        rarest = float(np.log(1 + len(index.codes)))
        whole = float(worth.sum()) + rarest * int((places < 0).sum())
        told = index.fiches.sum(known, worth, len(index.codes))
        return told / whole if whole else told


def served(reader: Reader) -> Titles:
    """The titles of the release in service: read once per process, kept on disk beside it."""
    return _served(reader.key, reader)


@lru_cache(maxsize=2)
def _served(key: tuple[str, str], reader: Reader) -> Titles:
    return Titles(loaded(reader), reader.store.root / "kept")
