"""Once a month, each holder is asked how each of their actions goes, by an e-mail they answer."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from django.db.models import F, OuterRef, Prefetch, Subquery
from django.urls import reverse

from bassin.parties.models import Membership, Person
from bassin.steer.programmes import rules
from bassin.steer.programmes.mail.address import VALID_DAYS, Asked, address
from bassin.steer.programmes.mail.sending import compose, link
from bassin.steer.programmes.models import Action, ActionRole, Milestone, Reminder, Update
from bassin.types import Origin

logger = logging.getLogger(__name__)

LAST_DAY = 10
"""Reminders leave during the first ten days of a month: whoever joins later waits for the next."""

MOST = 5
"""E-mails to one person in a month; they list the actions left, and the page that shows all."""

_LIVING = (Action.Lifecycle.APPROVED, Action.Lifecycle.IN_PROGRESS, Action.Lifecycle.PAUSED)
_WRITERS = (Membership.Role.ADMINISTRATOR, Membership.Role.OFFICER)


@dataclass(frozen=True, slots=True)
class Due:
    """A person, and the actions they are to report this month, the longest silent first."""

    person: Person
    actions: tuple[Action, ...]


def due(today: date) -> list[Due]:
    """Who is to report what: pilots where there are some, else those who write for the holder.

    Nobody invented is written to: the people of a sample have no mailbox.
    """
    actions = [each for each in _silent() if rules.must_report(
        each.lifecycle, each.reported_on, today)]  # fmt: skip
    writers = _writers({each.holder_id for each in actions if each.holder_id}, today)
    found: dict[int, tuple[Person, list[Action]]] = {}
    for action in actions:
        pilots = [each.person for each in action.pilots if each.person and _reached(each.person)]
        for person in pilots or writers.get(action.holder_id or 0, []):
            found.setdefault(person.pk, (person, []))[1].append(action)
    return [Due(person, tuple(listed)) for person, listed in found.values()]


def _silent() -> Iterable[Any]:
    last = Update.objects.filter(action=OuterRef("pk")).order_by("-on", "-pk")
    return (
        Action.objects.filter(archived_at=None, lifecycle__in=_LIVING)
        .annotate(
            reported_on=Subquery(last.values("on")[:1]),
            reported_progress=Subquery(last.values("progress")[:1]),
            reported_text=Subquery(last.values("text")[:1]),
        )
        .order_by(F("reported_on").asc(nulls_first=True), "pk")
        .prefetch_related(
            Prefetch(
                "roles",
                ActionRole.objects.filter(role=ActionRole.Role.PILOT).select_related("person"),
                to_attr="pilots",
            ),
            Prefetch(
                "milestones",
                Milestone.objects.filter(done_on=None).order_by(F("due_on").asc(nulls_last=True)),
                to_attr="steps",
            ),
        )
    )


def _writers(holders: set[int], today: date) -> dict[int, list[Person]]:
    held = Membership.objects.on(today).filter(organisation__in=holders, role__in=_WRITERS)
    found: dict[int, list[Person]] = {}
    for each in held.select_related("person").order_by("pk"):
        listed = found.setdefault(each.organisation_id, [])
        if _reached(each.person) and each.person not in listed:
            listed.append(each.person)
    return found


def _reached(person: Person) -> bool:
    return bool(person.email) and person.is_active and person.origin != Origin.INVENTED


def send(today: date, now: datetime) -> int:
    """Send the month's reminders that have not left yet; return how many left.

    A mail server that does not answer leaves the rest for the next night.
    """
    if not settings.IMAP_ADDRESS or today.day > LAST_DAY:
        return 0
    month = today.replace(day=1)
    sent = set(Reminder.objects.filter(month=month).values_list("person_id", "action_id"))
    connection = get_connection()
    count = 0
    try:
        connection.open()
        for each in due(today):
            for action in each.actions[:MOST]:
                if (each.person.pk, action.pk) not in sent:
                    count += _send(each, action, month, now, connection)
    except (OSError, SMTPException) as error:
        logger.warning("The mail server did not take the reminders (%s); again next night", error)
    finally:
        connection.close()
    return count


def _send(
    each: Due, action: Action, month: date, now: datetime, connection: BaseEmailBackend
) -> bool:
    """Note the reminder and send it, both or neither; False when another process was faster."""
    try:
        with transaction.atomic():
            Reminder.objects.create(person=each.person, action=action, month=month, sent_at=now)
            message = reminder(each, action, now.date())
            message.connection = connection
            message.send()
    except IntegrityError:
        return False
    return True


def reminder(each: Due, action: Action, today: date) -> EmailMessage:
    """The e-mail about one action; what is confidential is named by its number alone."""
    others = [other for other in each.actions if other.pk != action.pk]
    steps = getattr(action, "steps", [])
    english = each.person.language == "en"
    context = {
        "person": each.person,
        "title": titled(action, english=english),
        "reported_on": getattr(action, "reported_on", None),
        "progress": getattr(action, "reported_progress", None),
        "text": "" if action.confidential else getattr(action, "reported_text", None) or "",
        "step": None if action.confidential or not steps else steps[0],
        "late": bool(steps and steps[0].due_on and steps[0].due_on < today),
        "valid_days": VALID_DAYS,
        "page": link(reverse("programmes:action", args=[action.pk])),
        "board": link(reverse("programmes:board")),
        "others": [titled(other, english=english) for other in others],
    }
    asked = Asked(each.person.pk, action.pk)
    return compose(
        "reminder", to=each.person.email or "", language=each.person.language, context=context,
        reply_to=address(asked, today=today),
    )  # fmt: skip


def titled(action: Action, *, english: bool) -> str:
    """The title of an action as an e-mail may carry it: that of a confidential sheet stays home."""
    if action.confidential:
        return action.ref
    return (english and action.title_en) or action.title
