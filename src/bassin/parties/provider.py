"""The OpenID Connect provider of the settings, found by django-allauth under this file's name.

ProConnect asks more than the standard does: a `nonce` and a `state` of 32 characters at least, a
reader of signed user facts, and that whoever signs out is sent to it with the token that it gave.
https://github.com/numerique-gouv/proconnect-documentation/blob/main/doc_fs/implementation_technique.md
"""

import logging
import secrets
from typing import Any
from urllib.parse import urlencode

from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest
from requests import RequestException, get

logger = logging.getLogger(__name__)

NONCE = "oidc_nonce"
ID_TOKEN = "oidc_id_token"
"""Where the session keeps what the provider asks to see again when the person signs out."""

SECONDS = 10


class Adapter(OpenIDConnectOAuth2Adapter):
    """Reads what the provider answers, and refuses an answer to another question."""

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """Go on as the standard says, with the nonce of this session; keep the token for later."""
        self._nonce = str(request.session.pop(NONCE, ""))
        answer = kwargs["response"].get("id_token")
        if not answer:
            raise OAuth2Error("There is no identity token.")
        found = super().complete_login(request, app, token, **kwargs)
        request.session[ID_TOKEN] = answer
        return found

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        """What the token says, once: read twice, one with an identifier would count as replayed."""
        told: dict[str, Any] = super()._decode_id_token(app, id_token)
        nonce = str(told.get("nonce", ""))
        if not self._nonce or not secrets.compare_digest(nonce.encode(), self._nonce.encode()):
            raise OAuth2Error("The identity token answers another question.")
        if told.get("sub") != self._subject:
            raise OAuth2Error("The facts are about someone else.")
        return told

    def _fetch_user_info(self, access_token: str) -> dict[str, Any]:
        """The facts about a person, and whom they are about."""
        facts = self._facts(access_token)
        self._subject = facts.get("sub")
        return facts

    def _facts(self, access_token: str) -> dict[str, Any]:
        """Plain JSON, or signed facts."""
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

    def way_out(self, request: HttpRequest, id_token: str, back: str) -> str:
        """The address where the provider ends its own session; "" when it has none, or is away."""
        try:
            end = self.openid_config.get("end_session_endpoint", "")
        except (RequestException, ValueError):
            logger.warning("The provider %s does not say how to sign out", self.provider_id)
            return ""
        asked = {
            "id_token_hint": id_token,
            "post_logout_redirect_uri": request.build_absolute_uri(back),
            "state": secrets.token_urlsafe(32),
        }
        return f"{end}{'&' if '?' in end else '?'}{urlencode(asked)}" if end else ""


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
