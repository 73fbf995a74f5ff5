"""Forms of recruitment actions. They validate shape; `actions_recruiting` judges sense."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from bassin.match.jobs.forms import three
from bassin.match.jobs.forms_helping import where
from bassin.match.jobs.models import Recruitment
from bassin.parties.models import Organisation
from bassin.parties.widgets import Day


class Moment(forms.DateTimeInput):
    """A day and an hour, in the browser's own calendar."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class ActionForm(forms.Form):
    """An action: what happens, for which employer, with how many places."""

    title = forms.CharField(label=_("Title"), max_length=160)
    employer_name = forms.CharField(label=_("Employer"), max_length=200)
    employer_siret = forms.CharField(
        label=_("SIRET"), max_length=14, required=False,
        validators=[RegexValidator(r"^\d{14}$")],
        help_text=_("14 figures. Hires are counted with it."),
    )  # fmt: skip
    organiser = forms.ModelChoiceField(
        label=_("Organised by"), queryset=Organisation.objects.none(), empty_label=None
    )
    starts_at = forms.DateTimeField(label=_("Starts"), widget=Moment)
    ends_at = forms.DateTimeField(label=_("Ends"), widget=Moment)
    place = forms.CharField(label=_("Place"), max_length=200)
    commune_code = forms.ChoiceField(required=False)
    words = forms.CharField(
        label=_("What happens there, and what to bring"), required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    wanted = forms.IntegerField(label=_("People to hire"), min_value=1)
    places = forms.IntegerField(label=_("Places at the event"), min_value=1, required=False)
    registers_until = forms.DateField(label=_("Registrations until"), widget=Day, required=False)
    rome_codes = forms.CharField(
        label=_("ROME codes"), required=False,
        help_text=_("A letter and four figures, with spaces between: N1101 N1103."),
        validators=[RegexValidator(r"^\s*([A-N]\d{4}[\s,]*)*$")],
    )  # fmt: skip
    cost_eur = forms.DecimalField(
        label=_("Cost of the action (€)"), min_value=0, max_digits=10, decimal_places=2,
        required=False, help_text=_("For the cost per hire. Not known: leave it empty."),
    )  # fmt: skip
    cost_unit = forms.ChoiceField(
        label=_("The cost is in"), required=False,
        choices=[("", _("not said")), *Recruitment.CostUnit.choices],
    )  # fmt: skip
    cost_source = forms.CharField(
        label=_("What the cost holds, and which document says it"), max_length=200, required=False,
        help_text=_("For example: hall and stands, order 2026-118; without staff time."),
    )  # fmt: skip
    partners = forms.ModelMultipleChoiceField(
        label=_("Partners who send people"), queryset=Organisation.objects.none(),
        required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    EVENT = ("title", "starts_at", "ends_at", "place", "commune_code", "organiser")

    def __init__(
        self, *args: Any, communes: dict[str, str], bodies: Sequence[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commune_code"] = where(_("Commune"), communes)
        organiser, partners = self.fields["organiser"], self.fields["partners"]
        assert isinstance(organiser, forms.ModelChoiceField)
        assert isinstance(partners, forms.ModelChoiceField)
        organiser.queryset = Organisation.objects.filter(pk__in=bodies)
        firms = Organisation.Kind.FIRM
        partners.queryset = Organisation.objects.exclude(kind=firms)

    def clean_rome_codes(self) -> list[str]:
        """The codes, one by one."""
        words: str = self.cleaned_data["rome_codes"]
        return words.replace(",", " ").split()

    @classmethod
    def of(cls, action: Recruitment) -> dict[str, Any]:
        """What the form is filled with for an action."""
        event = action.event
        return {
            "title": event.title, "organiser": event.organiser_id, "starts_at": event.starts_at,
            "ends_at": event.ends_at, "place": event.place, "commune_code": event.commune_code,
            "employer_name": action.employer_said, "employer_siret": action.siret,
            "words": action.words, "wanted": action.wanted, "places": action.places,
            "registers_until": action.registers_until, "rome_codes": action.rome_codes,
            "cost_eur": action.cost_eur, "cost_unit": action.cost_unit,
            "cost_source": action.cost_source,
            "partners": sorted(action.partners.values_list("pk", flat=True)),
        }  # fmt: skip

    def written(self) -> dict[str, Any]:
        """What `actions_recruiting.open_action` takes."""
        given = dict(self.cleaned_data)
        event = {name: given.pop(name) for name in self.EVENT}
        return {**given, "event": event, "partners": list(given["partners"])}


def woman(label: Any, help_text: Any = "") -> forms.TypedChoiceField:
    """A woman, a man, or not said: to count, and for nothing else."""
    asked = three(label, help_text)
    asked.choices = [("", _("I do not say")), ("yes", _("a woman")), ("no", _("a man"))]
    return asked


class RegisterForm(forms.Form):
    """Register: a first name and a telephone."""

    person_name = forms.CharField(
        label=_("My first name"), max_length=80,
        help_text=_("To be welcomed by it. No need of your family name."),
    )  # fmt: skip
    person_telephone = forms.CharField(
        label=_("My telephone"), max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    woman = woman(
        _("I am"), _("Only to count whether meetings serve women as much as men. It changes "
                     "nothing for you."),
    )  # fmt: skip


class SendForm(forms.Form):
    """A partner registers somebody by its own number for them: nobody is named."""

    number = forms.CharField(
        label=_("Your own number for this person"), max_length=60, min_length=4,
        help_text=_("It is turned into another that cannot be read back. Never a name."),
    )  # fmt: skip
    through = forms.ModelChoiceField(
        label=_("Sent by"), queryset=Organisation.objects.none(), empty_label=None
    )
    commune_code = forms.ChoiceField(required=False)
    from_qpv = three(_("Lives in a priority neighbourhood?"))
    woman = woman(_("A woman or a man?"))

    def __init__(
        self, *args: Any, communes: dict[str, str], bodies: Sequence[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commune_code"] = where(_("Lives in"), communes)
        field = self.fields["through"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Organisation.objects.filter(pk__in=bodies)


class BecameForm(forms.Form):
    """What became of somebody registered."""

    attended = three(_("Came?"))
    interviewed = three(_("Had an interview?"))
    hired_on = forms.DateField(label=_("Hired on"), widget=Day, required=False)
    present_3 = three(_("There after 3 months?"))
    present_6 = three(_("There after 6 months?"))
    woman = woman(_("A woman or a man?"), _("As the person says, to be counted."))
    from_qpv = three(_("Lives in a priority neighbourhood?"))
