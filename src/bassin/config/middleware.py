"""What happens around every page: security headers, chosen language, refusals in plain words."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from bassin.errors import Refused, SourceError
from bassin.parties.access import has_session
from bassin.ui import embedding, reading, tongues

Next = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponseBase]

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "style-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
"""Nothing comes from elsewhere, and nothing written inside a page is run or styles it."""

PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(self), payment=(), usb=()"


class PageSecurity:
    """Add the policies that keep a page from asking anything of another server."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(embedding.PREFIX):
            return self._embedded(request)
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("X-Frame-Options", "DENY")
        return response

    def _embedded(self, request: HttpRequest) -> HttpResponse:
        """What is shown on other sites: framed by anyone, it knows nobody and remembers nobody."""
        request.COOKIES.clear()
        response = self.get_response(request)
        response.cookies.clear()
        response.headers["Content-Security-Policy"] = embedding.POLICY
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers.pop("X-Frame-Options", None)
        return response


class ChosenLanguage:
    """Speak the language asked by `?lang=`, else the one chosen before, else French.

    The browser's own preference is left aside: a shared link shows everyone the same page, and a
    page is the public authority's, French first. A further language is spoken by the pages that
    have it (`bassin.ui.tongues`); the others stay French, and say so.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        tongues.learn()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = dict(settings.LANGUAGES)
        wished = tongues.wished(request)
        asked = request.GET.get("lang", "")
        kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        chosen = next((code for code in (asked, kept) if code in known), settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = settings.LANGUAGE_CODE if wished else chosen
        with translation.override(request.LANGUAGE_CODE):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        if "Vary" in response.headers:
            patch_vary_headers(response, ("Cookie",))
        else:
            response.headers["Vary"] = "Cookie"
        if asked and asked != kept and asked in (*known, wished):
            reading.keep(response, settings.LANGUAGE_COOKIE_NAME, asked, reading.of(request))
        return response

    def process_view(
        self, request: HttpRequest, func: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Turn to a further language once it is known that the page has it."""
        wished = tongues.wished(request)
        if wished and wished in tongues.of(request.resolver_match):
            translation.activate(wished)
            request.LANGUAGE_CODE = wished


class MembersOnly(LoginRequiredMiddleware):
    """Ask who is there only before a page that is not open to everyone."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: View,
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """Let a public page through; else what Django does."""
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


class SignedIn:
    """Keep the pages of someone who signed in out of every cache, their own browser's included."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        signed_in = has_session(request) and request.user.is_authenticated
        response = self.get_response(request)
        if signed_in and not getattr(response, "streaming", False):
            response.headers["Cache-Control"] = "private, no-store"
        return response


class RefusedPage:
    """Show what no view has caught as a page with its sentence: 400, 405, 503 without data."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or response.content:
            return response
        sentence = _("This address takes what a form sends, and shows no page of its own. Go back "
                     "to the page of the form.")  # fmt: skip
        page = render(request, "400.html", {"sentence": sentence}, status=response.status_code)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a `Refused`, and data that are not there; leave the rest to Django."""
        if isinstance(error, SourceError):
            told = error.text.say(translation.get_language() or "") or str(error)
            return render(request, "400.html", {"sentence": told}, status=503)
        if not isinstance(error, Refused):
            return None
        told = error.text.say(translation.get_language() or "")
        return render(request, "400.html", {"sentence": told}, status=400)
