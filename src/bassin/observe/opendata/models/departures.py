"""What left the house: a count by day, dataset, version and format, and never who asked."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.parties.privacy.declared import Nothing
from bassin.types import Text


class Departure(models.Model):
    """How many times a dataset left on a day, and what secrecy had hidden in it.

    `masked` counts cells that the engine hid or rounded, or that their publisher had masked.
    """

    day = models.DateField()
    dataset = models.CharField(max_length=120)
    version = models.CharField(max_length=60)
    form = models.CharField(max_length=20)
    times = models.PositiveIntegerField(default=0)
    rows = models.PositiveBigIntegerField()
    masked = models.PositiveBigIntegerField()

    personal = Nothing(
        Text("des décomptes par jour ; personne n'est nommé", "counts by day; nobody is named"),
        audited=False,
    )

    class Meta:
        verbose_name = _("departure of a dataset")
        ordering: ClassVar = ["-day", "dataset", "form"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["day", "dataset", "version", "form"], name="opendata_departure_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.dataset}@{self.version}.{self.form} ×{self.times}"
