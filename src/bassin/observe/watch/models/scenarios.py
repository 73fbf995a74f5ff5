"""Crisis scenarios that officers keep, and how each came out; neither is ever rewritten."""

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.observe.watch.models.signals import WATCH
from bassin.parties.models import ORIGINS, Person
from bassin.parties.privacy.declared import Hold, Nothing, Personal
from bassin.types import Origin, Text

if TYPE_CHECKING:
    from bassin.indicators.scenarios.declared import Scenario


class CrisisScenario(models.Model):
    """What somebody supposed on a day, with all that it said then.

    `family` is shared by the versions of one scenario. `start` is the year of jobs it begins with,
    NULL for the latest then. `afterwards` tells that its horizon was over when it was kept: it
    tries the method on the past, and foretold nothing. `shocks` and `result` are plain values (see
    `scenarios.record`); no hidden figure is among them.
    """

    name = models.CharField(_("name"), max_length=120)
    why = models.TextField(_("why these assumptions"), max_length=2000)
    family = models.UUIDField(default=uuid.uuid4)
    version = models.PositiveSmallIntegerField(default=1)
    base = models.CharField(max_length=100)
    base_version = models.PositiveIntegerField()
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    horizon = models.DateField(_("horizon"))
    start = models.PositiveSmallIntegerField(null=True, blank=True)
    afterwards = models.BooleanField(default=False)
    shocks = models.JSONField()
    place_key = models.CharField(max_length=400)
    source = models.CharField(max_length=20)
    period = models.CharField(max_length=20)
    release = models.CharField(max_length=60)
    result = models.JSONField()
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=WATCH,
        data=Text("qui a écrit un scénario", "who wrote a scenario"),
        holds=(
            Hold(
                person="author",
                blank={"author": None},
                why=Text(
                    "Le scénario reste, pour être jugé un jour ; votre nom en est retiré.",
                    "The scenario stays, to be judged one day; your name is taken off it.",
                ),
                show=("name", "why", "made_at", "horizon"),
            ),
        ),
        audited=False,
    )

    class Meta:
        verbose_name = _("crisis scenario")
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["family", "version"], name="crisis_one_of_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"

    def scenario(self) -> "Scenario":
        """What was supposed, ready to be applied again: the activities that were meant then."""
        from bassin.indicators.scenarios.declared import Scenario
        from bassin.observe.watch.scenarios.record import shock

        words = Text(self.name, self.name)
        return Scenario(
            self.base, self.base_version, 0, words, words, Text(self.why, self.why), words, words,
            0, tuple(shock(each) for each in self.shocks), edited=True,
        )  # fmt: skip


class CrisisScore(models.Model):
    """What the data of one period say of a kept scenario. `final`: its horizon is over."""

    scenario = models.ForeignKey(CrisisScenario, models.CASCADE, related_name="scores")
    period = models.CharField(max_length=20)
    table_version = models.CharField(max_length=40)
    release = models.CharField(max_length=60)
    scored_on = models.DateField()
    final = models.BooleanField()
    result = models.JSONField()

    personal = Nothing(
        Text("des emplois comptés ; personne n'est nommé", "jobs counted; nobody is named"),
        audited=False,
    )

    class Meta:
        verbose_name = _("score of a crisis scenario")
        ordering: ClassVar = ["-period", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scenario", "period", "table_version"], name="crisis_scored_once_a_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scenario} {self.period}"
