"""Forms of plans of reconversion. They validate shape; `actions_plans` validates sense."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bassin.commons import cells
from bassin.match.skills.forms import CellField
from bassin.match.skills.models import PlanStep
from bassin.parties.widgets import Day


class KeepForm(forms.Form):
    """The title under which a plan is kept."""

    title = forms.CharField(label=_("Title of the plan"), max_length=160)


class PairForm(forms.Form):
    """From which exposed trade, to which other one."""

    from_rome = forms.ChoiceField(label=_("From the trade"))
    to_rome = CellField(
        cells.rome, label=_("To the trade (ROME code)"), max_length=10,
        help_text=_("A letter and four figures: F1701."),
    )  # fmt: skip

    def __init__(self, *args: Any, trades: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["from_rome"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = trades


class CountForm(PairForm):
    """Files begun or signed."""

    stage = forms.ChoiceField(
        label=_("Stage of the files"),
        choices=[each for each in PlanStep.Stage.choices if each[0] in ("begun", "signed")],
    )
    number = forms.IntegerField(
        label=_("How many files"), min_value=-999, max_value=999,
        help_text=_("A negative number corrects, with its reason."),
    )  # fmt: skip
    on = forms.DateField(label=_("On"), widget=Day)
    why = forms.CharField(label=_("Why, for a correction"), max_length=200, required=False)


class HireForm(PairForm):
    """One hire."""

    hired_on = forms.DateField(label=_("Hired on"), widget=Day)
    employer_siret = CellField(cells.siret, label=_("SIRET of the employer"), max_length=20)
    token = forms.CharField(
        label=_("Number of this hire in another service"), max_length=64, required=False,
        help_text=_("If another service counted it already. Never a name, an address or a number "
                    "of social security."),
    )  # fmt: skip


class LastForm(forms.Form):
    """The day on which somebody hired was still there."""

    on = forms.DateField(label=_("Still in the job on"), widget=Day)
