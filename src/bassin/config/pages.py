"""The few pages that belong to no system: is the service up, what robots may read, an accident."""

import logging
import secrets

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say "ok" when this process answers and its database does too."""
    connection.ensure_connection()
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be indexed; filtered lists are endless and say nothing more."""
    lines = ("User-agent: *", "Disallow: /*?", "Disallow: /ui/", "Disallow: /live/", "")
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def server_error(request: HttpRequest) -> HttpResponse:
    """A bug: show a reference that a person can quote, and write the same one in the log."""
    reference = secrets.token_hex(4)
    logger.error("Reference %s: %s %s", reference, request.method, request.path)
    return render(request, "500.html", {"reference": reference}, status=500)
