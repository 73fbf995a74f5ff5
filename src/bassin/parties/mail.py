"""E-mail without a server: each message is kept as a file, and the log says that there is one."""

import logging
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed
from email.utils import getaddresses
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django.utils.translation import gettext as _

from bassin.errors import Refused

logger = logging.getLogger(__name__)

MOST_KEPT = 200


class Kept(BaseEmailBackend):
    """Write each message in `var/mail`, readable by us alone; the oldest make room."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep them all; returns how many."""
        folder = Path(settings.MAIL_KEPT)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages:
            name = f"{timezone.now():%Y%m%dT%H%M%S.%f}-{secrets.token_hex(4)}.eml"
            fresh = folder / f".{name}"
            fresh.touch(mode=0o600)
            fresh.write_bytes(message.message().as_bytes())
            fresh.rename(folder / name)
            logger.info("No mail server: “%s” is kept in %s", message.subject, folder / name)
        for old in sorted(folder.glob("*.eml"))[:-MOST_KEPT]:
            old.unlink(missing_ok=True)
        return len(email_messages)


@contextmanager
def sending() -> Iterator[None]:
    """Say in words that the mail server did not take a message.

    Raises:
        Refused: it did not; the log has its own words.
    """
    try:
        yield
    except OSError as error:  # smtplib's errors are among them
        logger.exception("The mail server %s took no message", settings.EMAIL_HOST)
        raise Refused(
            _("The e-mail could not be sent. Try again in a few minutes, or call the service.")
        ) from error


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that was kept."""

    to: str
    subject: str
    text: str
    at: datetime


def forget(address: str) -> int:
    """Delete the messages kept for somebody; returns how many."""
    count = 0
    for path in Path(settings.MAIL_KEPT).glob("*.eml"):
        to = message_from_bytes(path.read_bytes(), policy=policy.default)["To"]
        if address.lower() in {each.lower() for _name, each in getaddresses([str(to)])}:
            path.unlink(missing_ok=True)
            count += 1
    return count


def letters(ending: str) -> list[Letter]:
    """The messages to addresses that end so, the latest first."""
    found = []
    for path in sorted(Path(settings.MAIL_KEPT).glob("*.eml"), reverse=True):
        parsed = message_from_bytes(path.read_bytes(), policy=policy.default)
        if not isinstance(parsed, Parsed) or not str(parsed["To"]).endswith(ending):
            continue
        body = parsed.get_body(("plain",))
        text = body.get_content() if body else ""
        at = datetime.strptime(f"{path.name[:15]}+0000", "%Y%m%dT%H%M%S%z")
        found.append(Letter(str(parsed["To"]), str(parsed["Subject"]), text, at))
    return found
