"""Receive no more letters: the page behind the link of each one. It needs no account.

Reading it changes nothing (mail filters follow links); one button does, or the one click of a mail
program (RFC 8058), which sends a form from nowhere: the signed link is what allows it.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from bassin.match.support.mailing import refusing
from bassin.ui.reader import today


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Say what one click does, do it, say that it is done; the address is shown to nobody."""
    found = refusing.opened(token)
    if found is None:
        return render(request, "support/stop.html", {"unknown": True}, status=404)
    if request.method == "POST":
        refusing.refuse(found, today())
        return render(request, "support/stop.html", {"done": True})
    return render(request, "support/stop.html", {"token": token})
