"""What people write about signals."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bassin.errors import Refused
from bassin.observe.watch.models import Rating, Signal
from bassin.parties.models import Organisation, Person
from bassin.parties.widgets import Day
from bassin.taxonomies import naf
from bassin.taxonomies.interval import typed

_SOON = timedelta(days=14)


class AssignForm(forms.Form):
    """To whom a signal is given."""

    to = forms.ModelChoiceField(Person.objects.none(), label=_("Give it to"))

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Person.objects.filter(pk__in=[each.pk for each in people])


class ContactForm(forms.Form):
    """That the firm was contacted."""

    on = forms.DateField(label=_("On"), widget=Day)
    text = forms.CharField(label=_("What was said"), max_length=1000, required=False)


class SnoozeForm(forms.Form):
    """Until when a signal is put off."""

    until = forms.DateField(label=_("Put it off until"), widget=Day)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"until": today + _SOON})
        super().__init__(*args, **kwargs)


class CloseForm(forms.Form):
    """What came of a signal, and why."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Signal.Outcome.choices)
    why = forms.CharField(label=_("Why, in a few words"), max_length=500)


class ShareForm(forms.Form):
    """To which partner a signal is entrusted."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.exclude(
            kind__in=[Organisation.Kind.FIRM, Organisation.Kind.AUTHORITY]
        ),
        label=_("Entrust it to"),
    )


class SayForm(forms.Form):
    """A remark."""

    text = forms.CharField(
        label=_("Remark"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class RateForm(forms.Form):
    """What the alert was worth."""

    useful = forms.TypedChoiceField(
        label=_("Was this alert useful?"), choices=(("1", _("yes")), ("0", _("no"))),
        coerce=lambda text: text == "1", widget=forms.RadioSelect,
    )  # fmt: skip
    reason = forms.ChoiceField(label=_("Why"), choices=Rating.Reason.choices)


class NoteForm(forms.Form):
    """What an adviser knows of a firm."""

    number = forms.CharField(
        label=_("SIREN or SIRET"), max_length=20, required=False,
        help_text=_("Its establishments here give the exposed jobs."),
    )  # fmt: skip
    name = forms.CharField(label=_("Name of the firm"), max_length=200, required=False)
    commune = forms.ChoiceField(label=_("Commune"), required=False)
    naf_code = forms.CharField(
        label=_("Activity (NAF code)"), max_length=7, required=False, help_text=_("As 25.62B.")
    )
    jobs = forms.CharField(
        label=_("Exposed jobs"), max_length=20, required=False,
        help_text=_("A number, or two when you are not sure: 140, or 100-199."),
    )  # fmt: skip
    on = forms.DateField(label=_("Since when?"), widget=Day)
    text = forms.CharField(
        label=_("What you know, and from whom"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Facts about the firm, never about people's private life."),
    )  # fmt: skip
    outlet = forms.CharField(
        label=_("Seen in the press: which newspaper?"), max_length=120, required=False
    )
    link = forms.URLField(
        label=_("Address of the article"), max_length=500, required=False, assume_scheme="https",
        help_text=_("Paste the address, and say in your own words what it tells: the text of an "
                    "article belongs to its publisher. This service reads nothing there."),
    )  # fmt: skip
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("In the name of"), required=False
    )

    def __init__(
        self, *args: Any, communes: dict[str, str], bodies: list[int], officer: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        commune, body = self.fields["commune"], self.fields["organisation"]
        assert isinstance(commune, forms.ChoiceField)
        assert isinstance(body, forms.ModelChoiceField)
        named = sorted(communes.items(), key=lambda pair: pair[1])
        commune.choices = [("", _("not said")), *named]
        body.queryset = Organisation.objects.filter(pk__in=bodies)
        if officer:
            del self.fields["organisation"]
        else:
            body.required, body.empty_label = True, None

    def clean_naf_code(self) -> str:
        """The code as the nomenclature writes it."""
        text = self.cleaned_data["naf_code"]
        try:
            return str(naf.parse(text).code) if text else ""
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean_jobs(self) -> Any:
        """An interval; None when nothing is written."""
        text = self.cleaned_data["jobs"]
        found = typed(text) if text else None
        if text and found is None:
            raise forms.ValidationError(_("Write a number, or two: 140, or 100-199."))
        return found
