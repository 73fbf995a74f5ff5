"""The half of the sample that people would have written: accounts, records, programmes.

Each floor that people write on, then each system that names a `sample` in its card, has a
`build(today)`. It may be called again: it adds what is missing and leaves what was changed since.
"""

from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec

from auditlog.context import disable_auditlog
from django.db import transaction

from bassin.systems import call, systems

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
