"""The forms of reports."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bassin.steer.programmes.forms import offer
from bassin.steer.programmes.models import Action, Health, Milestone
from bassin.steer.programmes.rules import OVER


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
    finished = forms.BooleanField(label=_("The whole action is done"), required=False)
    steps = forms.ModelMultipleChoiceField(
        label=_("Steps that are done"), queryset=Milestone.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    blocked_cause = forms.CharField(
        label=_("What blocks it"), max_length=300, required=False,
        help_text=_("Only when it is blocked."),
    )  # fmt: skip
    unblock_condition = forms.CharField(
        label=_("What would unblock it"), max_length=300, required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left = action.milestones.filter(done_on=None)
        offer(self, "steps", queryset=left)
        if not left.exists():
            del self.fields["steps"]
        if action.lifecycle in OVER:
            del self.fields["finished"]
