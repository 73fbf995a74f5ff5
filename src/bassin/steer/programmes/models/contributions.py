"""The figures that actions are meant to move: hypotheses, starting values, targets."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.parties.models import ORIGINS, Person
from bassin.parties.privacy.declared import Hold, Nothing, Personal
from bassin.steer.programmes.models.actions import REPORTS, Action
from bassin.steer.programmes.models.frameworks import spoken
from bassin.types import Origin, Text


class Contribution(models.Model):
    """The figure that an action is meant to move: a written hypothesis, to be reviewed.

    Observed values are read from the observatory, never typed.
    """

    class Review(models.TextChoices):
        NONE = "", _("not reviewed")
        SUPPORTED = "supported", _("supported by the figures")
        UNCERTAIN = "uncertain", _("cannot be told apart from the rest")
        CONTRADICTED = "contradicted", _("contradicted by the figures")

    action = models.ForeignKey(Action, models.CASCADE, related_name="contributions")
    indicator = models.CharField(_("indicator"), max_length=100)
    place_key = models.CharField(_("place"), max_length=400, blank=True)  # "" for the territory
    hypothesis = models.TextField(_("how the action would move it"))
    hypothesis_en = models.TextField(blank=True)
    baseline_value = models.FloatField(_("starting value"), null=True, blank=True)
    baseline_period = models.CharField(_("starting period"), max_length=20, blank=True)
    review = models.CharField(_("review"), max_length=12, choices=Review, blank=True, default="")
    reviewed_on = models.DateField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    review_text = models.TextField(blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=REPORTS,
        data=Text("qui a relu l'hypothèse", "who reviewed the hypothesis"),
        holds=(
            Hold(
                person="reviewed_by",
                blank={"reviewed_by": None},
                why=Text(
                    "La relecture reste, sans votre nom.", "The review stays, without your name."
                ),
                months=60,
                since="reviewed_on",
                since_words=Text("la relecture", "the review"),
                show=("review", "reviewed_on", "review_text"),
            ),
        ),
    )

    class Meta:
        verbose_name = _("contribution to a figure")
        ordering: ClassVar = ["action", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["action", "indicator", "place_key"], name="one_contribution_per_figure"
            )
        ]

    def __str__(self) -> str:
        return f"{self.action} · {self.indicator}"

    @property
    def said(self) -> str:
        """The hypothesis in the reader's language, else as it was written."""
        return spoken(self.hypothesis, self.hypothesis_en)


class Target(models.Model):
    """The value that a contribution aims at, by a date."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="targets")
    on = models.DateField(_("by"))
    value = models.FloatField(_("value"))

    personal = Nothing(Text("contenu d'une action", "content of an action"))

    class Meta:
        verbose_name = _("target")
        ordering: ClassVar = ["contribution", "on"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contribution", "on"], name="one_target_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.value} ({self.on})"
