"""Forms of the network. They validate shape; `actions_campus` validates sense."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from bassin.commons import cells, edition
from bassin.commons.brought import refuse_heavy
from bassin.errors import Refused
from bassin.match.skills.forms import CellField
from bassin.match.skills.models import Catalogue, Course, Session, Site, TrainingBody
from bassin.parties.models import Organisation
from bassin.parties.widgets import Day

UNKNOWN = ("", _("not said"))
_ELSEWHERE = _("elsewhere, or not said")


class Three(forms.TypedChoiceField):
    """Yes, no, or not said: the third is an answer."""

    def __init__(self, label: Any, help_text: Any = "") -> None:
        super().__init__(
            label=label, help_text=help_text, required=False, empty_value=None,
            choices=[UNKNOWN, ("yes", _("yes")), ("no", _("no"))],
            coerce=lambda value: value == "yes",
        )  # fmt: skip

    def prepare_value(self, value: Any) -> Any:
        """As its choices say it."""
        return {None: "", True: "yes", False: "no"}.get(value, value)


def address() -> forms.URLField:
    """The address of a page."""
    return forms.URLField(
        label=_("web page"), required=False, assume_scheme="https", max_length=500
    )


class Kept(forms.ModelForm):
    """A record of the network: what its form says, and what it was opened on."""

    def __init__(self, *args: Any, communes: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.TypedChoiceField) and not field.required:
                listed: Any = field.choices
                field.choices = [UNKNOWN, *((key, words) for key, words in listed if key != "")]
        if communes is not None:
            self._communes(communes)

    def _communes(self, communes: dict[str, str]) -> None:
        listed = sorted(communes.items(), key=lambda each: each[1])
        code = self.instance.commune_code
        if code and code not in communes:
            listed.append((code, code))
        label = self.fields["commune_code"].label
        self.fields["commune_code"] = forms.ChoiceField(
            label=label, required=False, choices=[("", _ELSEWHERE), *listed]
        )

    def reads(self) -> dict[str, Any]:
        """What it would be filled with, if it were opened now."""
        kept = self.instance
        if not kept.pk:
            return {}
        return edition.values(type(kept)._base_manager.get(pk=kept.pk), self._meta.fields or ())

    def _post_clean(self) -> None:
        """The action judges the record as a whole; this form only reads what was typed."""


class BodyForm(Kept):
    """A training body."""

    siret = CellField(cells.siret, label=_("SIRET"), max_length=20, required=False)
    qualiopi = Three(_("Certified Qualiopi?"), _("Public money asks for it."))
    page = address()

    class Meta:
        model = TrainingBody
        fields: ClassVar = [
            "name", "siret", "activity_number", "qualiopi", "commune_code", "place", "page",
            "body_telephone", "body_email",
        ]  # fmt: skip
        help_texts: ClassVar = {
            "place": _("A site at this address is asked about: do courses take place there?"),
            "body_telephone": _("The body's own, shown to everyone; nobody's personal number."),
        }


class SiteForm(Kept):
    """Where one trains."""

    airport_badge = Three(_("Is an airport badge needed to get in?"))
    stands_there = Three(
        _("Do courses take place at this very address?"),
        _("Not said: an address that is that of the head office stays a question."),
    )

    class Meta:
        model = Site
        fields: ClassVar = [
            "name", "commune_code", "place", "latitude", "longitude", "airport_badge",
            "stands_there",
        ]  # fmt: skip


class CourseForm(Kept):
    """A course, in the order in which a body thinks of it."""

    rome_codes = CellField(
        cells.romes, label=_("Trades it leads to"), required=False, empty_value=[],
        help_text=_("ROME codes, with a comma between: N1101, N1103. Those of its certification "
                    "are added by themselves."),
    )  # fmt: skip
    items = forms.MultipleChoiceField(
        label=_("Skills taught"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick nothing when all that its trades ask is taught."),
    )  # fmt: skip
    funding = forms.MultipleChoiceField(
        label=_("Who may pay"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=Course.Funding.choices,
    )  # fmt: skip
    permanent = Three(_("May one begin at any time?"))
    page = address()

    class Meta:
        model = Course
        fields: ClassVar = [
            "title", "text", "sector", "certification_code", "rome_codes", "items", "formacode",
            "nsf", "level", "entry_level", "hours", "modality", "rhythm", "permanent", "cost_eur",
            "cost_per", "funding", "insertion_pct", "insertion_source", "page",
        ]  # fmt: skip
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 6})}
        help_texts: ClassVar = {
            "certification_code": _("RNCP or RS, then its number. Empty when it prepares none."),
            "level": _("3 is a CAP, 4 a baccalauréat, 5 a BTS. Empty: that of the certification."),
            "entry_level": _("0 when no diploma is asked."),
            "insertion_source": _("For instance: InserJeunes 2025, or the body's own survey."),
        }

    def __init__(self, *args: Any, taught: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["items"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(taught)
        if not taught:
            del self.fields["items"]

    def clean_certification_code(self) -> str:
        """However it is typed: “rncp 1234”."""
        return "".join(self.cleaned_data["certification_code"].split()).upper()


class SessionForm(Kept):
    """When a course is given."""

    open = Three(_("Does it still take people?"))

    class Meta:
        model = Session
        fields: ClassVar = ["starts_on", "ends_on", "places", "entrants", "counted_on", "open"]
        widgets: ClassVar = {"starts_on": Day, "ends_on": Day, "counted_on": Day}
        help_texts: ClassVar = {"entrants": _("Those who came in, once it has begun.")}


class CatalogueForm(forms.Form):
    """A new catalogue."""

    title = forms.CharField(label=_("Name of the catalogue"), max_length=120)
    kind = forms.ChoiceField(label=_("Format"), choices=Catalogue.Kind.choices)
    organisation = forms.ModelChoiceField(
        label=_("Who brings it, besides officers"), required=False,
        queryset=Organisation.objects.exclude(kind__in=("authority", "firm")),
    )  # fmt: skip


class FileForm(forms.Form):
    """A file of a catalogue."""

    file = forms.FileField(
        label=_("The file"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv,.xml,text/xml"}),
    )
    whole = forms.BooleanField(
        label=_("All the courses of the catalogue are in it"), required=False, initial=True,
        help_text=_("Those that are missing from it leave the network; nothing is deleted."),
    )  # fmt: skip

    def __init__(self, *args: Any, largest: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._largest = largest

    def clean_file(self) -> Any:
        """Refuse what is too heavy before a byte of it is read."""
        brought = self.cleaned_data["file"]
        try:
            refuse_heavy(brought.size, self._largest)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return brought
