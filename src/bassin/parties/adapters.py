"""Where signing in (django-allauth) follows the rules of the house: words, addresses, secrets."""

import base64
import hashlib
import secrets
from pathlib import Path
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bassin.parties.mail import sending
from bassin.parties.models import Person
from bassin.territory import Installation

WRONG = _("This code is not the right one, or it is too old. Check it, or ask for another.")
TOO_MANY = _("Too many attempts. Wait ten minutes, then ask for a new code.")


def service_name() -> str:
    """What people call this service: its territory's name."""
    return Installation.read(Path(settings.VAR)).name or "bassin"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts without passwords."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": WRONG,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def new_user(self, request: HttpRequest) -> Person:
        """A person who reads the language of the page they came from."""
        return Person(language=(get_language() or "fr")[:2])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The same, with the name by which people know the service."""
        with sending():
            super().send_mail(template_prefix, email, {"service": service_name(), **context})

    def send_account_already_exists_mail(self, email: str) -> None:
        """Someone asked for an account at an address that has one: tell them how to sign in."""
        address = self.request.build_absolute_uri(reverse("account_login"))
        self.send_mail("account/email/account_already_exists", email, {"sign_in_url": address})


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors, whose secrets are kept encrypted by this installation's own key."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": WRONG}

    def get_totp_issuer(self) -> str:
        """What the application on the telephone shows above the code."""
        return service_name()

    def encrypt(self, text: str) -> str:
        """A secret as the database holds it."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; after a change of key, one that no code fits."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(hashlib.sha256(encrypted_text.encode()).digest()[:20]).decode()


def _cipher() -> Fernet:
    key = hashlib.sha256(f"second factor {settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


class OutsideAdapter(DefaultSocialAccountAdapter):
    """Accounts held elsewhere: an OpenID Connect provider chosen in the settings."""

    def generate_state_param(self, state: dict[str, Any]) -> str:
        """What ties an answer to its question; ProConnect refuses fewer than 32 characters."""
        return secrets.token_urlsafe(32)

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """An address verified there needs no proof here."""
        if not sociallogin.is_existing:
            return
        person = sociallogin.user
        for address in sociallogin.email_addresses:
            if address.verified and address.email.lower() == person.email:
                EmailAddress.objects.update_or_create(
                    user=person, email=person.email, defaults={"verified": True, "primary": True}
                )

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Person:
        """Take the name as that provider writes it: ProConnect calls the family name « usual »."""
        person: Person = super().populate_user(request, sociallogin, data)
        told = sociallogin.account.get_provider_account().get_user_data() or {}
        family = told.get("usual_name") or told.get("family_name") or ""
        whole = f"{told.get('given_name', '')} {family}".strip()
        person.name = str(whole or told.get("name") or person.email or "")[:120]
        return person
