"""What a request to the live part asks: its language, its cookies, what it sends. Nothing heavy.

Whatever cannot be read is refused with a sentence; nothing sent is ever logged, nor is the address
it comes from.
"""

import json
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from starlette.requests import ClientDisconnect, Request

BODY_LIMIT = 64_000
"""Bytes: three contributions of the longest, in an alphabet whose letters take most."""

MOST_FIELDS = 200
_NUMBER = re.compile(r"[0-9]{1,18}")
_SHORT = re.compile(r"[a-z]{2,3}")
_LANGUAGE = "bassin.language"
_JSON, _FORM = "application/json", "application/x-www-form-urlencoded"


class Unreadable(Exception):
    """The request cannot be taken; says with which status."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form or a script sent."""

    fields: dict[str, Any]
    pairs: tuple[tuple[str, str], ...]
    is_form: bool

    def text(self, name: str) -> str:
        """One field, as text; empty when it is not there."""
        value = self.fields.get(name, "")
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> int:
        """One field, as a whole number; 0 when it is none."""
        value = str(self.fields.get(name, ""))
        return int(value) if _NUMBER.fullmatch(value) else 0


def language(request: Request) -> str:
    """The language asked by `?lang=`, else the one chosen on the site, else French.

    A workshop may speak languages that the site does not: what is asked is given back, if short.
    """
    known: str | None = request.scope.get(_LANGUAGE)
    if known is None:
        asked = request.query_params.get("lang", "")
        kept = request.cookies.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = next((code for code in (asked, kept) if _SHORT.fullmatch(code)), "fr")
        request.scope[_LANGUAGE] = known  # several ask it of each request, of thousands a second
    return known


SPOKEN = (*dict(settings.LANGUAGES), "ar")
"""Languages in which every sentence said to a participant exists."""


def site_language(request: Request) -> str:
    """The language in which what is said to participants is written: theirs where it is."""
    asked = language(request)
    return asked if asked in SPOKEN else settings.LANGUAGE_CODE


def comes_from_elsewhere(request: Request) -> bool:
    """Whether another site's page sends this form."""
    origin = request.headers.get("origin")
    if origin is None:
        return False
    try:
        host = urlsplit(f"//{request.headers.get('host', '')}").hostname
        return host is None or urlsplit(origin).hostname != host
    except ValueError:
        return True  # no browser writes such an address


def wants_json(request: Request) -> bool:
    """Whether a script asks, which reads the answer itself."""
    accepted = request.headers.get("accept", "")
    return _JSON in accepted or request.headers.get("content-type", "").startswith(_JSON)


async def sent(request: Request) -> Sent:
    """What the body holds.

    Raises:
        Unreadable: it is too long, of another kind, or broken.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in (_JSON, _FORM):
        raise Unreadable(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    body = await _body(request)
    try:
        if kind == _FORM:
            pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
            return Sent(dict(pairs), tuple(pairs), is_form=True)
        fields = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unreadable(HTTPStatus.BAD_REQUEST) from error
    if not isinstance(fields, dict):
        raise Unreadable(HTTPStatus.BAD_REQUEST)
    return Sent(fields, (), is_form=False)


async def _body(request: Request) -> bytes:
    parts = []
    size = 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > BODY_LIMIT:
                raise Unreadable(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            parts.append(part)
    except ClientDisconnect as error:
        raise Unreadable(HTTPStatus.BAD_REQUEST) from error
    return b"".join(parts)
