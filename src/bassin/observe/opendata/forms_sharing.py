"""Forms of shared data. They validate shape; `actions_sharing` validates sense."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bassin.indicators.secrecy.regimes import all_regimes
from bassin.observe.opendata.models import Agreement
from bassin.observe.opendata.openness import themes
from bassin.parties.models import Organisation, Person
from bassin.parties.widgets import Day
from bassin.sources.authority.declaration import Declaration, Declared
from bassin.sources.authority.kinds import KINDS
from bassin.types import Text
from bassin.ui.reader import language

_NO_RULE = _("none: its rows may be given")


class AgreementForm(forms.ModelForm):
    """An agreement: who shares what with whom, why, until when."""

    document = forms.URLField(
        label=_("address of the signed document"), required=False, assume_scheme="https",
        max_length=500,
    )  # fmt: skip

    class Meta:
        model = Agreement
        fields: ClassVar = [
            "title", "producer", "steward", "purpose", "uses", "level", "readers", "regime",
            "four_eyes", "starts_on", "review_on", "document", "text",
        ]  # fmt: skip
        widgets: ClassVar = {
            "starts_on": Day(), "review_on": Day(),
            "purpose": forms.Textarea({"rows": 3}), "uses": forms.Textarea({"rows": 3}),
            "text": forms.Textarea({"rows": 8}),
            "readers": forms.CheckboxSelectMultiple(),
        }  # fmt: skip
        help_texts: ClassVar = {
            "title": _("Everyone reads it, with the producer, the purpose and the review date."),
            "readers": _("Used at the level “partners” alone: their members read the tables."),
            "review_on": _("When somebody looks again at whether it is still needed."),
            "regime": _("Its tables are then never given whole: only figures are, once protected."),
        }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = {
            each.code: each.title.say(language())
            for each in all_regimes()
            if each.until_on is None and each.protects
        }
        label = self.fields["regime"].label
        self.fields["regime"] = forms.ChoiceField(
            label=label, required=False, choices=[("", _NO_RULE), *rules.items()],
            help_text=self.fields["regime"].help_text,
        )  # fmt: skip
        bodies = Organisation.objects.exclude(kind=Organisation.Kind.FIRM)
        offered = {"producer": bodies, "readers": bodies, "steward": _writers(today)}
        for name, found in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = found

    def _post_clean(self) -> None:
        """The action judges the agreement as a whole; this form only reads what was typed."""


def _writers(today: date) -> Any:
    held = Person.objects.filter(
        memberships__starts_on__lte=today, memberships__role__in=("officer", "administrator")
    )
    return held.exclude(memberships__organisation__kind=Organisation.Kind.FIRM).distinct()


class WhyForm(forms.Form):
    """A reason, which stays with the record."""

    why = forms.CharField(label=_("Why?"), max_length=300)


class FileForm(forms.Form):
    """A file to bring."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("CSV, or GeoJSON in WGS 84 for a layer; 50 MB at most."),
        widget=forms.ClearableFileInput(
            {"accept": ".csv,.txt,.geojson,.json,text/csv,application/geo+json"}
        ),
    )
    dated_on = forms.RegexField(
        r"^\d{4}(-(Q[1-4]|\d{2}(-\d{2})?))?$", label=_("Date of the data"), required=False,
        max_length=10, help_text=_("2026, 2026-Q3, 2026-09 or 2026-09-30; today when it is empty."),
    )  # fmt: skip


class NewTableForm(FileForm):
    """A first file, and what its table is called."""

    title = forms.CharField(label=_("Name of the table"), max_length=120)
    field_order = ("title", "file", "dated_on")


class SchemaForm(forms.Form):
    """A Table Schema to take the columns from."""

    schema = forms.FileField(
        label=_("A Table Schema (JSON)"),
        widget=forms.ClearableFileInput({"accept": ".json,application/json"}),
    )


class TableForm(forms.Form):
    """What a table is, in both languages."""

    title_fr = forms.CharField(label=_("Title, in French"), max_length=160)
    title_en = forms.CharField(label=_("Title, in English"), max_length=160, required=False)
    definition_fr = forms.CharField(
        label=_("What a row is, in French"), max_length=600, required=False,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    definition_en = forms.CharField(
        label=_("What a row is, in English"), max_length=600, required=False,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    theme = forms.ChoiceField(label=_("Theme"))
    cadence = forms.CharField(
        label=_("How often it changes"), max_length=60, required=False,
        help_text=_("For instance: every year."),
    )  # fmt: skip
    licence = forms.ChoiceField(
        label=_("Licence"),
        choices=[("Licence Ouverte 2.0", "Licence Ouverte 2.0"), ("ODbL 1.0", "ODbL 1.0")],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["theme"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, each.title.say(language())) for key, each in themes().items()]


class ColumnForm(forms.Form):
    """One column of a table; one without a name is taken out."""

    name = forms.CharField(label=_("Name"), max_length=41, required=False)
    header = forms.CharField(label=_("Name in the file"), max_length=160, required=False)
    kind = forms.ChoiceField(label=pgettext_lazy("column", "Type"))
    label_fr = forms.CharField(label=_("Label, in French"), max_length=160, required=False)
    label_en = forms.CharField(label=_("Label, in English"), max_length=160, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=40, required=False)
    choices = forms.CharField(
        label=_("Values allowed, with | between"), max_length=2_000, required=False
    )
    minimum = forms.FloatField(label=_("At least"), required=False)
    maximum = forms.FloatField(label=_("At most"), required=False)
    required = forms.BooleanField(label=_("Never empty"), required=False)
    unique = forms.BooleanField(label=_("Tells rows apart"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(name, each.title.say(language())) for name, each in KINDS.items()]

    def first_fields(self) -> list[forms.BoundField]:
        """What is always asked."""
        return [self[name] for name in ("name", "kind", "label_fr")]

    def marks(self) -> list[forms.BoundField]:
        """What is ticked."""
        return [self["required"], self["unique"]]

    def other_fields(self) -> list[forms.BoundField]:
        """What is asked of some columns only."""
        return [self[name] for name in ("label_en", "unit", "choices", "minimum", "maximum",
                                        "header")]  # fmt: skip

    def has_more(self) -> bool:
        """Whether something there is wrong, and must be seen."""
        return any(each.errors for each in self.other_fields())

    def declared(self) -> Declared | None:
        """The column; None when it was taken out."""
        said = self.cleaned_data
        if not said.get("name"):
            return None
        listed = [each.strip() for each in said["choices"].split("|")]
        return Declared(
            said["name"], said["kind"],
            Text(said["label_fr"] or said["name"], said["label_en"]), Text(said["unit"]),
            said["required"], tuple(each for each in listed if each), said["minimum"],
            said["maximum"], said["header"],
        )  # fmt: skip


Columns = forms.formset_factory(ColumnForm, extra=1, max_num=80, absolute_max=100)


def typed(made: Declaration) -> dict[str, Any]:
    """A declaration as its form is filled in."""
    return {
        "title_fr": made.title.fr, "title_en": made.title.en, "definition_fr": made.definition.fr,
        "definition_en": made.definition.en, "theme": made.theme, "cadence": made.cadence.fr,
        "licence": made.licence,
    }  # fmt: skip


def typed_columns(made: Declaration) -> list[dict[str, Any]]:
    """Its columns as theirs are."""
    return [
        {"name": each.name, "kind": each.kind, "label_fr": each.label.fr,
         "label_en": each.label.en, "unit": each.unit.fr, "choices": " | ".join(each.choices),
         "minimum": each.minimum, "maximum": each.maximum, "required": each.required,
         "unique": each.name in made.unique, "header": each.header}
        for each in made.columns
    ]  # fmt: skip


def declared(before: Declaration, said: dict[str, Any], columns: Iterable[Any]) -> Declaration:
    """The declaration that these forms say."""
    made = [(found, form) for form in columns if (found := form.declared()) is not None]
    return replace(
        before,
        title=Text(said["title_fr"], said["title_en"]),
        definition=Text(said["definition_fr"], said["definition_en"]),
        theme=said["theme"], licence=said["licence"],
        cadence=Text(said["cadence"]) if said["cadence"] else before.cadence,
        columns=tuple(found for found, _form in made),
        unique=tuple(found.name for found, form in made if form.cleaned_data["unique"]),
    )  # fmt: skip
