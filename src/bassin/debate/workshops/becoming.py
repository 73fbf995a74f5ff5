"""What became of the votes of a workshop: the next one opens on it.

Every system says what it did with a result (`systems.became`): the decisions that rest on it,
their actions, the stages reached. What became of nothing is said too.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.utils.translation import gettext as _

from bassin import systems
from bassin.debate.workshops import results, wording
from bassin.debate.workshops.asking import said, tongue_of
from bassin.debate.workshops.cards import in_short
from bassin.debate.workshops.models import Note, Round, Statement, Workshop
from bassin.debate.workshops.shown import in_french
from bassin.systems import Became

DECIDE_NOTHING = (Statement.Kind.QUIZ.value, Statement.Kind.WORDS.value)
"""Kinds of question whose answers are no opinion on what to do."""


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
    tongue: str = ""


def threads(workshop: Workshop, language: str) -> list[Thread]:
    """The results of a workshop that count, each with what became of it, then its proposals."""
    last = results.last(results.counted(workshop))
    told = zip(last, of_results(last, language), strict=True)
    made = [
        thread for held, thread in told if thread.lines or held.asked["kind"] not in DECIDE_NOTHING
    ]
    proposed = list(workshop.notes.exclude(kind=Note.Kind.ARGUMENT))
    return made + [thread for thread in of_notes(proposed, language) if thread.lines]


def of_workshops(workshops: Sequence[Workshop], language: str) -> list[list[Line]]:
    """What was done with each as a whole, rather than with one of its results."""
    return lines([[f"workshops:workshop:{each.code}"] for each in workshops], language)


def of_results(rounds: Sequence[Round], language: str) -> list[Thread]:
    """Each result, and what was done with it or with its question."""
    of_step = defaultdict(list)
    asked = Round.objects.filter(step__in={each.step_id for each in rounds})
    for step, pk in asked.values_list("step", "pk"):
        of_step[step].append(f"workshops:round:{pk}")
    references = [[*of_step[each.step_id], *_question(each)] for each in rounds]
    return [
        Thread(
            said(held.asked["text"], language),
            in_short(held.results, language) if held.results else "",
            done,
            tongue_of(held.asked["text"], language),
        )
        for held, done in zip(rounds, lines(references, language), strict=True)
    ]


def _question(held: Round) -> list[str]:
    statement = held.step.statement
    return [f"workshops:statement:{statement.slug}"] if statement else []


def of_notes(notes: Sequence[Note], language: str) -> list[Thread]:
    """What was proposed, and what was done with it."""
    done = lines([[f"workshops:note:{each.pk}"] for each in notes], language)
    return [Thread(note.text, "", found) for note, found in zip(notes, done, strict=True)]


def lines(groups: Sequence[Sequence[str]], language: str) -> list[list[Line]]:
    """For each group of references each thing once, however many of them lead to it.

    Every system is asked once, for all of them.
    """
    told = systems.became(list(dict.fromkeys(chain.from_iterable(groups))), language)
    return [
        _once((each for reference in group for each in told[reference]), language)
        for group in groups
    ]


def _once(told: Iterable[Became], language: str) -> list[Line]:
    kept: dict[tuple[str, str, date | None], Became] = {}
    for each in told:
        kept.setdefault((each.kind, each.reference or each.title, each.on), each)
    return [_line(each, language) for each in kept.values()]


def _line(became: Became, language: str) -> Line:
    """Its title and details are written in French and English only."""
    day = wording.day(became.on, language) if became.on else ""
    if day and became.kind == "action":  # it may be to come: it is said
        day = _("begins on {day}").format(day=day)
    return Line(
        kind=became.kind,
        word=str(wording.BECAME[became.kind]),
        title=in_french(became.title, language),
        detail=in_french(" · ".join(filter(None, (became.detail, became.state))), language),
        when=day,
        url=became.url,
        origin=became.origin,
    )
