"""A form that two people may have opened: the second is refused (409), and loses nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db import transaction
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
    request: HttpRequest, form: forms.BaseForm, *, record: Model, reads: Reads,
    save: Callable[[dict[str, Any]], Any],
) -> Edited:  # fmt: skip
    """Save a form, unless somebody changed meanwhile what it was opened on.

    Args:
        record: held while it is compared, then saved.
        reads: what the form would be filled with now.
    """
    if request.method != "POST":
        return Edited(base=edition.seal_values(reads()))
    base = request.POST.get("base", "")
    if not form.is_valid():
        return Edited(base=base)
    try:
        with transaction.atomic():
            type(record)._base_manager.select_for_update().get(pk=record.pk)
            _refuse_changed(form, reads(), base)
            save(form.cleaned_data)
    except Conflict as conflict:
        return _given_back(request, form, conflict, reads)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return Edited(base=base)
    return Edited(saved=True)


def _refuse_changed(form: forms.BaseForm, now: Mapping[str, Any], base: str) -> None:
    """Compare the fields that the form has; files are not compared.

    Raises:
        Conflict: one of them was changed by somebody else.
    """
    typed = {name: _keys(form.cleaned_data[name]) for name in now if name in form.cleaned_data}
    labels = {name: str(form.fields[name].label or name) for name in typed}
    edition.refuse_changed({name: now[name] for name in typed}, edition.unseal(base), typed, labels)


def _keys(value: Any) -> Any:
    """Records chosen in a list, as their keys."""
    return [each.pk for each in value] if hasattr(value, "values_list") else value


def _given_back(
    request: HttpRequest, form: forms.BaseForm, conflict: Conflict, reads: Reads
) -> Edited:
    """The form with what was typed, and what only the other person changed; said on the page."""
    now = reads()
    theirs = {each.field: now[each.field] for each in conflict.differences if not each.both}
    told = [twice.told(each, form) for each in conflict.differences]
    form.data = twice.merged(request.POST, form, theirs)
    return Edited(base=edition.seal_values(now), differences=told)
