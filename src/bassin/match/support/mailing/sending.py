"""Letters leave one by one, each claimed before it leaves: after a crash, none leaves twice.

A message that was claimed and of which nothing more is known may have left: it is said so, and it
is not sent again. The mail server's refusal of one address does not stop the others.
"""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from bassin.match.support.mailing import fields, refusing
from bassin.match.support.models import Delivery, Mailing
from bassin.types import Origin
from bassin.ui.mailing import link

logger = logging.getLogger(__name__)

BATCH = 50
LOST_AFTER = timedelta(minutes=15)
"""A message that has been leaving for longer was cut off by a crash."""

FINAL = 500
"""Answers of a mail server from which on it will never take a message."""

State = Delivery.State


def send(mailing: Mailing, now: datetime, most: int = BATCH) -> int:
    """Send what waits of a letter, at most so many; returns how many are still waiting.

    A mail server that does not answer leaves the rest for the next time.
    """
    _give_up_lost(mailing, now)
    connection = get_connection()
    try:
        connection.open()  # a server that does not answer is known before a message is claimed
        for pk in _waiting(mailing)[:most]:
            if not _stopped(mailing):
                _send_one(pk, mailing, connection, now)
    except OSError:
        logger.exception("The mail server took no more of the letters")
    finally:
        connection.close()
    left = len(_waiting(mailing))
    if not left:
        _end(mailing)
    return left


@transaction.atomic
def _end(mailing: Mailing) -> None:
    """Say that all of it was sent, unless somebody stopped it meanwhile."""
    kept = Mailing.objects.select_for_update(of=("self",)).get(pk=mailing.pk)
    if kept.state == Mailing.State.SENDING:
        kept.state = Mailing.State.SENT
        kept.save(update_fields=["state"])


def _waiting(mailing: Mailing) -> list[int]:
    held = mailing.deliveries.filter(state=State.WAITING)
    return list(held.values_list("pk", flat=True))


def _stopped(mailing: Mailing) -> bool:
    return not Mailing.objects.filter(pk=mailing.pk, state=Mailing.State.SENDING).exists()


def _give_up_lost(mailing: Mailing, now: datetime) -> None:
    Delivery.objects.filter(
        mailing=mailing, state=State.LEAVING, at__lt=now - LOST_AFTER
    ).update(state=State.UNSURE)  # fmt: skip


def _now(pk: int, state: str) -> None:
    Delivery.objects.filter(pk=pk).update(state=state)


def _send_one(pk: int, mailing: Mailing, connection: BaseEmailBackend, now: datetime) -> None:
    claim = {"state": State.LEAVING, "at": now}
    if not Delivery.objects.filter(pk=pk, state=State.WAITING).update(**claim):
        return  # another worker has it, or they refused meanwhile
    one = Delivery.objects.get(pk=pk)
    if refusing.refused([one.address]):
        _now(pk, State.OPTED_OUT)
        return
    if one.origin == Origin.INVENTED:
        _now(pk, State.INVENTED)
        return
    try:
        message(mailing, one, connection).send()
    except (SMTPRecipientsRefused, SMTPDataError) as error:
        logger.warning("The mail server refused a message of letter %s", mailing.pk)
        _now(pk, State.REFUSED if _is_final(error) else State.WAITING)
    except (ConnectionRefusedError, SMTPSenderRefused):
        # It certainly did not leave; the others would not either.
        _now(pk, State.WAITING)
        raise
    else:
        _now(pk, State.SENT)


def _is_final(error: SMTPRecipientsRefused | SMTPDataError) -> bool:
    """Whether the server will never take it: one that asks to come back later will."""
    if isinstance(error, SMTPDataError):
        return error.smtp_code >= FINAL
    return any(code >= FINAL for code, _words in error.recipients.values())


def message(
    mailing: Mailing, one: Delivery, connection: BaseEmailBackend | None = None
) -> EmailMessage:  # fmt: skip
    """A message: the letter, why it came, and the link by which one refuses the next (RFC 8058)."""
    stop = link(reverse("support:stop", args=[refusing.token(one.address)]))
    author = mailing.author
    with translation.override(settings.LANGUAGE_CODE):
        foot = footer(mailing, stop)
    headers = {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "bulk",
    }
    return EmailMessage(
        " ".join(fields.filled(mailing.subject, one.values).split()),
        f"{fields.filled(mailing.body, one.values).strip()}\n\n{foot}", to=[one.address],
        reply_to=[author.email] if author and author.email else [], headers=headers,
        connection=connection,
    )  # fmt: skip


def footer(mailing: Mailing, stop: str) -> str:
    """Why one is written to, by whom, and how to be written to no more."""
    return _(
        "--\n{organisation} writes to you because it works with your firm. What for: {purpose}.\n"
        "Receive no more of these letters, in one click and without an account: {stop}\n"
        "Your data and your rights: {register}\n"
    ).format(
        organisation=mailing.organisation, purpose=mailing.purpose, stop=stop,
        register=link(reverse("privacy:register")),
    )  # fmt: skip
