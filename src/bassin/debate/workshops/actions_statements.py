"""Writing what is put to a room. Once asked, its words stay: the same statement compares years."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from secrets import token_hex
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from bassin.debate.workshops import actions_editing, asking, permissions, truth
from bassin.debate.workshops.actions import tell
from bassin.debate.workshops.models import Option, Round, Statement, Step, Workshop
from bassin.errors import Refused
from bassin.parties.access import require
from bassin.parties.models import Person
from bassin.ui import loops

WITH_OPTIONS = {
    Statement.Kind.QUIZ, Statement.Kind.CHOICE, Statement.Kind.RANKING, Statement.Kind.POINTS,
    Statement.Kind.SORTING,
}  # fmt: skip
"""Kinds where people choose among what is proposed; in the others they write or say a degree."""

FEWEST_OPTIONS = 2
FIELDS = ("kind", "text", "help", "target", "most", "columns", "loop")


@dataclass(frozen=True, slots=True)
class Proposed:
    """One answer proposed. `code` is empty for a new one; `truth` says what makes it right."""

    text: Mapping[str, str]
    code: str = ""
    truth: Mapping[str, Any] = field(default_factory=dict)


def was_asked(statement: Statement) -> bool:
    """Whether a room answered it; a rehearsal is no room."""
    rounds = Round.objects.filter(step__statement=statement, workshop__rehearsal=False)
    return rounds.exclude(state__in=[Round.State.PENDING, Round.State.VOID]).exists()


def used_elsewhere(statement: Statement, workshop: Workshop) -> QuerySet[Workshop]:
    """The other workshops, rehearsals apart, that hold this statement."""
    others = Workshop.objects.filter(steps__statement=statement, rehearsal=False, archived_at=None)
    return others.exclude(pk=workshop.pk).distinct()


def may_write(by: Person, statement: Statement, workshop: Workshop) -> bool:
    """Officers; and who prepares a workshop, for a statement that no other workshop holds."""
    if permissions.can_edit_statement(by, statement):
        return True
    own = permissions.can_prepare(by, workshop)
    return own and not used_elsewhere(statement, workshop).exists()


@transaction.atomic
def ask(
    workshop: Workshop, *, by: Person, facts: Mapping[str, Any], options: Sequence[Proposed],
    step: Mapping[str, Any], after: Step | None = None,
) -> Step:  # fmt: skip
    """Write a new statement and the step that puts it to the room.

    Raises:
        Refused: it proposes too few answers, or the workshop is over.
    """
    require(permissions.can_prepare(by, workshop) and set(facts) <= set(FIELDS))
    checked = _options(str(facts["kind"]), options)
    words = slugify(str(facts["text"].get("fr", "")))[:60].strip("-")
    made = Statement.objects.create(slug=f"{words or facts['kind']}-{token_hex(3)}", **facts)
    _write_options(made, checked)
    return actions_editing.add_step(
        workshop, by=by, after=after, kind=Step.Kind.VOTE, statement=made, **step
    )


def ask_again(
    workshop: Workshop, statement: Statement, *, by: Person, after: Step | None = None
) -> Step:
    """Put an existing statement to this room: its answers then compare with the earlier ones."""
    title = {key: asking.short(each) for key, each in statement.text.items()}
    return actions_editing.add_step(
        workshop, by=by, after=after, kind=Step.Kind.VOTE, statement=statement, title=title
    )


@transaction.atomic
def edit(
    statement: Statement, *, workshop: Workshop, facts: Mapping[str, Any],
    options: Sequence[Proposed], by: Person,
) -> Statement:  # fmt: skip
    """Change a statement, from a workshop that holds it.

    Raises:
        Refused: a room answered it in other words, or it proposes too few answers.
    """
    require(may_write(by, statement, workshop) and set(facts) <= set(FIELDS))
    held = Statement.objects.select_for_update().get(pk=statement.pk)
    checked = _options(held.kind, options)
    if was_asked(held) and _meaning(held, facts, checked):
        raise Refused(
            _("A room answered this statement: its words no longer change, so that its answers "
              "compare over years. Copy it to ask it otherwise.")
        )  # fmt: skip
    for name in FIELDS:
        setattr(held, name, facts.get(name, getattr(held, name)))
    held.save()
    _write_options(held, checked)
    for step in held.steps.select_related("workshop"):
        tell(step.workshop)
    return held


def _options(kind: str, options: Sequence[Proposed]) -> list[Proposed]:
    if kind not in WITH_OPTIONS:
        return []
    if len(options) < FEWEST_OPTIONS:
        raise Refused(_("Propose at least {count} answers.").format(count=FEWEST_OPTIONS))
    return [replace(each, truth=truth.checked(each.truth)) for each in options]


def _meaning(held: Statement, facts: Mapping[str, Any], options: Sequence[Proposed]) -> bool:
    """Whether what was asked would change: the French words, or what may be answered."""
    before = [(each.code, each.text.get("fr")) for each in held.options.all()]
    after = [(each.code, each.text.get("fr")) for each in options]
    same = ("kind", "most")
    moved = any(facts.get(name, getattr(held, name)) != getattr(held, name) for name in same)
    columns = [each.get("fr") for each in facts.get("columns", held.columns)]
    said = facts.get("text", held.text).get("fr") != held.text.get("fr")
    return said or moved or before != after or columns != [c.get("fr") for c in held.columns]


def _write_options(statement: Statement, options: Sequence[Proposed]) -> None:
    kept = {each.code: each for each in statement.options.all()}
    taken = set(kept)
    for order, proposed in enumerate(options):
        option = kept.pop(proposed.code, None)
        if option is None:
            code = _new_code(proposed, taken)
            taken.add(code)
            option = Option(statement=statement, code=code)
        option.order, option.text = order, {**(option.text or {}), **proposed.text}
        option.truth = dict(proposed.truth)
        option.save()
    for gone in kept.values():
        gone.delete()


def _new_code(proposed: Proposed, taken: set[str]) -> str:
    words = slugify(str(proposed.text.get("fr", "")))[:30].strip("-") or "reponse"
    if words not in taken:
        return words
    return next(code for n in range(2, 1000) if (code := f"{words}-{n}") not in taken)


@transaction.atomic
def copy(step: Step, *, by: Person) -> Step:
    """Give a step a statement of its own, with the same words, that may be changed.

    Raises:
        Refused: the step asks nothing, was put to the vote, or the workshop is over.
    """
    require(permissions.can_prepare(by, step.workshop))
    held = actions_editing.writable(step.workshop)
    if step.statement is None:
        raise Refused(_("This step asks nothing."))
    if step.rounds.exists():
        raise Refused(_("This question was put to the vote: it stays, with its result."))
    old = step.statement
    facts = {name: getattr(old, name) for name in FIELDS}
    made = Statement.objects.create(slug=f"{old.slug[:70]}-{token_hex(3)}", **facts)
    same = [Proposed(each.text, each.code, each.truth) for each in old.options.all()]
    for order, each in enumerate(same):
        Option.objects.create(
            statement=made, code=each.code, order=order, text=each.text, truth=each.truth
        )
    step.statement = made
    step.save(update_fields=["statement"])
    tell(held)
    return step


@transaction.atomic
def judge(
    statement: Statement, code: str, *, spec: Mapping[str, Any], workshop: Workshop, by: Person
) -> Option:
    """Say what makes an answer right: a figure, or a person with a source.

    Results already shown keep what was known then.

    Raises:
        Refused: it names no way to judge, or no number to judge by.
    """
    require(may_write(by, statement, workshop))
    option = Option.objects.select_for_update(of=("self",)).get(statement=statement, code=code)
    option.truth = truth.checked(spec)
    option.save(update_fields=["truth"])
    return option


@transaction.atomic
def show_loop(
    statements: Sequence[Statement], *, facts: Mapping[str, Any], workshop: Workshop, by: Person
) -> None:
    """Put the card of an eco-development loop beside questions; without facts, take it away.

    Raises:
        Refused: the card has no name, or a level without evidence.
    """
    kept = loops.checked(facts)
    for each in statements:
        require(may_write(by, each, workshop))
        held = Statement.objects.select_for_update().get(pk=each.pk)
        held.loop = kept
        held.save(update_fields=["loop"])
    tell(workshop)
