"""The forms of reports."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bassin.steer.programmes.models import Health


class ConfirmForm(forms.Form):
    """The figure and the health that a report by e-mail proposes."""

    progress = forms.IntegerField(
        label=_("Progress (%)"), min_value=0, max_value=100, required=False,
        help_text=_("Of the whole action. Leave blank when you do not know."),
    )  # fmt: skip
    health = forms.ChoiceField(
        label=_("How it goes"), required=False,
        choices=[("", _("I do not say")), *Health.choices],
        widget=forms.RadioSelect,
    )  # fmt: skip
    blocked_cause = forms.CharField(
        label=_("What blocks it"), max_length=300, required=False,
        help_text=_("Only when it is blocked."),
    )  # fmt: skip
    unblock_condition = forms.CharField(
        label=_("What would unblock it"), max_length=300, required=False,
    )  # fmt: skip
