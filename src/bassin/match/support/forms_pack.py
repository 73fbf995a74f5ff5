"""The form by which an answer pack is shared."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bassin.match.support.packing import LONGEST_DAYS
from bassin.parties.widgets import Day


class LinkForm(forms.Form):
    """Until when a link may be read."""

    jusqu = forms.DateField(label=gettext_lazy("the link ends on"), widget=Day())

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["jusqu"].initial = today + timedelta(days=30)

    def clean_jusqu(self) -> date:
        """A day to come, not too far."""
        found: date = self.cleaned_data["jusqu"]
        if not self.today < found <= self.today + timedelta(days=LONGEST_DAYS):
            raise forms.ValidationError(
                _("Choose a day to come, within {days} days.").format(days=LONGEST_DAYS)
            )
        return found
