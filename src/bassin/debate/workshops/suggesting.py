"""Texts that may say the same thing: proposed to the facilitator, who decides. Pure."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from bassin.debate.workshops import texts

CLOSE = 0.86
"""How alike two texts are, from 0 to 1, to be proposed together."""

LONGEST = 80
MOST = 200
"""Beyond, comparing every pair would hold the page: the most said are compared."""

_ENDINGS = ("s", "x", "e", "es")


def alike(labels: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of positions of texts that look like one another, the closest first."""
    keys = [_stem(texts.folded(label)) for label in labels[:MOST]]
    found = []
    for one, first in enumerate(keys):
        for other in range(one + 1, len(keys)):
            how = _closeness(first, keys[other])
            if how >= CLOSE:
                found.append((-how, one, other))
    return [(one, other) for _how, one, other in sorted(found)]


def _stem(folded: str) -> str:
    """Without the endings that make a plural or a feminine in French."""
    for ending in sorted(_ENDINGS, key=len, reverse=True):
        if len(folded) > len(ending) + 3 and folded.endswith(ending):
            return folded[: -len(ending)]
    return folded


def _closeness(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if max(len(one), len(other)) > LONGEST:
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    # The quick bounds spare nearly all pairs the full comparison.
    if matcher.real_quick_ratio() < CLOSE or matcher.quick_ratio() < CLOSE:
        return 0.0
    return matcher.ratio()
