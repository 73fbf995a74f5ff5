"""Reading what people wrote: shown or not, merged, grouped. Every decision is noted, and undone.

Counts never change by hand: they come from the ballots, which stay as they were written. Texts are
read once the question is closed: one by one, as they come, they would tell who writes.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from bassin.debate.workshops import permissions, results, texts
from bassin.debate.workshops.actions import tell
from bassin.debate.workshops.models import Expression, Moderation, Round, Statement, Workshop
from bassin.debate.workshops.tally_texts import ENOUGH
from bassin.errors import Refused
from bassin.parties.access import require
from bassin.parties.models import Person

KINDS = (Statement.Kind.WORDS.value, Statement.Kind.CONTRIBUTIONS.value)
_READABLE = (Round.State.CLOSED, Round.State.REVEALED)
LONGEST_LABEL = 300
LONGEST_THEME = 120
LONGEST_WHY = 200


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said, however it was spelt: how many said it, and what was merged into it.

    `enough` when as many said it as are needed to be shown without anybody reading it.
    """

    expression: Expression
    count: int
    merged: tuple[Expression, ...] = ()
    enough: bool = False

    @property
    def waits(self) -> bool:
        """Whether it is shown only once somebody has read it."""
        return self.expression.state == Expression.State.PENDING and not self.enough


def holds_texts(step_round: Round) -> bool:
    """Whether people wrote something in this round."""
    return step_round.asked.get("kind") in KINDS


@transaction.atomic
def gather(step_round: Round, *, by: Person) -> list[Said]:
    """What was said, with how many said it; texts never read before join the list.

    Raises:
        Refused: the question is not closed yet, or asks for no text.
    """
    require(permissions.can_run(by, step_round.workshop))
    _readable(step_round)
    spelt: dict[str, Counter[str]] = {}
    people: list[set[str]] = []
    for answer in step_round.ballots.values_list("answer", flat=True):
        told = set()
        for text in answer.get("texts", []):
            if isinstance(text, str):
                key = texts.key(text)
                told.add(key)
                spelt.setdefault(key, Counter())[text] += 1
        people.append(told)
    known = {each.key: each for each in step_round.expressions.all()}
    usual = {key: min(forms, key=lambda form: (-forms[form], form))
             for key, forms in spelt.items()}  # fmt: skip
    # In alphabetical order: the order of rows then says nothing of the order of the answers.
    fresh = sorted((label, key) for key, label in usual.items() if key not in known)
    Expression.objects.bulk_create(
        Expression(round=step_round, key=key, label=label) for label, key in fresh
    )
    words = step_round.asked["kind"] == Statement.Kind.WORDS
    return _said(list(step_round.expressions.all()), people, words=words)


def _said(listed: Sequence[Expression], people: Iterable[set[str]], *, words: bool) -> list[Said]:
    by_pk = {each.pk: each for each in listed}
    root = {each.key: _root(each, by_pk) for each in listed}
    counts: Counter[int] = Counter()
    for told in people:
        counts.update({root[key].pk for key in told})
    merged: dict[int, list[Expression]] = {}
    for each in listed:
        if root[each.key].pk != each.pk:
            merged.setdefault(root[each.key].pk, []).append(each)
    said = [
        Said(
            each,
            counts[each.pk],
            tuple(merged.get(each.pk, ())),
            enough=words and counts[each.pk] >= ENOUGH,
        )
        for each in listed
        if each.merged_into_id is None
    ]
    return sorted(said, key=lambda one: (-one.count, one.expression.label.casefold()))


def _root(expression: Expression, by_pk: dict[int, Expression]) -> Expression:
    """What a text was merged into: never through a ring, which `merge` does not make."""
    while expression.merged_into_id is not None:
        expression = by_pk[expression.merged_into_id]
    return expression


def _readable(step_round: Round) -> None:
    if not holds_texts(step_round):
        raise Refused(_("This question asks for no text."))
    if step_round.state not in _READABLE:
        raise Refused(_("Close the question first: then read what was written."))


def _changeable(step_round: Round) -> None:
    """Refuse once everybody may read the result."""
    _readable(step_round)
    if step_round.workshop.state in results.FIXED:
        raise Refused(_("The synthesis is published: what is shown no longer changes."))


@transaction.atomic
def show(expressions: Sequence[Expression], *, by: Person, now: datetime) -> None:
    """These texts may be shown."""
    held = _held(expressions, by)
    for each in held:
        each.state, each.why = Expression.State.SHOWN, ""
        each.save(update_fields=["state", "why"])
    _noted(held, Moderation.Verb.SHOWN, "", by, now)


@transaction.atomic
def hide(expressions: Sequence[Expression], *, why: str, by: Person, now: datetime) -> None:
    """These texts are not shown, and the reason is kept.

    Raises:
        Refused: no reason was given.
    """
    if not why.strip():
        raise Refused(_("Say why this text is not shown."))
    held = _held(expressions, by)
    for each in held:
        each.state, each.why = Expression.State.HIDDEN, why.strip()[:LONGEST_WHY]
        each.save(update_fields=["state", "why"])
    _noted(held, Moderation.Verb.HIDDEN, why.strip()[:LONGEST_WHY], by, now)


@transaction.atomic
def merge(
    expressions: Sequence[Expression], *, label: str, by: Person, now: datetime
) -> Expression:
    """Count several texts as one thing, under the words chosen; they can be set apart again.

    Raises:
        Refused: there is one text only, or no words for them.
    """
    held = _held(expressions, by)
    words = " ".join(label.split())[:LONGEST_LABEL]
    if len(held) < 2:
        raise Refused(_("Choose at least two texts to merge."))
    if not words:
        raise Refused(_("Write the words under which they are shown."))
    spelt = [each.label for each in held]
    wanted = texts.key(words)
    kept = next((each for each in held if each.key == wanted), held[0])
    for each in held:
        if each.pk != kept.pk:
            each.merged_into = kept
            each.save(update_fields=["merged_into"])
    kept.label, kept.state, kept.why = words, Expression.State.SHOWN, ""
    kept.save(update_fields=["label", "state", "why"])
    _noted(held, Moderation.Verb.MERGED, words, by, now, spelt)
    return kept


@transaction.atomic
def part(expression: Expression, *, by: Person, now: datetime) -> None:
    """Set a text apart again from what it was merged into.

    Raises:
        Refused: it is merged into nothing.
    """
    held = _held([expression], by, roots=False)[0]
    if held.merged_into is None:
        raise Refused(_("This text stands on its own already."))
    into = held.merged_into.label
    held.merged_into = None
    held.save(update_fields=["merged_into"])
    _noted([held], Moderation.Verb.PARTED, into, by, now)


@transaction.atomic
def group(expressions: Sequence[Expression], *, theme: str, by: Person, now: datetime) -> None:
    """Put texts under one theme; without words, take them out of theirs."""
    held = _held(expressions, by)
    words = " ".join(theme.split())[:LONGEST_THEME]
    for each in held:
        each.theme = words
        each.save(update_fields=["theme"])
    _noted(held, Moderation.Verb.GROUPED, words, by, now)


def _held(expressions: Sequence[Expression], by: Person, *, roots: bool = True) -> list[Expression]:
    """The texts as they are now, held, all of one round that may be read.

    Raises:
        Refused: none was chosen, or somebody else merged one meanwhile.
    """
    if not expressions:
        raise Refused(_("Choose at least one text."))
    step_round = expressions[0].round
    require(permissions.can_run(by, step_round.workshop))
    require(all(each.round_id == step_round.pk for each in expressions))
    Workshop.objects.select_for_update(of=("self",)).get(pk=step_round.workshop_id)
    _changeable(step_round)
    wanted = [each.pk for each in expressions]
    held = list(Expression.objects.select_related("round__workshop").filter(pk__in=wanted))
    if roots and any(each.merged_into_id is not None for each in held):
        raise Refused(_("Somebody merged one of these texts meanwhile. Look again."))
    return sorted(held, key=lambda each: wanted.index(each.pk))


def _noted(
    held: Sequence[Expression], verb: str, into: str, by: Person, now: datetime,
    spelt: Sequence[str] = (),
) -> None:  # fmt: skip
    """Write the decision down, and have the result and every open page follow."""
    step_round = held[0].round
    labels = list(spelt) or [each.label for each in held]
    Moderation.objects.create(
        round=step_round, verb=verb, texts=labels, into=into[:200], done_at=now, done_by=by
    )
    results.refreeze(step_round)
    tell(step_round.workshop)
