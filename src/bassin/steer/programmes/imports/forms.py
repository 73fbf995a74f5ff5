"""The form that begins an import: a text or a file, and where it goes."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bassin.steer.programmes.imports import tables
from bassin.steer.programmes.models import Framework

LONGEST_TEXT = 300_000


class ImportForm(forms.Form):
    """What is brought, under which name, into which framework."""

    file = forms.FileField(
        label=gettext_lazy("A spreadsheet or a text file"),
        help_text=gettext_lazy(".xlsx, .ods, .csv or .txt, up to 5 MB. One action per row."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xlsm,.ods,.xls,.csv,.txt"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Or the text of the plan, pasted"),
        help_text=gettext_lazy("From a PDF or a web page, with all its line ends."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 10}),
        strip=False,
    )
    document = forms.CharField(
        label=gettext_lazy("Name of the document"),
        help_text=gettext_lazy("It is shown as the source of each action."),
        max_length=300,
    )
    framework = forms.ModelChoiceField(
        label=gettext_lazy("Into a framework that is here"),
        queryset=Framework.objects.none(),
        required=False,
        empty_label=gettext_lazy("No: a new one"),
    )
    title = forms.CharField(
        label=gettext_lazy("Title of the new framework"), required=False, max_length=200
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of the new framework"),
        choices=Framework.Kind.choices,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = self.fields["framework"]
        assert isinstance(offered, forms.ModelChoiceField)
        offered.queryset = Framework.objects.filter(archived_at=None).order_by("title")

    def clean_file(self) -> Any:
        """Refuse what is too heavy before a byte of it is read."""
        brought = self.cleaned_data["file"]
        if brought and brought.size > tables.LARGEST:
            raise forms.ValidationError(tables.too_large(brought.size))
        return brought

    def clean(self) -> dict[str, Any]:
        """A text or a file, not both; a framework that is here, or a title for a new one."""
        given = super().clean() or self.cleaned_data
        if "file" in self.errors:
            return given
        text, brought = (given.get("text") or "").strip(), given.get("file")
        if bool(text) == bool(brought):
            raise forms.ValidationError(
                _("Bring a file, or paste a text: one of them, and only one.")
            )
        if not given.get("framework") and not (given.get("title") or "").strip():
            self.add_error("title", _("Give the new framework a title, or choose one above."))
        return given
