"""The three steps of a profile. Everything is in the address; nothing is kept by the service."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bassin.match.jobs.forms_search import Codes, SearchForm
from bassin.taxonomies.rome import Rome

LONGEST = 600
MOST_JOBS = 6


class DoneForm(forms.Form):
    """What somebody did, in their own words."""

    fait = forms.CharField(
        label=_("What jobs have you done?"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4}),
        help_text=_(
            "One a line, as you would tell a friend: “I cleaned offices”, “forklift driver”. Jobs "
            "at home, for family or as a volunteer count too."
        ),
    )

    def clean_fait(self) -> list[str]:
        """The jobs, one by one."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["fait"].splitlines()]
        return list(dict.fromkeys(line for line in lines if line))[:MOST_JOBS]


class SkillsForm(SearchForm):
    """The skills ticked, and what a search reads besides."""

    field_order = (
        "lieu", "minutes", "moyen", "diplome", "francais", "permis", "badge", "contrat", "horaire",
    )  # fmt: skip


class CardForm(forms.Form):
    """What a card for an adviser shows: trades and skills by their codes, and a few words."""

    metier = Codes(required=False)
    sait = Codes(required=False)

    def known(self, rome: Rome) -> tuple[list[str], list[str]]:
        """The labels of the trades and of the skills that this version of ROME knows."""
        given: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        trades = [rome.label(code) for code in given.get("metier", ()) if code in rome.labels]
        skills = [rome.item_label(c) for c in given.get("sait", ()) if c in rome.item_kinds]
        return trades, skills
