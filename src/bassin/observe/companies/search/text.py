"""From what people and SIRENE write to words that can be compared."""

import re
from collections.abc import Iterator

from bassin.letters import bare

_DOTTED = re.compile(r"\b(?:[a-z0-9]\.){2,}[a-z0-9]?\b")
_NAF = re.compile(r"\b([0-9]{2})\.([0-9]{1,2}[a-z]?)\b")
_WORD = re.compile(r"[a-z0-9]+")
# Words of too many names, streets and labels to find anything by.
COMMON = frozenset((
    "a", "au", "aux", "autre", "autres", "avec", "by", "d", "de", "des", "du", "en", "et", "l",
    "la", "le", "les", "n", "nca", "ou", "par", "pour", "sans", "ses", "son", "sur", "the", "un",
    "une", "vers", "y", "activite", "activites", "c",
))  # fmt: skip
SHORT = {"st": "saint", "ste": "sainte", "bd": "boulevard", "bld": "boulevard", "av": "avenue",
         "ave": "avenue", "rte": "route", "imp": "impasse", "pl": "place", "che": "chemin",
         "all": "allee", "sq": "square", "fg": "faubourg", "qu": "quai"}  # fmt: skip
"""How people and SIRENE shorten the words of an address."""


def words(text: str | None) -> list[str]:
    """The words of a text: "S.N.C.F. – L'Haÿ 10.71C" is "sncf", "l", "hay", "1071c"."""
    if not text:
        return []
    # Most of what SIRENE writes is in plain capitals: two million texts fold at once.
    folded = text.lower() if text.isascii() else bare(text)
    if "." in folded:
        joined = _NAF.sub(r"\1\2", folded)
        folded = _DOTTED.sub(lambda found: found[0].replace(".", "") + " ", joined)
    return [SHORT.get(word, word) for word in _WORD.findall(folded)]


def telling(text: str | None) -> list[str]:
    """The words of a text that tell something; all of them when none does."""
    found = words(text)
    return [word for word in found if word not in COMMON] or found


def cut(word: str) -> Iterator[str]:
    """The word, and what is left of it without each of its letters.

    Two words that are one slip apart (a letter more, less, changed, or swapped with the next) share
    one of these.
    """
    yield word
    yield from {word[:place] + word[place + 1 :] for place in range(len(word))}
