"""Signing in with an account held elsewhere: a provider on this machine plays ProConnect's part."""

import json
import re
import secrets
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core import mail

from bassin.parties.models import Person

LEAVE, BACK = "/compte/connexion/externe/oidc/", "/compte/connexion/externe/oidc/retour/"
ENDED, OUT = "/compte/connexion/externe/oidc/fin/", "/compte/deconnexion/"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider:
    """Answers what a provider answers; each test says about whom, and how."""

    def __init__(self) -> None:
        self.facts = {
            "sub": "abc", "email": "zoe@example.org", "given_name": "Zoé", "usual_name": "Martin",
        }  # fmt: skip
        self.signed = True
        self.key = KEY
        self.nonce = ""
        self.subject = ""  # whom the identity token names; the same person by default
        self.ends = True
        self.asked: dict[str, list[str]] = {}

    def token(self, **facts) -> str:
        now = int(time.time())
        told = {"iss": self.url, "aud": "bassin", "iat": now, "exp": now + 60, **facts}
        return jwt.encode(told, self.key, algorithm="RS256", headers={"kid": "one"})

    def answer(self, path: str) -> tuple[str, str]:
        if path.endswith("openid-configuration"):
            names = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
            told = {f"{name}_endpoint": f"{self.url}/{end}" for name, end in names.items()}
            told |= {"issuer": self.url, "jwks_uri": f"{self.url}/keys"}
            if self.ends:
                told["end_session_endpoint"] = f"{self.url}/session/end"
            told["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
            return "application/json", json.dumps(told)
        if path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            return "application/json", json.dumps(
                {"keys": [{**public, "kid": "one", "alg": "RS256"}]}
            )
        if path == "/token":
            told = {"access_token": "t", "token_type": "Bearer"}
            subject = self.subject or self.facts["sub"]
            named = {"sub": subject, "nonce": self.nonce, "jti": secrets.token_hex()}
            told["id_token"] = self.given = self.token(**named)
            return "application/json", json.dumps(told)
        if self.signed:
            return "application/jwt", self.token(**self.facts)
        return "application/json", json.dumps(self.facts)


@contextmanager
def serving(provider: Provider):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            provider.asked[self.path] = parse_qs(self.rfile.read(length).decode())
            kind, text = provider.answer(self.path)
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(text.encode())

        do_POST = do_GET  # noqa: N815

        def log_message(self, *words) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def provider(settings, db):
    """A provider that has verified its addresses, named in the settings."""
    with serving(Provider()) as made:
        app = {
            "provider_id": "oidc", "name": "ProConnect", "client_id": "bassin", "secret": "s",
            "settings": {"server_url": made.url, "scope": ["openid", "email"],
                         "auth_params": {"acr_values": "eidas1"}},
        }  # fmt: skip
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {"VERIFIED_EMAIL": True, "OAUTH_PKCE_ENABLED": True, "APPS": [app]}
        }
        yield made


def go(client, provider, next_url: str = "") -> SimpleNamespace:
    """Leave for the provider: what its address was asked."""
    page = client.post(LEAVE + (f"?next={next_url}" if next_url else ""))
    address = re.search(r'content="0;url=([^"]+)"', page.content.decode())[1]
    asked = {
        name: values[0]
        for name, values in parse_qs(urlsplit(address.replace("&amp;", "&")).query).items()
    }
    provider.nonce = asked["nonce"]
    return SimpleNamespace(page=page, address=address, asked=asked)


def sign_in(client, provider, next_url: str = ""):
    left = go(client, provider, next_url)
    return client.get(BACK, {"code": "c", "state": left.asked["state"]})


def test_a_new_person_comes_with_their_name_and_no_password(client, provider):
    answer = sign_in(client, provider, "/compte/sessions/")

    person = Person.objects.get(email="zoe@example.org")
    assert answer.url == "/compte/sessions/"
    assert client.session["_auth_user_id"] == str(person.pk)
    assert person.name == "Zoé Martin"
    assert not person.has_usable_password()


def test_the_provider_is_asked_what_the_settings_say_with_a_nonce_and_a_proof(client, provider):
    left = go(client, provider)
    client.get(BACK, {"code": "c", "state": left.asked["state"]})

    assert left.address.startswith(f"{provider.url}/authorize")
    assert left.asked["acr_values"] == "eidas1"
    assert set(left.asked["scope"].split()) == {"openid", "email"}
    assert left.asked["code_challenge_method"] == "S256"
    # ProConnect refuses shorter ones.
    assert len(left.asked["nonce"]) >= 32
    assert len(left.asked["state"]) >= 32
    assert "code_verifier" in provider.asked["/token"]


def test_nothing_in_our_address_changes_what_the_provider_is_asked(client, provider):
    left = go(client, provider, "/&process=connect&scope=admin&auth_params=prompt%3Dnone")

    assert "admin" not in left.asked["scope"]
    assert "prompt" not in left.asked


def test_facts_that_come_plain_are_read_as_well(client, provider):
    provider.signed = False

    sign_in(client, provider)

    assert Person.objects.get(email="zoe@example.org").name == "Zoé Martin"


def test_facts_signed_by_someone_else_open_nothing(client, provider):
    left = go(client, provider)
    provider.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    client.get(BACK, {"code": "c", "state": left.asked["state"]})

    assert "_auth_user_id" not in client.session


def test_an_answer_to_another_question_opens_nothing(client, provider):
    left = go(client, provider)
    provider.nonce = "another"

    answer = client.get(BACK, {"code": "c", "state": left.asked["state"]})

    assert "_auth_user_id" not in client.session
    assert "pas abouti" in answer.content.decode()


def test_facts_about_someone_else_open_nothing(client, provider, dan):
    left = go(client, provider)
    provider.facts["email"], provider.subject = dan.email, "another"

    client.get(BACK, {"code": "c", "state": left.asked["state"]})

    assert "_auth_user_id" not in client.session


def test_whoever_came_from_the_provider_signs_out_there_too(client, provider):
    sign_in(client, provider)

    page = client.post(OUT).content.decode()

    address = re.search(r'content="0;url=([^"]+)"', page)[1].replace("&amp;", "&")
    asked = parse_qs(urlsplit(address).query)
    assert address.startswith(f"{provider.url}/session/end?")
    assert asked["id_token_hint"] == [provider.given]
    assert asked["post_logout_redirect_uri"] == ["http://testserver" + ENDED]
    assert len(asked["state"][0]) >= 32
    assert client.get("/compte/").status_code == 302
    assert client.get(ENDED, {"state": asked["state"][0]}).url == "/compte/connexion/"


@pytest.mark.parametrize("why", ["by code", "no address", "away"])
def test_signing_out_never_waits_for_a_provider_that_does_not_end_sessions(
    client, provider, dan, why
):
    if why == "by code":
        client.force_login(dan)
    else:
        sign_in(client, provider)
    provider.ends = why != "no address"
    if why == "away":
        provider.answer = lambda path: ("text/html", "<h1>Maintenance</h1>")

    answer = client.post(OUT)

    assert answer.status_code == 302
    assert client.get("/compte/").status_code == 302


def test_an_answer_that_nobody_asked_for_opens_nothing(client, provider):
    client.get(BACK, {"code": "c", "state": "invented"})

    assert "_auth_user_id" not in client.session


def test_a_person_known_by_a_verified_address_finds_their_account(client, provider, dan):
    provider.facts["email"] = dan.email

    sign_in(client, provider)

    assert client.session["_auth_user_id"] == str(dan.pk)


def test_an_address_the_provider_did_not_verify_opens_no_account(client, provider, settings, dan):
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["VERIFIED_EMAIL"] = False
    provider.facts["email"] = dan.email

    sign_in(client, provider)

    assert "_auth_user_id" not in client.session
    assert mail.outbox[-1].to == [dan.email]


def test_an_officer_who_comes_from_the_provider_shows_a_second_factor(client, provider, awa):
    provider.facts["email"] = awa.email

    answer = sign_in(client, provider)

    assert answer.url == "/compte/connexion/second-facteur/"
    assert "_auth_user_id" not in client.session


def test_the_sign_in_page_offers_the_provider_of_the_settings_only(client, provider, settings):
    offered = client.get("/compte/connexion/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {}
    without = client.get("/compte/connexion/").content.decode()

    assert "ProConnect" in offered
    assert LEAVE in offered
    assert "externe" not in without
    assert client.post(LEAVE).status_code == 404
