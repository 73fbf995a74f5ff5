"""What people are asked on the pages of personal data."""

from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bassin.parties.models import Person
from bassin.parties.privacy.register import declarations
from bassin.parties.widgets import Day


class Confirmation(forms.Form):
    """One's own e-mail address, typed again: nobody erases everything by a slip."""

    address = forms.CharField(
        label=gettext_lazy("Your e-mail address, to confirm"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, address: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = address

    def clean_address(self) -> str:
        """The address must be that of the account."""
        typed: str = self.cleaned_data["address"]
        if typed.strip().lower() != self.expected:
            raise forms.ValidationError(
                _("This is not the address of your account. Nothing was erased.")
            )
        return typed


class AuditFilter(forms.Form):
    """Which part of the audit: what was done, on which records, by whom, between two days."""

    ACTIONS = (
        ("", gettext_lazy("everything")),
        ("3", gettext_lazy("reads")),
        ("0", gettext_lazy("creations")),
        ("1", gettext_lazy("changes")),
        ("2", gettext_lazy("deletions")),
    )
    action = forms.ChoiceField(label=gettext_lazy("What was done"), choices=ACTIONS, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of record"), required=False)
    person = forms.CharField(label=gettext_lazy("By whom (e-mail address)"), required=False)
    since = forms.DateField(
        label=gettext_lazy("From"),
        required=False,
        widget=Day(),
    )
    until = forms.DateField(
        label=gettext_lazy("Until"),
        required=False,
        widget=Day(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = {
            f"{model._meta.app_label}.{model._meta.model_name}": str(model._meta.verbose_name)
            for model, declared in declarations().items()
            if declared.audited
        }
        choice = self.fields["kind"]
        assert isinstance(choice, forms.ChoiceField)
        listed = sorted(kinds.items(), key=lambda pair: pair[1])
        choice.choices = [("", gettext_lazy("all")), *listed]

    def clean_person(self) -> Person | None:
        """The person of that address."""
        typed = self.cleaned_data["person"].strip()
        found = Person.objects.filter(email__iexact=typed).first()
        if typed and found is None:
            raise forms.ValidationError(_("Nobody has this address here."))
        return found

    def narrowed(self, entries: Any) -> Any:
        """The entries that answer."""
        asked = self.cleaned_data
        if asked["action"]:
            entries = entries.filter(action=int(asked["action"]))
        if asked["kind"]:
            entries = entries.filter(
                content_type=ContentType.objects.get_by_natural_key(*asked["kind"].split("."))
            )
        if asked["person"]:
            entries = entries.filter(actor=asked["person"])
        if asked["since"]:
            entries = entries.filter(timestamp__date__gte=asked["since"])
        if asked["until"]:
            entries = entries.filter(timestamp__date__lte=asked["until"])
        return entries
