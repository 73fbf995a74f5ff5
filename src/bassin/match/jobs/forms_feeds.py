"""The form of a source: how it is named and trusted, and what is asked of a service.

What is asked of France Travail follows the published description of « Offres d'emploi v2 »:
communes or départements, trades (ROME), contracts, full time, days since publication.
"""

import re
from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bassin.match.jobs.forms_helping import chosen
from bassin.match.jobs.models import Feed
from bassin.parties.models import Organisation

MOST_TRADES = 200
"""As many as the service takes in one question."""

MOST_DEPARTEMENTS = 10
CONTRACTS = (
    ("CDI", _("permanent contract (CDI)")),
    ("CDD", _("fixed-term contract (CDD)")),
    ("MIS", _("agency work (intérim)")),
    ("SAI", _("seasonal contract")),
)
ANY = _("whatever the hours")
SINCE = (
    ("", _("whatever the day")), ("1", _("since yesterday")), ("3", _("for 3 days")),
    ("7", _("for 7 days")), ("14", _("for 14 days")), ("31", _("for 31 days")),
)  # fmt: skip


class FeedChangeForm(forms.Form):
    """A source of any kind: its name, its partner, how far it is trusted."""

    title = forms.CharField(label=_("Name of the source"), max_length=120)
    organisation = forms.ModelChoiceField(
        label=_("Partner who brings it"), required=False,
        queryset=Organisation.objects.exclude(kind__in=("authority", "firm")),
    )  # fmt: skip
    trusted = forms.BooleanField(
        label=_("Published without review, unless the words are forbidden"), required=False
    )
    absences = forms.IntegerField(
        label=_("An offer is over after so many readings without it"), min_value=1, max_value=30
    )

    @classmethod
    def of(cls, feed: Feed) -> dict[str, Any]:
        """What the form is filled with for a source."""
        return {"title": feed.title, "organisation": feed.organisation_id,
                "trusted": feed.trusted, "absences": feed.absences}  # fmt: skip

    def query(self) -> dict[str, Any]:
        """What is asked of it: nothing, of a file."""
        return {}


class QueryForm(FeedChangeForm):
    """The same, with what is asked of France Travail."""

    communes = chosen(_("Communes"), [], _("Nothing ticked: all those of the territory."))
    departements = forms.CharField(
        label=_("Or départements"), required=False,
        help_text=_("Their codes, with spaces between: 94 91. Instead of communes; a question "
                    "gives 1,150 offers at most."),
    )  # fmt: skip
    trades = forms.CharField(
        label=_("Trades (ROME codes)"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("With spaces between: N1101 N1103. Empty: every trade."),
    )  # fmt: skip
    contracts = chosen(_("Contracts"), CONTRACTS, _("Nothing ticked: every contract."))
    full_time = forms.TypedChoiceField(
        label=_("Full time?"), required=False, empty_value=None,
        choices=[("", ANY), ("yes", _("full time")), ("no", _("part time"))],
        coerce=lambda value: value == "yes",
    )  # fmt: skip
    since = forms.ChoiceField(
        label=_("How long they have been on line"), choices=SINCE, required=False,
        help_text=_("With days, a reading is not whole: no offer is then over for being absent."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, communes: dict[str, str], departements: Collection[str],
        trades: Collection[str], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.known_departements, self.known_trades = departements, trades
        field = self.fields["communes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(communes.items())

    @classmethod
    def of(cls, feed: Feed) -> dict[str, Any]:
        """What the form is filled with for a source."""
        asked = feed.query
        full = {"true": "yes", "false": "no"}
        return {
            **super().of(feed), "communes": asked.get("communes", []),
            "departements": " ".join(asked.get("departements", [])),
            "trades": " ".join(str(asked.get("codeROME", "")).split(",")).strip(),
            "contracts": [each for each in str(asked.get("typeContrat", "")).split(",") if each],
            "full_time": full.get(str(asked.get("tempsPlein", "")), ""),
            "since": str(asked.get("publieeDepuis", "")),
        }  # fmt: skip

    def clean_departements(self) -> str:
        """Codes that the loaded geography knows."""
        codes = _codes(self.cleaned_data["departements"])
        if unknown := [code for code in codes if code not in self.known_departements]:
            raise forms.ValidationError(
                _("These départements are not known: {codes}.").format(codes=" ".join(unknown[:9]))
            )
        if len(codes) > MOST_DEPARTEMENTS:
            raise forms.ValidationError(
                _("{count} départements at most.").format(count=MOST_DEPARTEMENTS)
            )
        return " ".join(codes)

    def clean_trades(self) -> str:
        """Codes that the loaded ROME knows."""
        codes = _codes(self.cleaned_data["trades"])
        if unknown := [code for code in codes if code not in self.known_trades]:
            raise forms.ValidationError(
                _("These trades are not in the ROME loaded here: {codes}.").format(
                    codes=" ".join(unknown[:9])
                )
            )
        if len(codes) > MOST_TRADES:
            raise forms.ValidationError(_("{count} trades at most.").format(count=MOST_TRADES))
        return " ".join(codes)

    def clean(self) -> dict[str, Any]:
        """Communes, or départements: both would ask twice for the same offers."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("communes") and given.get("departements"):
            self.add_error("departements", _("Communes or départements: not both."))
        return given

    def query(self) -> dict[str, Any]:
        """What is asked, by the names of the service; what is not asked is left out."""
        given = self.cleaned_data
        full = {True: "true", False: "false"}.get(given["full_time"], "")
        asked: dict[str, Any] = {
            "communes": given["communes"], "departements": given["departements"].split(),
            "codeROME": ",".join(given["trades"].split()),
            "typeContrat": ",".join(given["contracts"]), "tempsPlein": full,
            "publieeDepuis": given["since"],
        }  # fmt: skip
        return {name: value for name, value in asked.items() if value}


def _codes(words: str) -> Sequence[str]:
    """Codes as people type them, each once."""
    return list(dict.fromkeys(re.split(r"[\s,;]+", words.strip().upper()))) if words.strip() else []
