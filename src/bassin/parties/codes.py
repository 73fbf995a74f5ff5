"""Codes sent by e-mail to someone already signed in, kept in their session until they type them."""

import secrets
import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.http import HttpRequest

SECONDS = 15 * 60
MOST_ATTEMPTS = 3


def send(request: HttpRequest, key: str, address: str, template: str) -> bool:
    """Send a code to an address, and keep it under a name; False after too many."""
    if not allowed(request, address):
        return False
    adapter = get_adapter()
    code = adapter.generate_login_code()
    keep(request, key, address, code)
    adapter.send_mail(template, address, {"code": code})
    return True


def allowed(request: HttpRequest, address: str) -> bool:
    """Whether one more message may leave for an address."""
    return bool(ratelimit.consume(request, action="request_login_code", key=address))


def keep(request: HttpRequest, key: str, address: str, code: str) -> None:
    """Remember a code; one that nobody was sent can be typed by nobody."""
    request.session[key] = {"address": address, "code": code, "at": time.time(), "failed": 0}


def waiting(request: HttpRequest, key: str) -> str:
    """The address to which a code was sent; "" when none waits."""
    kept = request.session.get(key)
    return str(kept["address"]) if kept else ""


def take(request: HttpRequest, key: str, typed: str) -> str:
    """The address that a code proves, once; "" for a wrong one. After three, it is forgotten."""
    kept: dict[str, Any] | None = request.session.get(key)
    if kept is None or time.time() - kept["at"] > SECONDS:
        request.session.pop(key, None)
        return ""
    if secrets.compare_digest(_plain(typed), _plain(kept["code"])):
        del request.session[key]
        return str(kept["address"])
    kept["failed"] += 1
    request.session[key] = kept
    if kept["failed"] >= MOST_ATTEMPTS:
        del request.session[key]
    return ""


def _plain(code: str) -> bytes:
    return "".join(sign for sign in code.upper() if sign.isalnum()).encode()
