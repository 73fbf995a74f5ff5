"""Sheets that people write: each version whole, who wrote it, who accepted it, who checked."""

import tomllib
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bassin.parties.models import ORIGINS, Organisation, Person
from bassin.parties.privacy.declared import Basis, Hold, Nothing, Personal, Processing
from bassin.types import Origin, Text

SHEETS = Processing(
    slug="aid_sheets",
    title=Text("Fiches du guide des aides", "Sheets of the guide to aids"),
    purpose=Text(
        "Savoir qui a écrit, vérifié et mis en service chaque version d'une fiche.",
        "Know who wrote, checked and put in service each version of a sheet.",
    ),
    basis=Basis.PUBLIC_TASK,
    people=Text(
        "agents et partenaires qui tiennent des fiches", "officers and partners who keep sheets"
    ),
    recipients=Text(
        "les agents de la collectivité ; l'organisation qui tient la fiche",
        "the authority's officers; the organisation that keeps the sheet",
    ),
)
_WHY = Text(
    "La fiche est celle de l'organisation ; votre nom en est retiré.",
    "The sheet is the organisation's; your name is taken off it.",
)


def _hold(field: str, what: Text, show: tuple[str, ...]) -> Hold:
    return Hold(person=field, what=what, blank={field: None}, why=_WHY, show=show)


class SheetVersion(models.Model):
    """One version of a sheet: the file itself, from its draft to the day another replaces it.

    What is in service is the file in the authority's folder; this remembers who did what.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("sheet", "draft")
        PROPOSED = "proposed", pgettext_lazy("sheet", "proposed")
        IN_SERVICE = "in_service", pgettext_lazy("sheet", "in service")
        REPLACED = "replaced", _("replaced by a later version")

    OPEN = (State.DRAFT, State.PROPOSED)
    """Of a sheet, one version at most is being written."""

    slug = models.SlugField(_("name"), max_length=80)
    number = models.PositiveIntegerField(_("version"), default=1)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, related_name="+", verbose_name=_("kept by")
    )
    content = models.TextField(_("the sheet, as its file"))
    before = models.TextField(_("the sheet that it replaces"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    why = models.CharField(_("what this version changes"), max_length=300, blank=True)
    answer = models.CharField(_("why it was sent back"), max_length=300, blank=True)
    written_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    written_on = models.DateField(_("written on"))
    accepted_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    accepted_on = models.DateField(_("in service since"), null=True, blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=SHEETS,
        data=Text("qui écrit une fiche, qui l'accepte", "who writes a sheet, who accepts it"),
        holds=(
            _hold("written_by", Text("qui l'a écrite", "who wrote it"),
                  ("slug", "number", "state", "written_on")),
            _hold("accepted_by", Text("qui l'a mise en service", "who put it in service"),
                  ("slug", "number", "accepted_on")),
        ),
        unaudited=("content", "before"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("version of a sheet")
        ordering: ClassVar = ["slug", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["slug", "number"], name="one_version_of_a_number"),
            models.UniqueConstraint(
                fields=["slug"],
                condition=models.Q(state__in=("draft", "proposed")),
                name="one_version_being_written",
            ),
            models.UniqueConstraint(
                fields=["slug"],
                condition=models.Q(state="in_service"),
                name="one_version_in_service",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.number}"

    @property
    def raw(self) -> dict[str, Any]:
        """What the file holds."""
        return tomllib.loads(self.content)

    @property
    def is_open(self) -> bool:
        """Whether it is still being written or waits for somebody's yes."""
        return self.state in self.OPEN


class Check(models.Model):
    """The act of a person: « I checked this condition in this source today »."""

    slug = models.SlugField(_("name"), max_length=80)
    demand = models.CharField(_("what was checked"), max_length=500)
    source = models.CharField(_("in which source"), max_length=500, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, related_name="+")
    on = models.DateField(_("checked on"))

    personal = Personal(
        processing=SHEETS,
        data=Text("qui a vérifié une condition", "who checked a condition"),
        holds=(
            _hold("by", Text("qui l'a vérifiée", "who checked it"), ("slug", "demand", "on")),
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = _("check of a condition")
        ordering: ClassVar = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.slug} {self.on}"


class LinkAnswer(models.Model):
    """What an address of a sheet answered the last time that it was asked."""

    address = models.URLField(_("address"), max_length=500, unique=True)
    asked_at = models.DateTimeField(_("asked at"))
    wrong = models.CharField(_("what is wrong"), max_length=300, blank=True)

    personal = Nothing(
        Text("l'adresse d'une page publique et sa réponse", "the address of a page and its answer")
    )

    class Meta:
        verbose_name = _("answer of an address")
        ordering: ClassVar = ["address"]

    def __str__(self) -> str:
        return self.address
