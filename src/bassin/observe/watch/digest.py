"""The weekly e-mail: what was found for each subscription, without the name of any firm."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from smtplib import SMTPException

from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from bassin.observe.watch import following, permissions, said
from bassin.observe.watch.filters import seen_by
from bassin.observe.watch.models import Signal, Subscription
from bassin.parties.models import Person
from bassin.types import Origin
from bassin.ui.mailing import letter, link
from bassin.ui.opened import communes

logger = logging.getLogger(__name__)

WEEK = timedelta(days=7)
MOST = 20
"""Signals of one subscription that are listed; the page shows them all."""


@dataclass(frozen=True, slots=True)
class Line:
    """A signal in a message: what may be read over a shoulder."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one subscription brings."""

    name: str
    lines: tuple[Line, ...]
    more: int


def plain(signal: Signal, language: str) -> str:
    """A signal without its firm: its kind, its commune, its jobs. Messages go from hand to hand."""
    told = said.told(signal, communes(), language)
    if not signal.is_firm:
        return f"{told.who} : {told.what}" if language == "fr" else f"{told.who}: {told.what}"
    kind = str(signal.get_kind_display()).capitalize()
    return " · ".join(each for each in (kind, told.where, told.jobs) if each)


def send(today: date) -> int:
    """Send the week's messages that have not left yet; returns how many left.

    A mail server that does not answer leaves the rest for the next time; nobody invented is
    written to, nor anybody who may no longer enter.
    """
    connection = get_connection()
    count = 0
    try:
        for person, wanted in _due(today):
            message = digest(person, wanted, today)
            if message is not None:
                message.connection = connection
                message.send()
                count += 1
            for each in wanted:
                each.sent_on = today
                each.save(update_fields=["sent_on"])
    except (OSError, SMTPException):
        logger.exception("The mail server took no more of the watch's messages")
    finally:
        connection.close()
    return count


def _due(today: date) -> Iterable[tuple[Person, list[Subscription]]]:
    """Each person with the subscriptions whose week is over."""
    found: dict[int, list[Subscription]] = {}
    for each in Subscription.objects.filter(weekly=True).select_related("person").order_by("pk"):
        person = each.person
        if not person.email or person.origin == Origin.INVENTED or not person.is_active:
            continue
        if each.sent_on is None or today - each.sent_on >= WEEK:
            found.setdefault(person.pk, []).append(each)
    for wanted in found.values():
        if permissions.can_subscribe(wanted[0].person):
            yield wanted[0].person, wanted


def digest(person: Person, wanted: list[Subscription], today: date) -> EmailMessage | None:
    """The message; None when nothing was found: no message says that nothing happened."""
    language = person.language
    with translation.override(language):
        parts = [_part(each, today, language) for each in wanted]
        parts = [each for each in parts if each.lines]
        if not parts:
            return None
        waiting = seen_by(person).waiting(today).count()
        mine = seen_by(person).waiting(today).filter(assigned_to=person).count()
        subject = _("Watch: the week of {day}").format(day=said.in_words(today))
    return letter(
        "watch/mail/digest.txt", person.email or "", language=language, page="watch:home",
        subject=subject, person=person, parts=parts, waiting=waiting, mine=mine,
        stop=link(reverse("watch:subscriptions")),
    )  # fmt: skip


def _part(one: Subscription, today: date, language: str) -> Part:
    found = following.kept(one, one.sent_on or today - WEEK)
    lines = tuple(
        Line(plain(each, language), link(reverse("watch:signal", args=[each.pk])))
        for each in found[:MOST]
    )
    return Part(one.name, lines, max(len(found) - MOST, 0))
