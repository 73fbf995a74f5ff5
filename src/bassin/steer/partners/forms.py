"""Forms of the partners' pages. They validate shape; `actions` validates sense."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bassin.parties.models import Organisation
from bassin.parties.widgets import Day
from bassin.steer.partners.models import Offer, Quote, ServiceRequest, WatchNote
from bassin.steer.partners.pathways import pathways


class OfferForm(forms.ModelForm):
    """A service that an organisation offers at one step."""

    url = forms.URLField(label=_("Web page"), required=False, assume_scheme="https")

    class Meta:
        model = Offer
        fields: ClassVar = [
            "step", "part", "title", "audience", "price", "url", "telephone", "starts_on",
            "ends_on",
        ]  # fmt: skip
        widgets: ClassVar = {"starts_on": Day, "ends_on": Day}

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = [
            (way.title.say(language), [(step.code, step.title.say(language)) for step in way.steps])
            for way in pathways()
        ]
        self.fields["step"] = forms.ChoiceField(label=_("Step"), choices=steps)

    def clean(self) -> dict[str, Any]:
        """The end comes after the start."""
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("This is before the start."))
        return cleaned


class RequestForm(forms.ModelForm):
    """What a commune asks of the agency."""

    class Meta:
        model = ServiceRequest
        fields: ClassVar = ["organisation", "text", "use"]
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, communes: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = forms.ModelChoiceField(label=_("Commune"), queryset=communes)
        self.fields["use"].required = False
        self.fields["use"].help_text = _("Leave it empty when you do not know yet.")


class QuoteForm(forms.ModelForm):
    """A price for a request."""

    amount_eur = forms.DecimalField(
        label=_("Amount (€)"), min_value=0, max_digits=12, decimal_places=2
    )

    class Meta:
        model = Quote
        fields: ClassVar = ["amount_eur", "text", "valid_until"]
        widgets: ClassVar = {"valid_until": Day, "text": forms.Textarea(attrs={"rows": 3})}


class WatchForm(forms.ModelForm):
    """A technology or a practice seen outside that may serve the communes."""

    url = forms.URLField(label=_("Address"), required=False, assume_scheme="https")

    class Meta:
        model = WatchNote
        fields: ClassVar = ["title", "text", "theme", "url"]
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 3})}
