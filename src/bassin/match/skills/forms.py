"""Forms of skills. They validate shape; `actions` validates sense."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from bassin.match.skills.models import Assumption, GreenProject
from bassin.parties.models import Organisation
from bassin.parties.widgets import Day


class CellField(forms.CharField):
    """What is typed as in a cell of a table: read the same, refused in the same words."""

    def __init__(self, read: Callable[[str], Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._read = read

    def clean(self, value: Any) -> Any:
        """What the reader of cells makes of it."""
        text = super().clean(value)
        try:
            return self._read(text) if text else text
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def prepare_value(self, value: Any) -> Any:
        """Several values with a comma between."""
        return ", ".join(value) if isinstance(value, list) else value


class AssumptionForm(forms.ModelForm):
    """A hypothesis: its term, for whom, its three values, why."""

    class Meta:
        model = Assumption
        fields: ClassVar = [
            "term", "sector", "rome_code", "low", "central", "high", "applies_from", "why",
        ]  # fmt: skip
        widgets: ClassVar = {"applies_from": Day}

    def written(self) -> dict[str, Any]:
        """What `actions.assume` wants."""
        found = dict(self.cleaned_data)
        found["values"] = tuple(found.pop(name) for name in ("low", "central", "high"))
        return found


class ProjectForm(forms.ModelForm):
    """A project of green jobs, in the order in which a firm thinks of it."""

    firm = forms.ModelChoiceField(
        label=_("Firm"), queryset=Organisation.objects.none(), required=False,
        empty_label=_("another firm, named below"),
    )  # fmt: skip
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = GreenProject
        fields: ClassVar = [
            "firm", "firm_name", "title", "rome_code", "positions", "wanted_on", "skills", "text",
            "commune_code",
        ]  # fmt: skip
        widgets: ClassVar = {
            "wanted_on": Day,
            "skills": forms.Textarea(attrs={"rows": 4}),
            "text": forms.Textarea(attrs={"rows": 5}),
        }
        help_texts: ClassVar = {
            "rome_code": _("A letter and four figures: F1701. The trades' page finds it."),
            "skills": _("What one must know how to do, that was not asked before."),
        }

    def __init__(
        self, *args: Any, firms: list[Organisation], communes: dict[str, str], named: bool,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        choice = self.fields["firm"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = Organisation.objects.filter(pk__in=[each.pk for each in firms])
        self.fields["commune_code"] = forms.ChoiceField(
            label=_("Commune"), required=False,
            choices=[("", _("not said")), *sorted(communes.items(), key=lambda each: each[1])],
        )  # fmt: skip
        if self.instance.pk:
            self.initial["edition"] = self.instance.edition
            del self.fields["firm"], self.fields["firm_name"]
        elif not named:
            del self.fields["firm_name"]
            choice.required, choice.empty_label = True, None
            self.initial.setdefault("firm", firms[0].pk if firms else None)


class ConsentForm(forms.Form):
    """How a firm agreed that its project is shown."""

    consent = forms.CharField(
        label=_("How did the firm agree?"), max_length=200,
        help_text=_("Who said so, and when. It is kept, and not shown."),
    )  # fmt: skip


class AwayForm(forms.Form):
    """Why a record is put away."""

    why = forms.CharField(label=_("Why is it put away?"), max_length=300)
