"""A limit on what people without an account may send, without keeping who they are.

The address on the network is turned into a digest that is forgotten within the hour, in the memory
of the web process: nothing is written.
"""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

SECONDS = 3600


def allowed(request: HttpRequest, what: str, most: int) -> bool:
    """Whether this address may still send it: `most` times an hour."""
    digest = salted_hmac(f"bassin.throttle.{what}", address(request)).hexdigest()[:32]
    key = f"throttle:{what}:{digest}"
    count = int(cache.get(key, 0)) + 1
    cache.set(key, count, SECONDS)  # not `incr`, after which it would be forgotten in minutes
    return count <= most


def address(request: HttpRequest) -> str:
    """Who asks: the address before our own proxies, else the other end of the connection."""
    passed = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
    if settings.PROXIES and len(passed) >= settings.PROXIES and passed[-settings.PROXIES].strip():
        return passed[-settings.PROXIES].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
