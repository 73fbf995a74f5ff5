"""Around each answer for machines: method, limit, language, form, cache, ETag, CORS, refusals."""

import gzip
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2s
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import override
from django.utils.translation.trans_real import parse_accept_lang_header

from bassin.errors import Refused, SourceError
from bassin.indicators import catalogue
from bassin.indicators.secrecy import journal
from bassin.observe.opendata.api import limits
from bassin.observe.opendata.api.problems import (
    MEDIA,
    METHOD,
    NO_DATA,
    PARAMETER,
    TOO_MANY,
    Problem,
)
from bassin.types import LANGUAGES, Text
from bassin.ui.opened import house

JSON, CSV, HTML, GEOJSON = "application/json", "text/csv", "text/html", "application/geo+json"
METHODS = ("GET", "HEAD", "OPTIONS")
MAX_AGE = 60
MOST_BYTES = 32_000_000
_LARGEST = 1_000_000
_SHORT = 200  # bytes below which compressing gains nothing
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, RateLimit, RateLimit-Policy, Retry-After",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": ", ".join(METHODS),
    "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """How somebody wants their answer; `site` is our address as they know it."""

    language: str
    form: str
    site: str


@dataclass(slots=True)
class Content:
    """An answer, before and after compression, and how many cells secrecy hid in it."""

    body: bytes
    media: str
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: str = ""
    zipped: bytes = b""
    hidden: int = 0

    def __post_init__(self) -> None:
        # Weak: the same answer, compressed or not.
        self.etag = f'W/"{blake2s(self.body, digest_size=12).hexdigest()}"'
        if len(self.body) > _SHORT:
            self.zipped = gzip.compress(self.body, 5, mtime=0)


Make = Callable[[Wanted], Content]


class Answers:
    """The answers last given, up to a size. Safe to share between threads."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Content] = OrderedDict()
        self._size = 0

    def get(self, key: Hashable) -> Content | None:
        """An answer kept; None when there is none."""
        return self._kept.get(key)

    def keep(self, key: Hashable, content: Content) -> None:
        """Keep an answer; the oldest leave when they weigh too much together."""
        if len(content.body) > _LARGEST:
            return
        with self._lock:
            self._size += _weight(content) - _weight(self._kept.pop(key, None))
            self._kept[key] = content
            while self._size > self.most:
                _, gone = self._kept.popitem(last=False)
                self._size -= _weight(gone)

    def forget(self) -> None:
        """Drop them all (tests, and measures of what an answer costs)."""
        with self._lock:
            self._kept.clear()
            self._size = 0


def _weight(content: Content | None) -> int:
    return 0 if content is None else 500 + len(content.body) + len(content.zipped)


ANSWERS = Answers()


def serve(request: HttpRequest, make: Make, forms: Sequence[str], *, keep: bool) -> HttpResponse:
    """Answer a request of a machine.

    Args:
        make: builds the content; may raise `Problem`.
        forms: media types that it knows, the usual one first; `format=` (or `f=`) chooses one by
            its last word.
        keep: whether the answer depends on nothing but the release and the address.
    """
    if request.method == "OPTIONS":
        return HttpResponse(
            status=204, headers={**_CORS, **_PREFLIGHT, "Allow": ", ".join(METHODS)}
        )
    wanted = Wanted(_language(request), form(request, forms), site(request))
    left = limits.spend(request)
    try:
        _check(request, left)
        response = _written(request, _content(request, wanted, make, keep=keep), keep=keep)
    except Problem as problem:
        response = refusal(request, problem, wanted)
    except Refused as error:
        response = refusal(request, Problem(PARAMETER, error.text), wanted)
    except SourceError as error:
        response = refusal(request, Problem(NO_DATA, _said(error)), wanted)
    for name, value in {**_CORS, **left.headers()}.items():
        response.headers[name] = value
    response.headers["Content-Language"] = wanted.language
    response.headers["Vary"] = "Accept, Accept-Language, Accept-Encoding"
    return response


def _check(request: HttpRequest, left: limits.Left) -> None:
    if request.method not in METHODS:
        only = Text(
            "Seules les méthodes GET, HEAD et OPTIONS sont permises : rien ne s'écrit ici.",
            "Only the methods GET, HEAD and OPTIONS are allowed: nothing is written here.",
        )
        raise Problem(METHOD, only, Allow=", ".join(METHODS))
    if left.is_over:
        later = Text(
            f"{left.most} demandes par minute sont permises à un même client. Reprenez dans "
            f"{left.seconds} s, ou prenez le fichier entier dans le catalogue.",
            f"{left.most} requests a minute are allowed to one client. Go on in {left.seconds} s, "
            "or take the whole file in the catalogue.",
        )
        raise Problem(TOO_MANY, later, Retry_After=str(left.seconds))


def _said(error: SourceError) -> Text:
    return error.text if error.text.fr else Text(str(error), str(error))


def site(request: HttpRequest) -> str:
    """Our address as the client knows it."""
    return f"{request.scheme}://{request.get_host()}"


def _language(request: HttpRequest) -> str:
    """The one asked for by `language=`, else the first that the client prefers, else French."""
    asked = request.GET.get("language", "")
    if asked in LANGUAGES:
        return asked
    preferred = parse_accept_lang_header(request.headers.get("Accept-Language", "")[:200])
    short = (code.partition("-")[0] for code, _weight in preferred)
    return next((code for code in short if code in LANGUAGES), LANGUAGES[0])


def form(request: HttpRequest, forms: Sequence[str]) -> str:
    """The media type wanted: by `format=` or `f=`, else by the header Accept, else the usual."""
    asked = request.GET.get("format", "") or request.GET.get("f", "")
    named = next((form for form in forms if asked and form.endswith(asked)), "")
    if named or len(forms) == 1 or "Accept" not in request.headers:
        return named or forms[0]
    return request.get_preferred_type(forms) or forms[0]


def _content(request: HttpRequest, wanted: Wanted, make: Make, *, keep: bool) -> Content:
    if not keep:
        with override(wanted.language):
            return make(wanted)
    opened = house()
    runs = opened.store.root / "runs.jsonl"
    tried = runs.stat().st_mtime_ns if runs.exists() else 0
    key = (str(opened.var), opened.reader.name, tried, catalogue.stamp(), wanted, request.path_info,
           request.META["QUERY_STRING"])  # fmt: skip
    found = ANSWERS.get(key)
    if found is None:
        with override(wanted.language):
            found = make(wanted)
        found.hidden = journal.current().hidden
        ANSWERS.keep(key, found)
    else:
        journal.rows(found.hidden)
    return found


def _written(request: HttpRequest, content: Content, *, keep: bool) -> HttpResponse:
    zips = bool(content.zipped) and "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(
        content.zipped if zips else content.body, content_type=content.media,
        headers={**content.headers, "ETag": content.etag},
    )  # fmt: skip
    if zips:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE}" if keep else "no-cache"
    return get_conditional_response(request, etag=content.etag, response=response) or response


def refusal(request: HttpRequest, problem: Problem, wanted: Wanted) -> HttpResponse:
    """The problem as RFC 9457 writes it."""
    page = f"{wanted.site}{reverse('opendata:api_page')}"
    body = problem.body(wanted.language, page, request.get_full_path())
    return HttpResponse(
        written(body), status=problem.kind.status, content_type=MEDIA,
        headers={"Cache-Control": "no-store", **problem.headers},
    )  # fmt: skip


def written(body: Any) -> bytes:
    """JSON as it travels."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=str).encode()
