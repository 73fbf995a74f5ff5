"""Ways of reading public pages: easy words in large letters, and a kiosk that keeps nothing.

`?facile=1` asks for easy reading, `?facile=0` ends it; a cookie that says nothing else remembers
it. `?borne=1` makes a kiosk of a device: nobody signs in there, no cache keeps a page, no cookie
outlives the browser but the one that says it is a kiosk, no link leaves the service (a telephone
number or an address is written large, with a square to scan). `?borne=fin` takes everything back
and starts again; `?borne=0` makes an ordinary device of it again.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import ResolverMatch, reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from bassin.systems import systems
from bassin.ui import qr

EASY, KIOSK = "facile", "borne"
"""Names of the parameters, and of the cookies that remember them."""

_OUT = re.compile(
    r'<a\b[^>]*?\shref="(?P<to>(?:tel:|mailto:|https?://|sms:)[^"]*)"[^>]*>(?P<words>.*?)</a>',
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """How somebody reads."""

    easy: bool = False
    kiosk: bool = False


def of(request: HttpRequest) -> Reading:
    """How the reader of this request reads."""
    return getattr(request, "reading", Reading())


def keep(response: HttpResponse, name: str, value: str, how: Reading) -> None:
    """Remember a choice in a cookie: for a year, at a kiosk until the browser is closed."""
    response.set_cookie(
        name, value, max_age=None if how.kiosk else settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE, httponly=True, samesite="Lax",
    )  # fmt: skip


def start() -> str:
    """Where a kiosk begins: the first system that everybody reads in their own language."""
    home = next((each.home for each in systems() if each.multilingual), "")
    return reverse(home) if home else "/"


def _asked(request: HttpRequest, name: str) -> bool:
    said = request.GET.get(name, "")
    return said == "1" if said in ("0", "1") else request.COOKIES.get(name) == "1"


class Ways:
    """Middleware: how the reader reads, and what a kiosk leaves behind."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        how = Reading(easy=_asked(request, EASY), kiosk=_asked(request, KIOSK))
        request.reading = how  # type: ignore[attr-defined]  # one attribute more, as Django's own
        if how.kiosk and request.GET.get(KIOSK) == "fin":
            return _begun_again(request)
        response = self.get_response(request)
        for name, on in ((EASY, how.easy), (KIOSK, how.kiosk)):
            if request.GET.get(name) in ("0", "1"):
                _remember(response, name, how, on=on)
        return _left_nothing(request, response) if how.kiosk else response

    def process_view(
        self,
        request: HttpRequest,
        func: Callable[..., HttpResponseBase],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """At a kiosk nobody signs in; the public pages of systems, and of what they share, are."""
        if of(request).kiosk and not _is_public(request.resolver_match):
            return redirect(start())
        return None


def _is_public(match: ResolverMatch | None) -> bool:
    if match is None or getattr(match.func, "login_required", True):
        return False
    return bool(match.app_names) and match.app_names[0] in {"shared", *(s.slug for s in systems())}


def _remember(response: HttpResponse, name: str, how: Reading, *, on: bool) -> None:
    if not on:
        response.delete_cookie(name, samesite="Lax")
        return
    keep(response, name, "1", Reading() if name == KIOSK else how)


def _begun_again(request: HttpRequest) -> HttpResponse:
    response = redirect(start())
    for name in request.COOKIES:
        if name != KIOSK:
            response.delete_cookie(name, samesite="Lax")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _left_nothing(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Nothing kept by a cache, cookies that end with the browser, no way out."""
    response.headers["Cache-Control"] = "no-store"
    for name, cookie in response.cookies.items():
        if name != KIOSK and cookie.value:
            cookie["max-age"] = cookie["expires"] = ""
    if getattr(response, "streaming", False) or "html" not in response.headers["Content-Type"]:
        return response
    own = f"{request.scheme}://{request.get_host()}/"
    page = response.content.decode(response.charset)
    response.content = _OUT.sub(lambda found: _to_scan(found, own), page)
    if "Content-Length" in response.headers:
        response.headers["Content-Length"] = str(len(response.content))
    return response


def _to_scan(found: re.Match[str], own: str) -> str:
    """A way out, as words to read and a square to scan with one's own telephone."""
    address, words = unescape(found["to"]), found["words"]
    if address.startswith(own):
        return found[0]
    shown = (
        address.partition(":")[2] if address.startswith(("tel:", "mailto:", "sms:")) else address
    )
    plain = "".join(sign for sign in re.sub("<[^>]*>", "", words) if sign.isalnum() or sign == "+")
    bare = "".join(sign for sign in shown if sign.isalnum() or sign == "+")
    told = "" if bare in plain else f' <bdi class="kiosk-out__to">{escape(shown)}</bdi>'
    square = qr.svg(address, _("square to scan"))
    said = f'<span class="kiosk-out__words">{words}{told}</span>'
    return f'<span class="kiosk-out">{said}{square}</span>'
