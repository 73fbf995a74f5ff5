"""The form that presents a trade."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from bassin.match.jobs.models import TradeShown
from bassin.parties.models import Organisation
from bassin.parties.widgets import Day


class TradeForm(forms.ModelForm):
    """A visit, a picture, a testimony. A picture is added by an officer."""

    file = forms.FileField(label=_("Picture (JPEG or PNG)"), required=False)

    COMPARED = ("organisation", "rome_code", "kind", "title", "text", "alt", "rights",
                "person_name", "agreed_on", "shown_until")  # fmt: skip

    class Meta:
        model = TradeShown
        fields: ClassVar = [
            "organisation", "rome_code", "kind", "title", "text", "file", "alt", "rights",
            "person_name", "agreed_on", "shown_until",
        ]  # fmt: skip
        widgets: ClassVar = {
            "text": forms.Textarea(attrs={"rows": 5}),
            "agreed_on": Day,
            "shown_until": Day,
        }
        help_texts: ClassVar = {
            "rome_code": _("A letter and four figures: N1101."),
            "alt": _("For those who do not see the picture."),
            "person_name": _("A first name is enough. Only with their agreement."),
            "shown_until": _("Taken off line that day; the person named is then forgotten."),
        }

    def __init__(self, *args: Any, bodies: Sequence[int], pictures: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Organisation.objects.filter(pk__in=bodies)
        field.required = not pictures
        if not pictures:
            for name in ("file", "alt", "rights"):
                del self.fields[name]

    def written(self) -> dict[str, Any]:
        """What `actions_trades.propose` takes."""
        given = dict(self.cleaned_data)
        return {**given, "picture": given.pop("file", None)} if "file" in given else given

    def _post_clean(self) -> None:
        """The action judges the record as a whole."""
