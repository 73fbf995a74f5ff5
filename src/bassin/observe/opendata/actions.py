"""What is written when data leave."""

import logging
from datetime import date

from django.db.models import F

from bassin.observe.opendata.datasets import Dataset
from bassin.observe.opendata.models import Departure

logger = logging.getLogger(__name__)


def depart(dataset: Dataset, form: str, *, rows: int, masked: int, today: date) -> None:
    """Note that a dataset leaves, after secrecy, and how much of it is hidden."""
    line, _new = Departure.objects.get_or_create(
        day=today, dataset=dataset.identity, version=dataset.release, form=form,
        defaults={"rows": rows, "masked": masked},
    )  # fmt: skip
    Departure.objects.filter(pk=line.pk).update(times=F("times") + 1, rows=rows, masked=masked)
    logger.info("%s@%s leaves as %s: %s rows, %s masked cells",
                dataset.identity, dataset.release, form, rows, masked)  # fmt: skip
