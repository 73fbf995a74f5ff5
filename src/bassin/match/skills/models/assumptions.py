"""What officers assume for a forecast: dated, reasoned, never changed, only followed by another."""

from datetime import date
from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.match.skills.models.processings import FORECASTS
from bassin.parties.models import ORIGINS, Person
from bassin.parties.privacy.declared import Hold, Personal
from bassin.types import Origin, Text


class AssumptionQuerySet(models.QuerySet["Assumption"]):
    """Reads of assumptions."""

    def on(self, day: date) -> list["Assumption"]:
        """Those that hold on a day: of each kind the last one written."""
        held: dict[tuple[str, str, str], Assumption] = {}
        for each in self.filter(applies_from__lte=day).order_by("applies_from", "pk"):
            held[each.term, each.sector, each.rome_code] = each
        return list(held.values())


class Assumption(models.Model):
    """Three values of one term of the forecast, for a sector, a trade, or all of them."""

    class Term(models.TextChoices):
        GROWTH = "growth", _("growth of jobs, % a year")
        OLDER = "older", _("jobs held by people of 55 and over, %")
        TURNOVER = "turnover", _("turnover: hires a year for 100 jobs")
        READY = "ready", _("jobseekers of the trade ready to take a job, %")
        LEAVERS = "leavers", _("people leaving training for the trade, a year")
        INSERTION = "insertion", _("of whom find a job in it, %")
        NEAR = "near", _("net inflow from near trades, people a year")
        COMMUTERS = "commuters", _("net commuters, people a year")

    term = models.CharField(_("term"), max_length=12, choices=Term)
    sector = models.CharField(
        _("section of NAF, empty for all"), max_length=1, blank=True,
        validators=[RegexValidator(r"^[A-U]$")],
    )  # fmt: skip
    rome_code = models.CharField(
        _("ROME code, empty for all"), max_length=5, blank=True,
        validators=[RegexValidator(r"^[A-N]\d{4}$")],
    )  # fmt: skip
    low = models.FloatField(_("low"))
    central = models.FloatField(_("central"))
    high = models.FloatField(_("high"))
    applies_from = models.DateField(_("applies from"))
    why = models.CharField(_("why, with the source"), max_length=500)
    written_on = models.DateField(_("written on"))
    written_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=FORECASTS,
        data=Text("qui a écrit une hypothèse", "who wrote a hypothesis"),
        holds=(
            Hold(
                person="written_by",
                blank={"written_by": None},
                why=Text(
                    "L'hypothèse fonde des prévisions publiées ; votre nom en est retiré.",
                    "The hypothesis grounds published forecasts; your name is taken off it.",
                ),
                months=36,
                since="written_on",
                since_words=Text("l'écriture de l'hypothèse", "the hypothesis is written"),
                show=("term", "why", "written_on"),
            ),
        ),
    )

    objects = AssumptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("hypothesis of a forecast")
        verbose_name_plural = _("hypotheses of forecasts")
        ordering: ClassVar = ["-applies_from", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(low__lte=models.F("central"))
                & models.Q(central__lte=models.F("high")),
                name="assumption_low_central_high",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term} {self.sector}{self.rome_code} {self.applies_from}"
