"""The mailbox of reports: each message is read once, recorded or refused, and answered once.

What was done of a message is written before the mailbox is told that it was read. A connection
lost in between makes the message come again, and nothing is done twice.
"""

import hashlib
import imaplib
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from smtplib import SMTPException

from django.conf import settings
from django.db import IntegrityError, transaction
from imap_tools import (
    AND,
    BaseMailBox,
    ImapToolsError,
    MailBox,
    MailboxLoginError,
    MailBoxStartTls,
    MailBoxUnencrypted,
    MailMessage,
    MailMessageFlags,
)

from bassin.errors import Refused
from bassin.parties.models import Person
from bassin.steer.programmes import actions, permissions
from bassin.steer.programmes.mail import address, answers
from bassin.steer.programmes.mail.reading import written
from bassin.steer.programmes.models import Action, Letter, Update

logger = logging.getLogger(__name__)

LOST = (OSError, imaplib.IMAP4.abort, imaplib.IMAP4.error, ImapToolsError)
ATTEMPTS = 3
PAUSE_SECONDS = 2.0
TIMEOUT_SECONDS = 30
MOST = 500  # messages of one reading: the next one goes on
LONGEST_ID = 250

_BOXES = {"tls": MailBox, "starttls": MailBoxStartTls, "none": MailBoxUnencrypted}
_UNASKED = (Letter.Outcome.UNADDRESSED, Letter.Outcome.FORGED)
"""Nothing shows that we ever wrote to who sent these: an answer would carry a stranger's words to
whoever they name as the sender."""
_ADDRESSED = ("to", "cc", "delivered-to", "x-original-to", "envelope-to")


@dataclass(frozen=True, slots=True)
class Incoming:
    """What is read of a message."""

    message_id: str
    sender: str
    subject: str
    addressed: list[str]
    automatic: bool
    text: str

    @classmethod
    def of(cls, message: MailMessage) -> "Incoming":
        """The same from the message as the mailbox gives it."""
        headers = message.headers
        given = " ".join(headers.get("message-id", ("",))[0].split())
        if not given or len(given) > LONGEST_ID:
            given = "sha256:" + hashlib.sha256(message.obj.as_bytes()).hexdigest()
        answered = headers.get("auto-submitted", ("no",))[0].strip().lower()
        bulk = headers.get("precedence", ("",))[0].strip().lower() in ("bulk", "list", "junk")
        bounced = headers.get("return-path", ("",))[0].strip() == "<>"
        return cls(
            message_id=given,
            sender=message.from_.strip().lower(),
            subject=" ".join(message.subject.split()),
            addressed=[value for name in _ADDRESSED for value in headers.get(name, ())],
            automatic=answered != "no" or bulk or bounced,
            text=written(message.text, message.html),
        )


def read(today: date, now: datetime, *, until: Callable[[], bool] = lambda: False) -> Counter[str]:
    """Read what came, and count it by outcome.

    Args:
        until: asked before each message whether to stop there.

    Raises:
        Refused: the mailbox is not set, refuses the password, or does not answer.
    """
    if not settings.IMAP_HOST or not settings.IMAP_ADDRESS:
        raise Refused(
            "No mailbox is set. Set BASSIN_IMAP_HOST, BASSIN_IMAP_USER, BASSIN_IMAP_PASSWORD and "
            "BASSIN_IMAP_ADDRESS, then run this again."
        )
    counts: Counter[str] = Counter()
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with _opened() as box:
                _read_all(box, today, now, counts, until)
        except MailboxLoginError as error:
            raise Refused(
                f"The mailbox {settings.IMAP_USER} at {settings.IMAP_HOST} refuses its password. "
                "Mend BASSIN_IMAP_USER or BASSIN_IMAP_PASSWORD."
            ) from error
        except LOST as error:
            logger.warning("The mailbox was lost (%s), attempt %s of %s", error, attempt, ATTEMPTS)
            if attempt == ATTEMPTS:
                raise Refused(
                    f"The mailbox at {settings.IMAP_HOST}:{settings.IMAP_PORT} did not answer "
                    f"({error}). What was read is kept; run this again later."
                ) from error
            time.sleep(PAUSE_SECONDS)
        else:
            break
    return counts


@contextmanager
def _opened() -> Iterator[BaseMailBox]:
    kind = _BOXES[settings.IMAP_SECURITY]
    box = kind(settings.IMAP_HOST, settings.IMAP_PORT, timeout=TIMEOUT_SECONDS)
    try:
        box.login(settings.IMAP_USER, settings.IMAP_PASSWORD, settings.IMAP_FOLDER)
        yield box
    finally:
        with suppress(*LOST):
            box.logout()


def _read_all(
    box: BaseMailBox, today: date, now: datetime, counts: Counter[str], until: Callable[[], bool]
) -> None:
    for message in box.fetch(AND(seen=False), mark_seen=False, limit=MOST):
        if until():
            return
        letter, fresh = receive(Incoming.of(message), today=today, now=now)
        if fresh:
            counts[letter.outcome] += 1
        if message.uid:
            box.flag(message.uid, MailMessageFlags.SEEN, value=True)


def receive(incoming: Incoming, *, today: date, now: datetime) -> tuple[Letter, bool]:
    """Record or refuse one message, and answer it; both at most once, whoever else reads it too.

    The boolean says whether it was met for the first time.
    """
    letter, fresh = _noted(incoming, today)
    if incoming.automatic or (letter.outcome in _UNASKED and not letter.person):
        return letter, fresh
    # Claimed before it is sent: two readers at once, or a second reading, answer once.
    mine = Letter.objects.filter(pk=letter.pk, answered_at=None).update(answered_at=now)
    if mine:
        try:
            _answer(letter, incoming)
        except (OSError, SMTPException) as error:
            Letter.objects.filter(pk=letter.pk).update(answered_at=None)
            logger.warning("The answer to an e-mail could not be sent: %s", error)
    return letter, fresh


def _noted(incoming: Incoming, today: date) -> tuple[Letter, bool]:
    """What becomes of a message, written once; the boolean says whether it is written now."""
    known = Letter.objects.filter(message_id=incoming.message_id)
    found = known.select_related("update__action", "person").first()
    if found:
        return found, False
    try:
        with transaction.atomic():
            return _judged(incoming, today), True
    except IntegrityError:  # another process was reading the same message
        return known.select_related("update__action", "person").get(), False


def _judged(incoming: Incoming, today: date) -> Letter:
    """Write what becomes of a message."""
    sender = Person.objects.filter(email=incoming.sender, is_active=True).first()
    outcome, action = _verdict(incoming, sender, today)
    update = None
    if outcome == Letter.Outcome.RECORDED and action and sender:
        update = actions.report(
            action, text=incoming.text, by=sender, today=today, via=Update.Via.EMAIL,
            message_id=incoming.message_id,
        )  # fmt: skip
    return Letter.objects.create(
        message_id=incoming.message_id, received_on=today, outcome=outcome, person=sender,
        update=update,
    )  # fmt: skip


def _verdict(
    incoming: Incoming, sender: Person | None, today: date
) -> tuple[Letter.Outcome, Action | None]:
    if incoming.automatic:
        return Letter.Outcome.AUTOMATIC, None
    asked = address.read(incoming.addressed, today=today)
    if asked is None:
        return Letter.Outcome.UNADDRESSED, None
    if isinstance(asked, address.Fault):
        return Letter.Outcome(asked.value), None
    if sender is None or sender.pk != asked.person_id:
        return Letter.Outcome.FOREIGN, None
    action = Action.objects.filter(pk=asked.action_id).first()
    if action is None or not permissions.can_report(sender, action):
        return Letter.Outcome.FORBIDDEN, None
    if not incoming.text:
        return Letter.Outcome.EMPTY, None
    return Letter.Outcome.RECORDED, action


def _answer(letter: Letter, incoming: Incoming) -> None:
    if letter.update and letter.person:
        message = answers.recorded(letter.update, letter.person, thread=incoming.message_id)
    else:
        message = answers.refused(
            letter.outcome,
            to=incoming.sender,
            subject=incoming.subject,
            language=letter.person.language if letter.person else settings.LANGUAGE_CODE,
            thread=incoming.message_id,
        )
    message.send()
