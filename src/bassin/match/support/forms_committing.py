"""Forms of commitments and of what firms say of themselves."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bassin.match.support.commitments.questionnaire import ANSWERS, UNKNOWN, Questionnaire
from bassin.match.support.forms import in_the_name_of
from bassin.match.support.models.promised import PILLARS, Scheme, Unit
from bassin.parties.models import Organisation
from bassin.parties.widgets import Day
from bassin.ui.picking import PickField


def _pledges() -> list[tuple[str, str]]:
    found = [("", str(_("choose")))]
    for each, held in PILLARS.items():
        scheme = Scheme(each)
        found += [(f"{scheme.value}:{code}", f"{scheme.label} · {held[code]}") for code in held]
    return found


class PromiseForm(forms.Form):
    """A promise, in the order of the paper that was signed."""

    firm_name = forms.CharField(label=_("name of the firm"), max_length=200)
    siret = forms.CharField(label=_("SIRET"), max_length=20)
    commune_code = forms.ChoiceField(label=_("commune"), required=False)
    pledge = forms.ChoiceField(label=_("scheme and pillar"))
    title = forms.CharField(
        label=_("what the firm promises"), max_length=200,
        help_text=_("In its own words, as it signed them."),
    )  # fmt: skip
    target = forms.IntegerField(label=_("how much"), min_value=1, max_value=2_000_000_000)
    unit = forms.ChoiceField(label=_("of what"), choices=Unit.choices)
    signed_on = forms.DateField(label=_("signed on"), widget=Day())
    due_on = forms.DateField(label=_("before"), widget=Day())
    signatory_name = forms.CharField(label=_("who signed, in the firm"), max_length=120)
    signatory_role = forms.CharField(label=_("function"), max_length=120, required=False)
    action = PickField(
        label=_("action of a programme that it serves"), kinds=("action", "node"), required=False
    )
    public = forms.BooleanField(
        label=_("the firm agrees that everyone sees this promise and what of it is proved"),
        required=False,
    )  # fmt: skip
    agreed_name = forms.CharField(label=_("who agreed to show it"), max_length=120, required=False)
    agreed_on = forms.DateField(label=_("agreed on"), widget=Day(), required=False)
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("in the name of"))

    def __init__(
        self, *args: Any, communes: dict[str, str], bodies: Sequence[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pledge"] = forms.ChoiceField(
            label=_("scheme and pillar"), choices=_pledges(),
            help_text=_("As the paper that was signed names it."),
        )  # fmt: skip
        self.fields["commune_code"] = forms.ChoiceField(
            label=_("commune"), required=False,
            choices=[("", _("elsewhere, or not said")), *communes.items()],
        )  # fmt: skip
        if not bodies:
            del self.fields["organisation"]
            return
        self.fields["organisation"] = in_the_name_of(bodies)

    def clean(self) -> dict[str, Any]:
        """The scheme and the pillar, which one question asks together."""
        said = super().clean() or self.cleaned_data
        said["scheme"], _colon, said["pillar"] = said.pop("pledge", "").partition(":")
        return said


class ProofForm(forms.Form):
    """What was done, and what shows it."""

    text = forms.CharField(
        label=_("what was done"), max_length=600, widget=forms.Textarea(attrs={"rows": 2})
    )
    quantity = forms.IntegerField(label=_("how much it proves"), min_value=1,
                                  max_value=2_000_000_000)  # fmt: skip
    on = forms.DateField(label=_("done on"), widget=Day())
    source = forms.CharField(
        label=_("who says so"), max_length=200, required=False,
        help_text=_("A name in the firm, a partner, a register. A firm that brings it itself may "
                    "leave it empty."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("document"), required=False,
        help_text=_("Without names that are not needed: no list of interns, a certificate."),
    )  # fmt: skip


class WhyForm(forms.Form):
    """A reason."""

    why = forms.CharField(label=_("why"), max_length=300, required=False)


class ChooseForm(forms.Form):
    """Which commitments: in the address, so that a list can be kept as a bookmark."""

    q = forms.CharField(label=_("name or SIRET"), required=False, max_length=80)
    dispositif = forms.ChoiceField(
        label=_("scheme"), required=False, choices=[("", _("all")), *Scheme.choices]
    )
    commune = forms.ChoiceField(label=_("commune"), required=False)
    etat = forms.ChoiceField(
        label=_("state"), required=False,
        choices=[
            ("", _("all")), ("going", _("under way")), ("late", _("late")), ("kept", _("kept")),
            ("ended", _("ended before its term")), ("review", _("to review")),
            ("waiting", _("with a proof to judge")),
        ],
    )  # fmt: skip

    def __init__(self, *args: Any, communes: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        anything: tuple[str, Any] = ("", _("all"))
        self.fields["commune"] = forms.ChoiceField(
            label=_("commune"), required=False, choices=[anything, *communes.items()]
        )


class AssessForm(forms.Form):
    """The questions, each with three answers and « I do not know », which is where each begins."""

    firm_name = forms.CharField(label=_("name of the firm"), max_length=200)
    siret = forms.CharField(label=_("SIRET"), max_length=20)
    on = forms.DateField(label=_("answered on"), widget=Day())
    agreed_name = forms.CharField(
        label=_("who answered, in the firm, and agreed to keep it"), max_length=120
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("shared with"),
        help_text=_("It reads these answers; nobody else does, but the firm itself."),
    )  # fmt: skip
    agrees = forms.BooleanField(
        label=_("the firm agrees that these answers be kept for three years, and may have them "
                "deleted before")
    )  # fmt: skip

    def __init__(
        self, *args: Any, asked: Questionnaire, bodies: Any, language: str, today: date,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.asked = asked
        self.fields["on"].initial = today
        self.fields["organisation"] = forms.ModelChoiceField(
            bodies, label=_("shared with"), initial=bodies.first(),
            help_text=self.base_fields["organisation"].help_text,
        )  # fmt: skip
        for each in asked.questions:
            self.fields[f"q-{each.code}"] = forms.ChoiceField(
                label=each.ask.say(language), choices=list(ANSWERS.items()), initial=UNKNOWN,
                widget=forms.RadioSelect, help_text=each.why.say(language),
            )  # fmt: skip

    def about(self) -> list[forms.BoundField]:
        """The fields that say who answers, and on which day."""
        return [self[name] for name in self.base_fields]

    def themes(self, language: str) -> list[tuple[str, list[forms.BoundField]]]:
        """The questions by theme."""
        return [
            (theme.say(language), [self[f"q-{each.code}"] for each in held])
            for theme, held in self.asked.themes.items()
        ]

    def answers(self) -> Mapping[str, str]:
        """What was answered; what was left is « I do not know »."""
        return {
            each.code: self.cleaned_data.get(f"q-{each.code}") or UNKNOWN
            for each in self.asked.questions
        }
