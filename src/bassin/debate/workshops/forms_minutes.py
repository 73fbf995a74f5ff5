"""What is typed about the minutes of a workshop."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bassin.debate.workshops import actions_notes, becoming
from bassin.debate.workshops.models import Workshop
from bassin.debate.workshops.publishing import LONGEST
from bassin.parties.widgets import Day


class MinutesForm(forms.Form):
    """The synthesis in a few sentences."""

    text = forms.CharField(
        label=_("In a few sentences"),
        help_text=_("What came out, what was debated, what is proposed. Results follow by "
                    "themselves."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=LONGEST,
        required=False,
    )  # fmt: skip


class ValidationForm(forms.Form):
    """Who validated the minutes, and when."""

    by_whom = forms.CharField(
        label=_("Validated by"),
        help_text=_("The body that read them, by its name."),
        max_length=160,
    )
    on = forms.DateField(label=_("On"), widget=Day())


class CorrectionForm(forms.Form):
    """What a published synthesis says from now on, and why."""

    why = forms.CharField(
        label=_("Why it is corrected"), max_length=300, help_text=_("Everyone reads it.")
    )
    decided_by = forms.CharField(
        label=_("Decided by"), max_length=160,
        help_text=_("A function, never a name: the presidency, the rapporteur."),
    )  # fmt: skip
    decided_in = forms.CharField(label=_("In which body"), max_length=160)
    decided_on = forms.DateField(label=_("On"), widget=Day())
    text = forms.CharField(
        label=_("In a few sentences"), widget=forms.Textarea(attrs={"rows": 8}),
        max_length=LONGEST, required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        notes = list(workshop.notes.all())
        for note, thread in zip(notes, becoming.of_notes(notes, "fr"), strict=True):
            if not thread.lines:  # what something rests on stays as it was
                self.fields[f"note-{note.pk}"] = forms.CharField(
                    label=note.get_kind_display(), widget=forms.Textarea(attrs={"rows": 2}),
                    max_length=actions_notes.LONGEST,
                )  # fmt: skip
