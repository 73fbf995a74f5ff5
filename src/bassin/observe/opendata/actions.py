"""What is written when data leave."""

import logging
from datetime import date

from django.db.models import F

from bassin.observe.opendata.datasets import Dataset
from bassin.observe.opendata.models import Departure

logger = logging.getLogger(__name__)


def depart(dataset: Dataset, form: str, *, rows: int, masked: int, today: date) -> None:
    """Note that a dataset leaves, after secrecy, and how much of it is hidden."""
    note(dataset.identity, dataset.release, form, rows=rows, masked=masked, today=today)


def note(name: str, version: str, form: str, *, rows: int, masked: int, today: date) -> None:
    """Note one departure under a name."""
    line, _new = Departure.objects.get_or_create(
        day=today, dataset=name, version=version, form=form,
        defaults={"rows": rows, "masked": masked},
    )  # fmt: skip
    Departure.objects.filter(pk=line.pk).update(times=F("times") + 1, rows=rows, masked=masked)
    logger.info("%s@%s leaves as %s: %s rows, %s masked cells", name, version, form, rows, masked)
