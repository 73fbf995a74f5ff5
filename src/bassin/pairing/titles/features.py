"""What is counted in a title: words, their families, pairs, the first one, beginnings, letters."""

import itertools
from collections.abc import Sequence

from bassin.pairing.titles.words import family, stem

WEIGHTS = {"w": 1.0, "f": 0.7, "b": 0.8, "h": 0.6, "i": 0.7}
"""How much each kind counts: word, family, pair of words, first word, beginning of a word."""
_BEGINNING = 5
_SHORTEST, _LONGEST = 3, 5  # letters in a row


def blocks(words: Sequence[str]) -> dict[str, list[str]]:
    """The features of a title's words by kind; their kind is their first letter."""
    known = [stem(word) for word in words]
    return {
        "w": ["w" + word for word in known],
        "f": ["f" + family(word) for word in words],
        "b": [f"b{first} {second}" for first, second in itertools.pairwise(known)],
        "h": ["h" + word for word in known[:1]],
        "i": ["i" + word[:_BEGINNING] for word in known],
    }


def families(words: Sequence[str]) -> list[str]:
    return [family(word) for word in words]


def letters(words: Sequence[str]) -> list[str]:
    """Runs of 3 to 5 letters of each word, its two ends marked."""
    found = []
    for word in map(stem, words):
        padded = f" {word} "
        for size in range(_SHORTEST, _LONGEST + 1):
            found += [padded[start : start + size] for start in range(len(padded) - size + 1)]
    return found
