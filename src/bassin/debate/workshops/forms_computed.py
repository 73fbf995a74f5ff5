"""The form by which an answer of a quiz is judged from a figure."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bassin.debate.workshops import reading, truth
from bassin.debate.workshops.forms import offer
from bassin.errors import Refused, SourceError
from bassin.indicators.catalogue import indicators
from bassin.ui.opened import house
from bassin.ui.reader import language


class ComputeForm(forms.Form):
    """From which figure, and beside which places."""

    by = forms.ChoiceField(
        label=gettext_lazy("what the answer states"), widget=forms.RadioSelect,
        choices=[(truth.SHARE, gettext_lazy("our share of a larger place, in per cent")),
                 (truth.GROWTH, gettext_lazy("how many times faster we grow than others"))],
    )  # fmt: skip
    stated = forms.DecimalField(
        label=gettext_lazy("the number it states"), max_digits=9, decimal_places=3,
        help_text=gettext_lazy("10 for « 10 % », 2 for « twice as fast »."),
    )  # fmt: skip
    indicator = forms.ChoiceField(label=gettext_lazy("figure"))
    period = forms.CharField(
        label=gettext_lazy("year"), max_length=10, help_text=gettext_lazy("Such as 2018.")
    )
    since = forms.CharField(
        label=gettext_lazy("from the year"), max_length=10, required=False,
        help_text=gettext_lazy("For growth only."),
    )  # fmt: skip
    beside = forms.MultipleChoiceField(
        label=gettext_lazy("beside which places"), widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("One for a share. For growth, each one is told: the answer may "
                               "depend on it."),
    )  # fmt: skip
    tolerance = forms.DecimalField(
        label=gettext_lazy("how far it may be and still be right"), required=False,
        max_digits=9, decimal_places=3,
        help_text=gettext_lazy("By default, half a unit of the last digit stated."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(each.id, each.label.say(language())) for each in indicators().values()
                 if each.status == "published"]  # fmt: skip
        offer(self, "indicator", choices=sorted(known, key=lambda each: each[1]))
        offer(self, "beside", choices=places())

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        beside = typed.get("beside", [])
        if typed.get("by") == truth.SHARE and (len(beside) != 1 or reading.OTHERS in beside):
            self.add_error("beside", _("A share is of one place: choose the place that holds us."))
        if typed.get("by") == truth.GROWTH and not typed.get("since"):
            self.add_error("since", _("Write from which year growth is counted."))
        return typed


def places() -> list[tuple[str, str]]:
    """The places that hold ours, and the others of its scale together; none without data."""
    try:
        home, territory = house().home, house().territory
        held = [(each.key, each.name) for each in territory.containers(home)]
    except (Refused, SourceError):
        held = []
    return [*held, (reading.OTHERS, _("the other places like ours, together"))]


def spec(typed: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, as it is kept beside the answer."""
    figure: dict[str, Any] = {"indicator": typed["indicator"], "period": typed["period"]}
    found: dict[str, Any] = {"by": typed["by"], "stated": _written(typed["stated"])}
    if typed.get("tolerance") is not None:
        found["tolerance"] = _written(typed["tolerance"])
    if typed["by"] == truth.GROWTH:
        figure["since"] = typed["since"]
        return {**found, "figures": [figure], "against": list(typed["beside"])}
    return {**found, "figures": [figure], "of": typed["beside"][0]}


def _written(number: Any) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def first(kept: Mapping[str, Any]) -> dict[str, Any]:
    """What the form begins with."""
    figure: Mapping[str, Any] = next(iter(kept.get("figures") or ()), {})
    beside = kept.get("against") or [kept.get("of", "")]
    return {
        "by": kept.get("by") if kept.get("by") != truth.HAND else truth.SHARE,
        "stated": kept.get("stated"), "tolerance": kept.get("tolerance"), "beside": beside,
        **{name: figure.get(name, "") for name in ("indicator", "period", "since")},
    }  # fmt: skip
