"""What people say of their firm or project. The address says it again; nothing else keeps it."""

import re
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from bassin.errors import Refused
from bassin.match.aids.rules.facts import codes, facts
from bassin.match.aids.rules.given import created
from bassin.match.aids.rules.zones import zones
from bassin.pairing.conditions import Interval
from bassin.taxonomies import naf
from bassin.taxonomies.classification import Entry
from bassin.territory.search import folded
from bassin.ui.reader import language

_MOST_FOUND = 8
_SPAN = re.compile(r"(\d+)(?:-(\d*))?")
UNKNOWN = ("", _("I do not know"))
_YES_NO = [UNKNOWN, ("oui", _("yes")), ("non", _("no"))]


def question(fact: str) -> Any:
    """The question of a fact, in the reader's language when it is shown."""
    return lazy(lambda: facts()[fact].question.say(language()), str)()


def why(fact: str) -> Any:
    """Why it is asked."""
    return lazy(lambda: facts()[fact].why.say(language()), str)()


class SpanField(forms.CharField):
    """A number, or two: "12", "10-19", "250-" and more."""

    def clean(self, value: Any) -> Any:
        """The interval; None when nothing is written."""
        text = re.sub(r"[\s\u00a0\u202f€]", "", super().clean(value) or "")
        if not text:
            return None
        found = _SPAN.fullmatch(text)
        if found is None:
            raise forms.ValidationError(_("Write a number, or two: 12, or 10-19."))
        low = float(found[1])
        high = low if found[2] is None else float(found[2] or "inf")
        if high < low:
            raise forms.ValidationError(_("Write the smaller number first: 10-19."))
        return Interval(low, high)


class YesNo(forms.ChoiceField):
    """Yes, no, or not known."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.RadioSelect)
        super().__init__(choices=_YES_NO, required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        """True, False, or None."""
        return {"oui": True, "non": False}.get(super().clean(value))


NONE = "aucune"
"""That an address is in no zone at all."""


class Quarter(forms.ChoiceField):
    """A priority neighbourhood of the commune, or outside of any; others may be in an address."""

    def valid_value(self, value: Any) -> bool:
        """Whether it looks like the code of one."""
        return bool(re.fullmatch(r"hors|QN\w{5,7}|QP\w{4,8}", str(value)))


class OwnPlace(forms.ChoiceField):
    """A commune of the territory; another may stand in an address."""

    def valid_value(self, value: Any) -> bool:
        """Whether it looks like the code of a commune."""
        return bool(re.fullmatch(r"(\d{2}|2[AB])\d{3}", str(value)))


def _choices(family: str) -> Any:
    return lazy(lambda: [(key, said.say(language())) for key, said in codes(family).items()], list)


def _several(fact: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=question(fact), help_text=why(fact), required=False,
        choices=[(key, lazy(lambda said=said: said.say(language()), str)())
                 for key, said in codes(fact).items()],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


def _span(fact: str, **more: Any) -> SpanField:
    return SpanField(
        label=question(fact), help_text=why(fact), required=False, max_length=24, **more
    )


class FactsForm(forms.Form):
    """Everything that may be said; all of it may be left out. Names are those of the address."""

    etape = forms.ChoiceField(
        label=question("stage"), help_text=why("stage"), required=False, widget=forms.RadioSelect,
        choices=[UNKNOWN, *((key, lazy(lambda said=said: said.say(language()), str)())
                            for key, said in codes("stage").items())],
    )  # fmt: skip
    commune = OwnPlace(label=question("place"), help_text=why("place"), required=False)
    qpv = Quarter(label=_("Priority neighbourhood (QPV)"), required=False, choices=[UNKNOWN])
    zone = forms.MultipleChoiceField(
        label=_("Zones that the address is in"), required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[*((key, lazy(lambda said=each.label: said.say(language()), str)())
                   for key, each in zones().items()), (NONE, _("none of these"))],
    )  # fmt: skip
    naf = forms.CharField(
        label=question("activity"), required=False, max_length=80,
        help_text=_("A NAF code (25.62B) or words (bakery, joinery, transport)."),
    )  # fmt: skip
    naf2025 = forms.CharField(required=False, max_length=7, widget=forms.HiddenInput)
    effectif = _span("staff")
    site = _span("site_staff")
    seule = YesNo(
        label=_("Is the firm on its own?"),
        help_text=_("No firm owns a quarter of it or more, and it owns a quarter of none: such "
                    "partner and linked firms are added to it in the European definition."),
    )  # fmt: skip
    groupe = SpanField(
        label=_("Employees, linked and partner firms included"), required=False, max_length=24,
        help_text=_("Whole those linked by more than half; of the others, the share held."),
    )  # fmt: skip
    taille = forms.ChoiceField(
        label=_("Which size had it until the last year?"), required=False,
        choices=[UNKNOWN, *((key, lazy(lambda said=said: said.say(language()), str)())
                            for key, said in codes("held_size").items())],
        help_text=_("A size changes after two years in a row on the other side of a ceiling: the "
                    "last year alone does not settle it."),
    )  # fmt: skip
    ca = _span("turnover_eur")
    bilan = _span("balance_eur")
    categorie = forms.ChoiceField(
        required=False, widget=forms.HiddenInput,
        choices=[(each, each) for each in ("", "PME", "ETI", "GE")],
    )  # fmt: skip
    forme = forms.ChoiceField(label=question("legal_form"), help_text=why("legal_form"),
                              required=False)  # fmt: skip
    micro = YesNo(label=question("micro"), help_text=why("micro"))
    cree = forms.CharField(
        label=question("age_months"), required=False, max_length=10,
        help_text=_("A month is enough: 2023-04."),
    )  # fmt: skip
    projet = _several("project")
    evenement = _several("event")
    embauches = _span("hires")
    depense = _span("investment_eur")
    commence = YesNo(label=question("begun"), help_text=why("begun"))
    proprietaire = YesNo(label=question("owner"), help_text=why("owner"))
    ess = YesNo(label=question("ess"), help_text=why("ess"))
    difficulte = YesNo(label=question("difficulty"), help_text=why("difficulty"))
    ajour = YesNo(label=question("up_to_date"), help_text=why("up_to_date"))
    minimis = _span("minimis_left_eur")

    def __init__(
        self, *args: Any, communes: dict[str, str], quarters: dict[str, str], **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        quarter = self.fields["qpv"]
        assert isinstance(quarter, forms.ChoiceField)
        quarter.choices = [UNKNOWN, ("hors", _("outside of any")), *quarters.items()]
        place, form = self.fields["commune"], self.fields["forme"]
        assert isinstance(place, forms.ChoiceField)
        assert isinstance(form, forms.ChoiceField)
        place.choices = [
            UNKNOWN, *sorted(communes.items(), key=lambda each: folded(each[1]))
        ]  # fmt: skip
        form.choices = [UNKNOWN, *((key, said.say(language())) for key, said in FORMS.items())]
        held = str(self.data.get("forme", ""))
        if re.fullmatch(r"\d{2,4}", held) and held not in FORMS:
            form.choices += [(held, held)]

    def clean_naf(self) -> str:
        """A code; words that name one activity only are its code."""
        typed = self.cleaned_data["naf"].strip()
        if not typed:
            return ""
        try:
            return naf.rev2().entry(typed).code
        except Refused:
            found = _activities(typed)
        if len(found) == 1:
            return found[0].code
        if not found:
            raise forms.ValidationError(
                _("No activity of NAF has these words. Try others, or write the code (25.62B).")
            )
        listed = " · ".join(f"{each.code} {each.label.say(language())}" for each in found)
        raise forms.ValidationError(
            _("Several activities: write the code of yours. %(listed)s") % {"listed": listed}
        )

    def clean_cree(self) -> Any:
        """A day, a month or a year, as its two ends."""
        text = self.cleaned_data["cree"].strip()
        try:
            return created(text) if text else None
        except (ValueError, TypeError) as error:
            raise forms.ValidationError(
                _("Write a month (2023-04), a day (2023-04-17) or a year (2023).")
            ) from error


def _forms() -> dict[str, Any]:
    from bassin.taxonomies import legal

    known = legal.labels()
    return {
        key: known[key] for key in ("10", "54", "57", "55", "51", "92", "65", "73") if key in known
    }


FORMS = _forms()
"""The legal forms that people choose among; an address may hold any code."""


def _activities(typed: str) -> list[Entry]:
    words = folded(typed).split()
    found = [
        each for each in naf.rev2()
        if len(each.code) == 6 and all(
            any(one.startswith(word) for one in folded(f"{each.label.fr} {each.label.en}").split())
            for word in words
        )
    ]  # fmt: skip
    return found[:_MOST_FOUND] if words else []
