"""What a person means who writes « j'étais cariste à Valenton, de nuit, à 30 minutes ».

The words that say a place, hours, a contract, a way of going there or that no diploma is held are
taken out; what is left says the trade, and is read by `bassin.pairing.titles`. Everything
understood is shown to the person, who can take it back.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from bassin.territory import Place
from bassin.territory.search import folded

LONGEST = 300
"""Signs of a request that are read; nobody says a trade in more."""

_MINUTES = re.compile(r"\b(?:a|en|moins de|within|in)?\s*(\d{1,3})\s*(?:min|mn|minutes?)\b")
_HOUR = re.compile(r"\b(?:a|en|moins d)\s+(?:une|1|an)\s*(?:h|heure|hour)\b")
_LEVELS = {"cap": 3, "bep": 3, "bac": 4, "bts": 5, "dut": 5, "licence": 6, "master": 7}


@dataclass(frozen=True, slots=True)
class Understood:
    """What a sentence says, apart from the trade; `trade` is what is left of it."""

    trade: str
    commune_code: str = ""
    minutes: int | None = None
    mode: str = ""
    without_diploma: bool = False
    beginner: bool = False
    hours: tuple[str, ...] = ()
    contracts: tuple[str, ...] = ()


_folded = lru_cache(maxsize=4096)(folded)
"""The names of the communes around are asked at each search."""


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files(__package__).joinpath("asking.toml").read_text(encoding="utf-8"))


def understand(text: str, ours: Iterable[Place], around: Iterable[Place] = ()) -> Understood:
    """What a sentence says.

    Args:
        ours: the territory's communes, known by their name alone.
        around: other communes, known by their name after a word such as « à ».
    """
    left = f" {folded(text[:LONGEST])} "
    left, minutes = _minutes(left)
    left, commune = _place(left, _names(ours), _names(around))
    left, no_diploma = _said(left, {"yes": _words()["without_diploma"]["words"]})
    left, beginner = _said(left, {"yes": _words()["beginner"]["words"]})
    left, modes = _said(left, _words()["mode"])
    left, contracts = _said(left, _words()["contract"])
    rest, hours = _said(left, _words()["hours"])
    # A night watchman is a trade: hours are left in it, unless there is nothing but them.
    return Understood(
        trade=_trade(left) if _trade(rest) else "", commune_code=commune, minutes=minutes,
        mode=modes[0] if modes else "", without_diploma=bool(no_diploma), beginner=bool(beginner),
        hours=tuple(hours), contracts=tuple(contracts),
    )  # fmt: skip


def _minutes(text: str) -> tuple[str, int | None]:
    found = _MINUTES.search(text)
    if found:
        return _without(text, found.span()), int(found[1])
    found = _HOUR.search(text)
    return (_without(text, found.span()), 60) if found else (text, None)


def _without(text: str, span: tuple[int, int]) -> str:
    return f" {' '.join((text[: span[0]] + ' ' + text[span[1] :]).split())} "


def _names(places: Iterable[Place]) -> dict[str, str]:
    """Folded names to codes; a name that two communes bear is nobody's."""
    found: dict[str, str] = {}
    for place in places:
        name = _folded(place.name)
        found[name] = "" if name in found else place.code
    return found


def _place(text: str, ours: Mapping[str, str], around: Mapping[str, str]) -> tuple[str, str]:
    """The commune named, the longest first: ours anywhere, others after a word of place."""
    for name in sorted((name for name in ours if f" {name} " in text), key=len, reverse=True):
        if ours[name]:
            return _taken(text, name), ours[name]
    for name in sorted((name for name in around if f" {name} " in text), key=len, reverse=True):
        if around[name] and any(f" {word} {name} " in text for word in _before()):
            return _taken(text, name), around[name]
    return text, ""


def _before() -> list[str]:
    return sorted(_words()["before_a_place"]["words"], key=len, reverse=True)


def _taken(text: str, name: str) -> str:
    for word in _before():
        if f" {word} {name} " in text:
            return text.replace(f" {word} {name} ", " ", 1)
    return text.replace(f" {name} ", " ", 1)


def _said(text: str, lists: Mapping[str, list[str]]) -> tuple[str, list[str]]:
    """Which lists have a word in the text, and the text without these words."""
    said: list[str] = []
    known = sorted(
        ((word, code) for code, words in lists.items() for word in words),
        key=lambda each: len(each[0]), reverse=True,
    )  # fmt: skip
    for word, code in known:
        if f" {word} " in text:
            text = text.replace(f" {word} ", " ", 1)
            said += [code] if code not in said else []
    return text, said


def _trade(text: str) -> str:
    """The words that say the trade, without those that say nothing at both ends."""
    words = text.split()
    small = sorted((each.split() for each in _words()["small"]["words"]), key=len, reverse=True)
    changed = True
    while changed and words:
        changed = False
        for each in small:
            if words[: len(each)] == each:
                words, changed = words[len(each) :], True
                break
            if len(words) > len(each) and words[-len(each) :] == each:
                words, changed = words[: -len(each)], True
                break
    return " ".join(words)


def level_of(word: str) -> int | None:
    """The level of a diploma people name by its letters (CAP, bac, BTS), décret 2019-14."""
    return _LEVELS.get(folded(word))
