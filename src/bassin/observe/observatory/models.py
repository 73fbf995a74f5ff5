"""What people freeze: a figure cited in a report must open on the same number for ever."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.parties.privacy.declared import Nothing
from bassin.types import Text


class Citation(models.Model):
    """One figure as it was shown on one day. Never changed afterwards; holds no personal data.

    `code` is a digest of what was shown, so citing the same figure twice gives the same link.
    `figure` maps a language to the exported figure (see `bassin.indicators.export`).
    """

    code = models.CharField(max_length=24, primary_key=True)
    indicator = models.CharField(max_length=100)
    indicator_version = models.PositiveIntegerField()
    place_key = models.CharField(max_length=400)
    period = models.CharField(max_length=20)
    table_version = models.CharField(max_length=40)
    release = models.CharField(max_length=60)
    value = models.FloatField(null=True)
    figure = models.JSONField()
    sentence = models.JSONField()
    cited_at = models.DateTimeField()

    personal = Nothing(
        Text("un chiffre ; personne n'est nommé", "a figure; nobody is named"), audited=False
    )

    class Meta:
        verbose_name = _("cited figure")
        ordering: ClassVar = ["-cited_at"]

    def __str__(self) -> str:
        return f"{self.indicator}@{self.indicator_version} {self.place_key} {self.period}"


class Statement(models.Model):
    """What a declared scenario said of a place on one day, kept so that it can be judged later.

    Never changed afterwards; holds no personal data. `code` is a digest of what was said.
    `scenario` and `sentence` map a language to words; `naf` are the sub-classes that had a shock,
    `touched_low` and `touched_high` their jobs then (no high end: unknown).
    """

    code = models.CharField(max_length=24, primary_key=True)
    scenario_id = models.CharField(max_length=100)
    scenario_version = models.PositiveIntegerField()
    scenario = models.JSONField()
    shocks = models.JSONField()
    naf = models.JSONField()
    place_key = models.CharField(max_length=400)
    place_name = models.CharField(max_length=400)
    source = models.CharField(max_length=20)
    period = models.CharField(max_length=20)
    origin = models.CharField(max_length=10)
    table_version = models.CharField(max_length=40)
    release = models.CharField(max_length=60)
    low = models.FloatField()
    high = models.FloatField(null=True)
    touched_low = models.FloatField()
    touched_high = models.FloatField(null=True)
    sentence = models.JSONField()
    said_at = models.DateTimeField()
    due_on = models.DateField()

    personal = Nothing(
        Text("un scénario ; personne n'est nommé", "a scenario; nobody is named"), audited=False
    )

    class Meta:
        verbose_name = _("statement of a scenario")
        ordering: ClassVar = ["-said_at"]

    def __str__(self) -> str:
        return f"{self.scenario_id}@{self.scenario_version} {self.place_key} {self.period}"
