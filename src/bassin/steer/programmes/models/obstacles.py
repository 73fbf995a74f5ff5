"""The register of obstacles: procedures that hold firms back, and what came of each."""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from bassin.parties.models import ORIGINS, Archivable, Person
from bassin.parties.privacy.declared import Basis, Hold, Personal, Processing
from bassin.parties.privacy.processings import ARCHIVED
from bassin.steer.programmes.models.actions import Action
from bassin.types import Origin, Text

OBSTACLES = Processing(
    slug="obstacles",
    title=Text("Obstacles signalés par les entreprises", "Obstacles told by firms"),
    purpose=Text(
        "Faire lever les procédures qui freinent une entreprise, et lui répondre.",
        "Have the procedures that hold a firm back lifted, and answer it.",
    ),
    basis=Basis.PUBLIC_TASK,
    people=Text("personnes qui signalent un obstacle", "people who tell of an obstacle"),
    recipients=Text(
        "les agents de la collectivité, l'organisme compétent",
        "the authority's officers, the body in charge",
    ),
)
_KEPT = Text(
    "L'obstacle et sa réponse servent aux autres entreprises ; vous n'y êtes plus nommé.",
    "The obstacle and its answer serve other firms; you are no longer named there.",
)
_ANSWERED = Coalesce("answered_on", "filed_on")
_WHEN = Text("la réponse, à défaut le signalement", "the answer, else the day it was filed")


class Obstacle(Archivable):
    """A procedure that holds someone back, as they told it, and what was answered."""

    class State(models.TextChoices):
        FILED = "filed", _("filed")
        SENT = "sent", _("passed on to the body in charge")
        ANSWERED = "answered", _("answered")
        LIFTED = "lifted", _("lifted")
        NOT_LIFTED = "not_lifted", _("not lifted")

    procedure = models.CharField(_("procedure"), max_length=200)
    rule = models.CharField(_("rule at stake"), max_length=200, blank=True)
    competent_body = models.CharField(_("body in charge"), max_length=200, blank=True)
    siret = models.CharField(max_length=14, blank=True, validators=[RegexValidator(r"^(\d{14})?$")])
    filed_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="obstacles"
    )
    contact_email = models.EmailField(_("e-mail address for the answer"), blank=True)
    delay_days = models.PositiveIntegerField(_("days waited"), null=True, blank=True)
    text = models.TextField(_("what happened"))
    proposal = models.TextField(_("what would help"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.FILED)
    filed_on = models.DateField(_("filed on"))
    sent_on = models.DateField(_("passed on"), null=True, blank=True)
    due_on = models.DateField(_("answer due"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    days_saved = models.PositiveIntegerField(_("days saved"), null=True, blank=True)
    action = models.ForeignKey(
        Action, models.SET_NULL, null=True, blank=True, related_name="obstacles"
    )
    public = models.BooleanField(_("shown to everyone, without the firm"), default=False)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=OBSTACLES,
        data=Text(
            "qui signale, adresse pour la réponse, entreprise, récit",
            "who tells, address for the answer, firm, what happened",
        ),
        holds=(
            Hold(
                person="filed_by",
                blank={"filed_by": None, "contact_email": ""},
                why=_KEPT,
                months=24,
                since=_ANSWERED,
                since_words=_WHEN,
            ),
            Hold(
                address="contact_email",
                what=Text("adresse pour la réponse", "address for the answer"),
                blank={"contact_email": ""},
                why=_KEPT,
                months=24,
                since=_ANSWERED,
                since_words=_WHEN,
            ),
            ARCHIVED,
        ),
    )

    class Meta:
        verbose_name = _("obstacle")
        ordering: ClassVar = ["-filed_on", "-pk"]

    def __str__(self) -> str:
        return self.procedure
