"""The forms of obstacles: the public one, made to take a minute, and those of officers."""

from django import forms
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from bassin.parties.traps import TrappedForm
from bassin.steer.programmes.forms import dated
from bassin.steer.programmes.models import Action, Obstacle


def _purpose() -> str:
    """What the address is used for, and until when, as declared beside the table."""
    hold = next(each for each in Obstacle.personal.holds if each.address)
    return gettext(
        "Only to send you the answer. Kept {kept}, then deleted; you may ask for it sooner."
    ).format(kept=hold.kept.say(get_language() or "fr"))


class ObstacleForm(TrappedForm):
    """What a firm tells, in a minute. Two questions are needed, the others help."""

    salt = "bassin.steer.programmes.obstacle"

    procedure = forms.CharField(
        label=_("Which procedure?"), max_length=200,
        help_text=_("A permit, an authorisation, a subsidy, a customs form…"),
    )  # fmt: skip
    text = forms.CharField(
        label=_("What happened?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It is read by officers and by the body in charge, and is never published."),
    )  # fmt: skip
    delay_days = forms.IntegerField(
        label=_("How many days have you been waiting?"), min_value=0, required=False
    )
    competent_body = forms.CharField(
        label=_("Which body is in charge?"), max_length=200, required=False
    )
    proposal = forms.CharField(
        label=_("What would help?"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    siret = forms.RegexField(
        r"^\d{14}$", label=_("SIRET of the establishment"), required=False, max_length=14,
        help_text=_("14 digits. It is never published."),
        error_messages={"invalid": _("A SIRET has 14 digits.")},
    )  # fmt: skip
    contact_email = forms.EmailField(
        label=_("E-mail address for the answer"), required=False, help_text=lazy(_purpose, str)()
    )

    def clean_siret(self) -> str:
        """The digits alone."""
        return str(self.cleaned_data["siret"] or "")


class PassOnForm(forms.ModelForm):
    """To whom an obstacle is passed on."""

    class Meta:
        model = Obstacle
        fields = ("competent_body", "due_on")
        formfield_callback = dated

    def _post_clean(self) -> None:
        """The record stays as it is: a verb changes it."""


class AnswerForm(forms.Form):
    """The answer of the body in charge."""

    text = forms.CharField(label=_("answer"), widget=forms.Textarea(attrs={"rows": 4}))
    state = forms.ChoiceField(
        label=_("state"), widget=forms.RadioSelect,
        choices=[
            (each.value, each.label)
            for each in (Obstacle.State.LIFTED, Obstacle.State.NOT_LIFTED, Obstacle.State.ANSWERED)
        ],
    )  # fmt: skip
    days_saved = forms.IntegerField(
        label=_("days saved"), min_value=0, required=False, help_text=_("When it is lifted.")
    )
    rule = forms.CharField(label=_("rule at stake"), max_length=200, required=False)
    action = forms.ModelChoiceField(
        label=_("action"), queryset=Action.objects.filter(archived_at=None), required=False
    )
