"""Recruitment actions: a need, an event, who came, who was hired, who is still there."""

from typing import ClassVar

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from bassin.commons.models import Event, Placement
from bassin.match.jobs.models.processings_help import RECRUITING
from bassin.parties.models import ORIGINS, Archivable, Organisation, Person
from bassin.parties.privacy.declared import Hold, Personal
from bassin.parties.privacy.processings import ARCHIVED
from bassin.types import Origin, Text


class Recruitment(Archivable):
    """An employer needs people, an event brings them together. The event is in the one agenda."""

    class CostUnit(models.TextChoices):
        TTC = "ttc", _("€, taxes included")
        HT = "ht", _("€, before taxes")

    event = models.OneToOneField(Event, models.PROTECT, related_name="+")
    employer = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    employer_name = models.CharField(_("employer"), max_length=200, blank=True)
    employer_siret = models.CharField(
        _("SIRET"), max_length=14, blank=True, validators=[RegexValidator(r"^\d{14}$")]
    )
    partners = models.ManyToManyField(
        Organisation, blank=True, related_name="+", verbose_name=_("partners who send people")
    )
    wanted = models.PositiveSmallIntegerField(
        _("people to hire"), validators=[MinValueValidator(1)]
    )
    rome_codes: models.JSONField[list[str], list[str]] = models.JSONField(
        _("trades"), default=list, blank=True
    )
    places = models.PositiveSmallIntegerField(
        _("places at the event"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    words = models.TextField(_("what happens there, and what to bring"), blank=True)
    registers_until = models.DateField(_("registrations until"), null=True, blank=True)
    cost_eur = models.DecimalField(
        _("cost of the action (€)"), max_digits=10, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    cost_unit = models.CharField(_("unit of the cost"), max_length=3, choices=CostUnit, blank=True)
    cost_source = models.CharField(
        _("what the cost holds, and which document says it"), max_length=200, blank=True
    )
    opened_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    opened_on = models.DateField()
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=RECRUITING,
        data=Text(
            "qui a ouvert l'action, qui l'a archivée",
            "who opened the action, who put it away",
        ),
        holds=(
            Hold(
                person="opened_by",
                what=Text("qui a ouvert l'action", "who opened the action"),
                blank={"opened_by": None},
                why=Text(
                    "L'action est un document de la collectivité ; votre nom en est retiré.",
                    "The action is a document of the authority; your name is taken off it.",
                ),
                months=36,
                since="opened_on",
                since_words=Text("l'ouverture de l'action", "the action was opened"),
                show=("opened_on",),
            ),
            ARCHIVED,
        ),
    )

    class Meta:
        verbose_name = _("recruitment action")
        ordering: ClassVar = ["-event__starts_at", "-pk"]

    def __str__(self) -> str:
        return self.event.said

    @property
    def reference(self) -> str:
        """How other systems point at it."""
        return f"jobs:recruitment:{self.pk}"

    @property
    def employer_said(self) -> str:
        """The employer's name as people read it."""
        return self.employer.name if self.employer is not None else self.employer_name

    @property
    def siret(self) -> str:
        """The employer's SIRET, "" when unknown."""
        own = self.employer.siret if self.employer is not None else ""
        return own or self.employer_siret


_NOBODY = {"person_name": "", "person_telephone": ""}
_WHY = Text(
    "Le nombre de personnes venues et embauchées reste juste ; rien ne vous nomme plus.",
    "The number of people who came and were hired stays right; nothing names you any more.",
)


class Registration(models.Model):
    """One person at one recruitment action, once. `token` is the same at every action.

    It is made of the telephone number and a key of the installation, or of a number that a
    partner uses for the person: neither can be read back from it.
    """

    recruitment = models.ForeignKey(Recruitment, models.CASCADE, related_name="registrations")
    token = models.CharField(max_length=64, db_index=True)
    receipt = models.CharField(max_length=12, unique=True)
    person_name = models.CharField(_("first name"), max_length=80, blank=True)
    person_telephone = models.CharField(_("telephone"), max_length=30, blank=True)
    through = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    from_qpv = models.BooleanField(_("lives in a priority neighbourhood"), null=True, blank=True)
    woman = models.BooleanField(_("is a woman"), null=True, blank=True)
    commune_code = models.CharField(_("lives in"), max_length=5, blank=True)
    registered_on = models.DateField()
    event_on = models.DateField()
    attended = models.BooleanField(_("came"), null=True, blank=True)
    interviewed = models.BooleanField(_("had an interview"), null=True, blank=True)
    placement = models.ForeignKey(
        Placement, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    present_3 = models.BooleanField(_("there after 3 months"), null=True, blank=True)
    present_6 = models.BooleanField(_("there after 6 months"), null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=RECRUITING,
        data=Text(
            "prénom et téléphone, ou un numéro à leur place ; femme ou homme, quartier, si la "
            "personne le dit ; venue, entretien, embauche, présence",
            "first name and telephone, or a number instead; woman or man, neighbourhood, if the "
            "person says so; came, interview, hire, presence",
        ),
        holds=(
            Hold(
                find=lambda person: (
                    models.Q(person_telephone=person.telephone)
                    if person.telephone
                    else models.Q(pk__in=())
                ),
                what=Text("personne inscrite, non embauchée", "person registered, not hired"),
                among=models.Q(placement=None),
                blank=_NOBODY,
                why=_WHY,
                months=1,
                since="event_on",
                since_words=Text("la rencontre", "the event"),
                show=("person_name", "person_telephone", "registered_on"),
            ),
            Hold(
                find=lambda person: (
                    models.Q(person_telephone=person.telephone)
                    if person.telephone
                    else models.Q(pk__in=())
                ),
                what=Text("personne embauchée", "person hired"),
                among=models.Q(placement__isnull=False),
                blank=_NOBODY,
                why=_WHY,
                months=8,
                since="event_on",
                since_words=Text("la rencontre", "the event"),
                show=("person_name", "person_telephone", "registered_on"),
            ),
            Hold(
                find=lambda person: models.Q(pk__in=()),
                what=Text("le numéro de la personne", "the person's number"),
                blank={
                    "token": Concat(
                        models.Value("forgotten-"), Cast("pk", models.CharField(max_length=20))
                    ),
                    "commune_code": "",
                    "from_qpv": None,
                    "woman": None,
                },
                why=_WHY,
                months=24,
                since="event_on",
                since_words=Text("la rencontre", "the event"),
            ),
        ),
        also=("token", "receipt"),
        audited=False,
    )

    class Meta:
        verbose_name = _("registration")
        ordering: ClassVar = ["registered_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recruitment", "token"], name="registered_once")
        ]

    def __str__(self) -> str:
        return self.receipt
