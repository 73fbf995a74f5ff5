"""Two offers that resemble each other: what a person decided, and how to undo it."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.match.jobs.models.offers import Offer
from bassin.match.jobs.models.processings import OFFERS
from bassin.parties.models import Person
from bassin.parties.privacy.declared import Hold, Personal
from bassin.types import Text


class OfferPair(models.Model):
    """One offer written twice, or two offers. Never deleted: a merge is undone, and that stays too.

    `before` is where `other` stood when it was merged; `moved` its sources, as they were judged.
    """

    class Verdict(models.TextChoices):
        MERGED = "merged", _("one and the same offer")
        APART = "apart", _("two offers")

    kept = models.ForeignKey(Offer, models.CASCADE, related_name="twins")
    other = models.ForeignKey(Offer, models.CASCADE, related_name="twin_of")
    verdict = models.CharField(_("decision"), max_length=6, choices=Verdict)
    reasons: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        default=dict, blank=True
    )
    before: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        default=dict, blank=True
    )
    moved: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list, blank=True)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_on = models.DateField(_("decided on"))
    undone_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    undone_on = models.DateField(_("undone on"), null=True, blank=True)

    personal = Personal(
        processing=OFFERS,
        data=Text(
            "qui a réuni ou séparé deux offres, qui l'a annulé",
            "who merged or kept apart two offers, who undid it",
        ),
        holds=tuple(
            Hold(
                person=field,
                what=what,
                blank={field: None},
                why=Text(
                    "La décision reste ; votre nom en est retiré.",
                    "The decision stays; your name is taken off it.",
                ),
                months=36,
                since=since,
                since_words=Text("la décision", "the decision"),
                show=("verdict", "decided_on"),
            )
            for field, since, what in (
                ("decided_by", "decided_on", Text("qui a décidé", "who decided")),
                ("undone_by", "undone_on", Text("qui l'a annulé", "who undid it")),
            )
        ),
    )

    class Meta:
        verbose_name = _("offers compared")
        ordering: ClassVar = ["-decided_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["other"],
                condition=models.Q(verdict="merged", undone_on=None),
                name="merged_into_one",
            ),
            models.CheckConstraint(
                condition=~models.Q(kept=models.F("other")), name="no_twin_of_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kept_id} {self.verdict} {self.other_id}"
