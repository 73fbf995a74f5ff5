"""What an answer may be, kind by kind. Pure: a question as asked, what was sent, what is kept.

    quiz, choice   {"picks": ["a", "c"]}        likert  {"level": 1..5}
    ranking        {"order": ["c", "a"]}        points  {"points": {"a": 3, "b": 7}}
    sorting        {"places": {"a": 0, "b": 1}} words, contributions  {"texts": ["…"]}

Any of them may be {"cannot_say": true}: an answer, which no mean and no share counts.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from bassin.debate.workshops.asking import Asked
from bassin.errors import Refused

Answer = dict[str, Any]

LEVELS = 5
MOST_WORDS = 2
MOST_CONTRIBUTIONS = 3
LONGEST_WORD = 60
LONGEST_CONTRIBUTION = 1000
TOTAL_POINTS = 10
CANNOT_SAY: Answer = {"cannot_say": True}


def checked(asked: Asked, sent: Mapping[str, Any]) -> Answer:
    """What is kept of an answer.

    Raises:
        Refused: it is empty, says too much, or names an answer that was not proposed.
    """
    if sent.get("cannot_say"):
        return dict(CANNOT_SAY)
    return _CHECKS[asked["kind"]](asked, sent)


def _codes(asked: Asked) -> list[str]:
    return [option["code"] for option in asked["options"]]


def _known(asked: Asked, codes: Any) -> list[str]:
    """Codes that were proposed, each once, in the order sent."""
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        raise Refused(_("This answer cannot be read. Answer again from the page."))
    unknown = set(codes) - set(_codes(asked))
    if unknown:
        raise Refused(
            _("The answer {code} was not proposed. Answer again from the page.").format(
                code=min(unknown)[:40]
            )
        )
    return list(dict.fromkeys(codes))


def _quiz(asked: Asked, sent: Mapping[str, Any]) -> Answer:
    picks = _known(asked, sent.get("picks", []))
    return {"picks": sorted(picks, key=_codes(asked).index)}


def _choice(asked: Asked, sent: Mapping[str, Any]) -> Answer:
    most = asked["most"] or 1
    picks = _known(asked, sent.get("picks", []))
    if not picks:
        raise Refused(_("Choose an answer, or say that you cannot say."))
    if len(picks) > most:
        raise Refused(_("Choose at most {count} answers.").format(count=most))
    return {"picks": sorted(picks, key=_codes(asked).index)}


def _likert(asked: Asked, sent: Mapping[str, Any]) -> Answer:
    level = sent.get("level")
    if isinstance(level, bool) or not isinstance(level, int) or not 1 <= level <= LEVELS:
        raise Refused(_("Choose one of the five degrees, or say that you cannot say."))
    return {"level": level}


def _ranking(asked: Asked, sent: Mapping[str, Any]) -> Answer:
    order = _known(asked, sent.get("order", []))
    if not order:
        raise Refused(_("Rank at least one of them, or say that you cannot say."))
    return {"order": order}


def _points(asked: Asked, sent: Mapping[str, Any]) -> Answer:
    given = sent.get("points", {})
    if not isinstance(given, dict):
        raise Refused(_("This answer cannot be read. Answer again from the page."))
    codes = _known(asked, list(given))
    counts = {code: given[code] for code in codes if given[code] != 0}
    whole = all(isinstance(n, int) and not isinstance(n, bool) and n > 0 for n in counts.values())
    total = asked["most"] or TOTAL_POINTS
    if not whole or sum(counts.values()) != total:
        raise Refused(_("Share out exactly {total} points, in whole points.").format(total=total))
    return {"points": {code: counts[code] for code in sorted(counts, key=_codes(asked).index)}}


def _sorting(asked: Asked, sent: Mapping[str, Any]) -> Answer:
    places = sent.get("places", {})
    if not isinstance(places, dict):
        raise Refused(_("This answer cannot be read. Answer again from the page."))
    codes = _known(asked, list(places))
    if not codes:
        raise Refused(_("Place at least one of them, or say that you cannot say."))
    if any(isinstance(places[code], bool) or places[code] not in (0, 1) for code in codes):
        raise Refused(_("Each one goes in one of the two columns."))
    return {"places": {code: places[code] for code in sorted(codes, key=_codes(asked).index)}}


def _texts(sent: Mapping[str, Any], most: int, longest: int) -> Answer:
    texts = sent.get("texts", [])
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise Refused(_("This answer cannot be read. Answer again from the page."))
    plain = [" ".join(_printable(text).split()) for text in texts]
    plain = list(dict.fromkeys(text for text in plain if text))
    if not plain:
        raise Refused(_("Write something, or say that you cannot say."))
    if len(plain) > most:
        raise Refused(_("Write at most {count} of them.").format(count=most))
    for text in plain:
        if len(text) > longest:
            raise Refused(
                _("« {begin}… » has {length} characters; {most} is the most.").format(
                    begin=text[:20], length=len(text), most=longest
                )
            )
    return {"texts": plain}


def _printable(text: str) -> str:
    """Without the signs that no keyboard writes, such as those that turn the line round."""
    return "".join(sign for sign in text if sign.isprintable() or sign.isspace())


def _words(asked: Asked, sent: Mapping[str, Any]) -> Answer:
    return _texts(sent, asked["most"] or MOST_WORDS, LONGEST_WORD)


def _contributions(asked: Asked, sent: Mapping[str, Any]) -> Answer:
    return _texts(sent, asked["most"] or MOST_CONTRIBUTIONS, LONGEST_CONTRIBUTION)


_CHECKS: dict[str, Callable[[Asked, Mapping[str, Any]], Answer]] = {
    "quiz": _quiz,
    "choice": _choice,
    "likert": _likert,
    "ranking": _ranking,
    "points": _points,
    "sorting": _sorting,
    "words": _words,
    "contributions": _contributions,
}
