"""A person asks to write in the name of a firm: who, for which SIRET, and what was decided."""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.match.jobs.models.processings import CLAIMS
from bassin.parties.models import ORIGINS, Organisation, Person
from bassin.parties.privacy.declared import Hold, Personal
from bassin.types import Origin, Text


class FirmClaim(models.Model):
    """A request. It gives no right: an officer's yes gives a seat, and nothing else does."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for the authority")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("taken back")

    siret = models.CharField(
        _("SIRET"), max_length=14, db_index=True, validators=[RegexValidator(r"^[0-9]{14}$")]
    )
    firm_name = models.CharField(_("name of the firm"), max_length=200)
    sirene = models.CharField(_("what SIRENE said"), max_length=10)
    commune_code = models.CharField(max_length=5, blank=True)
    contact_name = models.CharField(_("your name"), max_length=120)
    contact_role = models.CharField(_("your function there"), max_length=120)
    contact_email = models.EmailField(_("work e-mail address"))
    confirmed_on = models.DateField(_("address proven on"))
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    asked_on = models.DateField(_("asked on"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    refused_why = models.TextField(_("why it was refused"), blank=True)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=CLAIMS,
        data=Text(
            "nom, fonction et adresse de la personne qui demande, qui a décidé",
            "name, function and address of the person who asks, who decided",
        ),
        holds=(
            Hold(
                person="asked_by",
                what=Text("qui demande", "who asks"),
                months=24,
                since="asked_on",
                since_words=Text("la demande", "it was asked"),
                show=("siret", "firm_name", "contact_name", "contact_role", "contact_email",
                      "asked_on"),
            ),
            Hold(
                address="contact_email",
                what=Text("adresse de contact", "contact address"),
                months=24,
                since="asked_on",
                since_words=Text("la demande", "it was asked"),
                show=("siret", "firm_name", "contact_name", "contact_role", "contact_email",
                      "asked_on"),
            ),
            Hold(
                person="decided_by",
                what=Text("qui a décidé", "who decided"),
                blank={"decided_by": None},
                why=Text(
                    "La décision est celle de la collectivité ; votre nom en est retiré.",
                    "The decision is the authority's; your name is taken off it.",
                ),
                since_words=Text("la suppression de la demande", "the request is deleted"),
                show=("decided_on",),
            ),
        ),
        also=("contact_name", "contact_role"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("request of a firm")
        ordering: ClassVar = ["asked_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["asked_by", "siret"],
                condition=models.Q(state="waiting"),
                name="one_waiting_claim_per_firm",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="refused") | ~models.Q(refused_why=""),
                name="refused_claim_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firm_name} ({self.siret})"
