"""The minutes of a workshop: drafted, validated by the body, published with every ballot.

What is published does not change any more. The file of ballots lets anybody count again, without
telling who answered what: see `recount`.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from random import SystemRandom
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from bassin.debate.workshops import actions, permissions, results, tally_texts
from bassin.debate.workshops.canonical import canonical, digest
from bassin.debate.workshops.models import Minutes, Round, Workshop
from bassin.debate.workshops.movement import movement
from bassin.debate.workshops.recount import FORMAT
from bassin.debate.workshops.tally_shares import Result
from bassin.errors import Refused
from bassin.parties.access import require
from bassin.parties.models import Person

LONGEST = 4000


def _held(workshop: Workshop) -> tuple[Workshop, Minutes]:
    held = Workshop.objects.select_for_update(of=("self",)).get(pk=workshop.pk)
    return held, Minutes.objects.get_or_create(workshop=held)[0]


def _unpublished(minutes: Minutes) -> None:
    if minutes.state == Minutes.State.PUBLISHED:
        raise Refused(_("The synthesis is published: it does not change any more."))


@transaction.atomic
def draft(workshop: Workshop, *, text: str, by: Person) -> Minutes:
    """Write the synthesis in a few sentences; what was validated must be validated again.

    Raises:
        Refused: it is too long, or published.
    """
    require(permissions.can_run(by, workshop))
    _workshop, minutes = _held(workshop)
    _unpublished(minutes)
    if len(text) > LONGEST:
        raise Refused(
            _("The synthesis has {length} characters; {most} is the most.").format(
                length=len(text), most=LONGEST
            )
        )
    minutes.text = text.strip()
    minutes.state = Minutes.State.DRAFT
    minutes.validated_by, minutes.validated_on = "", None
    minutes.save()
    return minutes


@transaction.atomic
def validate(workshop: Workshop, *, by_whom: str, on: date, by: Person, today: date) -> Minutes:
    """Note which body validated the minutes, and when.

    Raises:
        Refused: the workshop is not over, nobody is named, or the day is to come.
    """
    require(permissions.can_publish(by, workshop))
    held, minutes = _held(workshop)
    _unpublished(minutes)
    if held.state != Workshop.State.CLOSED:
        raise Refused(_("Close the workshop before its minutes are validated."))
    if not by_whom.strip():
        raise Refused(_("Say which body validated the minutes."))
    if on > today:
        raise Refused(
            _("{day} is to come. Give the day when the minutes were validated.").format(
                day=on.isoformat()
            )
        )
    minutes.validated_by, minutes.validated_on = by_whom.strip()[:160], on
    minutes.state = Minutes.State.VALIDATED
    minutes.save()
    return minutes


@transaction.atomic
def publish(workshop: Workshop, *, by: Person, now: datetime) -> Minutes:
    """Show the synthesis and the ballots to everyone, for good; results kept aside are shown too.

    Raises:
        Refused: the minutes were not validated, or this is a rehearsal.
    """
    require(permissions.can_publish(by, workshop))
    held, minutes = _held(workshop)
    _unpublished(minutes)
    if held.rehearsal:
        raise Refused(_("A rehearsal is never published: its participants are simulated."))
    if minutes.state != Minutes.State.VALIDATED or held.state != Workshop.State.CLOSED:
        raise Refused(_("The minutes are published once a body has validated them."))
    for each in results.counted(held):
        if each.state == Round.State.CLOSED:
            actions.reveal(each, by=by, now=now)
        else:
            results.freeze(each)
    minutes.ballots = canonical(ballot_file(held))
    minutes.ballots_sha256 = hashlib.sha256(minutes.ballots.encode()).hexdigest()
    minutes.state, minutes.published_on = Minutes.State.PUBLISHED, localdate(now)
    minutes.save()
    held.state = Workshop.State.PUBLISHED
    held.save(update_fields=["state"])
    return minutes


def ballot_file(workshop: Workshop) -> dict[str, Any]:
    """What is published so that anybody may count again."""
    rounds: list[dict[str, Any]] = []
    before: dict[int, Result] = {}
    for each in results.counted(workshop):
        rounds.append(_round(each, before.get(each.step_id)))
        before[each.step_id] = each.results or {}
    return {
        "format": FORMAT,
        "workshop": {
            "code": workshop.code,
            "title": workshop.title,
            "closed_on": workshop.closed_on.isoformat() if workshop.closed_on else None,
            "secrecy": workshop.secrecy,
            "min_group": workshop.min_group,
            "origin": workshop.origin,
        },
        "rounds": rounds,
    }


def _round(held: Round, before: Result | None) -> dict[str, Any]:
    """One round; its ballots only where its result is shown."""
    found: Result = held.results or {}
    cast = results.ballots(held) if found["shown"] else None
    decided = results.decisions(held) if found["shown"] else []
    withheld = 0
    if cast is not None and held.asked["kind"] in results.WRITTEN:
        cast, decided, withheld = _without_unshown(cast, decided, found)
    return {
        "step": held.step_id,
        "title": held.step.title,
        "number": held.number,
        "asked": held.asked,
        "ballots": cast,
        "sha256": digest(cast) if cast is not None else "",
        "closed_sha256": held.ballots_sha256 if cast is not None else "",
        "withheld": withheld,
        "decisions": decided,
        "results": found,
        "movement": movement(before, found) if before and cast is not None else None,
    }


def _without_unshown(
    cast: Sequence[dict[str, Any]], decided: Sequence[dict[str, Any]], found: Result
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    """Ballots and decisions where texts that are not shown are numbers: they still count.

    An insult, a name, a text nobody read are not published; not even their digest, from which a
    short text could be guessed.
    """
    shown = {item["key"] for item in found["items"]}
    known = {each["key"]: each for each in decided}
    keys = {tally_texts.key_of(text) for each in cast for text in each["answer"].get("texts", ())}
    hidden = {key for key, each in known.items() if each["state"] == tally_texts.HIDDEN}
    unshown = sorted(
        key
        for key in keys | set(known)
        if key in hidden or tally_texts.root_of(key, known) not in shown
    )
    SystemRandom().shuffle(unshown)
    number = {key: at for at, key in enumerate(unshown, start=1)}

    def renamed(key: str | None) -> str | None:
        return f"{tally_texts.WITHHELD}:{number[key]}" if key in number else key

    ballots = [each | {"answer": _renumbered(each["answer"], number)} for each in cast]
    decisions = [
        each
        | {"key": renamed(each["key"]), "merged_into": renamed(each["merged_into"])}
        | ({"label": ""} if each["key"] in number else {})
        for each in decided
    ]
    if ballots and "receipt" not in ballots[0]:
        ballots.sort(key=canonical)
    return ballots, sorted(decisions, key=lambda each: each["key"]), len(number)


def _renumbered(answer: Mapping[str, Any], number: Mapping[str, int]) -> dict[str, Any]:
    if "texts" not in answer:
        return dict(answer)
    keyed = [(tally_texts.key_of(text), text) for text in answer["texts"]]
    return {
        "texts": [
            {tally_texts.WITHHELD: number[key]} if key in number else text for key, text in keyed
        ]
    }
