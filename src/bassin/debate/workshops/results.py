"""From what is kept to what is shown: the results of rounds, frozen when they close.

A result is computed once, at close, and kept with the digest of its ballots. It is computed again
when the key of a quiz is shown and when someone reads, merges or hides what people wrote; never
once the workshop is published.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bassin.debate.workshops.canonical import canonical, digest
from bassin.debate.workshops.models import Round, Statement, Workshop
from bassin.debate.workshops.movement import movement
from bassin.debate.workshops.tally import tally
from bassin.debate.workshops.tally_shares import Result
from bassin.errors import Refused

COUNTED = (Round.State.CLOSED, Round.State.REVEALED)
FIXED = (Workshop.State.PUBLISHED, Workshop.State.ARCHIVED)
WRITTEN = (Statement.Kind.WORDS.value, Statement.Kind.CONTRIBUTIONS.value)


def ballots(held: Round) -> list[dict[str, Any]]:
    """The ballots of a round that closed, sorted; without receipts in a sealed workshop.

    The group somebody said they belong to is never beside their answer here.
    """
    sealed = held.workshop.secrecy == Workshop.Secrecy.SEALED
    kept = held.ballots.values_list("key", "answer")
    if sealed:
        return sorted(({"answer": answer} for _, answer in kept), key=canonical)
    prefix = f"{held.pk}-"
    named = ({"receipt": key.removeprefix(prefix), "answer": answer} for key, answer in kept)
    return sorted(named, key=lambda each: each["receipt"])


def decisions(held: Round) -> list[dict[str, Any]]:
    """What was decided about the texts of a round, as the tally reads it."""
    found = held.expressions.select_related("merged_into").order_by("key")
    return [
        {
            "key": each.key,
            "label": each.label,
            "state": each.state,
            "merged_into": each.merged_into.key if each.merged_into else None,
            "theme": each.theme,
        }
        for each in found
    ]


def computed(held: Round) -> Result:
    """The result of the ballots as they are now."""
    cast = [
        {"answer": answer, "group": group}
        for answer, group in held.ballots.values_list("answer", "group")
    ]
    said = decisions(held) if held.asked["kind"] in WRITTEN else ()
    return tally(held.asked, cast, decisions=said, min_group=held.workshop.min_group)


def freeze(held: Round) -> Result:
    """Keep the result of a round that closed, and the digest of its ballots."""
    held.results = computed(held)
    held.ballots_sha256 = digest(ballots(held))
    held.save(update_fields=["results", "ballots_sha256"])
    return held.results


def unpublished(workshop: Workshop) -> None:
    """Stop who would change what everyone may read.

    Raises:
        Refused: the synthesis of this workshop is published.
    """
    if Workshop.objects.filter(pk=workshop.pk, state__in=FIXED).exists():
        raise Refused(_("The synthesis is published: it does not change any more."))


def refreeze(held: Round) -> Result | None:
    """After a decision on what people wrote; a published result does not change."""
    if held.state in COUNTED and held.workshop.state not in FIXED:
        return freeze(held)
    return held.results


def running(held: Round) -> Result:
    """The count so far, for who runs the workshop: how many, and their answers only if it is open.

    Nobody is influenced by a count they cannot see, and no facilitator by one either.
    """
    if held.workshop.secrecy == Workshop.Secrecy.OPEN:
        return computed(held)
    return {"kind": held.asked["kind"], "n": held.ballots.count(), "shown": False}


def moved(held: Round) -> Result | None:
    """What moved since the round before of the same question; None for a first round."""
    before = held.step.rounds.filter(
        state__in=COUNTED, number__lt=held.number, results__isnull=False
    ).last()
    if before is None or not before.results or not held.results:
        return None
    return movement(before.results, held.results)


def last(rounds: Iterable[Round]) -> list[Round]:
    """The last round of each question is its result: the ones before it led there."""
    return list({each.step_id: each for each in rounds}.values())


def counted(workshop: Workshop) -> QuerySet[Round]:
    """The rounds that count, in the order of the run sheet."""
    found = workshop.rounds.filter(state__in=COUNTED, results__isnull=False)
    return found.select_related("workshop", "step__statement").order_by(
        "step__order", "step__pk", "number"
    )
