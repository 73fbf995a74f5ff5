"""A firm's project of green jobs: which trade, how many, when, which skills."""

from datetime import date
from typing import ClassVar

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.match.skills.models.processings import GREEN_PROJECTS
from bassin.parties.models import ORIGINS, Archivable, Organisation, Person
from bassin.parties.privacy.declared import Hold, Personal
from bassin.parties.privacy.processings import ARCHIVED
from bassin.types import Origin, Text


class GreenProjectQuerySet(models.QuerySet["GreenProject"]):
    """Reads of projects. The public sees `public(today)`, and nothing else."""

    def public(self, today: date) -> "GreenProjectQuerySet":
        """Those that their firm agreed to show, not withdrawn, whose date is not a year past."""
        return self.filter(
            published_on__lte=today, withdrawn_on=None, archived_at=None,
            wanted_on__gte=today.replace(day=1, year=today.year - 1),
        ).exclude(consent="")  # fmt: skip

    def of(self, *organisations: Organisation | int) -> "GreenProjectQuerySet":
        """Those of these firms."""
        keys = [each.pk if isinstance(each, Organisation) else each for each in organisations]
        return self.filter(firm__in=keys, archived_at=None)


class GreenProject(Archivable):
    """Jobs of the ecological transition that a firm plans. Not an offer: nobody applies to it."""

    firm = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="green_projects"
    )
    firm_name = models.CharField(_("firm"), max_length=200, blank=True)
    title = models.CharField(_("the project in a few words"), max_length=200)
    text = models.TextField(_("what changes in the work"), blank=True)
    rome_code = models.CharField(
        _("trade (ROME code)"), max_length=5, validators=[RegexValidator(r"^[A-N]\d{4}$")]
    )
    positions = models.PositiveSmallIntegerField(
        _("number of jobs"), validators=[MinValueValidator(1)]
    )
    wanted_on = models.DateField(_("wanted by"))
    skills = models.TextField(_("skills wanted, one a line"), blank=True)
    commune_code = models.CharField(_("commune"), max_length=5, blank=True)
    consent = models.CharField(
        _("how the firm agreed to its publication"), max_length=200, blank=True
    )
    published_on = models.DateField(_("on line since"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    written_on = models.DateField(_("written on"))
    written_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    edition = models.PositiveIntegerField(default=1, editable=False)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=GREEN_PROJECTS,
        data=Text("qui a déclaré un projet", "who declared a project"),
        holds=(
            Hold(
                person="written_by",
                what=Text("un projet d'emplois verts déclaré", "a project of green jobs declared"),
                blank={"written_by": None},
                why=Text(
                    "Le projet est celui de l'entreprise ; votre nom en est retiré.",
                    "The project is the firm's; your name is taken off it.",
                ),
                months=36,
                since="written_on",
                since_words=Text("l'écriture du projet", "the project is written"),
                show=("title", "written_on"),
            ),
            ARCHIVED,
        ),
    )

    objects = GreenProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project of green jobs")
        verbose_name_plural = _("projects of green jobs")
        ordering: ClassVar = ["wanted_on", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def firm_said(self) -> str:
        """The firm as it is shown."""
        return self.firm.name if self.firm else self.firm_name

    @property
    def wanted_skills(self) -> list[str]:
        """The skills, one by one."""
        return [line.strip() for line in self.skills.splitlines() if line.strip()]

    def is_public(self, today: date) -> bool:
        """Whether everyone sees it on a day."""
        return GreenProject.objects.public(today).filter(pk=self.pk).exists()
