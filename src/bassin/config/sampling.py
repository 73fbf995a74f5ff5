"""The half of the sample that people would have written: accounts, records, programmes.

Each floor that people write on, then each system that names a `sample` in its card, has a
`build(today)`. It may be called again: it adds what is missing and leaves what was changed since.
"""

from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec

from auditlog.context import disable_auditlog
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import transaction
from django.db.models import Model, ProtectedError

from bassin.systems import call, systems
from bassin.types import Origin

FLOORS = ("bassin.parties.sample", "bassin.commons.sample")
"""Built before the systems, in this order: what they write refers to it."""


def paths() -> Iterator[str]:
    """The dotted path of every `build`, in the order in which they are called."""
    yield from (f"{floor}.build" for floor in FLOORS if find_spec(floor))
    yield from (system.sample for system in systems() if system.sample)


def build(today: date) -> None:
    """Write what is missing of the sample; each part whole, or not at all.

    Nobody wrote it, so the audit of who changed what does not hold it.
    """
    for path in paths():
        with disable_auditlog(), transaction.atomic():
            call(path)(today)


@transaction.atomic
def forget(*origins: Origin) -> None:
    """Take away what the sample wrote, recognised by its mark.

    A record that something of people's own holds on to is kept.
    """
    waiting = [model for model in apps.get_models() if _is_marked(model)]
    while waiting:
        held = [model for model in waiting if not _emptied(model, origins)]
        if len(held) == len(waiting):
            break
        waiting = held
    for model in waiting:
        for record in model._default_manager.filter(origin__in=origins):
            _emptied(model, origins, pk=record.pk)


def _is_marked(model: type[Model]) -> bool:
    try:
        model._meta.get_field("origin")
    except FieldDoesNotExist:
        return False
    return True


def _emptied(model: type[Model], origins: tuple[Origin, ...], **only: object) -> bool:
    try:
        with disable_auditlog(), transaction.atomic():
            model._default_manager.filter(origin__in=origins, **only).delete()
    except ProtectedError:
        return False
    return True
