"""From what was sent to what is written: runs in the writer's thread, several at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import translation

from bassin.debate.workshops import forms_live, voting
from bassin.debate.workshops.asking import Asked
from bassin.debate.workshops.live.asked import Sent
from bassin.debate.workshops.models import Participation, Round
from bassin.debate.workshops.voting import Outcome, Verdict, Vote
from bassin.errors import Refused

_MOST_KEPT = 200


@dataclass(frozen=True, slots=True)
class Paper:
    """What a device sent to a round, by the digest of its ticket's token."""

    code: str
    token_hash: str
    sent: Sent
    language: str

    @property
    def round_id(self) -> int:
        """The round that it answers."""
        return self.sent.number("round")


@dataclass(frozen=True, slots=True)
class Told:
    """What became of it; `answered` when an earlier answer to a closed round was counted."""

    outcome: Outcome
    answered: bool = False


@dataclass(frozen=True, slots=True)
class _Question:
    """What a round asks: frozen when it opened, so it may be kept."""

    workshop_id: int
    code: str
    asked: Asked


class Answering:
    """Writes papers; keeps the questions that were asked, never their state nor their secret."""

    def __init__(self) -> None:
        self.questions: dict[int, _Question] = {}

    def write(self, papers: Sequence[Paper], *, now: datetime) -> list[Told]:
        """Record answers in one transaction; what became of each."""
        self._learn({paper.round_id for paper in papers})
        votes = [self._vote(paper) for paper in papers]
        recorded = iter(voting.record([vote for vote in votes if isinstance(vote, Vote)], now=now))
        outcomes = [next(recorded) if isinstance(vote, Vote) else vote for vote in votes]
        before = _answered_before(papers, outcomes)
        return [
            Told(outcome, (paper.round_id, paper.token_hash) in before)
            for paper, outcome in zip(papers, outcomes, strict=True)
        ]

    def _learn(self, ids: set[int]) -> None:
        unknown = ids - set(self.questions)
        if not unknown:
            return
        if len(self.questions) > _MOST_KEPT:
            self.questions.clear()
        found = Round.objects.filter(pk__in=unknown).exclude(state=Round.State.PENDING)
        for pk, workshop, code, asked in found.values_list(
            "pk", "workshop_id", "workshop__code", "asked"
        ):
            self.questions[pk] = _Question(workshop, code, asked)

    def _vote(self, paper: Paper) -> Vote | Outcome:
        question = self.questions.get(paper.round_id)
        if question is None or question.code != paper.code:
            return Outcome(Verdict.NOT_OPEN)
        try:
            sent = _fields(paper, question.asked)
        except Refused as refused:
            return Outcome(Verdict.UNREADABLE, str(refused))
        return Vote(
            question.workshop_id, paper.round_id, paper.token_hash, sent, language=paper.language
        )


def _fields(paper: Paper, asked: Asked) -> dict[str, Any]:
    """What a form or a script sent; a language is spoken only to refuse."""
    sent = paper.sent
    if not sent.is_form:
        return sent.fields
    try:
        return forms_live.parsed(asked, sent.pairs)
    except Refused:
        with translation.override(paper.language):
            return forms_live.parsed(asked, sent.pairs)


def _answered_before(papers: Iterable[Paper], outcomes: Iterable[Outcome]) -> set[tuple[int, str]]:
    """Which of those who came too late had answered in time: the first answer was lost on the way
    back, and the same one was sent again."""
    late = {
        (paper.round_id, paper.token_hash)
        for paper, outcome in zip(papers, outcomes, strict=True)
        if outcome.verdict is Verdict.NOT_OPEN
    }
    if not late:
        return set()
    found = Participation.objects.filter(
        round_id__in={pk for pk, _ in late}, ticket__token_hash__in={digest for _, digest in late}
    )
    return late & set(found.values_list("round_id", "ticket__token_hash"))
