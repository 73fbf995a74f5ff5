"""What is held about one person: found table by table, read by them, given to them as data."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bassin.parties.models import Person
from bassin.parties.privacy.declared import Hold, Personal
from bassin.parties.privacy.others import LABELS
from bassin.parties.privacy.register import Model, holding, name
from bassin.types import Text

NOT_PERSONAL = {"origin"}


@dataclass(frozen=True, slots=True)
class Value:
    """One field of a row: its name, its label and what it holds."""

    name: str
    label: str
    value: Any

    @property
    def said(self) -> Any:
        """The value as a page shows it."""
        return (_("yes") if self.value else _("no")) if isinstance(self.value, bool) else self.value


@dataclass(frozen=True, slots=True)
class Held:
    """The rows of one table that hold one thing about a person."""

    model: Model
    personal: Personal
    hold: Hold
    rows: list[list[Value]]

    @property
    def what(self) -> Text:
        """What these rows hold."""
        return self.personal.what(self.hold)


def rows_of(model: Model, hold: Hold, person: Person) -> models.QuerySet[Any]:
    """The rows of a table that hold this about a person."""
    return model._base_manager.filter(hold.rows(person))


def held(person: Person, most: int | None = None) -> Iterator[Held]:
    """Everything held, table by table; at most so many rows of each when told."""
    for model, personal in holding().items():
        for hold in personal.holds:
            shown = [
                each for each in model._meta.concrete_fields if _is_shown(each, personal, hold)
            ]
            links = [each.name for each in shown if each.is_relation]
            found = rows_of(model, hold, person).select_related(*links).order_by("pk")[:most]
            rows = [_values(row, shown) for row in found]
            if rows:
                yield Held(model, personal, hold, rows)


def _is_shown(field: models.Field[Any, Any], personal: Personal, hold: Hold) -> bool:
    if hold.show:
        return field.name in hold.show
    left_out = {*personal.secret, hold.person, *NOT_PERSONAL}
    return field.name not in left_out and not field.primary_key


def _values(row: models.Model, shown: list[models.Field[Any, Any]]) -> list[Value]:
    return [
        Value(each.name, _label(each), _read(row, each))
        for each in shown
        if getattr(row, each.attname) not in (None, "", [], {})
    ]


def _label(field: models.Field[Any, Any]) -> str:
    if field.name in LABELS:
        return LABELS[field.name].say(get_language() or "fr")
    return str(field.verbose_name)


def _read(row: models.Model, field: models.Field[Any, Any]) -> Any:
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    value = getattr(row, field.name)
    if isinstance(value, datetime):
        return localtime(value)
    if value is None or isinstance(value, bool | int | float | date | list | dict):
        return value
    return str(value)


def export(person: Person, *, language: str, now: datetime) -> dict[str, Any]:
    """The same as data, ready to be written as JSON, with why and for how long."""
    return {
        "person": str(person),
        "made_at": localtime(now).isoformat(),
        "held": [
            {
                "table": each.model._meta.label,
                "title": name(each.model, language),
                "data": each.what.say(language),
                "purpose": each.personal.processing.purpose.say(language),
                "legal_basis": each.personal.processing.basis.words.say(language),
                "recipients": each.personal.processing.recipients.say(language),
                "kept": each.hold.kept.say(language),
                "then": each.hold.fate.say(language),
                "rows": [{value.name: value.value for value in row} for row in each.rows],
            }
            for each in held(person)
        ],
    }
