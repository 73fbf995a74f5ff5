"""The form of a loop's card: three dimensions, six conditions each with its evidence."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bassin.debate.workshops.forms import area, offer
from bassin.debate.workshops.models import Statement, Workshop
from bassin.debate.workshops.preparing import in_french
from bassin.types import Origin
from bassin.ui import loops
from bassin.ui.reader import language


class LoopForm(forms.Form):
    """What the card says, and beside which questions of the workshop it stands."""

    name = forms.CharField(label=gettext_lazy("name of the loop"), max_length=120, required=False)

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, words in loops.DIMENSIONS.items():
            self.fields[code] = forms.CharField(
                label=words.say(language()), required=False, max_length=400, widget=area(2)
            )
        levels = [("", "—"), *((str(n), f"{n} · {each.say(language())}")
                               for n, each in enumerate(loops.LEVELS))]  # fmt: skip
        for code, words in loops.CONDITIONS.items():
            said = words.say(language())
            self.fields[f"{code}-level"] = forms.ChoiceField(
                label=said, choices=levels, required=False
            )
            self.fields[f"{code}-evidence"] = forms.CharField(
                label=_("{condition}: what shows it").format(condition=said),
                required=False,
                max_length=400,
                widget=area(2),
            )
            self.fields[f"{code}-next"] = forms.CharField(
                label=_("{condition}: what would raise it").format(condition=said),
                required=False,
                max_length=300,
            )
        self.fields["beside"] = forms.MultipleChoiceField(
            label=_("beside which questions"), required=False, widget=forms.CheckboxSelectMultiple
        )
        offer(self, "beside", choices=[
            (str(step.statement_id), str(step.title.get("fr", "")))
            for step in workshop.steps.filter(statement__isnull=False)
        ])  # fmt: skip


def facts(typed: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, as a card is kept; nothing when no name was given."""
    if not typed["name"]:
        return {}
    before = kept.get("conditions", {})
    dimensions = {
        code: in_french(kept.get("dimensions", {}).get(code), typed[code])
        for code in loops.DIMENSIONS
    }
    return {
        "name": in_french(kept.get("name"), typed["name"]),
        "origin": kept.get("origin", Origin.REAL.value),
        "dimensions": {code: text for code, text in dimensions.items() if text},
        "conditions": {
            code: _condition(typed, code, before.get(code, {}))
            for code in loops.CONDITIONS
            if typed[f"{code}-level"]
        },
    }


def _condition(typed: Mapping[str, Any], code: str, before: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"level": int(typed[f"{code}-level"])}
    for name in ("evidence", "next"):
        words = in_french(before.get(name), typed[f"{code}-{name}"])
        if words:
            found[name] = words
    return found


def sharing(statement: Statement, workshop: Workshop) -> list[Statement]:
    """The questions of a workshop that show the same card, this one first."""
    asked = Statement.objects.filter(steps__workshop=workshop).exclude(pk=statement.pk).distinct()
    same = [each for each in asked if statement.loop and each.loop == statement.loop]
    return [statement, *same]


def first(statement: Statement, workshop: Workshop) -> dict[str, Any]:
    """What the form begins with."""
    kept = statement.loop or {}
    beside = [str(each.pk) for each in sharing(statement, workshop)]
    found = {"name": _fr(kept.get("name")), "beside": beside}
    for code in loops.DIMENSIONS:
        found[code] = _fr(kept.get("dimensions", {}).get(code))
    for code, given in kept.get("conditions", {}).items():
        found[f"{code}-level"] = str(given.get("level", ""))
        found |= {f"{code}-{name}": _fr(given.get(name)) for name in ("evidence", "next")}
    return found


def _fr(text: Any) -> str:
    return text if isinstance(text, str) else str((text or {}).get("fr", ""))
