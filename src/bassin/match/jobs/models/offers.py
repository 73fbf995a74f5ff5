"""An offer, and what candidates say of the answers they got."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.match.jobs.models.processings import OFFERS, RECEIPTS, written
from bassin.match.jobs.models.querysets import OfferQuerySet
from bassin.parties.models import ORIGINS, Archivable, Organisation, Person
from bassin.parties.privacy.declared import Hold, Personal
from bassin.parties.privacy.processings import ARCHIVED
from bassin.types import Origin, Text

_LATITUDE = [MinValueValidator(-90), MaxValueValidator(90)]
_LONGITUDE = [MinValueValidator(-180), MaxValueValidator(180)]
_NOBODY = {"contact_name": "", "contact_telephone": "", "contact_email": ""}


class Offer(Archivable):
    """A job offer. What nobody said is empty (None, ""), which is neither yes nor no."""

    class State(models.TextChoices):
        DRAFT = "draft", _("not submitted yet")
        SUBMITTED = "submitted", _("waiting for review")
        PUBLISHED = "published", _("on line")
        REFUSED = "refused", _("refused")
        CLOSED = "closed", _("no longer open")
        EXPIRED = "expired", _("expired")

    class Contract(models.TextChoices):
        CDI = "cdi", _("permanent contract (CDI)")
        CDD = "cdd", _("fixed-term contract (CDD)")
        INTERIM = "interim", _("agency work (intérim)")
        SEASONAL = "seasonal", _("seasonal contract")
        APPRENTICESHIP = "apprenticeship", _("apprenticeship")
        PROFESSIONALISATION = "professionalisation", _("professionalisation contract")
        IAE = "iae", _("insertion contract (IAE)")

    class Apply(models.TextChoices):
        CALL = "call", _("call")
        APPLY = "apply", _("write or apply online")
        COME = "come", _("come")
        ADVISER = "adviser", _("go through an adviser")

    class PayPer(models.TextChoices):
        HOUR = "hour", _("an hour, gross")
        MONTH = "month", _("a month, gross")
        YEAR = "year", _("a year, gross")

    class Level(models.IntegerChoices):
        """The national frame of certifications (décret 2019-14), 0 when no diploma is asked."""

        NONE = 0, _("no diploma asked")
        ONE = 1, _("level 1: basic skills")
        TWO = 2, _("level 2: CléA")
        THREE = 3, _("level 3: CAP, BEP")
        FOUR = 4, _("level 4: baccalauréat")
        FIVE = 5, _("level 5: bac+2")
        SIX = 6, _("level 6: bac+3, bac+4")
        SEVEN = 7, _("level 7: bac+5")
        EIGHT = 8, _("level 8: doctorate")

    class French(models.IntegerChoices):
        """The European frame (CECRL); the level that the job needs, never a mother tongue."""

        NONE = 0, _("no French needed")
        A1 = 1, _("A1: a few words")
        A2 = 2, _("A2: simple sentences")
        B1 = 3, _("B1: get by at work")
        B2 = 4, _("B2: speak with ease")
        C1 = 5, _("C1: write long texts")
        C2 = 6, _("C2: complete command")

    class Closing(models.TextChoices):
        FILLED = "filled", _("every position is filled")
        WITHDRAWN = "withdrawn", _("the employer took it back")
        DATE = "date", _("its last day has passed")
        UNCONFIRMED = "unconfirmed", _("nobody confirmed it")
        ABSENT = "absent", _("it has left the feed it came from")
        MERGED = "merged", _("it is the same as another offer")

    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what the job is"), blank=True)
    rome_code = models.CharField(
        _("ROME code"), max_length=5, blank=True, db_index=True,
        validators=[RegexValidator(r"^[A-N]\d{4}$")],
    )  # fmt: skip
    employer = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="job_offers"
    )
    employer_name = models.CharField(_("employer"), max_length=200, blank=True)
    employer_siret = models.CharField(
        _("SIRET"), max_length=14, blank=True, db_index=True,
        validators=[RegexValidator(r"^\d{14}$")],
    )  # fmt: skip
    posted_through = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    posted_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    contract = models.CharField(_("contract"), max_length=20, choices=Contract, blank=True)
    contract_months = models.PositiveSmallIntegerField(
        _("length of the contract, in months"), null=True, blank=True
    )
    starts_on = models.DateField(_("first day of work"), null=True, blank=True)
    hours_week = models.DecimalField(
        _("hours a week"), max_digits=4, decimal_places=1, null=True, blank=True,
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(60)],
    )  # fmt: skip
    shift_start = models.TimeField(_("the day begins at"), null=True, blank=True)
    shift_end = models.TimeField(_("and ends at"), null=True, blank=True)
    weekend = models.BooleanField(_("work on Saturdays or Sundays"), null=True, blank=True)
    pay_from_eur = models.DecimalField(
        _("pay, from (€)"), max_digits=9, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    pay_to_eur = models.DecimalField(
        _("to (€)"), max_digits=9, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    pay_per = models.CharField(_("for"), max_length=5, choices=PayPer, blank=True)

    level = models.PositiveSmallIntegerField(
        _("diploma asked"), choices=Level, null=True, blank=True
    )
    experience_months = models.PositiveSmallIntegerField(
        _("experience asked, in months (0: beginners welcome)"), null=True, blank=True
    )
    french_level = models.PositiveSmallIntegerField(
        _("French needed"), choices=French, null=True, blank=True
    )
    licences: models.JSONField[list[str] | None, list[str] | None] = models.JSONField(
        _("licences and certificates asked"), null=True, blank=True
    )  # codes of `licences.toml`; [] is none asked
    airport_badge = models.BooleanField(_("an airport badge is needed"), null=True, blank=True)
    required_items: models.JSONField[list[str] | None, list[str] | None] = models.JSONField(
        _("skills required"), null=True, blank=True
    )
    desired_items: models.JSONField[list[str] | None, list[str] | None] = models.JSONField(
        _("skills wished for"), null=True, blank=True
    )
    clause = models.BooleanField(_("reserved by an insertion clause"), null=True, blank=True)

    commune_code = models.CharField(_("commune"), max_length=5, blank=True, db_index=True)
    place = models.CharField(_("place of work, in words"), max_length=200, blank=True)
    latitude = models.FloatField(null=True, blank=True, validators=_LATITUDE)
    longitude = models.FloatField(null=True, blank=True, validators=_LONGITUDE)

    positions = models.PositiveSmallIntegerField(_("positions"), default=1)
    filled = models.PositiveSmallIntegerField(_("positions filled"), default=0)
    apply_by = models.CharField(_("how to apply"), max_length=8, choices=Apply, blank=True)
    apply_url = models.URLField(_("page where to apply"), max_length=500, blank=True)
    apply_words = models.CharField(_("how to apply, in words"), max_length=300, blank=True)
    contact_name = models.CharField(_("person to contact"), max_length=120, blank=True)
    contact_telephone = models.CharField(_("telephone"), max_length=30, blank=True)
    contact_email = models.EmailField(_("e-mail address"), blank=True)

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    written_on = models.DateField(_("written on"))
    submitted_on = models.DateField(_("submitted on"), null=True, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    expires_on = models.DateField(_("last day"), null=True, blank=True)
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    reminded_on = models.DateField(_("reminded on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    closed_why = models.CharField(_("why it is over"), max_length=12, choices=Closing, blank=True)
    moderated_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    moderated_on = models.DateField(_("reviewed on"), null=True, blank=True)
    refused_why = models.TextField(_("why it was refused"), blank=True)
    edition = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    objects = OfferQuerySet.as_manager()

    personal = Personal(
        processing=OFFERS,
        data=Text(
            "personne à contacter, qui a écrit l'offre, qui l'a relue, qui l'a archivée",
            "contact person, who wrote the offer, who reviewed it, who put it away",
        ),
        holds=(
            Hold(
                address="contact_email",
                what=Text("personne à contacter", "contact person"),
                blank=_NOBODY,
                why=Text(
                    "L'offre est celle de l'employeur ; vos coordonnées en sont retirées.",
                    "The offer is the employer's; your name, telephone and address are taken off "
                    "it.",
                ),
                months=6,
                since="closed_on",
                since_words=Text("la fin de l'offre", "the offer ends"),
                show=("title", "contact_name", "contact_telephone", "contact_email"),
            ),
            written(
                "posted_by", "written_on", Text("l'écriture de l'offre", "the offer was written"),
                Text("qui a écrit l'offre", "who wrote the offer"),
            ),
            written(
                "moderated_by", "moderated_on",
                Text("la relecture de l'offre", "the offer was reviewed"),
                Text("qui a relu l'offre", "who reviewed the offer"),
            ),
            ARCHIVED,
        ),
        unaudited=("edition",),
    )  # fmt: skip

    class Meta:
        verbose_name = _("offer")
        ordering: ClassVar = ["-published_on", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["state", "expires_on"], name="offer_state_and_last_day")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(state="published")
                | models.Q(published_on__isnull=False, expires_on__isnull=False),
                name="published_offer_has_its_days",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=("closed", "expired"))
                | models.Q(closed_on__isnull=False) & ~models.Q(closed_why=""),
                name="finished_offer_says_when_and_why",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="refused") | ~models.Q(refused_why=""),
                name="refused_offer_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(level=None) | models.Q(level__lte=8), name="offer_level_to_8"
            ),
            models.CheckConstraint(
                condition=models.Q(french_level=None) | models.Q(french_level__lte=6),
                name="offer_french_to_c2",
            ),
            models.CheckConstraint(
                condition=models.Q(pay_from_eur=None)
                | models.Q(pay_to_eur=None)
                | models.Q(pay_to_eur__gte=models.F("pay_from_eur")),
                name="offer_pay_is_a_range",
            ),
            models.CheckConstraint(
                condition=models.Q(positions__gte=1) & models.Q(filled__lte=models.F("positions")),
                name="offer_positions_filled",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        """How other systems point at it."""
        return f"jobs:offer:{self.pk}"

    @property
    def employer_said(self) -> str:
        """The employer's name as people read it; "" when the offer does not give it."""
        return self.employer.name if self.employer is not None else self.employer_name

    @property
    def siret(self) -> str:
        """The employer's SIRET, "" when unknown."""
        own = self.employer.siret if self.employer is not None else ""
        return own or self.employer_siret

    @property
    def left(self) -> int:
        """Positions still to fill."""
        return self.positions - self.filled

    def is_open(self, today: date) -> bool:
        """Whether the public sees it on that day: the same question as `OfferQuerySet.open`."""
        return (
            self.state == self.State.PUBLISHED
            and self.archived_at is None
            and self.published_on is not None
            and self.expires_on is not None
            and self.published_on <= today <= self.expires_on
        )

    def has_ended(self, today: date) -> bool:
        """Whether the public saw it once and will not again; one under review may come back."""
        if self.published_on is None or self.published_on > today:
            return False
        past = self.expires_on is not None and self.expires_on < today
        over = self.state in (self.State.CLOSED, self.State.EXPIRED)
        return over or self.archived_at is not None or (self.state == self.State.PUBLISHED and past)

    @property
    def ended_on(self) -> date | None:
        """The last day it was open, or the day it was closed."""
        return self.closed_on or self.expires_on

    @property
    def may_be_told(self) -> bool:
        """Whether the page of an offer that is over says what it was: not one put away."""
        return self.archived_at is None


class Application(models.Model):
    """Somebody said that they applied. A receipt, two days, no name: nobody knows who.

    The candidate keeps the receipt's number. The employer, who meets it in an application, marks
    it as answered; the candidate, who holds it, may say that no answer came.
    """

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="applications")
    receipt = models.CharField(max_length=12, unique=True)
    applied_on = models.DateField(_("applied on"))
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    denied_on = models.DateField(_("the candidate says: no answer"), null=True, blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=RECEIPTS,
        data=Text(
            "un numéro de reçu, le jour de la candidature, le jour de la réponse",
            "a receipt number, the day of the application, the day of the answer",
        ),
        holds=(
            Hold(
                find=lambda person: models.Q(pk__in=()),
                months=12,
                since="applied_on",
                since_words=Text("la candidature", "the application"),
            ),
        ),
        also=("receipt",),
        audited=False,
    )

    class Meta:
        verbose_name = _("receipt of an application")
        ordering: ClassVar = ["-applied_on", "-pk"]

    def __str__(self) -> str:
        return self.receipt
