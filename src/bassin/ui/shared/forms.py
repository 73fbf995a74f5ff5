"""Forms of the shared records. They judge the shape; the verbs of `bassin.commons` the sense."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bassin.commons.models import Visibility
from bassin.parties.models import Organisation
from bassin.ui.shared.views.common import communes

_MOMENT = {"type": "datetime-local"}


class EventForm(forms.Form):
    """What the agenda says of an event."""

    title = forms.CharField(label=_("Title"), max_length=160)
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
        label=_("Date of the document"), required=False, widget=forms.DateInput({"type": "date"})
    )
    reference = forms.CharField(
        label=_("What it is about"), required=False, max_length=120,
        help_text=_("A reference such as commons:operation:name; leave empty for none."),
    )  # fmt: skip
    visibility = forms.ChoiceField(
        label=_("Who sees it"), choices=Visibility.choices, initial=Visibility.INTERNAL
    )
