"""What a person asks of the offers, in the address of the page. Nothing of it is kept."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bassin.match.jobs.labels import HOURS_SAID
from bassin.match.jobs.licences import licences
from bassin.match.jobs.models import Offer
from bassin.ui.reader import language
from bassin.ui.templatetags.ui import french

MINUTES = (15, 30, 45, 60, 90)
USUAL_MINUTES = 45
MODES = (
    ("transit", _("by public transport")),
    ("car", _("by car")),
    ("bicycle", _("by bicycle")),
    ("walk", _("on foot")),
)
PRECISE = ("diplome", "francais", "permis", "badge", "contrat", "horaire")
"""Fields that are folded away until one of them is used."""

_NOT_SAID = ("", _("I would rather not say"))
_MOST_CODES = 60


class Codes(forms.Field):
    """Codes that the address repeats (`sait=1&sait=2`), the unknown ones left out by the view."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[str]:
        return list(dict.fromkeys(value or ()))[:_MOST_CODES]


class SearchForm(forms.Form):
    """One field, a place, and what else one wants to say."""

    cherche = forms.CharField(
        label=_("What job are you looking for?"),
        max_length=300,
        required=False,
        help_text=_(
            "In French: “cariste, de nuit”. The search does not understand English yet; you can "
            "also choose with pictures."
        ),
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )
    lieu = forms.CharField(
        label=_("Where do you live?"), max_length=80, required=False,
        help_text=_("A town; it is used for the journey only, and not kept."),
        widget=forms.TextInput({"autocomplete": "address-level2", "list": "communes"}),
    )  # fmt: skip
    moyen = forms.ChoiceField(label=_("How do you travel?"), choices=MODES, required=False)
    minutes = forms.TypedChoiceField(
        label=_("How long, at most?"), required=False, coerce=int, empty_value=None
    )  # fmt: skip
    sans_diplome = forms.BooleanField(label=_("Without a diploma"), required=False)
    diplome = forms.TypedChoiceField(
        label=_("Your highest diploma"), required=False, coerce=int, empty_value=None
    )
    francais = forms.TypedChoiceField(
        label=_("Your French"), required=False, coerce=int, empty_value=None
    )
    permis = forms.MultipleChoiceField(
        label=_("Your licences and certificates"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    badge = forms.TypedChoiceField(
        label=_("Can you have an airport badge?"), required=False,
        help_text=_("The préfecture checks who may enter the airport before giving one."),
        choices=[_NOT_SAID, ("1", _("Yes, or I have one")), ("0", _("No"))],
        coerce=lambda value: value == "1", empty_value=None,
    )  # fmt: skip
    contrat = forms.MultipleChoiceField(
        label=_("Contracts that suit you"), required=False, choices=Offer.Contract.choices,
        widget=forms.CheckboxSelectMultiple, help_text=_("None ticked: all of them."),
    )  # fmt: skip
    horaire = forms.MultipleChoiceField(
        label=_("When you can work"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: at any hour."),
    )  # fmt: skip
    metier = Codes(required=False)
    sait = Codes(required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        spoken = language()
        self._offer("minutes", [(n, gettext("{n} minutes").format(n=n)) for n in MINUTES])
        self._offer("diplome", [_NOT_SAID, *Offer.Level.choices[:1], *Offer.Level.choices[3:]])
        self._offer("francais", [_NOT_SAID, *Offer.French.choices])
        held = ((code, each.label) for code, each in licences().items())
        self._offer("permis", [(c, text.only(spoken) or french(text.fr)) for c, text in held])
        self._offer("horaire", [(code, text.say(spoken)) for code, text in HOURS_SAID.items()])

    def _offer(self, name: str, choices: Sequence[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
