"""Forms of who asks to write for a firm. They validate shape; `actions_claims` judges sense."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bassin.match.jobs import sirene


class SiretForm(forms.Form):
    """The number of the establishment that hires."""

    siret = forms.CharField(
        label=_("SIRET of the establishment that hires"), max_length=40,
        help_text=_("Fourteen digits, on an invoice, a pay slip or annuaire-entreprises."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip

    def clean_siret(self) -> str:
        """Fourteen digits whose key is right."""
        kept = sirene.digits(self.cleaned_data["siret"])
        if not kept.isascii() or not kept.isdigit() or len(kept) != len("00000000000000"):
            raise forms.ValidationError(
                _("A SIRET has fourteen digits: the nine of the firm, then five of the "
                  "establishment. You gave {count}."
                ).format(count=sum(sign.isdigit() for sign in kept))
            )  # fmt: skip
        if not sirene.is_right(kept):
            raise forms.ValidationError(
                _("This number cannot be a SIRET: its key is wrong. Check it digit by digit.")
            )
        return kept


class ClaimForm(forms.Form):
    """Who asks, and how the authority reaches the firm."""

    firm_name = forms.CharField(
        label=_("Name of the firm"), max_length=200,
        help_text=_("As candidates will read it."),
    )  # fmt: skip
    contact_name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    contact_role = forms.CharField(
        label=_("Your function there"), max_length=120,
        help_text=_("For example: manager, head of human resources."),
    )  # fmt: skip
    contact_email = forms.EmailField(
        label=_("Your work e-mail address"),
        help_text=_("A code is sent to it when it is not the one you sign in with."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, named: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if named:  # SIRENE says it: nobody types another
            del self.fields["firm_name"]


class CodeForm(forms.Form):
    """The code that proves an address."""

    code = forms.CharField(
        label=_("The code you received"), max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )  # fmt: skip
