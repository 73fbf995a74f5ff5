"""Forms of the directory and of referrals. They validate shape; `actions_helping` judges sense."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from bassin.match.jobs.forms_search import MODES
from bassin.match.jobs.models import Need, Public, Referral, Structure
from bassin.parties.models import Organisation
from bassin.parties.widgets import Day

SPOKEN = (
    ("fr", _("French")),
    ("en", _("English")),
    ("ar", _("Arabic")),
    ("pt", _("Portuguese")),
    ("es", _("Spanish")),
    ("it", _("Italian")),
    ("ro", _("Romanian")),
    ("ru", _("Russian")),
    ("uk", _("Ukrainian")),
    ("tr", _("Turkish")),
    ("zh", _("Chinese")),
    ("ta", _("Tamil")),
    ("bm", _("Bambara")),
    ("ff", _("Fula")),
    ("so", _("Somali")),
    ("fsl", _("French sign language")),
)
"""Languages that a service may speak, by their code."""

_ANYWHERE = _("anywhere")
_ANYTHING = _("anything")
_UNSAID = _("elsewhere, or not said")


def chosen(
    label: Any, choices: Sequence[tuple[str, Any]], help_text: Any = ""
) -> forms.MultipleChoiceField:
    """Boxes to tick; nothing ticked is an answer."""
    return forms.MultipleChoiceField(
        label=label, choices=choices, help_text=help_text, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


def where(label: Any, communes: dict[str, str], empty: Any = _UNSAID) -> forms.ChoiceField:
    """One commune of the territory, or none."""
    return forms.ChoiceField(label=label, required=False, choices=[("", empty), *communes.items()])


class HelpersForm(forms.Form):
    """Where one lives and what one needs: in the address, so that it can be sent."""

    commune = forms.ChoiceField(label=_("I live in"), required=False)
    besoin = forms.ChoiceField(
        label=_("I need to"), required=False, choices=[("", _ANYTHING), *Need.choices]
    )
    moyen = forms.ChoiceField(label=_("I travel"), required=False, choices=MODES)

    def __init__(self, *args: Any, communes: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commune"] = where(_("I live in"), communes, _ANYWHERE)


class StructureForm(forms.ModelForm):
    """A structure, in the order in which a person reads it."""

    needs = chosen(_("What one may come for"), Need.choices, _("Nothing ticked: anything."))
    publics = chosen(
        _("For whom it was made"), Public.choices,
        _("What the law or the convention says. Nothing ticked: everyone. It is told to people, "
          "and orders nothing."),
    )  # fmt: skip
    languages = chosen(_("Languages spoken"), SPOKEN)
    commune_codes = chosen(_("Communes served"), [], _("Nothing ticked: wherever one lives."))
    page = forms.URLField(label=_("Web page"), required=False, assume_scheme="https")

    class Meta:
        model = Structure
        fields: ClassVar = [
            "name", "kind", "needs", "publics", "age_from", "age_to", "conditions",
            "commune_codes", "commune_code", "place", "hours", "structure_telephone",
            "structure_email", "page", "languages", "capacity", "wait_days", "wait_on",
            "adviser_name", "adviser_telephone", "adviser_agreed_on", "adviser_until", "source",
        ]  # fmt: skip
        widgets: ClassVar = {
            "conditions": forms.Textarea(attrs={"rows": 3}),
            "wait_on": Day,
            "adviser_agreed_on": Day,
            "adviser_until": Day,
        }
        help_texts: ClassVar = {
            "age_from": _("Only if the service is for certain ages."),
            "conditions": _("In one or two short sentences, as one would say it."),
            "wait_days": _("As it is today; people prefer a long wait to a false one."),
            "adviser_name": _("Public. Only with their agreement, and until a day."),
        }

    def __init__(self, *args: Any, communes: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        served = self.fields["commune_codes"]
        assert isinstance(served, forms.MultipleChoiceField)
        served.choices = list(communes.items())
        label = self.fields["commune_code"].label
        self.fields["commune_code"] = where(label, communes)

    def _post_clean(self) -> None:
        """The action judges the record as a whole; this form only reads what was typed."""


class KeeperForm(forms.Form):
    """For which organisation the structure is kept."""

    organisation = forms.ModelChoiceField(
        label=_("Kept up to date by"), queryset=Organisation.objects.none(), required=False
    )

    def __init__(self, *args: Any, bodies: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Organisation.objects.filter(pk__in=[each.pk for each in bodies])
        if len(bodies) == 1:
            self.initial["organisation"] = bodies[0].pk


class AskForm(forms.ModelForm):
    """A request for help, by the person: the least that lets somebody call back."""

    class Meta:
        model = Referral
        fields: ClassVar = [
            "person_name", "person_telephone", "person_email", "commune_code", "need", "note",
        ]  # fmt: skip
        widgets: ClassVar = {"note": forms.Textarea(attrs={"rows": 3})}
        labels: ClassVar = {"need": _("I need to"), "person_name": _("My first name")}
        help_texts: ClassVar = {
            "person_name": _("The service asks for you by it. No need of your family name."),
            "note": _("When to call, in which language. Nothing about health or family."),
        }

    def __init__(self, *args: Any, communes: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commune_code"] = where(_("Lives in"), communes)

    def clean(self) -> dict[str, Any]:
        """One way to be called back is enough, none is not."""
        given: dict[str, Any] = super().clean() or {}
        if not (given.get("person_telephone") or given.get("person_email")):
            self.add_error(
                "person_telephone",
                _("Give a telephone or an e-mail address: the service must call back."),
            )
        return given

    def _post_clean(self) -> None:
        """The action judges the record as a whole."""


class ReferForm(AskForm):
    """A referral, by an adviser, with the person's agreement."""

    agreed_how = forms.ChoiceField(
        label=_("How did the person agree?"), widget=forms.RadioSelect,
        choices=[
            (each.value, each.label)
            for each in (Referral.Agreed.SPOKEN, Referral.Agreed.WRITTEN)
        ],
    )  # fmt: skip
    agreed_on = forms.DateField(label=_("On which day?"), widget=Day)
    through = forms.ModelChoiceField(
        label=_("Sent by"), queryset=Organisation.objects.none(), empty_label=None
    )

    class Meta(AskForm.Meta):
        labels: ClassVar = {"need": _("What for")}
        help_texts: ClassVar = {
            "person_name": _("The service asks for this person by it: a first name is enough."),
            "note": _("When to call, in which language. Nothing about health or family."),
        }

    def __init__(
        self, *args: Any, bodies: Sequence[Organisation], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["through"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Organisation.objects.filter(pk__in=[each.pk for each in bodies])
        self.initial["agreed_on"] = today


class ReceivedForm(forms.Form):
    """The structure received it; a first meeting, when it is set."""

    meeting_on = forms.DateField(label=_("First meeting on"), widget=Day, required=False)


class OutcomeForm(forms.Form):
    """What came of it."""

    outcome = forms.ChoiceField(
        label=_("What came of it?"), widget=forms.RadioSelect,
        choices=[
            (each.value, each.label)
            for each in Referral.Outcome
            if each != Referral.Outcome.WITHDRAWN
        ],
    )  # fmt: skip


class NumberForm(forms.Form):
    """The number that a person kept."""

    receipt = forms.CharField(label=_("My number"), max_length=20)
