"""French words as they are compared: no accents, no empty words, no endings."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bassin.letters import bare

_WORD = re.compile(r"[a-z0-9]+")
_EMPTY = frozenset(
    (
        "a", "ainsi", "au", "aux", "avec", "ce", "ces", "dans", "de", "des", "du", "elle",
        "en", "est", "et", "etc", "il", "la", "le", "les", "leur", "leurs", "ou", "par",
        "peut", "pour", "qu", "que", "qui", "sa", "se", "selon", "ses", "son", "sous",
        "sur", "un", "une",
    )
)  # fmt: skip
_ENDINGS = (
    "issements", "issement", "ements", "ations", "atrices", "ateurs", "ement", "ation", "atrice",
    "ateur", "euses", "ieres", "iques", "euse", "eurs", "iere", "iers", "ique", "ives", "ales",
    "eur", "ier", "ive", "ifs", "ale", "aux", "ees", "if", "al", "ee", "es", "er", "ir", "e", "s",
)  # fmt: skip
_SHORTEST_STEM = 4


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The word without its longest known ending, if four letters are left."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def stems(text: str) -> Iterator[str]:
    """The words that say something, each by its stem."""
    for word in _WORD.findall(bare(text)):
        if len(word) > 1 and word not in _EMPTY:
            yield stem(word)
