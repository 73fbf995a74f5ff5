"""Correcting what is published: a numbered version, its day and its reason; the former one stays.

Only what people wrote is corrected, the few sentences and the notes. Results and ballots are what
they are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from bassin.debate.workshops import actions_notes, permissions
from bassin.debate.workshops.models import Correction, Minutes, Note, Workshop
from bassin.debate.workshops.publishing import LONGEST
from bassin.errors import Refused
from bassin.parties.access import require
from bassin.parties.models import Person

FIRST = 1
"""The number of the version that is published."""


@dataclass(frozen=True, slots=True)
class Decided:
    """Who decided to correct: their function, their body, the day; nobody's name."""

    function: str
    body: str
    on: date


@transaction.atomic
def correct(
    workshop: Workshop, *, text: str, notes: Mapping[int, str], why: str, decided: Decided,
    by: Person, today: date,
) -> Correction:  # fmt: skip
    """Give a published synthesis a new version.

    Args:
        notes: what each note that changes says from now on, by its key.
        decided: who decided on it, which everyone reads.

    Raises:
        Refused: it is not published, nothing changes, no reason is given, nobody decided it yet,
            or a note became something.
    """
    require(permissions.can_publish(by, workshop))
    held = Workshop.objects.select_for_update(of=("self",)).get(pk=workshop.pk)
    minutes = Minutes.objects.filter(workshop=held, state=Minutes.State.PUBLISHED).first()
    if minutes is None:
        raise Refused(_("This synthesis is not published yet: write in it, then publish it."))
    if not why.strip():
        raise Refused(_("Say why it is corrected: everyone reads it."))
    decided = _checked(decided, today)
    if len(text) > LONGEST:
        raise Refused(
            _("The synthesis has {length} characters; {most} is the most.").format(
                length=len(text), most=LONGEST
            )
        )
    changed = _rewritten(held, notes)
    if text.strip() == minutes.text and not changed:
        raise Refused(_("Nothing is corrected yet."))
    made = Correction.objects.create(
        minutes=minutes, number=current(minutes) + 1, on=today, why=why.strip()[:300],
        decided_by=decided.function, decided_in=decided.body, decided_on=decided.on,
        before={"text": minutes.text, "notes": changed},
    )  # fmt: skip
    minutes.text = text.strip()
    minutes.save(update_fields=["text"])
    return made


def _checked(decided: Decided, today: date) -> Decided:
    """The same without blanks around.

    Raises:
        Refused: the function or the body is not said, or the day is to come.
    """
    function, body = decided.function.strip()[:160], decided.body.strip()[:160]
    if not function or not body:
        raise Refused(_("Say who decided to correct it, by their function and their body."))
    if decided.on > today:
        raise Refused(
            _("{day} is to come. Give the day when the correction was decided.").format(
                day=decided.on.isoformat()
            )
        )
    return Decided(function, body, decided.on)


def _rewritten(workshop: Workshop, notes: Mapping[int, str]) -> dict[str, str]:
    """Write the notes that change; what each said before, by its key."""
    before = {}
    for note in Note.objects.filter(workshop=workshop, pk__in=list(notes)):
        text = actions_notes.checked(notes[note.pk])
        if text != note.text:
            actions_notes.still_a_note(note)
            before[str(note.pk)] = note.text
            note.text = text
            note.save(update_fields=["text"])
    return before


def current(minutes: Minutes) -> int:
    """The number of the version that everyone reads."""
    last = minutes.corrections.order_by("-number").first()
    return last.number if last else FIRST


def as_it_was(
    text: str, corrections: Iterable[Correction], number: int
) -> tuple[str, dict[int, str]]:
    """The sentences of a version, and what the notes changed since then said."""
    notes: dict[int, str] = {}
    for each in sorted(corrections, key=lambda one: -one.number):
        if each.number > number:
            text = each.before["text"]
            notes |= {int(key): said for key, said in each.before["notes"].items()}
    return text, notes
