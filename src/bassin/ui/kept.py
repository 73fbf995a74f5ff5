"""Pages that depend only on the release are made once per release, language and address.

A page is kept in the memory of its process; a new release, a source that was tried again, a figure
that was declared, another day or another installation gives another key, so nothing stale is ever
shown and nothing needs to be swept on publication.
It is kept compressed: Brotli weighs a quarter less than gzip on a page that draws the same
communes many times over. A browser that knows neither gets it as it is.
"""

import functools
import gzip
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from hashlib import blake2s
from typing import Any

import brotli
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers

from bassin.indicators import catalogue
from bassin.indicators.secrecy import journal
from bassin.sources import registry
from bassin.ui.opened import house

MOST_KEPT = 300
LARGEST = 1_000_000  # bytes; a list of France's communes is not worth the memory
QUICK, SMALL = 5, 11
"""Brotli's effort: 10 ms while somebody waits, a second when nobody does, for a seventh less."""
_FORMS = ("br", "gzip")

View = Callable[..., HttpResponse]


@dataclass(slots=True)
class _Kept:
    forms: dict[str, bytes]
    headers: tuple[tuple[str, str], ...]
    hidden: int
    tight: bool = False

    def written(self, form: str) -> bytes:
        """The page in a form: "br", "gzip", or as it is for ""."""
        if form in self.forms:
            return self.forms[form]
        plain: bytes = brotli.decompress(self.forms["br"])
        if form == "gzip":
            plain = self.forms[form] = gzip.compress(plain, 6, mtime=0)
        return plain


_LOCK = threading.Lock()
_PAGES: "OrderedDict[Hashable, _Kept]" = OrderedDict()


def kept(view: View) -> View:
    """Keep the 200 answers of a view that reads nothing but the house and the address.

    A page with a form that posts carries a token of its reader and is never kept. Someone who
    signed in, or to whom something is to be said, gets a page of their own.
    """

    @functools.wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if _is_personal(request):
            return view(request, *args, **kwargs)
        key = (
            str(house().var), house().reader.name, _tried(), catalogue.stamp(), registry.stamp(),
            timezone.localdate(),
            request.LANGUAGE_CODE, request.get_host(), request.is_secure(), request.get_full_path(),
        )  # fmt: skip
        found = _PAGES.get(key)
        if found is None:
            response = view(request, *args, **kwargs)
            found = _keep(key, request, response)
            if found is None:
                return response
        else:
            journal.rows(found.hidden)
        return _answer(request, found)

    return inner


def _is_personal(request: HttpRequest) -> bool:
    """Whether the page would name its reader; a visitor's costs no look at the database."""
    if CookieStorage.cookie_name in request.COOKIES:
        return True
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated


def _tried() -> int:
    """When a source was last tried: a failure publishes nothing, yet pages must say it."""
    runs = house().store.root / "runs.jsonl"
    return runs.stat().st_mtime_ns if runs.exists() else 0


def _keep(key: Hashable, request: HttpRequest, response: HttpResponse) -> _Kept | None:
    personal = "CSRF_COOKIE" in request.META or response.cookies or response.streaming
    if response.status_code != 200 or personal or len(response.content) > LARGEST:
        return None
    # Weak: the same page, compressed or not.
    tag = f'W/"{blake2s(response.content, digest_size=12).hexdigest()}"'
    compressed = brotli.compress(response.content, quality=QUICK)
    page = _Kept(
        {"br": compressed}, (*response.headers.items(), ("ETag", tag)), journal.current().on_page
    )
    with _LOCK:
        _PAGES[key] = page
        while len(_PAGES) > MOST_KEPT:
            _PAGES.popitem(last=False)
    return page


def _answer(request: HttpRequest, page: _Kept) -> HttpResponse:
    form = _form(request.headers.get("Accept-Encoding", ""))
    response = HttpResponse(page.written(form), headers=dict(page.headers))
    if form:
        response.headers["Content-Encoding"] = form
    patch_vary_headers(response, ("Accept-Encoding",))
    response.headers.setdefault("Cache-Control", "no-cache")
    etag = response.headers["ETag"]
    return get_conditional_response(request, etag=etag, response=response) or response


def _form(accepted: str) -> str:
    """The best form a browser accepts; one given the weight 0 is refused (RFC 9110 §12.5.3)."""
    offers = (offer.partition(";") for offer in accepted.lower().replace(" ", "").split(","))
    read = {name for name, _, weight in offers if not re.fullmatch(r"q=0(\.0*)?", weight)}
    return next((form for form in _FORMS if form in read), "")


def tighten() -> None:
    """Compress the pages kept as far as they go; for a thread that holds nobody back."""
    for page in list(_PAGES.values()):
        if not page.tight:
            page.forms["br"] = brotli.compress(page.written(""), quality=SMALL)
            page.tight = True


def weights() -> list[int]:
    """What each page kept weighs, compressed, in bytes."""
    return [len(page.forms["br"]) for page in list(_PAGES.values())]


def forget() -> None:
    """Drop every kept page (tests, and commands that change what a page reads)."""
    with _LOCK:
        _PAGES.clear()
