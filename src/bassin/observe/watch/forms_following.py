"""What people write about what they want to be told of."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bassin.observe.watch.models import Signal
from bassin.taxonomies import naf
from bassin.taxonomies.codes import Level


class SubscribeForm(forms.Form):
    """What to be told of; what is left empty keeps everything."""

    name = forms.CharField(label=_("Name"), max_length=80)
    kinds = forms.MultipleChoiceField(
        label=_("Kinds"), choices=Signal.Kind.choices, required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("None ticked: all of them."),
    )  # fmt: skip
    communes = forms.MultipleChoiceField(
        label=_("Communes"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all of them."),
    )  # fmt: skip
    naf = forms.CharField(
        label=_("Activities"), max_length=200, required=False,
        help_text=_("Beginnings of NAF codes, a space between: 25 28 33.12Z. Empty: all."),
    )  # fmt: skip
    selection = forms.ChoiceField(
        label=_("Kept selection of firms"), required=False,
        help_text=_("Only the signals of firms that it holds."),
    )  # fmt: skip
    weekly = forms.BooleanField(label=_("An e-mail each week"), required=False, initial=True)

    def __init__(
        self, *args: Any, communes: dict[str, str], selections: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        places, kept = self.fields["communes"], self.fields["selection"]
        assert isinstance(places, forms.MultipleChoiceField)
        assert isinstance(kept, forms.ChoiceField)
        named = sorted(communes.items(), key=lambda pair: pair[1])
        places.choices = named
        kept.choices = [("", _("no selection")), *selections.items()]

    def clean_naf(self) -> str:
        """Beginnings that some activity has."""
        known = [code.replace(".", "") for code in naf.rev2().codes(Level.SUBCLASS)]
        asked = self.cleaned_data["naf"].upper().split()
        for each in asked:
            if not any(code.startswith(each.replace(".", "")) for code in known):
                raise forms.ValidationError(
                    _("No activity begins with “%(code)s”."), params={"code": each}
                )
        return " ".join(asked)
