"""What is typed about the minutes of a workshop."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bassin.debate.workshops.publishing import LONGEST
from bassin.parties.widgets import Day


class MinutesForm(forms.Form):
    """The synthesis in a few sentences."""

    text = forms.CharField(
        label=_("In a few sentences"),
        help_text=_("What came out, what was debated, what is proposed. Results follow by "
                    "themselves."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=LONGEST,
        required=False,
    )  # fmt: skip


class ValidationForm(forms.Form):
    """Who validated the minutes, and when."""

    by_whom = forms.CharField(
        label=_("Validated by"),
        help_text=_("The body that read them, by its name."),
        max_length=160,
    )
    on = forms.DateField(label=_("On"), widget=Day())
