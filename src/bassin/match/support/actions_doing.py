"""What is written down about a case: interactions, papers, tasks."""

from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from bassin.commons import files
from bassin.errors import Refused
from bassin.match.support import permissions
from bassin.match.support.actions import advisers, held
from bassin.match.support.models import Case, Interaction, Paper, Task
from bassin.parties.access import bodies_of, require
from bassin.parties.models import Organisation, Person


@transaction.atomic
def note(
    case: Case,
    *,
    by: Person,
    kind: str,
    now: datetime,
    on: date | None = None,
    text: str = "",
    minutes: int | None = None,
    private: bool = False,
) -> Interaction:
    """Write down a call, a visit, an e-mail, a meeting, a note.

    The first time that somebody of the firm is reached is the first answer.

    Raises:
        Refused: the day is still to come, or nothing is said of a note.
    """
    kept = held(case)
    require(permissions.can_note(by, kept))
    day = on or now.date()
    if kind not in Interaction.Kind.values:
        raise Refused(_("Choose what it was in the list."))
    if day > now.date():
        raise Refused(_("This day is still to come: write a task instead."))
    if kind in (Interaction.Kind.NOTE, Interaction.Kind.MAIL) and not text.strip():
        raise Refused(_("Write or paste what is to be kept."))
    made = Interaction.objects.create(
        case=kept, kind=kind, on=day, text=text.strip(), minutes=minutes, private=private, by=by,
        organisation=_in_whose_name(by, kept),
    )  # fmt: skip
    if kind in Interaction.CONTACTS:
        _reached(kept, day, now)
    return made


def _reached(case: Case, day: date, now: datetime) -> None:
    """Keep the day of the contact, and of the first answer when this is it."""
    moment = now if day == now.date() else now.replace(
        year=day.year, month=day.month, day=day.day, hour=12, minute=0, second=0, microsecond=0
    )  # fmt: skip
    moment = max(moment, case.asked_at)
    if case.answered_at is None or moment < case.answered_at:
        case.answered_at = moment
    case.last_contact_on = max(case.last_contact_on, day)
    case.save(update_fields=["answered_at", "last_contact_on"])


def _in_whose_name(by: Person, case: Case) -> Organisation:
    """The organisation that keeps the case, else the one with which it is shared."""
    mine = bodies_of(by)
    readers = [each.organisation for each in permissions.readers(case)]
    return next(each for each in readers if each.pk in mine)


@transaction.atomic
def add_paper(
    case: Case, *, by: Person, file: File, title: str, today: date, private: bool = False
) -> Paper:
    """Keep a document, judged by its content.

    Raises:
        Refused: it has no title, or is of a kind that is not accepted.
    """
    require(permissions.can_note(by, case))
    if not title.strip():
        raise Refused(_("Give the document a title."))
    received = files.judge(file)
    # Its address on the disk tells nothing of whom it is about.
    file.name = f"{get_random_string(24)}.{received.extension}"
    return Paper.objects.create(
        case=case, title=title.strip()[:160], file=file, extension=received.extension, on=today,
        by=by, private=private, organisation=_in_whose_name(by, case),
    )  # fmt: skip


@transaction.atomic
def drop_paper(paper: Paper, *, by: Person) -> None:
    """Delete a document, its file included."""
    require(permissions.can_write(by, paper.case))
    storage, name = paper.file.storage, str(paper.file.name)
    paper.delete()
    transaction.on_commit(lambda: storage.delete(name))


@transaction.atomic
def add_task(
    case: Case, *, by: Person, what: str, due_on: date, today: date, assignee: Person | None = None
) -> Task:
    """Put something to do on a day, for oneself unless another adviser is named.

    Raises:
        Refused: nothing is said, or the adviser is not one of the organisation.
    """
    require(permissions.can_write(by, case))
    if not what.strip():
        raise Refused(_("Say what is to be done."))
    who = assignee or by
    if who not in advisers(case.organisation, today):
        raise Refused(_("Choose an adviser of the organisation that keeps the case."))
    return Task.objects.create(case=case, what=what.strip()[:200], due_on=due_on, assignee=who)


@transaction.atomic
def do_task(task: Task, *, by: Person, today: date) -> Task:
    """Tick a task, or take the tick off."""
    kept = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    require(permissions.can_write(by, kept.case))
    kept.done_on = None if kept.done_on else today
    kept.save(update_fields=["done_on"])
    return kept
