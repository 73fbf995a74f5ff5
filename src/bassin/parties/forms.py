"""What people fill in about themselves and their organisations."""

from datetime import date
from typing import Any

from allauth.account.forms import (
    ConfirmEmailVerificationCodeForm,
    ConfirmLoginCodeForm,
    RequestLoginCodeForm,
    SignupForm,
)
from allauth.account.internal.flows.manage_email import sync_user_email_address
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from bassin.parties import once
from bassin.parties.models import Membership, Organisation, Person
from bassin.parties.widgets import Day

_CODE = {"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}


def _ask_code(form: forms.BaseForm, label: Any, hint: Any = "", *, digits: bool = False) -> None:
    """Make the field of a code the one that a telephone fills in by itself."""
    attributes = {**_CODE, "inputmode": "numeric"} if digits else _CODE
    form.fields["code"] = forms.CharField(
        label=label, help_text=hint, max_length=20, widget=forms.TextInput(attributes)
    )


def _ask_address(form: forms.BaseForm) -> None:
    form.fields["email"] = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("For example prenom.nom@commune.fr. We send it a code; there is no password."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )


class SignInForm(RequestLoginCodeForm):
    """The address to which a code is sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_address(self)

    def clean_email(self) -> str:
        """Find the person. One known before they ever signed in gets an address to confirm."""
        email: str = super().clean_email()
        if self._user is not None:
            sync_user_email_address(self._user)
        return email.lower()


class SignUpForm(SignupForm):
    """An account: an address, and what to call its holder."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("First name and surname, as others will read them."),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    field_order = ("name", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_address(self)

    def custom_signup(self, request: HttpRequest, user: Person) -> None:
        """Keep the name."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


class CodeForm(ConfirmLoginCodeForm):
    """The code that was sent to sign in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_code(self, _("The code you received"))


class AddressCodeForm(ConfirmEmailVerificationCodeForm):
    """The code that proves a new address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_code(self, _("The code you received"))


_SIX = _("The six digits that your application shows")
_OR = _("Or one of your recovery codes.")


class _SecondFactor(BaseAuthenticateForm):
    """A code of the application, which serves once, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_code(self, _SIX, _OR, digits=True)

    def clean_code(self) -> str:
        """Refuse a code that was used."""
        code: str = super().clean_code()
        application = self.authenticator.type == Authenticator.Type.TOTP
        if application and not once.claim(self.authenticator, code):
            raise forms.ValidationError(_("This code has been used. Wait for the next one."))
        return code


class SecondFactorForm(_SecondFactor, AuthenticateForm):
    """The second factor, when signing in."""


class ProveForm(_SecondFactor, ReauthenticateForm):
    """The second factor again, before something that matters."""


class ActivateForm(ActivateTOTPForm):
    """The first code of an application that was just set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_code(self, _SIX, digits=True)


class FreshCodeForm(forms.Form):
    """The code that was sent to someone already signed in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_code(self, _("The code you received"))


class NewAddressForm(forms.Form):
    """The address by which a person wants to sign in."""

    email = forms.EmailField(
        label=_("Your new e-mail address"),
        help_text=_("For example prenom.nom@commune.fr. We send it a code."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )

    def __init__(self, data: Any, *, person: Person) -> None:
        super().__init__(data)
        self.person = person

    def clean_email(self) -> str:
        """Another address than today's."""
        email: str = self.cleaned_data["email"].lower()
        if email == self.person.email:
            raise forms.ValidationError(_("You sign in with this address already."))
        return email


class ProfileForm(forms.Form):
    """What a person may change about themselves."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    telephone = forms.CharField(
        label=_("Telephone"), max_length=30, required=False,
        widget=forms.TextInput({"autocomplete": "tel", "type": "tel"}),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("That of the e-mails we send you."),
        choices=settings.LANGUAGES,
    )


class InvitationForm(forms.Form):
    """Who is asked to join, and as what."""

    email = forms.EmailField(
        label=_("Their e-mail address"), help_text=_("For example prenom.nom@commune.fr.")
    )
    role = forms.ChoiceField(
        label=_("Their role"), choices=Membership.Role.choices, initial=Membership.Role.MEMBER
    )


class OrganisationForm(forms.Form):
    """A body that people will act for."""

    name = forms.CharField(label=_("Name"), max_length=200)
    short = forms.CharField(label=_("Short name"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Organisation.Kind.choices)
    siret = forms.RegexField(
        r"^\d{14}$", label=_("SIRET"), required=False,
        help_text=_("Fourteen digits: the establishment, for a firm."),
    )  # fmt: skip
    page = forms.URLField(label=_("Web page"), required=False, assume_scheme="https")


class EndRoleForm(forms.Form):
    """The last day of a role."""

    last_day = forms.DateField(label=_("Last day"), widget=Day())

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data, initial={"last_day": today})
