"""A fresh proof of who is there, before anything that changes how they sign in.

Someone with a second factor shows it again (django-allauth asks). Someone without one has nothing
that django-allauth could ask for, and it then asks for nothing: here they get a code by e-mail.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bassin.parties import codes
from bassin.parties.access import signed_in
from bassin.parties.adapters import TOO_MANY, WRONG
from bassin.parties.forms import FreshCodeForm
from bassin.parties.middleware import has_second_factor

View = Callable[..., HttpResponse]

FRESH_SECONDS = 5 * 60
KEY = "fresh_code"


def fresh(view: View) -> View:
    """The same page, open only to someone who proved who they are in the last five minutes."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if has_second_factor(request) or is_proven(request):
            return view(request, *args, **kwargs)
        return _ask(request)

    return inner


def proven(view: View) -> View:
    """The same for pages of ours: who has a second factor must have shown that one."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_proven(request, second_factor=has_second_factor(request)):
            return view(request, *args, **kwargs)
        return _ask(request)

    return inner


def _ask(request: HttpRequest) -> HttpResponse:
    after = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
    return redirect(f"{reverse('account_reauthenticate')}?{after}")


def is_proven(request: HttpRequest, *, second_factor: bool = False) -> bool:
    """Whether a code was given in the last five minutes, in this session, by this very person."""
    records = get_authentication_records(request, request.user)
    methods = ("mfa",) if second_factor else ("code", "mfa")
    now = time.time()
    return any(each["method"] in methods and now - each["at"] < FRESH_SECONDS for each in records)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Send a code to the person's own address, then read it."""
    if has_second_factor(request):
        return redirect(f"{reverse('mfa_reauthenticate')}?{request.GET.urlencode()}")
    form = FreshCodeForm()
    if request.method == "POST" and "send" in request.POST:
        _send(request)
        return redirect(request.get_full_path())
    if request.method == "POST":
        form = FreshCodeForm(request.POST)
        if form.is_valid() and _accept(request, form):
            return redirect(get_next_redirect_url(request) or reverse("parties:account"))
    told = {"form": form, "sent": bool(codes.waiting(request, KEY))}
    return render(request, "parties/fresh.html", told)


def _send(request: HttpRequest) -> None:
    address = signed_in(request).email or ""
    if not codes.send(request, KEY, address, "parties/email/fresh_code"):
        messages.error(request, str(TOO_MANY))
        return
    messages.success(request, _("A code was sent to {address}.").format(address=address))


def _accept(request: HttpRequest, form: FreshCodeForm) -> bool:
    """Whether the code is the one that was sent; three wrong ones, and it is forgotten."""
    if not codes.take(request, KEY, form.cleaned_data["code"]):
        form.add_error("code", WRONG)
        return False
    record_authentication(request, request.user, "code", reauthenticated=True)
    return True
