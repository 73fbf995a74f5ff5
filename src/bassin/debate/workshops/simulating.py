"""What simulated participants answer. Pure: a question as asked, a generator of chance, an answer.

Each one leans one way, as people do: a rehearsal then shows results that look like results. Nothing
here imitates anybody, and everything it gives is marked as invented.
"""

import random
from dataclasses import dataclass

from bassin.debate.workshops.answers import (
    CANNOT_SAY,
    LEVELS,
    MOST_CONTRIBUTIONS,
    MOST_WORDS,
    TOTAL_POINTS,
    Answer,
)
from bassin.debate.workshops.asking import Asked

SILENT = 0.06
"""Share of those present who do not answer a question."""

CANNOT = 0.05
CHANGES = 0.08
"""Share of those who change their answer before the question closes."""

WORDS = (
    "coopération", "Coopération", "la coopération", "emploi", "emploi local", "Emplois locaux",
    "transition", "transition écologique", "proximité", "formation", "numérique", "solidarité",
    "industrie", "écoute", "projet commun", "concret", "à suivre", "innovation",
)  # fmt: skip
TEXTS = (
    "Associer les communes plus tôt, avant que tout soit décidé.",
    "Un lieu où les entreprises et les habitants se rencontrent.",
    "Dire chaque année ce qui a été fait, avec des chiffres.",
    "Commencer par un essai dans deux communes.",
    "Former les agents avant d'ouvrir le service.",
    "Une personne à appeler, pas un formulaire.",
)


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who is not there: where they lean (0 to 1), and their own draw."""

    lean: float
    draw: random.Random


def room(count: int, seed: int) -> list[Participant]:
    """So many people; the same seed gives the same room."""
    chance = random.Random  # a room to rehearse with: nothing secret
    source = chance(seed)
    leans = [min(max(source.gauss(0.65, 0.2), 0.0), 1.0) for _each in range(count)]
    return [Participant(lean, chance(source.random())) for lean in leans]


def answer(asked: Asked, who: Participant) -> Answer | None:
    """One answer; None from somebody who stays silent."""
    chance = who.draw.random()
    if chance < SILENT:
        return None
    if chance < SILENT + CANNOT:
        return dict(CANNOT_SAY)
    codes = [option["code"] for option in asked["options"]]
    return _ANSWERS[asked["kind"]](codes, asked["most"], who)


def _quiz(codes: list[str], most: int | None, who: Participant) -> Answer:
    return {"picks": [code for code in codes if who.draw.random() < who.lean]}


def _choice(codes: list[str], most: int | None, who: Participant) -> Answer:
    return {"picks": _preferred(codes, who)[: who.draw.randint(1, most or 1)]}


def _likert(codes: list[str], most: int | None, who: Participant) -> Answer:
    return {"level": min(max(round(who.draw.gauss(1 + 4 * who.lean, 0.8)), 1), LEVELS)}


def _ranking(codes: list[str], most: int | None, who: Participant) -> Answer:
    ranked = _preferred(codes, who)
    whole = who.draw.random() < 0.8
    return {"order": ranked if whole else ranked[: who.draw.randint(1, len(ranked))]}


def _points(codes: list[str], most: int | None, who: Participant) -> Answer:
    given = dict.fromkeys(codes, 0)
    for _point in range(most or TOTAL_POINTS):
        given[_preferred(codes, who)[0]] += 1
    return {"points": {code: n for code, n in given.items() if n}}


def _sorting(codes: list[str], most: int | None, who: Participant) -> Answer:
    sides = {code: int((n % 3 == 2) ^ (who.draw.random() < 0.2)) for n, code in enumerate(codes)}
    left_out = who.draw.choice(codes) if len(codes) > 1 else ""
    return {"places": {code: side for code, side in sides.items() if code != left_out}}


def _words(codes: list[str], most: int | None, who: Participant) -> Answer:
    count = who.draw.randint(1, most or MOST_WORDS)
    weights = [1 / (n + 1) for n in range(len(WORDS))]
    return {"texts": list(dict.fromkeys(who.draw.choices(WORDS, weights, k=count)))}


def _contributions(codes: list[str], most: int | None, who: Participant) -> Answer:
    count = who.draw.randint(1, min(most or MOST_CONTRIBUTIONS, 2))
    return {"texts": who.draw.sample(TEXTS, count)}


def _preferred(codes: list[str], who: Participant) -> list[str]:
    """In an order of one's own, where those proposed first are liked a little more."""
    liked = {code: who.draw.expovariate(1 / (len(codes) - n / 2)) for n, code in enumerate(codes)}
    return sorted(codes, key=lambda code: -liked[code])


_ANSWERS = {
    "quiz": _quiz,
    "choice": _choice,
    "likert": _likert,
    "ranking": _ranking,
    "points": _points,
    "sorting": _sorting,
    "words": _words,
    "contributions": _contributions,
}
