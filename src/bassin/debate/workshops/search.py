"""Débattre's answers to the search box: published workshops, and the questions they put."""

from bassin.debate.workshops import results
from bassin.debate.workshops.asking import said
from bassin.debate.workshops.becoming import DECIDE_NOTHING
from bassin.debate.workshops.models import Round, Workshop
from bassin.debate.workshops.references import PUBLIC, RESULT, address, found
from bassin.systems import Found
from bassin.territory.search import folded

_SHORTEST = 3


def search(query: str, language: str, limit: int) -> list[Found]:
    """Published workshops and results whose words hold every word of the query."""
    wanted = [word.rstrip("s") for word in folded(query).split() if len(word) >= _SHORTEST]
    if not wanted:
        return []
    listed = Workshop.objects.filter(state__in=PUBLIC, rehearsal=False, archived_at=None)
    answers = [
        found(each, language, 5.0)
        for each in listed
        if _holds(" ".join([*each.title.values(), *each.text.values()]), wanted)
    ]
    rounds = Round.objects.select_related("workshop").filter(
        workshop__in=listed, state=Round.State.REVEALED
    )
    answers += [
        _result(each, language)
        for each in rounds
        if _holds(" ".join(each.asked["text"].values()), wanted)
    ]
    return answers[:limit]


def pick_results(query: str, language: str, limit: int) -> dict[str, Found]:
    """Published results whose question or workshop holds every word, by their references; of a
    question put twice, the last; those whose answers are an opinion on what to do."""
    wanted = folded(query).split()
    rounds = Round.objects.select_related("workshop").filter(
        workshop__state__in=PUBLIC, workshop__rehearsal=False, workshop__archived_at=None,
        state=Round.State.REVEALED,
    )  # fmt: skip
    latest = results.last(rounds.order_by("workshop__starts_at", "step__order", "number"))
    told = [each for each in latest if each.asked["kind"] not in DECIDE_NOTHING]
    held = [each for each in reversed(told) if _holds(_words(each), wanted)]
    return {f"workshops:round:{each.pk}": _result(each, language) for each in held[:limit]}


def _words(held: Round) -> str:
    return " ".join([*held.asked["text"].values(), *held.workshop.title.values()])


def _holds(text: str, wanted: list[str]) -> bool:
    plain = folded(text)
    return all(word in plain for word in wanted)


def _result(held: Round, language: str) -> Found:
    title = said(held.asked["text"], language)
    where = said(held.workshop.title, language)
    return Found(title, address(held.workshop, held=held), RESULT, where, 4.0)
