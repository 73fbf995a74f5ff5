"""Courses and their sessions: what is learnt, towards which certification, when, for how much."""

from datetime import date
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bassin.match.skills.models.campus import Catalogue, Site
from bassin.match.skills.models.processings import CAMPUS
from bassin.parties.models import ORIGINS, Archivable
from bassin.parties.privacy.declared import Nothing, Personal
from bassin.parties.privacy.processings import ARCHIVED
from bassin.types import Origin, Text

CERTIFICATION = r"^(RNCP|RS)\d{1,6}$"


class CourseQuerySet(models.QuerySet["Course"]):
    """Reads of courses. The public sees `shown()`, and nothing else."""

    def shown(self) -> "CourseQuerySet":
        """Those that are on the network: not put away, still in their catalogue."""
        return self.filter(
            archived_at=None, gone_on=None, site__archived_at=None, site__body__archived_at=None
        )


class Course(Archivable):
    """A course at a site. What nobody said is empty, and asked; it is never a no."""

    class Sector(models.TextChoices):
        HEALTH = "health", _("health")
        BUILDING = "building", _("eco-construction")
        INDUSTRY = "industry", _("industry of tomorrow")
        LOGISTICS = "logistics", _("logistics")
        FOOD = "food", _("food")
        FLUVIAL = "fluvial", _("inland waterways")
        OTHER = "other", _("another sector")

    class Modality(models.TextChoices):
        ONSITE = "onsite", _("on site")
        MIXED = "mixed", _("partly at a distance")
        REMOTE = "remote", _("entirely at a distance")

    class Rhythm(models.TextChoices):
        FULL = "full", _("full time")
        PART = "part", _("part time")
        EVENING = "evening", _("evenings or weekends")
        ALTERNATING = "alternating", _("alternating with a job")

    class CostPer(models.TextChoices):
        COURSE = "course", _("for the whole course")
        HOUR = "hour", _("an hour")
        YEAR = "year", _("a year")

    class Funding(models.TextChoices):
        CPF = "cpf", _("personal training account (CPF)")
        REGION = "region", _("région")
        FRANCE_TRAVAIL = "france_travail", _("France Travail")
        OPCO = "opco", _("OPCO (employer)")
        APPRENTICESHIP = "apprenticeship", _("apprenticeship contract")
        FREE = "free", _("free for who is trained")

    site = models.ForeignKey(Site, models.CASCADE, related_name="courses")
    title = models.CharField(_("title"), max_length=250)
    text = models.TextField(_("what one learns"), blank=True)
    certification_code = models.CharField(
        _("certification prepared"), max_length=10, blank=True, db_index=True,
        validators=[RegexValidator(CERTIFICATION, _("RNCP or RS, then its number: RNCP1234."))],
    )  # fmt: skip
    formacode = models.CharField(
        _("Formacode"), max_length=5, blank=True, validators=[RegexValidator(r"^\d{5}$")]
    )
    nsf = models.CharField(
        _("NSF speciality"),
        max_length=5,
        blank=True,
        validators=[RegexValidator(r"^\d{2,3}[a-z]?$")],
    )
    rome_codes: models.JSONField[list[str], list[str]] = models.JSONField(
        _("trades it leads to"), default=list, blank=True
    )
    items: models.JSONField[list[str], list[str]] = models.JSONField(
        _("skills taught"), default=list, blank=True
    )
    level = models.PositiveSmallIntegerField(
        _("level reached"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(8)],
    )  # fmt: skip
    entry_level = models.PositiveSmallIntegerField(
        _("level asked to enter"), null=True, blank=True, validators=[MaxValueValidator(8)]
    )
    hours = models.PositiveIntegerField(_("hours"), null=True, blank=True)
    modality = models.CharField(_("how"), max_length=6, choices=Modality, blank=True)
    rhythm = models.CharField(_("rhythm"), max_length=11, choices=Rhythm, blank=True)
    cost_eur = models.DecimalField(
        _("price, €"), max_digits=9, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    cost_per = models.CharField(_("price for"), max_length=6, choices=CostPer, blank=True)
    funding: models.JSONField[list[str], list[str]] = models.JSONField(
        _("funding possible"), default=list, blank=True
    )
    sector = models.CharField(_("sector"), max_length=10, choices=Sector, blank=True, db_index=True)
    permanent = models.BooleanField(_("one may begin at any time"), null=True, blank=True)
    insertion_pct = models.FloatField(
        _("in a job after 6 months, %"), null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )  # fmt: skip
    insertion_source = models.CharField(
        _("source and year of that share"), max_length=200, blank=True
    )
    page = models.URLField(_("web page"), max_length=500, blank=True)
    catalogue = models.ForeignKey(
        Catalogue, models.PROTECT, null=True, blank=True, related_name="courses"
    )
    external_id = models.CharField(_("its number there"), max_length=120, blank=True)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    gone_on = models.DateField(_("no longer in its catalogue since"), null=True, blank=True)
    checked_on = models.DateField(_("known on"))
    edition = models.PositiveIntegerField(default=1, editable=False)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=CAMPUS,
        data=Text("qui a archivé une formation", "who put a course away"),
        holds=(ARCHIVED,),
        unaudited=("digest",),
    )

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("course")
        ordering: ClassVar = ["title", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["catalogue", "external_id"],
                condition=Q(catalogue__isnull=False),
                name="one_course_per_number_of_a_catalogue",
            ),
            models.CheckConstraint(
                condition=Q(cost_eur=None) | ~Q(cost_per=""), name="course_price_has_a_unit"
            ),
            models.CheckConstraint(
                condition=Q(insertion_pct=None) | ~Q(insertion_source=""),
                name="course_insertion_has_a_source",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        """How other systems point at it."""
        return f"skills:course:{self.pk}"

    @property
    def funded_by(self) -> list[Any]:
        """The ways to fund it, in words."""
        words = dict(self.Funding.choices)
        return [words[code] for code in self.funding if code in words]


def places_left(places: int | None, entrants: int | None) -> int | None:
    """Places less entrants; None while places are unknown, all of them before any count."""
    return None if places is None else max(0, places - (entrants or 0))


class SessionQuerySet(models.QuerySet["Session"]):
    """Reads of sessions."""

    def coming(self, day: date) -> "SessionQuerySet":
        """Those that begin on that day or later and still take people, as far as is known."""
        return self.filter(starts_on__gte=day, cancelled_on=None).exclude(open=False)


class Session(models.Model):
    """When a course is given, for how many. `entrants` are those who came in."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="sessions")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    places = models.PositiveIntegerField(_("places"), null=True, blank=True)
    entrants = models.PositiveIntegerField(_("people who entered"), null=True, blank=True)
    counted_on = models.DateField(_("counted on"), null=True, blank=True)
    open = models.BooleanField(_("still takes people"), null=True, blank=True)
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True)
    external_id = models.CharField(max_length=120, blank=True, editable=False)
    edition = models.PositiveIntegerField(default=1, editable=False)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Nothing(
        Text(
            "une session de formation : des dates et des effectifs, aucun nom",
            "a session of a course: dates and counts, no name",
        )
    )

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session of a course")
        verbose_name_plural = _("sessions of courses")
        ordering: ClassVar = ["starts_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="session_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course} {self.starts_on}"

    @property
    def fill_pct(self) -> float | None:
        """Entrants for 100 places; None while one of the two is unknown."""
        if self.entrants is None or not self.places:
            return None
        return 100 * self.entrants / self.places

    @property
    def left(self) -> int | None:
        """Places that nobody took yet, as far as entrants are counted."""
        return places_left(self.places, self.entrants)
