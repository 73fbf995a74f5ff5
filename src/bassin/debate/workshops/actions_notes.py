"""What was said in the discussion: arguments, decisions and actions proposed."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bassin.debate.workshops import becoming, permissions, results
from bassin.debate.workshops.models import Note, Round, Step, Workshop
from bassin.errors import Refused
from bassin.parties.access import require
from bassin.parties.models import Person

FIELDS = ("kind", "side", "text")
LONGEST = 2000


@transaction.atomic
def write(
    workshop: Workshop, *, by: Person, step: Step | None = None, result: Round | None = None,
    **facts: Any,
) -> Note:  # fmt: skip
    """Note what was said on a step, or on a result.

    Raises:
        Refused: nothing is written, too much, or the synthesis is published.
    """
    require(permissions.can_run(by, workshop) and set(facts) <= set(FIELDS))
    require(step is None or step.workshop_id == workshop.pk)
    require(result is None or result.workshop_id == workshop.pk)
    results.unpublished(workshop)
    facts["text"] = checked(facts["text"])
    origin = workshop.origin
    return Note.objects.create(workshop=workshop, step=step, round=result, origin=origin, **facts)


@transaction.atomic
def edit(note: Note, *, by: Person, **facts: Any) -> Note:
    """Correct a note.

    Raises:
        Refused: nothing is written, too much, it became something, or it is published.
    """
    require(permissions.can_run(by, note.workshop) and set(facts) <= set(FIELDS))
    still_a_note(note)
    results.unpublished(note.workshop)
    for name, value in facts.items():
        setattr(note, name, checked(value) if name == "text" else value)
    note.save(update_fields=list(facts))
    return note


@transaction.atomic
def remove(note: Note, *, by: Person) -> None:
    """Take a note out.

    Raises:
        Refused: it became a decision or an action, or it is published.
    """
    require(permissions.can_run(by, note.workshop))
    still_a_note(note)
    results.unpublished(note.workshop)
    note.delete()


def still_a_note(note: Note) -> None:
    """Stop who would change a note that something rests on.

    Raises:
        Refused: it became a decision or an action.
    """
    if becoming.of_notes([note], "fr")[0].lines:
        raise Refused(_("This note became something else: it stays as it was."))


def checked(text: str) -> str:
    """What is kept of a note.

    Raises:
        Refused: nothing is written, or too much.
    """
    plain = text.strip()
    if not plain:
        raise Refused(_("Write what was said."))
    if len(plain) > LONGEST:
        raise Refused(_("A note has at most {most} characters. Write two.").format(most=LONGEST))
    return plain
