"""Who saw and who changed what: the tables watched, reads of what is confidential, erasure.

Changes are written by django-auditlog as records are saved or deleted; bulk changes of a table are
written by nobody. Times, signatures and secrets are left out.
"""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast

from bassin.parties.models import Person
from bassin.parties.privacy.declared import ERASED, Personal
from bassin.parties.privacy.register import declaration

AT_ONCE = 500
READ_AGAIN = timedelta(hours=1)
"""A read of the same record by the same person within the hour is the same read."""


def watch() -> None:
    """Write the changes of every table that declares itself audited."""
    for model in apps.get_models():
        declared = declaration(model)
        if declared is not None and declared.audited and not auditlog.contains(model):
            secret = declared.secret if isinstance(declared, Personal) else ()
            left_out = {*secret, *declared.unaudited}
            own = [each.name for each in model._meta.concrete_fields]
            many = [each.name for each in model._meta.local_many_to_many]
            watched = [each for each in own if each not in left_out]
            auditlog.register(model, include_fields=watched, m2m_fields=many)


def seen(record: Model, *, by: Any, now: datetime) -> None:
    """Write that a person read a confidential sheet or somebody's data.

    A visitor who is not signed in is nobody: nothing is written of them.
    """
    if not isinstance(by, Person):
        return
    about = LogEntry.objects.get_for_object(record)
    recent = about.filter(action=LogEntry.Action.ACCESS, actor=by, timestamp__gt=now - READ_AGAIN)
    # A line of a list says less than the sheet.
    if not recent.filter(additional_data__isnull=True).exists():
        LogEntry.objects.log_create(
            record, force_log=True, action=LogEntry.Action.ACCESS, actor=by, actor_email=by.email,
            timestamp=now,
        )  # fmt: skip


def listed(
    model: type[Model], titles: Mapping[int, str], *, how: str, by: Any, now: datetime
) -> None:
    """Write that a person read confidential lines in a list, or took them away in a file.

    One look at the audit and one line for each, whatever their number.

    Args:
        titles: the title of each confidential row that was shown, by its key.
        how: "list" or "file".
    """
    if not titles or not isinstance(by, Person):
        return
    recent = about(model, list(titles)).filter(
        action=LogEntry.Action.ACCESS, actor=by, timestamp__gt=now - READ_AGAIN,
        additional_data__how=how,
    )  # fmt: skip
    again = {int(key) for key in recent.values_list("object_pk", flat=True)}
    LogEntry.objects.bulk_create(
        LogEntry(
            content_type=ContentType.objects.get_for_model(model), object_pk=str(key),
            object_id=key, object_repr=title, action=LogEntry.Action.ACCESS, actor=by,
            actor_email=by.email, timestamp=now, additional_data={"how": how},
        )
        for key, title in titles.items() if key not in again
    )  # fmt: skip


def about(model: type[Model], keys: Sequence[Any]) -> QuerySet[Any]:
    """The entries about some rows of a table."""
    kind = ContentType.objects.get_for_model(model)
    return LogEntry.objects.filter(content_type=kind, object_pk__in=[str(key) for key in keys])


def empty(model: type[Model], keys: Sequence[Any], fields: Collection[str] = ()) -> int:
    """Take out of the audit the values of some rows: those of some fields, else all of them."""
    count = 0
    for start in range(0, len(keys), AT_ONCE):
        for entry in about(model, keys[start : start + AT_ONCE]):
            changes = entry.changes or {}
            gone = [name for name in changes if not fields or name in fields]
            entry.changes = changes | {name: [ERASED, ERASED] for name in gone}
            if not fields:
                entry.object_repr = ERASED
                entry.serialized_data = entry.additional_data = None
            entry.save()
            count += 1
    return count


def strike(person: Person) -> int:
    """Take a person out of all other entries, as their author and wherever they are named.

    The e-mail address and the telephone number are struck out, and the name when it has two
    words: one alone may be anybody's.
    """
    words = [person.email, person.telephone, person.name if " " in person.name.strip() else ""]
    struck = _strike([word for word in words if word])
    mine = Q(actor=person) | Q(actor_email__iexact=person.email or ERASED)
    LogEntry.objects.filter(mine).update(actor=None, actor_email=None, remote_addr=None)
    return struck


def _strike(words: Sequence[str]) -> int:
    if not words:
        return 0
    texts = {"_changes": "changes", "_more": "additional_data", "_repr": "object_repr"}
    wanted = Q(pk__in=())
    for name in texts:
        for word in words:
            # SQLite keeps JSON with its accents escaped, PostgreSQL as they are.
            for written in {word, json.dumps(word)[1:-1]}:
                wanted |= Q(**{f"{name}__icontains": written})
    as_text = {name: Cast(column, TextField()) for name, column in texts.items()}
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(w)}(?!\w)" for w in words), re.IGNORECASE)
    count = 0
    for entry in LogEntry.objects.annotate(**as_text).filter(wanted).iterator(chunk_size=500):
        entry.changes = _struck(entry.changes, pattern)
        entry.additional_data = _struck(entry.additional_data, pattern)
        entry.object_repr = pattern.sub(ERASED, entry.object_repr)
        entry.save(update_fields=["changes", "object_repr", "additional_data"])
        count += 1
    return count


def _struck(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return pattern.sub(ERASED, value)
    if isinstance(value, list):
        return [_struck(each, pattern) for each in value]
    if isinstance(value, dict):
        return {name: _struck(each, pattern) for name, each in value.items()}
    return value
