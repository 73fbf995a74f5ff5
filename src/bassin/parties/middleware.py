"""Who wrote what, and the second factor that an officer shows before anything private."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from auditlog.middleware import AuditlogMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from bassin.parties import access

ON_THE_WAY = {
    "account_logout", "account_reauthenticate", "mfa_activate_totp", "mfa_index",
    "usersessions_list",
}  # fmt: skip
"""Pages that an officer without a second factor needs to set one up, or to leave."""


AFTER = "after_second_factor"
"""Where the session keeps the page that was wanted."""


class WhoWrites(AuditlogMiddleware):
    """Say in the record of changes who made each one; a visitor without a session is nobody.

    The library ties a receiver of its own to each request: a fifth of what a plain page costs.
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if access.has_session(request):
            return super().__call__(request)
        return self.get_response(request)


class SecondFactorFirst:
    """Lead officers to the page where a second factor is set up; public pages stay public.

    On a public page, an officer without a second factor is no more than a visitor who signed in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *rest: Any
    ) -> HttpResponse | None:
        """Redirect, or let the request through."""
        if not access.has_session(request) or not request.user.is_authenticated:
            return None
        if not access.is_officer(request.user) or has_second_factor(request):
            return None
        access.without_office(request.user)
        match = request.resolver_match
        public = not getattr(view, "login_required", True)
        if public or (match is not None and match.view_name in ON_THE_WAY):
            return None
        if request.method == "GET":
            request.session[AFTER] = request.get_full_path()
        return redirect("mfa_activate_totp")


def has_second_factor(request: HttpRequest) -> bool:
    """Whether the person has an application that gives codes. Signing in has then asked for one."""
    types = [Authenticator.Type.TOTP]
    return Authenticator.objects.filter(user_id=request.user.pk, type__in=types).exists()
