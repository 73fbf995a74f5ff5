"""Who saw and who changed what: the tables watched, reads of what is confidential, erasure.

Changes are written by django-auditlog as records are saved or deleted; bulk changes of a table are
written by nobody. Times, signatures and secrets are left out.
"""

import json
import re
from collections.abc import Iterable, Sequence
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

READ_AGAIN = timedelta(hours=1)
"""A read of the same record by the same person within the hour is the same read."""


def watch() -> None:
    """Write the changes of every table that declares itself audited."""
    for model in apps.get_models():
        declared = declaration(model)
        if declared is not None and declared.audited and not auditlog.contains(model):
            secret = declared.secret if isinstance(declared, Personal) else ()
            many = [each.name for each in model._meta.local_many_to_many]
            auditlog.register(model, exclude_fields=[*secret, *declared.unaudited], m2m_fields=many)


def seen(record: Model, *, by: Any, now: datetime) -> None:
    """Write that a person read a confidential sheet or somebody's data.

    A visitor who is not signed in is nobody: nothing is written of them.
    """
    if not isinstance(by, Person):
        return
    about = LogEntry.objects.get_for_object(record)
    recent = about.filter(action=LogEntry.Action.ACCESS, actor=by, timestamp__gt=now - READ_AGAIN)
    if not recent.exists():
        LogEntry.objects.log_create(
            record, force_log=True, action=LogEntry.Action.ACCESS, actor=by, actor_email=by.email,
            timestamp=now,
        )  # fmt: skip


def about(records: Iterable[Model]) -> QuerySet[Any]:
    """The entries about some records."""
    wanted = Q(pk__in=())
    for record in records:
        kind = ContentType.objects.get_for_model(type(record))
        wanted |= Q(content_type=kind, object_pk=str(record.pk))
    return LogEntry.objects.filter(wanted)


def forget(person: Person, records: Sequence[Model]) -> int:
    """Take a person's values out of the audit; return how many entries named them.

    `records` are the rows that were about them: their entries lose every value. Elsewhere the
    e-mail address and the telephone number are struck out, and the name when it has two words.
    """
    touched = _empty(about([person, *records]))
    words = [person.email, person.telephone, person.name if " " in person.name.strip() else ""]
    touched += _strike([word for word in words if word])
    mine = Q(actor=person) | Q(actor_email__iexact=person.email or ERASED)
    return touched + LogEntry.objects.filter(mine).update(
        actor=None, actor_email=None, remote_addr=None
    )


def _empty(entries: QuerySet[Any]) -> int:
    count = 0
    for entry in entries.iterator(chunk_size=500):
        entry.changes = {name: [ERASED, ERASED] for name in entry.changes or {}}
        entry.object_repr = ERASED
        entry.serialized_data = entry.additional_data = None
        entry.save(update_fields=["changes", "object_repr", "serialized_data", "additional_data"])
        count += 1
    return count


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
