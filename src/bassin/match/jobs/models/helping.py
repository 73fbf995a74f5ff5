"""Who helps: structures of the directory, and the referrals by which people are passed on."""

from datetime import date
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.match.jobs.models.processings_help import ADVISERS, REFERRALS
from bassin.parties.models import ORIGINS, Archivable, Organisation, Person
from bassin.parties.privacy.declared import Hold, Personal
from bassin.parties.privacy.processings import ARCHIVED
from bassin.types import Origin, Text

_AGE = [MinValueValidator(14), MaxValueValidator(99)]


class Need(models.TextChoices):
    """What one may come for."""

    JOB = "job", _("find a job")
    PROJECT = "project", _("choose a trade")
    TRAINING = "training", _("be trained")
    FRENCH = "french", _("learn French")
    BASICS = "basics", _("read, write, count")
    DIGITAL = "digital", _("use a computer or a telephone")
    PAPERS = "papers", _("get my papers and rights in order")
    MOBILITY = "mobility", _("get about, pass the driving licence")
    CHILDCARE = "childcare", _("have my children looked after")
    HEALTH = "health", _("work with a health problem or a disability")
    COMPANY = "company", _("create my own work")


class Public(models.TextChoices):
    """For whom the law or a convention made a service. It says who it is for, it ranks nobody."""

    SEEKERS = "seekers", _("registered jobseekers")
    RSA = "rsa", _("people who receive the RSA")
    QPV = "qpv", _("residents of priority neighbourhoods")
    LONG_TERM = "long_term", _("people long without work")
    NO_DIPLOMA = "no_diploma", _("people without a diploma")
    DISABILITY = "disability", _("workers recognised as disabled (RQTH)")
    JUSTICE = "justice", _("people followed by justice")
    REFUGEES = "refugees", _("refugees")


class Structure(Archivable):
    """A service that helps people towards work: whom it serves, where, how soon.

    What nobody said is empty: no commune is “wherever one lives”, no public is “everyone”.
    """

    class Kind(models.TextChoices):
        FRANCE_TRAVAIL = "france_travail", _("France Travail")
        MISSION_LOCALE = "mission_locale", _("Mission locale")
        PLIE = "plie", _("PLIE")
        CAP_EMPLOI = "cap_emploi", _("Cap emploi")
        SIAE = "siae", _("insertion firm or workshop (SIAE)")
        E2C = "e2c", _("second-chance school (E2C)")
        MAISON_EMPLOI = "maison_emploi", _("Maison de l'emploi")
        TOWN = "town", _("town's employment service")
        DEPARTEMENT = "departement", _("service of the département")
        TRAINING = "training", _("training body")
        ASSOCIATION = "association", _("association")
        OTHER = "other", _("other service")

    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("kept up to date by"),
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    needs: models.JSONField[list[str], list[str]] = models.JSONField(
        _("what one may come for"), default=list, blank=True
    )
    publics: models.JSONField[list[str], list[str]] = models.JSONField(
        _("for whom it was made"), default=list, blank=True
    )
    age_from = models.PositiveSmallIntegerField(
        _("from the age of"), null=True, blank=True, validators=_AGE
    )
    age_to = models.PositiveSmallIntegerField(
        _("to the age of"), null=True, blank=True, validators=_AGE
    )
    conditions = models.TextField(_("for whom, in words"), blank=True)
    commune_codes: models.JSONField[list[str], list[str]] = models.JSONField(
        _("communes served"), default=list, blank=True
    )

    commune_code = models.CharField(_("commune"), max_length=5, blank=True, db_index=True)
    place = models.CharField(_("address"), max_length=200, blank=True)
    latitude = models.FloatField(
        null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    hours = models.CharField(_("opening hours"), max_length=200, blank=True)
    structure_telephone = models.CharField(_("telephone"), max_length=30, blank=True)
    structure_email = models.EmailField(_("e-mail address"), blank=True)
    page = models.URLField(_("web page"), blank=True)
    languages: models.JSONField[list[str], list[str]] = models.JSONField(
        _("languages spoken"), default=list, blank=True
    )  # codes of ISO 639-1

    capacity = models.PositiveIntegerField(
        _("people it can follow at a time"), null=True, blank=True
    )
    wait_days = models.PositiveSmallIntegerField(
        _("days before a first meeting"), null=True, blank=True
    )
    wait_on = models.DateField(_("waiting time known on"), null=True, blank=True)

    adviser_name = models.CharField(_("adviser to ask for"), max_length=120, blank=True)
    adviser_telephone = models.CharField(_("adviser's telephone"), max_length=30, blank=True)
    adviser_agreed_on = models.DateField(_("agreed to be named on"), null=True, blank=True)
    adviser_until = models.DateField(_("named until"), null=True, blank=True)

    source = models.CharField(_("source"), max_length=300, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=ADVISERS,
        data=Text(
            "conseiller à demander, qui a archivé la fiche",
            "adviser to ask for, who put the sheet away",
        ),
        holds=(
            Hold(
                find=lambda person: (
                    models.Q(adviser_name__iexact=person.name)
                    if person.name
                    else models.Q(pk__in=())
                ),
                what=Text("conseiller à demander", "adviser to ask for"),
                blank={
                    "adviser_name": "",
                    "adviser_telephone": "",
                    "adviser_agreed_on": None,
                },
                why=Text(
                    "La fiche est celle du service ; votre nom en est retiré.",
                    "The sheet is the service's; your name is taken off it.",
                ),
                months=1,
                since="adviser_until",
                since_words=Text(
                    "la date de fin que vous avez donnée", "the end date that you gave"
                ),
                show=("name", "adviser_name", "adviser_telephone", "adviser_until"),
            ),
            ARCHIVED,
        ),
        also=("structure_email", "structure_telephone"),
    )

    class Meta:
        verbose_name = _("structure that helps")
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(adviser_name="")
                | models.Q(adviser_agreed_on__isnull=False, adviser_until__isnull=False),
                name="named_adviser_agreed_until",
            ),
            models.CheckConstraint(
                condition=models.Q(wait_days=None) | models.Q(wait_on__isnull=False),
                name="waiting_time_is_dated",
            ),
            models.CheckConstraint(
                condition=models.Q(age_from=None)
                | models.Q(age_to=None)
                | models.Q(age_to__gte=models.F("age_from")),
                name="served_ages_are_a_range",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> str:
        """How other systems point at it."""
        return f"jobs:structure:{self.pk}"

    @property
    def receives(self) -> bool:
        """Whether somebody there reads referrals here."""
        return self.organisation_id is not None and self.archived_at is None

    def adviser_on(self, today: date) -> str:
        """The adviser named on that day: past the end date, nobody, even before the night."""
        named = self.adviser_until is not None and today <= self.adviser_until
        return self.adviser_name if named else ""

    def serves(self, commune_code: str) -> bool:
        """Whether it serves those who live there; no commune said is anywhere."""
        return not self.commune_codes or commune_code in self.commune_codes


_NOBODY = {"person_name": "", "person_telephone": "", "person_email": "", "note": ""}


class Referral(models.Model):
    """A person passed on to a structure, with their agreement: until when, and what came of it.

    What names the person is deleted six months after it was sent, or at once when they take it
    back; the rest stays, and counts who was answered in time.
    """

    class Agreed(models.TextChoices):
        THEMSELVES = "themselves", _("they sent it themselves")
        SPOKEN = "spoken", _("they said so, before the adviser")
        WRITTEN = "written", _("they signed")

    class Outcome(models.TextChoices):
        MET = "met", _("met, and followed")
        JOB = "job", _("met, and in a job")
        TRAINED = "trained", _("met, and in training")
        ELSEWHERE = "elsewhere", _("sent to another service")
        UNREACHED = "unreached", _("could not be reached")
        REFUSED = "refused", _("the service could not take them")
        WITHDRAWN = "withdrawn", _("taken back by the person")

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="referrals")
    through = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    receipt = models.CharField(max_length=12, unique=True)

    person_name = models.CharField(_("first name and name"), max_length=120, blank=True)
    person_telephone = models.CharField(_("telephone"), max_length=30, blank=True)
    person_email = models.EmailField(_("e-mail address"), blank=True)
    commune_code = models.CharField(_("lives in"), max_length=5, blank=True)
    need = models.CharField(_("what for"), max_length=20, choices=Need)
    note = models.TextField(_("what the service must know to call back"), blank=True)
    agreed_on = models.DateField(_("agreement given on"))
    agreed_how = models.CharField(_("how"), max_length=12, choices=Agreed)

    sent_on = models.DateField(_("sent on"))
    due_on = models.DateField(_("answer before"))
    acknowledged_on = models.DateField(_("acknowledged on"), null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    meeting_on = models.DateField(_("first meeting on"), null=True, blank=True)
    outcome = models.CharField(_("what came of it"), max_length=12, choices=Outcome, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    alerted_on = models.DateField(null=True, blank=True, editable=False)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=REFERRALS,
        data=Text(
            "nom, moyen d'être rappelé, besoin de la personne orientée ; qui oriente, qui reçoit",
            "name, way to be called back, need of the person referred; who refers, who receives",
        ),
        holds=(
            Hold(
                address="person_email",
                what=Text("personne orientée", "person referred"),
                blank=_NOBODY,
                why=Text(
                    "Le nombre de réponses données à temps reste juste ; rien ne vous nomme plus.",
                    "The number of answers given in time stays right; nothing names you any more.",
                ),
                months=6,
                since="sent_on",
                since_words=Text("l'envoi de la fiche", "the referral was sent"),
                show=("person_name", "person_telephone", "person_email", "need", "note"),
            ),
            Hold(
                person="owner",
                what=Text("qui a orienté", "who referred"),
                blank={"owner": None},
                why=Text(
                    "La fiche reste comptée ; votre nom en est retiré.",
                    "The referral still counts; your name is taken off it.",
                ),
                months=12,
                since="sent_on",
                since_words=Text("l'envoi de la fiche", "the referral was sent"),
                show=("need", "sent_on"),
            ),
            Hold(
                person="acknowledged_by",
                what=Text("qui a reçu", "who received"),
                blank={"acknowledged_by": None},
                why=Text(
                    "La fiche reste comptée ; votre nom en est retiré.",
                    "The referral still counts; your name is taken off it.",
                ),
                months=12,
                since="sent_on",
                since_words=Text("l'envoi de la fiche", "the referral was sent"),
                show=("need", "acknowledged_on"),
            ),
        ),
        also=("receipt",),
        unaudited=("person_name", "person_telephone", "person_email", "note", "alerted_on"),
    )

    class Meta:
        verbose_name = _("referral")
        ordering: ClassVar = ["due_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(closed_on=None, outcome="")
                | models.Q(closed_on__isnull=False) & ~models.Q(outcome=""),
                name="closed_referral_says_its_outcome",
            ),
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("sent_on")),
                name="referral_is_due_after_it_is_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.structure} {self.sent_on}"

    @property
    def reference(self) -> str:
        """How other systems point at it."""
        return f"jobs:referral:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether an outcome is still to be said."""
        return self.closed_on is None

    def is_late(self, today: date) -> bool:
        """Whether its day has passed without an outcome."""
        return self.is_open and today > self.due_on
