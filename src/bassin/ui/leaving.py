"""Every answer that leaves with something hidden is counted: by day and by way, never who asked."""

from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from bassin.indicators.secrecy.journal import Journal, Leaving, leaving
from bassin.ui import embedding

API, OGC, EMBEDS, PAGES, CHARTS, FILES = "api", "ogc", "embeds", "pages", "charts", "files"
CLIENT = "client"
"""Ways out: the last is that of the Python client, which counts for itself."""

_MACHINES = {"/api/v1/": API, "/ogc/": OGC, embedding.PREFIX: EMBEDS}


class CountHidden:
    """Stands outside of every page, so that no way out escapes it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with leaving() as left:
            response = self.get_response(request)
        if response.status_code == HTTPStatus.OK and request.method != "HEAD":
            _count(request.path_info, response, left)
        return response


def _count(path: str, response: HttpResponse, left: Leaving) -> None:
    taken = way(path, response.headers.get("Content-Type", ""))
    hidden = left.on_page if taken in (PAGES, EMBEDS) else left.hidden
    if hidden:
        Journal(Path(settings.VAR)).note(taken, hidden, timezone.localdate())


def way(path: str, media: str) -> str:
    """By which way an answer leaves."""
    for prefix, name in _MACHINES.items():
        if path.startswith(prefix):
            return name
    if media.startswith("text/html"):
        return PAGES
    return CHARTS if media.startswith("image/") else FILES
