"""Cursors: where a list goes on, signed, and bound to the query that gave it."""

import base64
import binascii
import json
from collections.abc import Mapping
from hashlib import blake2s
from typing import Any

from django.conf import settings

from bassin.observe.opendata.api.problems import CURSOR, UNKNOWN, Problem
from bassin.types import Text

FREE = frozenset({"cursor", "limit", "fields", "format", "f", "language"})
"""Parameters that may change from a page to the next: they change neither rows nor their order."""
_SIGN = 8


def query(name: str, asked: Mapping[str, Any]) -> bytes:
    """A digest of what is asked, whatever the size and the look of its pages."""
    bound = {key: value for key, value in sorted(asked.items()) if key not in FREE}
    return blake2s(json.dumps([name, bound], default=str).encode(), digest_size=_SIGN).digest()


def write(asked: bytes, after: list[Any]) -> str:
    """The cursor of what comes after a row, told by what the list is sorted by."""
    body = asked + json.dumps(after, separators=(",", ":"), default=str).encode()
    return base64.urlsafe_b64encode(_signature(body) + body).rstrip(b"=").decode()


def read(cursor: str, asked: bytes) -> list[Any]:
    """What a cursor says.

    Raises:
        Problem: it was never given by us, or answers another query.
    """
    try:
        whole = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except (binascii.Error, ValueError):
        whole = b""
    signature, body = whole[:_SIGN], whole[_SIGN:]
    if signature != _signature(body):
        raise Problem(UNKNOWN, Text(
            "Ce curseur n'a pas été donné par ce service, ou a été coupé. Reprenez l'adresse "
            "« next » d'une réponse, ou recommencez sans curseur.",
            "This cursor was not given by this service, or was cut. Take the address “next” of an "
            "answer, or start again without a cursor.",
        ), "cursor")  # fmt: skip
    if body[:_SIGN] != asked:
        raise Problem(CURSOR, Text(
            "Ce curseur continue une autre demande : les filtres, le tri ou l'adresse ont changé. "
            "Gardez les mêmes, ou recommencez sans curseur.",
            "This cursor goes on with another query: the filters, the order or the address have "
            "changed. Keep them, or start again without a cursor.",
        ), "cursor")  # fmt: skip
    said: list[Any] = json.loads(body[_SIGN:])
    return said


def _signature(body: bytes) -> bytes:
    return blake2s(body, key=settings.SECRET_KEY.encode()[:32], digest_size=_SIGN).digest()
