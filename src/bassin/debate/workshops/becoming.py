"""What became of the votes of a workshop: the next one opens on it.

Every system says what it did with a result (`systems.became`): the decisions that rest on it,
their actions, the stages reached. What became of nothing is said too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bassin import systems
from bassin.debate.workshops import results
from bassin.debate.workshops.asking import said
from bassin.debate.workshops.cards import in_short
from bassin.debate.workshops.models import Note, Round, Statement, Workshop
from bassin.indicators.numbers import period
from bassin.systems import Became
from bassin.types import Text

DECIDE_NOTHING = (Statement.Kind.QUIZ.value, Statement.Kind.WORDS.value)
"""Kinds of question whose answers are no opinion on what to do."""

WORDS = {
    "decision": Text("décision", "decision"),
    "action": Text("action", "action"),
    "stage": Text("étape franchie", "stage reached"),
}

BEGINS = Text("début le {day}", "begins on {day}")
"""Of an action, the day is that of its beginning, which may be to come: it is said."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was done with a result."""

    kind: str
    word: str
    title: str
    detail: str
    when: str
    url: str
    origin: str


@dataclass(frozen=True, slots=True)
class Thread:
    """A result, and what was done with it; `lines` is empty when nothing public was."""

    text: str
    sentence: str
    lines: list[Line]


def threads(workshop: Workshop, language: str) -> list[Thread]:
    """The results of a workshop that count, each with what became of it, then its proposals."""
    # The last round of a question is its result: the ones before it led there.
    last = {held.step_id: held for held in results.counted(workshop)}
    told = [(held, of_round(held, language)) for held in last.values()]
    made = [
        thread for held, thread in told if thread.lines or held.asked["kind"] not in DECIDE_NOTHING
    ]
    proposed = workshop.notes.exclude(kind=Note.Kind.ARGUMENT)
    made += [thread for note in proposed if (thread := of_note(note, language)).lines]
    return made


def whole(workshop: Workshop, language: str) -> list[Line]:
    """What was done with the workshop as a whole, rather than with one of its results."""
    return lines([f"workshops:workshop:{workshop.code}"], language)


def of_round(held: Round, language: str) -> Thread:
    """A result, and what was done with it or with its question."""
    statement = held.step.statement
    rounds = held.step.rounds.values_list("pk", flat=True)
    references = [f"workshops:round:{pk}" for pk in rounds]
    if statement is not None:
        references.append(f"workshops:statement:{statement.slug}")
    sentence = in_short(held.results, language) if held.results else ""
    return Thread(said(held.asked["text"], language), sentence, lines(references, language))


def of_note(note: Note, language: str) -> Thread:
    """What was proposed, and what was done with it."""
    return Thread(note.text, "", lines([f"workshops:note:{note.pk}"], language))


def lines(references: Iterable[str], language: str) -> list[Line]:
    """Each thing once, however many references lead to it."""
    kept: dict[tuple[str, str, date | None], Became] = {}
    for reference in references:
        for each in systems.became(reference, language):
            kept.setdefault((each.kind, each.reference or each.title, each.on), each)
    return [_line(each, language) for each in kept.values()]


def _line(became: Became, language: str) -> Line:
    day = period(became.on.isoformat(), language) if became.on else ""
    if day and became.kind == "action":
        day = BEGINS.say(language).format(day=day)
    return Line(
        kind=became.kind,
        word=WORDS[became.kind].say(language),
        title=became.title,
        detail=" · ".join(filter(None, (became.detail, became.state))),
        when=day,
        url=became.url,
        origin=became.origin,
    )
