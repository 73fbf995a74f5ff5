"""Who changed what of an action, and when: each field from what it was to what it became, in words.

It is read by those who may change the action. Officers read it whole. Its holder's people read what
was changed since it is theirs: before, they learn which fields changed, and not their values.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from auditlog.models import LogEntry
from django.db import models
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from bassin.commons import permissions as shared
from bassin.commons.models import Operation
from bassin.parties.access import User, is_officer, roles
from bassin.parties.models import Organisation
from bassin.parties.privacy.declared import ERASED
from bassin.steer.programmes import rules, words
from bassin.steer.programmes.models import Action

LATEST = 30
LONGEST = 160
_OF_THE_MACHINE = (
    "id",
    "ref",
    "edition",
    "changed_at",
    "changed_by",
    "archived_by",
    "last_progress",
)
_NOTHING = frozenset({"", "None", "[]", "null"})


@dataclass(frozen=True, slots=True)
class Field:
    """A field that changed; both values are empty where they are not shown."""

    name: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: when, who, which fields; `created` when it is the first."""

    when: str
    who: str
    created: bool
    fields: tuple[Field, ...]


def of(action: Action, user: User) -> list[Entry]:
    """The latest changes of an action, as this reader may know them."""
    found = LogEntry.objects.get_for_object(action).select_related("actor")
    entries = list(found.exclude(action=LogEntry.Action.ACCESS)[: LATEST * 2])
    told = _Teller(action, user, entries)
    listed = [told.entry(each) for each in entries]
    return [each for each in listed if each.created or each.fields][:LATEST]


class _Teller:
    """Turns the audit's values into words; reads the names of what they point to once."""

    def __init__(self, action: Action, user: User, entries: Iterable[LogEntry]) -> None:
        self.columns = {each.name: each for each in action._meta.concrete_fields}
        self.user, self.officer = user, is_officer(user)
        self.mine = {each.organisation_id for each in roles(user)}
        self.holder = str(action.holder_id or "")
        values = [_changes(each) for each in entries]
        self.holders = Organisation.objects.in_bulk(_keys(values, "holder"))
        self.operations = Operation.objects.in_bulk(_keys(values, "operation"))
        self.communes = words.communes()

    def entry(self, entry: LogEntry) -> Entry:
        """One entry; they come from the latest to the first."""
        changes = _changes(entry)
        shown = self.officer or self._theirs()
        if "holder" in changes:
            self.holder = changes["holder"][0]
            shown = self.officer or (shown and self._theirs())
        created = entry.action == LogEntry.Action.CREATE
        fields = [] if created else [
            self._field(name, both, shown=shown)
            for name, both in changes.items()
            if name in self.columns and name not in _OF_THE_MACHINE
        ]  # fmt: skip
        return Entry(
            when=words.day(timezone.localtime(entry.timestamp).date()),
            who=str(entry.actor) if entry.actor else _("the machine"),
            created=created,
            fields=tuple(fields),
        )

    def _theirs(self) -> bool:
        """Whether the action was held by an organisation of theirs at that time."""
        return self.holder.isdecimal() and int(self.holder) in self.mine

    def _field(self, name: str, both: tuple[str, str], *, shown: bool) -> Field:
        column = self.columns[name]
        label = _LABELS[name]() if name in _LABELS else str(column.verbose_name)
        if not shown:
            return Field(label)
        before, after = (self._said(column, value) for value in both)
        return Field(label, before, after)

    def _said(self, column: Any, value: str) -> str:
        if value == ERASED:
            return _("erased")
        if value in _NOTHING:
            return words.health("") if column.name == "health" else _("nothing")
        if column.name == "holder":
            return _named(self.holders.get(_key(value)))
        if column.name == "operation":
            found = self.operations.get(_key(value))
            hidden = found is not None and not shared.can_see(self.user, found)
            return _("an operation that is not shown to you") if hidden else _named(found)
        if column.flatchoices:
            return str(dict(column.flatchoices).get(value, value))
        return Truncator(self._plain(column, value)).chars(LONGEST)

    def _plain(self, column: Any, value: str) -> str:
        """A value of a field without choices, in words."""
        if isinstance(column, models.BooleanField):
            return _("yes") if value == "True" else _("no")
        if isinstance(column, models.DateField):
            return words.day(_day(value)) or value
        if isinstance(column, models.DecimalField):
            return _euros(value)
        if isinstance(column, models.JSONField):
            return ", ".join(self.communes.get(each, each) for each in _listed(value))
        return value


_LABELS: Mapping[str, Any] = {
    "title_en": lambda: _("Title in English"),
    "text_en": lambda: _("Text in English"),
    "archived_at": lambda: _("put away on"),
    "archived_why": lambda: _("why it was put away"),
}


def _changes(entry: LogEntry) -> dict[str, tuple[str, str]]:
    """The changes of fields, by name; those of another shape (links to many) left out."""
    return {
        name: (str(both[0]), str(both[1]))
        for name, both in (entry.changes_dict or {}).items()
        if isinstance(both, list) and len(both) == 2
    }


def _keys(changes: Iterable[Mapping[str, tuple[str, str]]], name: str) -> set[int]:
    return {
        int(value) for each in changes for value in each.get(name, ()) if value.isdecimal()
    }  # fmt: skip


def _key(value: str) -> int:
    return int(value) if value.isdecimal() else 0


def _named(found: Organisation | Operation | None) -> str:
    return str(found) if found else _("a record that is no longer here")


def _day(value: str) -> date | None:
    """The day of a date or of a moment as the audit writes it."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return timezone.localtime(moment).date() if moment.tzinfo else moment.date()


def _euros(value: str) -> str:
    try:
        return words.amount(rules.amount([Decimal(value)]))
    except InvalidOperation:
        return value


def _listed(value: str) -> list[str]:
    """The items of a list, as the audit writes it."""
    try:
        found = json.loads(value)
    except ValueError:
        return [value]
    return [str(each) for each in found] if isinstance(found, list) else [str(found)]
