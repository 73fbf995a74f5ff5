"""The reply address of a reminder: `mailbox+person.action.day.signature@domain`.

The part before the @ must stay under 64 characters (RFC 5321 §4.5.3.1.1) and survive servers that
write it in lower case: numbers in base 36 and a signature of 100 bits in base 32, not the long
signature of cookies. The key is the installation's own, with its retired keys.
"""

import base64
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import base36_to_int, int_to_base36

SALT = "bassin.steer.programmes.reply"
VALID_DAYS = 45
"""A reminder may be answered until the next one has come, and a fortnight more."""

SIGNATURE = 20  # characters of base 32
TOKEN = re.compile(
    r"(?P<said>[0-9a-z]{1,13}\.[0-9a-z]{1,13}\.[0-9a-z]{1,6})\.(?P<signature>[a-z2-7]{20})",
    re.IGNORECASE,
)


class Fault(Enum):
    """Why an address cannot be answered to."""

    FORGED = "forged"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Asked:
    """Who was asked about which action."""

    person_id: int
    action_id: int


def token(asked: Asked, *, today: date) -> str:
    """The signed part of an address, good for `VALID_DAYS`."""
    last = (today + timedelta(days=VALID_DAYS)).toordinal()
    said = ".".join(int_to_base36(each) for each in (asked.person_id, asked.action_id, last))
    return f"{said}.{_signature(said, settings.SECRET_KEY)}"


def address(asked: Asked, *, today: date) -> str:
    """The address to reply to."""
    mailbox, _at, domain = settings.IMAP_ADDRESS.partition("@")
    return f"{mailbox}+{token(asked, today=today)}@{domain}"


def read(texts: list[str], *, today: date) -> Asked | Fault | None:
    """Who was asked what, by the first good token of these headers; None when there is no token.

    An address out of date is told from a forged one: its signature is good.
    """
    fault = None
    for found in (match for text in texts for match in TOKEN.finditer(text)):
        said, signature = found["said"].lower(), found["signature"].lower()
        keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        if not any(constant_time_compare(signature, _signature(said, key)) for key in keys):
            fault = fault or Fault.FORGED
            continue
        person, action, last = (base36_to_int(part) for part in said.split("."))
        if today.toordinal() <= last:
            return Asked(person, action)
        fault = Fault.EXPIRED
    return fault


def _signature(said: str, key: str | bytes) -> str:
    digest = salted_hmac(SALT, said, secret=key, algorithm="sha256").digest()
    return base64.b32encode(digest).decode().lower()[:SIGNATURE]
