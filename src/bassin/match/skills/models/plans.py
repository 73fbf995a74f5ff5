"""Plans of reconversion that officers keep, and what became of the files: counts, never people."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.commons.models import Placement
from bassin.match.skills.models.processings import RECONVERSIONS
from bassin.match.skills.reconversion.counts import Figures, Pair, figures, pairs
from bassin.parties.models import ORIGINS, Archivable, Person
from bassin.parties.privacy.declared import Hold, Personal
from bassin.parties.privacy.processings import ARCHIVED
from bassin.types import Origin, Text


class ReconversionPlanQuerySet(models.QuerySet["ReconversionPlan"]):
    """Reads of plans."""

    def figures(self) -> Figures:
        """How many files were begun, signed, led to a job that holds, in plans not put away."""
        steps = PlanStep.objects.filter(plan__in=self.filter(archived_at=None))
        return figures(steps.values_list("from_rome", "to_rome", "stage", "count", "origin"))


class ReconversionPlan(Archivable):
    """A plan as it was made on a day, for a firm or for a workshop described by hand.

    `query` is the address that makes it again; `trades` is what it said: [code, low, central,
    high], whose middles sum to that of the whole.
    """

    title = models.CharField(_("title"), max_length=160)
    firm_name = models.CharField(_("firm"), max_length=200, blank=True)
    siren = models.CharField(
        _("SIREN"), max_length=9, blank=True, validators=[RegexValidator(r"^\d{9}$")]
    )
    naf_code = models.CharField(_("activity"), max_length=7, blank=True)
    commune_code = models.CharField(_("commune"), max_length=5, blank=True)
    jobs_low = models.PositiveIntegerField(_("exposed jobs, at least"))
    jobs_high = models.PositiveIntegerField(
        _("exposed jobs, at most"), validators=[MinValueValidator(1)]
    )
    day = models.DateField(_("day of the rules"))
    scheme = models.CharField(max_length=12, blank=True)
    mode = models.CharField(max_length=10)
    minutes = models.PositiveSmallIntegerField()
    trades: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    query = models.TextField()
    note = models.TextField(_("note"), blank=True)
    written_on = models.DateField(_("kept on"))
    written_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=RECONVERSIONS,
        data=Text(
            "qui a gardé un plan, qui l'a archivé",
            "who kept a plan, who put it away",
        ),
        holds=(
            Hold(
                person="written_by",
                what=Text("un plan de reconversion gardé", "a plan of reconversion kept"),
                blank={"written_by": None},
                why=Text(
                    "Le plan est un document de la collectivité ; votre nom en est retiré.",
                    "The plan is a document of the authority; your name is taken off it.",
                ),
                months=60,
                since="written_on",
                since_words=Text("la garde du plan", "the plan is kept"),
                show=("title", "written_on"),
            ),
            ARCHIVED,
        ),
    )

    objects = ReconversionPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan of reconversion")
        verbose_name_plural = _("plans of reconversion")
        ordering: ClassVar = ["-written_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(jobs_low__lte=models.F("jobs_high")), name="plan_low_high"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        """How other systems point at it."""
        return f"skills:plan:{self.pk}"

    def pairs(self) -> list[Pair]:
        """Its files by pair of trades."""
        return pairs(self.steps.values_list("from_rome", "to_rome", "stage", "count", "origin"))


class PlanStep(models.Model):
    """Files that reached a stage on a day, from a trade to another. Never changed after.

    A mistake is mended by a step with a negative count and a reason. A job is one `Placement`,
    under a token: who it is stays with those who follow the person.
    """

    class Stage(models.TextChoices):
        BEGUN = "begun", _("files begun")
        SIGNED = "signed", _("files signed")
        HIRED = "hired", _("people hired")
        LASTING = "lasting", _("in job at six months")

    plan = models.ForeignKey(ReconversionPlan, models.CASCADE, related_name="steps")
    from_rome = models.CharField(_("from"), max_length=5)
    to_rome = models.CharField(_("to"), max_length=5)
    stage = models.CharField(_("stage"), max_length=8, choices=Stage)
    count = models.IntegerField(_("files"))
    on = models.DateField(_("on"))
    why = models.CharField(_("why, for a correction"), max_length=200, blank=True)
    placement = models.ForeignKey(
        Placement, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    said_on = models.DateField()
    said_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=RECONVERSIONS,
        data=Text(
            "qui a compté des dossiers ; les dossiers sont des nombres, sans nom",
            "who counted files; files are numbers, without a name",
        ),
        holds=(
            Hold(
                person="said_by",
                blank={"said_by": None},
                why=Text(
                    "Le nombre de dossiers reste juste ; votre nom en est retiré.",
                    "The number of files stays right; your name is taken off it.",
                ),
                months=60,
                since="said_on",
                since_words=Text("le comptage", "they were counted"),
                show=("stage", "count", "said_on"),
            ),
        ),
    )

    class Meta:
        verbose_name = _("step of files of reconversion")
        verbose_name_plural = _("steps of files of reconversion")
        ordering: ClassVar = ["on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["placement", "stage"], name="placed_once",
                condition=models.Q(placement__isnull=False),
            ),
            models.CheckConstraint(condition=~models.Q(count=0), name="step_counts_something"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.stage} {self.count} {self.from_rome}-{self.to_rome}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it once."""
        if not self._state.adding:
            raise ValueError("A step is never changed: write another one.")
        super().save(*args, **kwargs)


def placed(steps: Iterable[PlanStep]) -> list[PlanStep]:
    """The hires among steps that nobody said to hold at six months yet."""
    listed = list(steps)
    lasting = {each.placement_id for each in listed if each.stage == PlanStep.Stage.LASTING}
    return [
        each for each in listed
        if each.stage == PlanStep.Stage.HIRED and each.placement_id
        and each.placement_id not in lasting
    ]  # fmt: skip
