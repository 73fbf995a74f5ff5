"""How people speak of their work, put in the words of job titles."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from bassin.pairing.titles.forms import expand
from bassin.pairing.titles.words import folded, stem, words

LONGEST = 400
"""Letters read of a text: a title is shorter, and a page is not a title."""
_FILE = Path(__file__).parent / "speech.toml"
_MARKS = re.compile(
    r"\(\s*[hfm]\s*/\s*[hfm](?:\s*/\s*\w)?\s*\)|\b[hfm]\s*/\s*[hfm]\b", re.IGNORECASE
)
_INCLUSIVE = re.compile(r"(?<=\w)(?:\([a-zèé]{1,6}\)|[·•.][a-zèé]{1,5}(?:[·•.]s)?(?!\w))")
_PLACE = re.compile(
    r"(?<=\w)\s+(?:à|À|sur|vers)\s+(?:L[ea]s?\s|L['’])?[A-ZÉÈ][\w'’-]+(?:[ -][A-ZÉÈ][\w'’-]+)*"
)
_NUMBERED = re.compile(r"\b\d+\s*(?:h|%|k?€|km|jours?|mois|ans?)?\b", re.IGNORECASE)

_SPEAKING = frozenset({"je", "j", "on", "mon", "ma", "mes", "suis"})
"""Words of a sentence, that no job title holds."""
Stems = tuple[str, ...]


@cache
def _noise() -> frozenset[str]:
    return frozenset(_declared()["noise"].split())


@cache
def _declared() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))


@cache
def _phrases(kind: str) -> dict[Stems, list[str]]:
    return {_stems(words(said)): words(meant) for said, meant in _declared()[kind].items()}


def _stems(said: list[str]) -> Stems:
    return tuple(map(stem, said))


def spoken(text: str) -> list[str]:
    """The words of a title or of a sentence, without what says nothing of a trade."""
    cut = text[:LONGEST]
    if " / " in cut:
        cut = expand(cut)[0]
    cut = _INCLUSIVE.sub("", _MARKS.sub(" ", cut))
    if not cut.isupper():
        cut = _PLACE.sub(" ", cut)
    said = words(_NUMBERED.sub(" ", folded(cut)))
    said, added = _replaced(said)
    kept = [word for word in said if word not in _noise()]
    return (kept or said) + added


def _replaced(said: list[str]) -> tuple[list[str], list[str]]:
    """Abbreviations spelt out, and what else the phrases mean."""
    speaking = not _SPEAKING.isdisjoint(said)
    said = _swapped(said)
    plain = [word for word in said if word not in _noise() or (stem(word),) in _phrases("say")]
    found = _found(plain, "say")
    if not speaking and sum(size for _, size in found) < len(plain):
        return said, []
    return said, [
        word for at, size in found for word in _phrases("say")[_stems(plain[at : at + size])]
    ]


def _swapped(said: list[str]) -> list[str]:
    result: list[str] = []
    end = 0
    for start, size in _found(said, "short"):
        result += said[end:start] + _phrases("short")[_stems(said[start : start + size])]
        end = start + size
    return result + said[end:]


def _found(said: list[str], kind: str) -> list[tuple[int, int]]:
    """Where phrases stand, the longest first from the left."""
    phrases = _phrases(kind)
    longest = max(map(len, phrases))
    known, found, start = _stems(said), [], 0
    while start < len(known):
        for size in range(min(longest, len(known) - start), 0, -1):
            if known[start : start + size] in phrases:
                found.append((start, size))
                start += size - 1
                break
        start += 1
    return found
