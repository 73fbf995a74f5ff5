"""Selections of firms that people keep under a name, and what each person last saw of them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.parties.models import ORIGINS, Organisation, Person
from bassin.parties.privacy.declared import Basis, Hold, Personal, Processing
from bassin.types import Origin, Text

SELECTIONS = Processing(
    slug="firm_selections",
    title=Text("Sélections d'entreprises gardées", "Kept selections of firms"),
    purpose=Text(
        "Retrouver une sélection d'entreprises sous son nom, la partager, et savoir ce qui y a "
        "changé depuis la dernière fois.",
        "Find a selection of firms under its name, share it, and know what changed in it since "
        "last time.",
    ),
    basis=Basis.PUBLIC_TASK,
    people=Text("personnes qui ont un compte", "people who have an account"),
    recipients=Text(
        "la personne ; son organisation ou les agents de la collectivité, si elle l'a choisi",
        "the person; their organisation or the authority's officers, if they chose so",
    ),
)


class SavedSelection(models.Model):
    """A name for an address of the explorer. The address says everything that was chosen."""

    class Audience(models.TextChoices):
        OWNER = "owner", _("me alone")
        ORGANISATION = "organisation", _("my organisation")
        OFFICERS = "officers", _("all officers of the authority")

    name = models.CharField(_("name"), max_length=80)
    query = models.TextField(_("what is chosen"), max_length=4000, blank=True)
    owner = models.ForeignKey(Person, models.CASCADE, related_name="firm_selections")
    audience = models.CharField(
        _("who sees it"), max_length=15, choices=Audience, default=Audience.OWNER
    )
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="firm_selections"
    )
    saved_on = models.DateField(_("kept on"))
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=SELECTIONS,
        data=Text("le nom et les filtres d'une sélection", "the name and filters of a selection"),
        holds=(Hold(person="owner", show=("name", "query", "audience", "saved_on")),),
        audited=False,
    )

    class Meta:
        verbose_name = _("kept selection")
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "name"], name="one_selection_of_a_name")
        ]

    def __str__(self) -> str:
        return self.name


class SelectionSeen(models.Model):
    """What one person last saw of a selection: which establishments, on which day."""

    selection = models.ForeignKey(SavedSelection, models.CASCADE, related_name="seen")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    seen_on = models.DateField(_("seen on"))
    sirets = models.BinaryField(_("establishments seen"))

    personal = Personal(
        processing=SELECTIONS,
        data=Text("le jour où une sélection a été vue", "the day a selection was seen"),
        holds=(Hold(person="person", show=("seen_on",)),),
        audited=False,
    )

    class Meta:
        verbose_name = _("selection seen")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["selection", "person"], name="seen_once_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.selection} {self.seen_on}"
