"""The form of who reports an error. It validates shape; `actions` judges sense."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bassin.errors import Refused
from bassin.observe.companies.correctable import Datum
from bassin.parties.traps import TrappedForm
from bassin.ui.reader import language


class ReportForm(TrappedForm):
    """What is true of one datum, and how it is known."""

    salt = "bassin.observe.companies.correction"

    value = forms.CharField(label=_("What is true?"), max_length=300, required=False)
    why = forms.CharField(
        label=_("How do you know?"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only officers read it. Name no person here."),
    )  # fmt: skip
    says_firm = forms.BooleanField(label=_("This firm is mine, or I work there"), required=False)

    def __init__(self, *args: Any, datum: Datum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.datum = datum
        words = language()
        if datum.choices is not None:
            choices = [(key, each.say(words)) for key, each in datum.choices.items()]
            self.fields["value"] = forms.ChoiceField(
                label=_("What is true?"), choices=[("", "—"), *choices]
            )
        self.fields["value"].help_text = datum.hint.say(words)
        if not datum.hint.fr and datum.choices is None:
            self.fields["value"].help_text = _("Leave it empty when there should be nothing.")

    def clean_value(self) -> str:
        """What can be a value of this datum, as it was typed."""
        typed = str(self.cleaned_data["value"]).replace("\0", "").strip()
        if typed:
            try:
                self.datum.read(typed)
            except Refused as refusal:
                raise forms.ValidationError(refusal.text.say(language())) from refusal
        return typed


class WhyForm(forms.Form):
    """Why a report is refused."""

    why = forms.CharField(max_length=500)
