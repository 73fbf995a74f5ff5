"""Errors that people report on an establishment: kept beside what the source says, never in it."""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.parties.models import ORIGINS, Person
from bassin.parties.privacy.declared import Basis, Hold, Personal, Processing
from bassin.types import Origin, Text

CORRECTIONS = Processing(
    slug="corrections",
    title=Text("Erreurs signalées sur les entreprises", "Errors reported on firms"),
    purpose=Text(
        "Corriger ce que les fichiers publics disent d'un établissement, et le dire à leur "
        "producteur.",
        "Correct what public files say of an establishment, and tell their publisher.",
    ),
    basis=Basis.PUBLIC_TASK,
    people=Text(
        "personnes connectées qui signalent ou qui décident",
        "signed-in people who report or decide",
    ),
    recipients=Text(
        "les agents de la collectivité ; le public lit la correction et la qualité de son auteur, "
        "jamais son nom",
        "the authority's officers; the public reads the correction and its author's quality, never "
        "their name",
    ),
)


class Correction(models.Model):
    """What somebody says is wrong: the column, what the source said that day, what is true.

    It is keyed by what the source said, so that the next load of the source tells by itself whether
    the correction still holds, was taken up, or must be looked at again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for the authority")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")
        ENDED = "ended", _("no longer shown")

    class Quality(models.TextChoices):
        FIRM = "firm", _("the firm, known here")
        FIRM_SAID = "firm_said", _("somebody who says they are the firm")
        OFFICER = "officer", _("an officer of the authority")
        PARTNER = "partner", _("a partner")
        NEIGHBOUR = "neighbour", _("somebody who knows the place")

    siret = models.CharField(
        _("SIRET"), max_length=14, db_index=True, validators=[RegexValidator(r"^[0-9]{14}$")]
    )
    column = models.CharField(_("datum"), max_length=30)
    source_value = models.CharField(_("what the source says"), max_length=300, blank=True)
    source_period = models.CharField(_("date of the source"), max_length=10, blank=True)
    value = models.CharField(_("what is true"), max_length=300, blank=True)
    why = models.TextField(_("how it is known"), max_length=1000, blank=True)
    quality = models.CharField(_("who reports"), max_length=10, choices=Quality)
    reported_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reported_on = models.DateField(_("reported on"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    refused_why = models.CharField(_("why it was refused"), max_length=500, blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=CORRECTIONS,
        data=Text(
            "qui signale, s'il est connecté, et qui décide",
            "who reports, when signed in, and who decides",
        ),
        holds=(
            Hold(
                person="reported_by",
                what=Text("qui signale", "who reports"),
                blank={"reported_by": None, "why": ""},
                why=Text(
                    "La correction sert à tous ; vous n'y êtes plus lié.",
                    "The correction serves everyone; you are no longer linked to it.",
                ),
                months=24,
                since="reported_on",
                since_words=Text("le signalement", "the report"),
                show=("siret", "column", "value", "why", "reported_on", "state"),
            ),
            Hold(
                person="decided_by",
                what=Text("qui décide", "who decides"),
                blank={"decided_by": None},
                why=Text(
                    "La décision est celle de la collectivité ; votre nom en est retiré.",
                    "The decision is the authority's; your name is taken off it.",
                ),
                months=24,
                since="decided_on",
                since_words=Text("la décision", "the decision"),
                show=("decided_on",),
            ),
        ),
    )

    class Meta:
        verbose_name = _("correction")
        ordering: ClassVar = ["reported_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["siret", "column"],
                condition=models.Q(state="accepted"),
                name="one_accepted_correction_per_datum",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="refused") | ~models.Q(refused_why=""),
                name="refused_correction_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.siret} · {self.column}"
