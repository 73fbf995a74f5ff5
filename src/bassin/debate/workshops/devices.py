"""What a device holds of a workshop: its ticket.

The ticket is a cookie named after the workshop, which scripts cannot read and other sites cannot
send: `ticket_482913`. Its token is never kept on our side, only its digest. A screen or a
facilitator's page follows the count of answers with a signed key that its page was given.
"""

import re
from collections.abc import Mapping

from django.conf import settings
from django.core import signing

_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")

TICKET_SECONDS = 2 * 24 * 3600
"""A ticket outlives the longest workshop and a night; a telephone that is lent forgets it then."""

SCREEN_SECONDS = 2 * 24 * 3600
_SCREENS = signing.TimestampSigner(salt="workshops.screen")


def page(code: str) -> str:
    """The participant's page."""
    return f"/a/{code}/"


def ticket_cookie(code: str) -> str:
    """The name of the cookie that holds a workshop's ticket, sent to the whole site."""
    return f"ticket_{code}"


def token(cookies: Mapping[str, str], code: str) -> str:
    """The token of this device's ticket; empty when it has none, or when it is not a token."""
    return readable_token(cookies.get(ticket_cookie(code), ""))


def readable_token(text: str) -> str:
    """The text if it may be a token, else nothing."""
    return text if _TOKEN.fullmatch(text) else ""


def kept(code: str, token: str) -> str:
    """The `Set-Cookie` header which has a device keep its ticket."""
    secure = "; Secure" if settings.HTTPS else ""
    name = ticket_cookie(code)
    return f"{name}={token}; Path=/; Max-Age={TICKET_SECONDS}; HttpOnly; SameSite=Lax{secure}"


def screen_key(code: str) -> str:
    """What a page of someone who may run the workshop gives as `?key=` to follow the count."""
    return _SCREENS.sign(code)


def is_screen_key(key: str, code: str) -> bool:
    """Whether a key was given for this workshop, not too long ago."""
    try:
        return _SCREENS.unsign(key, max_age=SCREEN_SECONDS) == code
    except signing.BadSignature:
        return False
