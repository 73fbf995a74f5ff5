"""Forms of offers. They validate shape; `actions` and `checks` validate sense."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bassin.match.jobs.licences import licences
from bassin.match.jobs.models import Offer
from bassin.parties.models import Organisation
from bassin.parties.widgets import Day
from bassin.types import Text

UNKNOWN = ("", _("not said"))
NOTHING = "none"
_ELSEWHERE = _("elsewhere, or not said")


class Hour(forms.TimeInput):
    """An hour of the day, in the browser's own clock."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


def three(label: Any, help_text: Any = "") -> forms.TypedChoiceField:
    """Yes, no, or not said: the third is an answer."""
    return forms.TypedChoiceField(
        label=label, help_text=help_text, required=False, empty_value=None,
        choices=[UNKNOWN, ("yes", _("yes")), ("no", _("no"))], coerce=lambda value: value == "yes",
    )  # fmt: skip


class OfferForm(forms.ModelForm):
    """An offer, in the order in which an employer thinks of it."""

    employer = forms.ModelChoiceField(
        label=_("Employer"), queryset=Organisation.objects.none(), required=False,
        empty_label=_("another firm, named below"),
    )  # fmt: skip
    weekend = three(_("Work on Saturdays or Sundays?"))
    airport_badge = three(_("Is an airport badge needed?"))
    clause = three(_("Reserved by an insertion clause?"))
    licences = forms.MultipleChoiceField(
        label=_("Licences and certificates asked"), required=False,
        help_text=_("Tick nothing if you do not say; “none” if none is asked."),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    apply_url = forms.URLField(
        label=_("Page where to apply"), required=False, assume_scheme="https", max_length=500
    )
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Offer
        fields: ClassVar = [
            "employer", "employer_name", "employer_siret", "title", "text", "rome_code",
            "commune_code", "place", "contract", "contract_months", "starts_on", "hours_week",
            "shift_start", "shift_end", "weekend", "pay_from_eur", "pay_to_eur", "pay_per",
            "positions", "level", "experience_months", "french_level", "licences",
            "airport_badge", "clause", "apply_by", "contact_name", "contact_telephone",
            "contact_email", "apply_url", "apply_words",
        ]  # fmt: skip
        widgets: ClassVar = {
            "text": forms.Textarea(attrs={"rows": 10}),
            "starts_on": Day,
            "shift_start": Hour,
            "shift_end": Hour,
        }
        labels: ClassVar = {"employer_name": _("Name of that firm")}
        help_texts: ClassVar = {
            "title": _("As people say it, with H/F: “Cariste H/F, nuit”."),
            "text": _("What one does all day, with whom, on what. Not who one must be."),
            "rome_code": _("A letter and four figures: N1101. It decides to whom it is proposed."),
            "pay_from_eur": _("Without a pay, an offer is published all the same, and read less."),
            "experience_months": _("0 means that beginners are welcome; empty, not said."),
            "contact_telephone": _("Shown to everyone while the offer is on line."),
            "contact_email": _("Shown to everyone while the offer is on line."),
            "contact_name": _("Deleted six months after the offer ends, with their address."),
            "employer_siret": _("14 figures. It keeps two firms of one name apart."),
        }

    def __init__(
        self, *args: Any, bodies: Sequence[Organisation], communes: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._employers(bodies)
        self.fields["commune_code"] = forms.ChoiceField(
            label=_("Commune"), required=False,
            choices=[("", _ELSEWHERE), *communes.items()],
        )  # fmt: skip
        self._keep_place(communes)
        language = (get_language() or "fr")[:2]
        listed = [(each.code, each.label.say(language)) for each in licences().values()]
        chosen = self.fields["licences"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        chosen.choices = [(NOTHING, _("none")), *listed]
        self._three_valued()

    def _employers(self, bodies: Sequence[Organisation]) -> None:
        field = self.fields["employer"]
        assert isinstance(field, forms.ModelChoiceField)
        keys = [body.pk for body in bodies]
        if self.instance.employer_id:
            keys.append(self.instance.employer_id)
        field.queryset = Organisation.objects.filter(pk__in=keys)
        if not self.is_bound and not self.instance.pk and len(bodies) == 1:
            firm = Organisation.Kind.FIRM
            self.initial["employer"] = bodies[0].pk if bodies[0].kind == firm else None

    def _keep_place(self, communes: dict[str, str]) -> None:
        """Where the offer stands outside the territory, its commune stays one of the choices."""
        code = self.instance.commune_code
        if code and code not in communes:
            field = self.fields["commune_code"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [
                *communes.items(),
                (code, self.instance.place or code),
                ("", _ELSEWHERE),
            ]

    def _three_valued(self) -> None:
        """What the record knows, as these fields say it."""
        for name in ("weekend", "airport_badge", "clause"):
            known = getattr(self.instance, name)
            self.initial[name] = "" if known is None else ("yes" if known else "no")
        held = self.instance.licences
        self.initial["licences"] = [NOTHING] if held == [] else held or []
        self.initial["edition"] = self.instance.edition

    def clean_licences(self) -> list[str] | None:
        """Nothing ticked is not said; “none” is none; both together cannot be."""
        ticked: list[str] = self.cleaned_data["licences"]
        if not ticked:
            return None
        if NOTHING in ticked and len(ticked) > 1:
            raise forms.ValidationError(_("Either none, or these: not both."))
        return [code for code in ticked if code != NOTHING]

    def written(self) -> dict[str, Any]:
        """What `actions` writes, without the employer and the edition."""
        left_out = ("employer", "edition")
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name not in left_out}

    def _post_clean(self) -> None:
        """The action judges the record as a whole; this form only reads what was typed."""


class UntilForm(forms.Form):
    """Until which day it stays on line."""

    until = forms.DateField(label=_("Last day on line"), widget=Day, required=False)


class WhyForm(forms.Form):
    """Why it is refused, and what to change."""

    why = forms.CharField(
        label=_("Why, and what to change"), widget=forms.Textarea(attrs={"rows": 4})
    )


class ReceiptForm(forms.Form):
    """The number on a receipt."""

    receipt = forms.CharField(label=_("Number of the receipt"), max_length=20)


class HireForm(forms.Form):
    """A position filled; the day and the rest are for who follows hires."""

    hired_on = forms.DateField(
        label=_("Hired on"), widget=Day, required=False,
        help_text=_("With a day, the hire is counted once in the authority's registers."),
    )  # fmt: skip
    commune_code = forms.ChoiceField(label=_("Lives in"), required=False)
    from_qpv = three(_("Lives in a priority neighbourhood?"))

    def __init__(self, *args: Any, communes: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["commune_code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _ELSEWHERE), *communes.items()]


CLOSINGS = (Offer.Closing.FILLED, Offer.Closing.WITHDRAWN)


class CloseForm(forms.Form):
    """Why it is closed."""

    why = forms.ChoiceField(
        label=_("Why is it closed?"), choices=[(each.value, each.label) for each in CLOSINGS],
        widget=forms.RadioSelect, initial=Offer.Closing.FILLED.value,
    )  # fmt: skip


def say(texts: Sequence[Text]) -> list[str]:
    """The same in the reader's language."""
    language = (get_language() or "fr")[:2]
    return [text.say(language) for text in texts]
