"""Forms of letters to firms."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bassin.match.support.forms import in_the_name_of
from bassin.parties.models import Organisation


class LetterForm(forms.Form):
    """To whom, what for, and the words."""

    selection = forms.ChoiceField(label=_("selection of firms"))
    purpose = forms.CharField(
        label=_("what for"), max_length=200,
        help_text=_("Written at the foot of each message: why a firm receives it. It must touch "
                    "their trade."),
    )  # fmt: skip
    subject = forms.CharField(label=_("subject"), max_length=150)
    body = forms.CharField(
        label=_("letter"), max_length=8000, widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Fields are written between braces; what follows a bar stands in where a firm "
                    "has no such value."),
    )  # fmt: skip
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("in the name of"))

    def __init__(
        self, *args: Any, selections: Mapping[str, str], bodies: Sequence[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["selection"] = forms.ChoiceField(
            label=_("selection of firms"), choices=list(selections.items())
        )
        self.fields["organisation"] = in_the_name_of(bodies)


class ConfirmForm(forms.Form):
    """The number of messages, typed by who lets them leave."""

    count = forms.IntegerField(label=_("how many messages leave"), min_value=1)
