"""The masculine and the feminine form of a job title, from the way France Travail writes both.

« Abatteur / Abatteuse de carrière » gives « Abatteur de carrière » and « Abatteuse de carrière » ;
« Préparateur(trice)-vendeur(se) » gives « Préparateur-vendeur » and « Préparatrice-vendeuse ».
"""

import re

from bassin.pairing.titles.words import stems

_SLASH = re.compile(r"\s/\s")
_BRACKET = re.compile(r"(\w+)\((\w{1,6})\)")
_MIDDLE_DOT = re.compile(r"(\w{2,})[·•.](\w{1,5})(?:[·•.]s)?(?!\w)")
_ENDINGS = (
    ("trice", "teur"), ("euse", "eur"), ("euse", "eux"), ("se", "r"), ("se", "x"), ("ere", "er"),
    ("re", "r"), ("ve", "f"), ("esse", "e"), ("rice", "eur"), ("ice", "eur"), ("che", "c"),
)  # fmt: skip


def expand(label: str) -> tuple[str, str]:
    """The masculine and the feminine form; twice the same when the title has only one."""
    he, she = _brackets(label)
    if he == she:
        return _slashes(label)
    return _slashes(he)[0], _slashes(she)[1]


def _slashes(label: str) -> tuple[str, str]:
    """Both sides of every « / » between spaces."""
    parts = _SLASH.split(label)
    he, she = parts[0].split(), parts[0].split()
    for part in parts[1:]:
        right = part.split()
        size, same = _shared(he, right)
        lesser = not same and right[0][0].islower()
        size = 1 if lesser else size
        kept = she[: len(she) - size] if same or lesser else []
        he, she = he + right[size:], kept + right[:size] + right[size:]
    return " ".join(he), " ".join(she)


def _shared(left: list[str], right: list[str]) -> tuple[int, bool]:
    """How many of the last words of the left the right begins with again, in the other gender."""
    for size in range(min(len(left), len(right)), 0, -1):
        if all(map(_same, left[-size:], right[:size])):
            return size, True
    return min(len(left), len(right)), False


def _same(he: str, she: str) -> bool:
    first, second = stems(he), stems(she)
    return bool(first) and first == second


def _brackets(label: str) -> tuple[str, str]:
    """« Technicien(ne) » and « technicien·ne » read both ways."""
    label = _MIDDLE_DOT.sub(r"\1(\2)", label) if "·" in label or "•" in label else label
    he = _BRACKET.sub(r"\1", label)
    return he, _BRACKET.sub(lambda found: _feminine(found[1], found[2]), label)


def _feminine(word: str, ending: str) -> str:
    plain = ending.replace("è", "e")
    for feminine, masculine in _ENDINGS:
        if plain == feminine and word.endswith(masculine):
            return word[: len(word) - len(masculine)] + ending
    return word + ending
