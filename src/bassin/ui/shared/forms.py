"""Forms of the shared records. They judge the shape; the verbs of `bassin.commons` the sense."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bassin.commons.models import Operation, Visibility
from bassin.parties.models import Organisation
from bassin.parties.widgets import Day
from bassin.ui.shared.views.common import communes

_MOMENT = {"type": "datetime-local"}


class EventForm(forms.Form):
    """What the agenda says of an event."""

    title = forms.CharField(label=_("Title"), max_length=160)
    title_en = forms.CharField(label=_("Title in English"), max_length=160, required=False)
    starts_at = forms.DateTimeField(
        label=_("Starts"), widget=forms.DateTimeInput(_MOMENT, format="%Y-%m-%dT%H:%M")
    )
    ends_at = forms.DateTimeField(
        label=_("Ends"), widget=forms.DateTimeInput(_MOMENT, format="%Y-%m-%dT%H:%M")
    )
    place = forms.CharField(label=_("Place, address"), max_length=200, required=False)
    commune_code = forms.ChoiceField(label=_("Commune"), required=False)
    organiser = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organiser"), required=False
    )
    url = forms.URLField(
        label=_("Web address"), required=False, assume_scheme="https",
        help_text=_("Where people register or read more."),
    )  # fmt: skip
    text = forms.CharField(label=_("Description"), widget=forms.Textarea, required=False)
    text_en = forms.CharField(
        label=_("Description in English"), widget=forms.Textarea, required=False
    )
    visibility = forms.ChoiceField(label=_("Who sees it"), choices=Visibility.choices)

    def __init__(
        self, *args: Any, organisers: QuerySet[Organisation], officer: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choice, organiser = self.fields["commune_code"], self.fields["organiser"]
        assert isinstance(choice, forms.ChoiceField)
        assert isinstance(organiser, forms.ModelChoiceField)
        choice.choices = [("", _("none in particular")), *communes().items()]
        organiser.queryset = organisers
        organiser.required = not officer


class OperationForm(forms.Form):
    """What is known of an operation; what is not stays empty, and the page says so."""

    name = forms.CharField(label=_("Name"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind"), choices=Operation.Kind.choices)
    phase = forms.ChoiceField(label=_("Phase"), choices=Operation.Phase.choices)
    phase_on = forms.DateField(
        label=_("Phase known on"),
        required=False,
        widget=Day(),
    )
    lead = forms.ModelChoiceField(Organisation.objects.all(), label=_("Lead"), required=False)
    commune_codes = forms.MultipleChoiceField(
        label=_("Communes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    text = forms.CharField(label=_("Description"), widget=forms.Textarea, required=False)
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("The document that says all this.")
    )
    visibility = forms.ChoiceField(label=_("Who sees it"), choices=Visibility.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["commune_codes"]
        assert isinstance(choice, forms.MultipleChoiceField)
        choice.choices = list(communes().items())


class FloorForm(forms.Form):
    """The floor space of one use."""

    use = forms.CharField(label=_("Use"), max_length=60)
    planned_m2 = forms.IntegerField(label=_("Planned (m²)"), min_value=0, required=False)
    delivered_m2 = forms.IntegerField(label=_("Delivered (m²)"), min_value=0, required=False)
    delivery_on = forms.DateField(
        label=_("Delivery"),
        required=False,
        widget=Day(),
    )
    source = forms.CharField(label=_("Source"), max_length=300)


class OutlineForm(forms.Form):
    """A dated outline."""

    geometry = forms.JSONField(
        label=_("Outline (GeoJSON)"), widget=forms.Textarea,
        help_text=_("A polygon, in longitudes and latitudes (WGS 84)."),
    )  # fmt: skip
    valid_from = forms.DateField(label=_("Since"), widget=Day())
    source = forms.CharField(label=_("Source"), max_length=300)


class CancelForm(forms.Form):
    """Whether an event is really called off."""

    sure = forms.BooleanField(label=_("Yes, call this event off"))


class PutAwayForm(forms.Form):
    """Why a record is taken off the pages."""

    why = forms.CharField(label=_("Why it is put away"), max_length=300)


class DocumentForm(forms.Form):
    """A file, or its address, and who sees it."""

    title = forms.CharField(label=_("Title"), max_length=200)
    file = forms.FileField(
        label=_("File"), required=False, help_text=_("PDF, image, text or office file, 20 MB.")
    )
    url = forms.URLField(
        label=_("or its web address"), required=False, assume_scheme="https", max_length=200
    )
    dated_on = forms.DateField(
        label=_("Date of the document"),
        required=False,
        widget=Day(),
    )
    reference = forms.CharField(
        label=_("What it is about"), required=False, max_length=120,
        help_text=_("A reference such as commons:operation:name; leave empty for none."),
    )  # fmt: skip
    visibility = forms.ChoiceField(
        label=_("Who sees it"), choices=Visibility.choices, initial=Visibility.INTERNAL
    )


class WeightsForm(forms.Form):
    """What each criterion counts for, out of 100 points."""

    def __init__(self, *args: Any, signals: Sequence[tuple[Any, str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for signal, title, weight in signals:
            self.fields[signal.code] = forms.DecimalField(
                label=title, min_value=0, max_value=100, decimal_places=2, initial=weight,
                help_text=_("Points out of 100; 0 when it does not count."),
            )  # fmt: skip
        self.fields["valid_from"] = forms.DateField(
            label=_("From"), widget=Day, initial=timezone.localdate
        )
        self.fields["why"] = forms.CharField(
            label=_("Why"), max_length=300, help_text=_("Everyone reads it beside the weights.")
        )
