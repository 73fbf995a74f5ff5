"""A form that somebody else saved first: what it shows again, so that nothing typed is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bassin.commons.edition import Conflict, Difference


@dataclass(frozen=True, slots=True)
class Told:
    """A difference in words, a line of `ui/_twice.html`."""

    label: str
    before: str
    now: str
    typed: str
    both: bool


def given_back(
    sent: QueryDict, form: forms.BaseForm, conflict: Conflict, now: Mapping[str, Any]
) -> list[Told]:
    """Fill the form with what was typed, and with what only the other person changed; say it.

    Args:
        now: what the form would be filled with if it were opened now.
    """
    held = {each.field: now[each.field] for each in conflict.differences if not each.both}
    lines = [told(each, form) for each in conflict.differences]
    form.data = merged(sent, form, held)
    return lines


def merged(sent: QueryDict, form: forms.BaseForm, theirs: Mapping[str, Any]) -> QueryDict:
    """What was typed; in fields that only the other person changed, what they wrote."""
    data = sent.copy()
    for name, value in theirs.items():
        field = form.fields.get(name)
        if field is None or isinstance(field, forms.FileField):
            continue
        shown = field.prepare_value(value)
        if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
            data.setlist(name, [str(each) for each in shown or ()])
        elif shown is None or shown is False:
            data.pop(name, None)
        else:
            data[name] = str(shown)
    return data


def told(each: Difference, form: forms.BaseForm) -> Told:
    """A difference in the words of a form: its labels, its choices."""
    field = form.fields.get(each.field)
    label = str(field.label) if field is not None and field.label else each.label
    before, now, typed = (_worded(field, value) for value in (each.before, each.now, each.typed))
    return Told(label, before, now, typed, each.both)


def _worded(field: Any, value: Any) -> str:
    if value in (None, "", []):
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, forms.DateTimeField) and (moment := parse_datetime(str(value))):
        return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
    if isinstance(value, list):
        return ", ".join(_worded(field, each) for each in value)
    if isinstance(field, forms.ModelChoiceField):
        offered = field.queryset
        return str((offered.filter(pk=value).first() if offered is not None else None) or value)
    return str(dict(getattr(field, "choices", ())).get(value, value))
