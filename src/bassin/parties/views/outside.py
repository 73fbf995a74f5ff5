"""Signing in with an account held elsewhere: the OpenID Connect provider of the settings."""

from allauth.account.views import logout
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bassin.parties.access import has_session
from bassin.parties.provider import ID_TOKEN, Adapter


@login_not_required
def leave(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go and sign in there, through a page of ours: forms may be sent to no other server."""
    answer = _at(OAuth2LoginView, request, provider_id)
    if not isinstance(answer, HttpResponseRedirect):
        return answer
    provider = Adapter(request, provider_id).get_provider()
    told = {"provider": provider, "redirect_to": answer.url}
    return render(request, "socialaccount/login_redirect.html", told)


@login_not_required
def back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Come back from there."""
    return _at(OAuth2CallbackView, request, provider_id)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out here, then there when the person came from there."""
    id_token = request.session.get(ID_TOKEN, "") if has_session(request) else ""
    answer: HttpResponse = logout(request)
    if request.method != "POST" or not id_token:
        return answer
    provider = next(iter(get_adapter().list_providers(request)), None)
    if provider is None:
        return answer
    back = reverse("openid_connect_ended", args=[provider.app.provider_id])
    there = Adapter(request, provider.app.provider_id).way_out(request, id_token, back)
    if not there:
        return answer
    told = {"provider": provider, "redirect_to": there}
    return render(request, "socialaccount/login_redirect.html", told)


@require_safe
@login_not_required
def ended(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Come back from there, signed out: nothing here depends on what the address says."""
    return redirect("account_login")


def _at(
    view: type[OAuth2LoginView | OAuth2CallbackView], request: HttpRequest, provider_id: str
) -> HttpResponse:
    try:
        answer: HttpResponse = view.adapter_view(Adapter(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404("No provider of that name is in the settings.") from error
    return answer
