"""The synthesis of a workshop, for its page and its papers: what came out, step by step."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bassin import systems
from bassin.debate.workshops import (
    actions_corrections,
    becoming,
    results,
    shown_kinds,
    shown_movement,
)
from bassin.debate.workshops.asking import said
from bassin.debate.workshops.models import (
    Attachment,
    Correction,
    Minutes,
    Note,
    Participation,
    Round,
    Workshop,
)
from bassin.debate.workshops.movement import movement
from bassin.debate.workshops.shown import Board, Shown
from bassin.debate.workshops.tally_shares import Result
from bassin.indicators.numbers import period
from bassin.systems import Found

OVER = (Workshop.State.CLOSED, *results.FIXED)


@dataclass(slots=True)
class Counted:
    """One round: its result, and what moved since the round before."""

    pk: int
    number: int
    result: Result
    shown: Shown
    moved: str = ""
    moves: Board | None = None


@dataclass(slots=True)
class Part:
    """What a step left: its question, its rounds, what was said, where it goes."""

    key: str
    title: str
    question: str = ""
    rounds: list[Counted] = field(default_factory=list)
    void: list[str] = field(default_factory=list)
    pros: list[str] = field(default_factory=list)
    cons: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    proposals: list[tuple[str, str]] = field(default_factory=list)
    links: list[Found] = field(default_factory=list)
    became: list[becoming.Line] = field(default_factory=list)


@dataclass(slots=True)
class Synthesis:
    """A workshop to read: who, when, what came out, what was proposed."""

    workshop: Workshop
    title: str
    text: str
    facts: list[str]
    minutes: Minutes
    parts: list[Part]
    became: list[becoming.Line]
    version: int = actions_corrections.FIRST
    corrections: list[Correction] = field(default_factory=list)

    @property
    def former(self) -> bool:
        """Whether it was corrected since."""
        return any(each.number > self.version for each in self.corrections)


def synthesis(workshop: Workshop, language: str, version: int = 0) -> Synthesis:
    """What came out of a workshop; before it is over, only what the room was shown.

    Args:
        version: a former one of published minutes; 0 for the last.
    """
    minutes = Minutes.objects.filter(workshop=workshop).first() or Minutes(workshop=workshop)
    corrections = list(minutes.corrections.all()) if minutes.pk else []
    version = version or max((each.number for each in corrections), default=1)
    minutes.text, notes = actions_corrections.as_it_was(minutes.text, corrections, version)
    rounds = _counted(workshop)
    return Synthesis(
        workshop=workshop,
        title=said(workshop.title, language),
        text=said(workshop.text, language),
        facts=_facts(workshop, rounds, language),
        minutes=minutes,
        parts=_parts(workshop, list(rounds), language, notes),
        became=becoming.of_workshops([workshop], language)[0],
        version=version,
        corrections=corrections,
    )


def _counted(workshop: Workshop) -> QuerySet[Round]:
    rounds = results.counted(workshop)
    return rounds if workshop.state in OVER else rounds.filter(state=Round.State.REVEALED)


def _facts(workshop: Workshop, rounds: QuerySet[Round], language: str) -> list[str]:
    facts = []
    if workshop.starts_at:
        facts.append(period(localtime(workshop.starts_at).date().isoformat(), language))
    body = systems.resolve(workshop.body, language) if workshop.body else None
    facts += [each for each in (workshop.place, body.title if body else "") if each]
    people = Participation.objects.filter(round__in=rounds).values("ticket").distinct().count()
    if people:
        told = ngettext("{count} person took part", "{count} people took part", people)
        facts.append(told.format(count=people))
    return facts


def _parts(
    workshop: Workshop, rounds: list[Round], language: str, former: Mapping[int, str]
) -> list[Part]:
    """Steps that left something, in their order; then what was said beside them."""
    steps = list(workshop.steps.select_related("statement"))
    parts = {step.pk: Part(f"step-{step.pk}", said(step.title, language)) for step in steps}
    void = workshop.rounds.filter(state=Round.State.VOID).order_by("number")
    for set_aside in void:
        parts[set_aside.step_id].void.append(set_aside.void_why)
    placed = (
        Attachment.objects.filter(round__in=rounds)
        .select_related("round")
        .order_by("attached_on", "pk")
    )
    named = systems.resolve_all({each.reference for each in placed}, language)
    for step in steps:
        asked = [each for each in rounds if each.step_id == step.pk]
        links = [each.reference for each in placed if each.round.step_id == step.pk]
        if asked:
            _ask(parts[step.pk], asked, language)
            # Several rounds may be placed on one thing: it is told once.
            parts[step.pk].links = [named[each] for each in dict.fromkeys(links) if each in named]
    last = results.last(rounds)
    for held, thread in zip(last, becoming.of_results(last, language), strict=True):
        parts[held.step_id].became = thread.lines
    beside = Part("beside", _("Said beside the questions"))
    for note in workshop.notes.select_related("round"):
        note.text = former.get(note.pk, note.text)
        step_pk = note.step_id or (note.round.step_id if note.round else None)
        _write(parts.get(step_pk or 0, beside), note)
    return [part for part in (*parts.values(), beside) if _holds(part)]


def _holds(part: Part) -> bool:
    told = (part.rounds, part.void, part.pros, part.cons, part.others, part.proposals)
    return any(told)


def _ask(part: Part, rounds: list[Round], language: str) -> None:
    before: Result | None = None
    for held in rounds:
        part.question = said(held.asked["text"], language)
        result: Result = held.results or {}
        counted = Counted(held.pk, held.number, result, shown_kinds.shown(result, language))
        moved = movement(before, result) if before else None
        if moved:
            counted.moved = shown_movement.sentence(moved, language)
            counted.moves = shown_movement.board(moved, language)
        part.rounds.append(counted)
        before = result


def _write(part: Part, note: Note) -> None:
    if note.kind != Note.Kind.ARGUMENT:
        part.proposals.append((str(note.get_kind_display()), note.text))
        return
    sides = {Note.Side.FOR.value: part.pros, Note.Side.AGAINST.value: part.cons}
    sides.get(note.side, part.others).append(note.text)
