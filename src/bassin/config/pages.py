"""The few pages that belong to no system: is the service up, what robots may read, an accident."""

import logging
import secrets
import sys

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.errors import NO_ROOM, no_room

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


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that no page can read: an unknown host, thousands of fields, a broken form."""
    logger.warning("Unreadable request: %s", exception)
    request.GET = QueryDict()  # what could not be read is not read again by the page
    sentence = _("The address or the form cannot be read: it is too long, or meant for another "
                 "server.")  # fmt: skip
    return render(request, "400.html", {"sentence": sentence}, status=400)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form sent without the mark that its own page gave it."""
    sentence = _("This form was open for too long, or your browser keeps no cookie for this site. "
                 "Go back, reload the page, then send it again.")  # fmt: skip
    return render(request, "400.html", {"sentence": sentence}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """A bug: show a reference that a person can quote, and write the same one in the log.

    A disk that is full is none: the page says so.
    """
    if no_room(sys.exception()):
        logger.error("No room on the disk: %s %s", request.method, request.path)
        request.user = AnonymousUser()
        sentence = NO_ROOM.say(get_language() or "")
        return render(request, "400.html", {"sentence": sentence}, status=507)
    reference = secrets.token_hex(4)
    logger.error("Reference %s: %s %s", reference, request.method, request.path)
    request.user = AnonymousUser()  # the database may be what failed: the page must not ask it
    return render(request, "500.html", {"reference": reference}, status=500)
