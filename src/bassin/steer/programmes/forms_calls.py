"""The forms of calls for projects."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bassin.steer.programmes.actions_calls import CALL_FIELDS
from bassin.steer.programmes.forms import Shape, Tags, dated
from bassin.steer.programmes.models import Action, Call, CallMatch


class CallForm(Shape):
    """A call for projects."""

    themes = Tags(label=_("themes"), required=False, help_text=_("Separate them with commas."))
    kinds = forms.MultipleChoiceField(
        label=_("eligible kinds of actions"), required=False, choices=Action.Kind.choices,
        widget=forms.CheckboxSelectMultiple, help_text=_("None ticked: the call does not say."),
    )  # fmt: skip

    url = forms.URLField(label=_("address"), required=False, assume_scheme="https")

    class Meta:
        model = Call
        fields = CALL_FIELDS
        formfield_callback = dated
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}


class SettleForm(forms.Form):
    """What a person decides about a call for an action."""

    state = forms.ChoiceField(
        label=_("decision"), choices=CallMatch.State.choices, widget=forms.RadioSelect
    )
    why = forms.CharField(label=_("why"), max_length=300, required=False)
