"""What is asked of a plan, in an address: the form validates it, and the address says it all."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.match.skills.reconversion import exposed, schemes
from bassin.match.skills.reconversion.exposed import Exposed, Workplace
from bassin.match.skills.reconversion.plan import Asked
from bassin.match.skills.reconversion.schemes import Facts
from bassin.match.skills.trades import Trades
from bassin.parties.widgets import Day
from bassin.taxonomies import naf
from bassin.taxonomies.interval import Interval, typed
from bassin.territory.travel import Mode

MINUTES = (15, 30, 45, 60, 90)
_MOST_TRADES = 12
_WORDS = {"mode": "transit", "minutes": "45"}


class JobsField(forms.CharField):
    """A number of jobs, or two: an interval."""

    def clean(self, value: Any) -> Any:
        """The interval; None when nothing is written."""
        text = super().clean(value)
        if not text:
            return None
        found = typed(text)
        if found is None:
            raise forms.ValidationError(_("Write a number, or two: 140, or 100-199."))
        return found


class AskForm(forms.Form):
    """The firm or the workshop, the day, and how far people travel."""

    firme = forms.CharField(
        label=_("SIREN or SIRET of the firm"), max_length=20, required=False,
        help_text=_("Its establishments here, with Sirene's headcount bands."),
    )  # fmt: skip
    naf = forms.CharField(
        label=_("Activity (NAF code)"), max_length=7, required=False, help_text=_("As 25.62B.")
    )
    emplois = JobsField(
        label=_("Exposed jobs"), max_length=20, required=False,
        help_text=_("A number, or two when you are not sure: 140, or 100-199."),
    )  # fmt: skip
    metiers = forms.CharField(
        label=_("Or exposed jobs by trade, one a line"), max_length=800, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A ROME code, then a number: H2903 12. Nothing is then shared by activity."),
    )  # fmt: skip
    commune = forms.ChoiceField(label=_("Commune"), required=False)
    date = forms.DateField(
        label=_("On which day?"), required=False, widget=Day,
        help_text=_("The scheme is the one valid on that day."),
    )  # fmt: skip
    mode = forms.ChoiceField(label=_("People travel"), required=False)
    minutes = forms.TypedChoiceField(
        label=_("Minutes at most"), required=False, coerce=int, empty_value="45",
        choices=[(each, str(each)) for each in MINUTES],
    )  # fmt: skip
    tous = forms.BooleanField(label=_("All exposed trades"), required=False)

    def __init__(
        self, *args: Any, communes: dict[str, str], language: str, firms: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        commune, mode = self.fields["commune"], self.fields["mode"]
        assert isinstance(commune, forms.ChoiceField)
        assert isinstance(mode, forms.ChoiceField)
        commune.choices = [
            ("", _("not said")), *sorted(communes.items(), key=lambda each: each[1])
        ]  # fmt: skip
        mode.choices = [(each.value, each.label.say(language)) for each in Mode]
        if not firms:
            del self.fields["firme"]

    def clean_naf(self) -> str:
        """A code as NAF writes it."""
        text = self.cleaned_data["naf"].strip()
        try:
            return exposed.activity(text) if text else ""
        except Refused as refusal:
            raise forms.ValidationError(
                _("NAF rev. 2 has no such activity: write it as 25.62B.")
            ) from refusal


class FactsForm(forms.Form):
    """What the scheme of the day asks of the firm and of the training; all of it may be unknown."""

    effectif = JobsField(
        label=_("Employees of the firm and its group"), max_length=20, required=False,
        help_text=_("Not those of the establishment: the size tests look at the firm."),
    )  # fmt: skip
    base = forms.ChoiceField(
        label=_("Agreement on jobs"), required=False,
        choices=[
            ("", _("unknown")), ("agreement", _("a collective agreement (GEPP, firm or branch)")),
            ("decision", _("a unilateral decision after informing the CSE")), ("none", _("none")),
        ],
    )  # fmt: skip
    pse = forms.ChoiceField(
        label=_("Job-saving plan (PSE) or collective severance begun"),
        required=False,
        choices=[("", _("unknown")), ("yes", _("yes")), ("no", _("no"))],
    )
    contrat = forms.ChoiceField(
        label=_("Contract during the period"), required=False,
        choices=[
            ("", _("unknown")), ("internal", _("within the firm")),
            ("cdi", _("in another firm, permanent")),
            ("cdd6", _("in another firm, six months or more")),
            ("short", _("in another firm, less than six months")),
        ],
    )  # fmt: skip
    heures = JobsField(
        label=_("Hours of training"), max_length=20, required=False, help_text=_("300, or 150-450.")
    )
    salaire = forms.FloatField(
        label=_("Cost of an hour of work, contributions included (€)"), required=False,
        min_value=0, max_value=1000,
    )  # fmt: skip
    tarif = forms.FloatField(
        label=_("Rate of the branch, an hour (€)"), required=False, min_value=0, max_value=1000
    )
    cout = forms.FloatField(
        label=_("Cost of an hour of the course (€)"), required=False, min_value=0, max_value=1000
    )

    def __init__(self, *args: Any, wanted: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, fact in FACTS.items():
            if fact not in wanted:
                del self.fields[name]

    def facts(self, staff: Interval | None) -> Facts:
        """What is known; `staff` is the firm's headcount when nobody typed another."""
        held = self.cleaned_data if self.is_valid() else {}
        found = {fact: held[name] for name, fact in FACTS.items() if held.get(name) is not None}
        found.setdefault("staff", staff)
        return Facts(**found)


FACTS = {
    "effectif": "staff", "base": "basis", "pse": "plan", "contrat": "contract", "heures": "hours",
    "salaire": "wage", "tarif": "rate", "cout": "course",
}  # fmt: skip
"""The fields of the form, by the facts of a scheme."""


def questions(day: date) -> tuple[str, ...]:
    """The facts that the scheme of a day asks for."""
    return schemes.on(day).questions


def asked(house: House, trades: Trades, form: AskForm, facts: FactsForm, today: date) -> Asked:
    """What a valid form asks a plan for.

    Raises:
        Refused: it does not say whose jobs.
    """
    held = form.cleaned_data
    found = exposed.firm(house, held["firme"]) if held.get("firme") else None
    return Asked(
        exposed=_exposed(trades, held, found),
        day=held["date"] or today,
        mode=Mode(held["mode"] or _WORDS["mode"]),
        minutes=int(held["minutes"]),
        facts=facts.facts(found.staff if found else None),
        firm=found,
        whole=held["tous"],
    )


def _exposed(trades: Trades, held: dict[str, Any], found: exposed.Firm | None) -> Exposed:
    site = Workplace(held["naf"], held["commune"], held["emplois"])
    if held["metiers"].strip():
        return exposed.of_trades(by_trade(trades, held["metiers"]), site)
    origin = trades.rome.origin
    if found is not None:
        return exposed.of_sites(trades.rome, found.sites, origin)
    if not held["naf"] or held["emplois"] is None:
        raise Refused(_("Say the activity and the number of jobs, or the jobs by trade."))
    if not trades.rome.hirings.num_rows:
        raise Refused(_("Hires by activity and trade are not loaded: type the jobs by trade."))
    return exposed.of_sites(trades.rome, [site], origin)


def by_trade(trades: Trades, text: str) -> dict[str, Interval]:
    """Lines "H2903 12" as jobs by trade.

    Raises:
        Refused: there are too many lines, one is none, or its trade is not in ROME.
    """
    jobs: dict[str, Interval] = {}
    lines = [line for line in text.replace(";", "\n").splitlines() if line.strip()]
    if len(lines) > _MOST_TRADES:
        raise Refused(_("At most {count} trades: keep those with the most jobs.").format(
            count=_MOST_TRADES))  # fmt: skip
    for line in lines:
        code, _space, number = line.strip().replace(":", " ").partition(" ")
        count = typed(number.strip())
        if code.upper() not in trades.rome.labels or count is None:
            raise Refused(_("This line is not a code of ROME and a number: {line}").format(
                line=line.strip()[:60]))  # fmt: skip
        kept = jobs.get(code.upper())
        jobs[code.upper()] = kept + count if kept else count
    return jobs


def activity_said(exposed_jobs: Exposed, language: str) -> str:
    """The activities of the places, in words."""
    codes = dict.fromkeys(each.naf_code for each in exposed_jobs.sites if each.naf_code)
    return ", ".join(f"{naf.label(code, language)} ({code})" for code in codes)
