"""Signing in with an account held elsewhere: the OpenID Connect provider of the settings."""

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from bassin.parties.provider import Adapter


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


def _at(
    view: type[OAuth2LoginView | OAuth2CallbackView], request: HttpRequest, provider_id: str
) -> HttpResponse:
    try:
        answer: HttpResponse = view.adapter_view(Adapter(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404("No provider of that name is in the settings.") from error
    return answer
