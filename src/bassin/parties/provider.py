"""The OpenID Connect provider of the settings, found by django-allauth under this file's name.

ProConnect asks two things more than the standard: a `nonce`, and a reader of signed user facts.
"""

import secrets
from typing import Any

from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest
from requests import get

NONCE = "oidc_nonce"
SECONDS = 10


class Adapter(OpenIDConnectOAuth2Adapter):
    """Reads what the provider answers, and refuses an answer to another question."""

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """Compare the nonce, then go on as the standard says."""
        expected = request.session.pop(NONCE, None)
        answer = kwargs["response"].get("id_token")
        told = self._decode_id_token(app, answer).get("nonce") if answer else None
        if not expected or not told or not secrets.compare_digest(str(told), expected):
            raise OAuth2Error("The identity token answers another question.")
        return super().complete_login(request, app, token, **kwargs)

    def _fetch_user_info(self, access_token: str) -> dict[str, Any]:
        """The facts about a person: plain JSON, or signed ones."""
        headers = {"Authorization": f"Bearer {access_token}"}
        answer = get(self.profile_url, headers=headers, timeout=SECONDS)
        answer.raise_for_status()
        if answer.headers.get("Content-Type", "").startswith("application/jwt"):
            signed: dict[str, Any] = jwtkit.verify_and_decode(
                credential=answer.text, keys_url=self.openid_config["jwks_uri"],
                issuer=self.openid_config["issuer"], audience=self.get_provider().app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
            )  # fmt: skip
            return signed
        plain: dict[str, Any] = answer.json()
        return plain


class Provider(OpenIDConnectProvider):
    """The provider as this service asks it: nothing of the request is passed on to it."""

    oauth2_adapter_class = Adapter

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Sign in, come back to `next`, with a fresh nonce."""
        nonce = request.session[NONCE] = secrets.token_urlsafe(32)
        asked: dict[str, Any] = super().get_redirect_from_request_kwargs(request)
        return {
            **asked,
            "process": "login",
            "scope": self.get_scope(),
            "auth_params": {**self.get_auth_params(), "nonce": nonce},
        }


provider_classes = [Provider]
