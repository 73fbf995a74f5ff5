"""From the plain fields of a form to what an answer is, and back. Pure: no model, no request.

    quiz, choice   pick=a pick=c                  likert   level=4, or level=cannot_say
    ranking        rank-a=2 rank-c=1 rank-d=      points   points-a=3 points-b=7
    sorting        place-a=0 place-b=1 place-c=   words, contributions   text=… text=…

Any of them may come with cannot_say=1. What is empty was left aside.
"""

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from bassin.debate.workshops.answers import Answer
from bassin.debate.workshops.asking import Asked
from bassin.errors import Refused

Items = Iterable[tuple[str, str]]
"""Names and values of a form, in order; a name may come several times."""

CANNOT_SAY = "cannot_say"


def parsed(asked: Asked, form_items: Items) -> dict[str, Any]:
    """What `answers.checked` takes, from the fields of a page.

    Raises:
        Refused: a number is not one, or two answers have the same rank.
    """
    items = [(name, value.strip()) for name, value in form_items]
    if any(name == CANNOT_SAY and value for name, value in items) or ("level", CANNOT_SAY) in items:
        return {CANNOT_SAY: True}
    return _PARSED[asked["kind"]](items)


def fields(answer: Answer) -> list[tuple[str, str]]:
    """The fields by which a page shows an answer again, to be changed."""
    if answer.get(CANNOT_SAY):
        return [(CANNOT_SAY, "1")]
    found = [("pick", code) for code in answer.get("picks", [])]
    found += [(f"rank-{code}", str(n)) for n, code in enumerate(answer.get("order", []), start=1)]
    found += [(f"points-{code}", str(n)) for code, n in answer.get("points", {}).items()]
    found += [(f"place-{code}", str(n)) for code, n in answer.get("places", {}).items()]
    found += [("text", text) for text in answer.get("texts", [])]
    if "level" in answer:
        found.append(("level", str(answer["level"])))
    return found


def _after(items: list[tuple[str, str]], prefix: str) -> list[tuple[str, int]]:
    """Codes and numbers of the fields that begin so; what was left empty is not there."""
    given = [(name.removeprefix(prefix), value) for name, value in items if name.startswith(prefix)]
    return [(code, _whole(value)) for code, value in given if value]


def _whole(value: str) -> int:
    digits = value.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        raise Refused(_("« {value} » is not a whole number.").format(value=value[:20]))
    return int(value)


def _picks(items: list[tuple[str, str]]) -> dict[str, Any]:
    return {"picks": [value for name, value in items if name == "pick" and value]}


def _level(items: list[tuple[str, str]]) -> dict[str, Any]:
    levels = [_whole(value) for name, value in items if name == "level" and value]
    return {"level": levels[-1]} if levels else {}


def _ranks(items: list[tuple[str, str]]) -> dict[str, Any]:
    ranks = sorted(_after(items, "rank-"), key=lambda each: each[1])
    for (_one, before), (_other, rank) in pairwise(ranks):
        if before == rank:
            raise Refused(
                _("Two answers have the rank {rank}. Give each rank to one only.").format(rank=rank)
            )
    return {"order": [code for code, _rank in ranks]}


def _points(items: list[tuple[str, str]]) -> dict[str, Any]:
    return {"points": dict(_after(items, "points-"))}


def _places(items: list[tuple[str, str]]) -> dict[str, Any]:
    return {"places": dict(_after(items, "place-"))}


def _texts(items: list[tuple[str, str]]) -> dict[str, Any]:
    return {"texts": [value for name, value in items if name == "text" and value]}


_PARSED: dict[str, Callable[[list[tuple[str, str]]], dict[str, Any]]] = {
    "quiz": _picks,
    "choice": _picks,
    "likert": _level,
    "ranking": _ranks,
    "points": _points,
    "sorting": _places,
    "words": _texts,
    "contributions": _texts,
}
