"""What a vote must come to, kind by kind: answers that people may give, and their naive count.

Nothing here is shared with the code that answers and counts: it is what a person with a sheet of
paper would do.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

Answer = dict[str, Any]

CODES = ("a", "b", "c")
RIGHT = {"a", "b"}
"""Of a quiz, the answers which are right."""

SMALLEST = 5
"""Under so many who take a stand, only how many answered is told."""

CANNOT_SAY = {"cannot_say": True}
MEANINGS = {
    "Réemploi": "reuse", "reemploi": "reuse", "RÉ-EMPLOI": "reuse",
    "main-d’œuvre": "hands", "Main d'oeuvre": "hands", "l’eau": "water",
}  # fmt: skip
"""Texts, and what they say: people who differ by case, accents or dashes say the same."""


def _shared(cuts: tuple[int, int]) -> Answer:
    low, high = sorted(cuts)
    given = zip(CODES, (low, high - low, 10 - high), strict=True)
    return {"points": {code: points for code, points in given if points}}


_SOME = st.sets(st.sampled_from(CODES)).map(sorted)
_ORDERS = st.permutations(CODES).flatmap(
    lambda order: st.integers(1, len(CODES)).map(lambda ranked: list(order[:ranked]))
)


def _texts(most: int) -> st.SearchStrategy[Answer]:
    told = st.lists(st.sampled_from(sorted(MEANINGS)), min_size=1, max_size=most, unique=True)
    return told.map(lambda texts: {"texts": texts})


ANSWERS: dict[str, st.SearchStrategy[Answer]] = {
    "quiz": _SOME.map(lambda picks: {"picks": picks}),
    "choice": _SOME.filter(lambda picks: 0 < len(picks) < 3).map(lambda picks: {"picks": picks}),
    "likert": st.integers(1, 5).map(lambda level: {"level": level}),
    "ranking": _ORDERS.map(lambda order: {"order": order}),
    "points": st.tuples(st.integers(0, 10), st.integers(0, 10)).map(_shared),
    "sorting": st.dictionaries(st.sampled_from(CODES), st.integers(0, 1), min_size=1).map(
        lambda places: {"places": places}
    ),
    "words": _texts(2),
    "contributions": _texts(3),
}
"""What is kept of an answer, as it may be sent."""

REFUSED: dict[str, list[Answer]] = {
    "quiz": [{"picks": ["z"]}],
    "choice": [{"picks": []}, {"picks": ["a", "b", "c"]}],
    "likert": [{"level": 0}, {"level": 6}, {}],
    "ranking": [{"order": []}, {"order": ["z"]}],
    "points": [{"points": {"a": 9}}, {"points": {"a": 5, "z": 5}}, {"points": {"a": 11, "b": -1}}],
    "sorting": [{"places": {}}, {"places": {"a": 2}}],
    "words": [{"texts": [" "]}, {"texts": ["é" * 61]}, {"texts": ["un", "deux", "trois"]}],
    "contributions": [{"texts": []}, {"texts": ["é" * 1001]}],
}
"""What no answer may be."""

Counts = dict[str, Any]


def counted(kind: str, answers: Sequence[Answer]) -> Counts:
    """The count of a round, by hand."""
    spoke = [each for each in answers if each != CANNOT_SAY]
    whole = {"n": len(answers), "shown": len(spoke) >= SMALLEST}
    if not whole["shown"]:
        return whole
    return {**whole, "cannot_say": len(answers) - len(spoke), **_BY_HAND[kind](spoke)}


def told(result: Mapping[str, Any]) -> Counts:
    """The same figures, read in a result of the service."""
    whole = {name: result[name] for name in ("n", "shown", "cannot_say") if name in result}
    return {**whole, **_TOLD[result["kind"]](result)} if result["shown"] else whole


def _picks(spoke: Sequence[Answer]) -> Counts:
    return {code: sum(code in each["picks"] for each in spoke) for code in CODES}


def _quiz(spoke: Sequence[Answer]) -> Counts:
    return {**_picks(spoke), "exact": sum(set(each["picks"]) == RIGHT for each in spoke)}


def _likert(spoke: Sequence[Answer]) -> Counts:
    return {str(n): sum(each["level"] == n for each in spoke) for n in range(1, 6)}


def _ranking(spoke: Sequence[Answer]) -> Counts:
    """Of three, 2 points, 1 then 0; those left out share what is left. First places. Duels."""
    points = dict.fromkeys(CODES, Fraction(0))
    duels: Counter[str] = Counter()
    for order in (each["order"] for each in spoke):
        left = [code for code in CODES if code not in order]
        for place, code in enumerate(order):
            points[code] += 2 - place
            duels.update(code + other for other in [*order[place + 1 :], *left])
        for code in left:
            points[code] += Fraction(sum(range(len(left))), len(left))
    first = {f"first {code}": sum(each["order"][0] == code for each in spoke) for code in CODES}
    pairs = {a + b: duels[a + b] for a in CODES for b in CODES if a != b}
    return {**points, **first, **pairs}


def _points(spoke: Sequence[Answer]) -> Counts:
    return {code: sum(each["points"].get(code, 0) for each in spoke) for code in CODES}


def _sorting(spoke: Sequence[Answer]) -> Counts:
    sides = [(code, side) for code in CODES for side in (0, 1)]
    return {
        f"{c} {side}": sum(each["places"].get(c) == side for each in spoke) for c, side in sides
    }


def _meanings(spoke: Sequence[Answer]) -> Counter[str]:
    return Counter(said for each in spoke for said in {MEANINGS[text] for text in each["texts"]})


def _words(spoke: Sequence[Answer]) -> Counts:
    people = _meanings(spoke)
    shown = sorted(count for count in people.values() if count > 1)
    return {"items": shown, "waiting": len(people) - len(shown), "distinct": len(people)}


def _contributions(spoke: Sequence[Answer]) -> Counts:
    """None is shown before somebody read it."""
    people = _meanings(spoke)
    return {"items": [], "waiting": len(people), "distinct": len(people)}


_BY_HAND: dict[str, Callable[[Sequence[Answer]], Counts]] = {
    "quiz": _quiz, "choice": _picks, "likert": _likert, "ranking": _ranking, "points": _points,
    "sorting": _sorting, "words": _words, "contributions": _contributions,
}  # fmt: skip


def _lines(result: Mapping[str, Any], name: str = "count") -> Counts:
    return {line["code"]: line[name] for line in result["lines"]}


def _texts_told(result: Mapping[str, Any]) -> Counts:
    items = sorted(each["count"] for each in result["items"])
    return {"items": items, "waiting": result["waiting"], "distinct": result["distinct"]}


_TOLD: dict[str, Callable[[Mapping[str, Any]], Counts]] = {
    "quiz": lambda result: {**_lines(result), "exact": result["exact"]["count"]},
    "choice": _lines,
    "likert": lambda result: {str(each["level"]): each["count"] for each in result["levels"]},
    "ranking": lambda result: {
        **_lines(result, "borda"),
        **{f"first {code}": first for code, first in _lines(result, "first").items()},
        **{a + b: count for a, row in result["pairs"].items() for b, count in row.items()},
    },
    "points": lambda result: _lines(result, "points"),
    "sorting": lambda result: {
        f"{line['code']} {side}": line[name]
        for line in result["lines"]
        for side, name in enumerate(("left", "right"))
    },
    "words": _texts_told,
    "contributions": _texts_told,
}
