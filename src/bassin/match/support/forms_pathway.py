"""The filters of the creation pathway: in the address, so that a view can be kept."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bassin.match.support.models import SocialForm

_ALL = ("", _("all"))
_SAID = [_ALL, ("yes", _("yes")), ("no", _("no"))]


class PathwayForm(forms.Form):
    """Which projects: by agreement, by form, by what people say of themselves."""

    convention = forms.ChoiceField(label=_("under which agreement"), required=False)
    forme = forms.ChoiceField(
        label=_("social form"), required=False,
        choices=[_ALL, ("any", _("any social form")), *SocialForm.choices],
    )  # fmt: skip
    femme = forms.ChoiceField(label=_("led by a woman"), required=False, choices=_SAID)
    quartier = forms.ChoiceField(
        label=_("the holder lives in a priority neighbourhood"), required=False, choices=_SAID
    )

    def __init__(self, *args: Any, agreements: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["convention"] = forms.ChoiceField(
            label=_("under which agreement"), required=False,
            choices=[_ALL, *((each, each) for each in agreements)],
        )  # fmt: skip
