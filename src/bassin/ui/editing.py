"""A form that two people may have opened: the second is refused (409), and loses nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db.models import Model
from django.http import HttpRequest

from bassin.commons import edition
from bassin.commons.edition import Conflict
from bassin.errors import Refused
from bassin.ui import twice
from bassin.ui.twice import Told

Reads = Callable[[], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Edited:
    """What became of the form: saved or not, what somebody else changed, what it is opened on."""

    saved: bool = False
    base: str = ""
    differences: list[Told] = field(default_factory=list)

    @property
    def status(self) -> int:
        """The status of a page whose form was not saved."""
        return 409 if self.differences else 200


def edit(
    request: HttpRequest, form: forms.BaseForm, *, record: Model | None, reads: Reads,
    save: Callable[[dict[str, Any]], Any],
) -> Edited:  # fmt: skip
    """Save a form, unless somebody changed meanwhile what it was opened on.

    Args:
        record: held while it is compared, then saved; None when there is none yet.
        reads: what the form would be filled with now.
    """
    if request.method != "POST":
        return Edited(base=edition.seal_values(reads()))
    base = request.POST.get("base", "")
    if not form.is_valid():
        return Edited(base=base)
    try:
        edition.unless_changed(
            [record] if record else [],
            reads=lambda: _shown(form, reads()), base=edition.unseal(base),
            typed={name: _keys(value) for name, value in form.cleaned_data.items()},
            labels={name: str(form[name].label) for name in form.fields},
            save=lambda: save(form.cleaned_data),
        )  # fmt: skip
    except Conflict as conflict:
        now = reads()
        told = twice.given_back(request.POST, form, conflict, now)
        return Edited(base=edition.seal_values(now), differences=told)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return Edited(base=base)
    return Edited(saved=True)


def _shown(form: forms.BaseForm, now: Mapping[str, Any]) -> dict[str, Any]:
    """What there is to compare: the fields that the form has."""
    return {name: value for name, value in now.items() if name in form.fields}


def _keys(value: Any) -> Any:
    """Records chosen in a list, as their keys."""
    return [each.pk for each in value] if hasattr(value, "values_list") else value
