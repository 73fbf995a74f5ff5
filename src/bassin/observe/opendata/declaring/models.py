"""Figures that officers make: each version, from its draft to the day it ends."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bassin.parties.models import ORIGINS, Person
from bassin.parties.privacy.declared import Basis, Hold, Personal, Processing
from bassin.types import Origin, Text

if TYPE_CHECKING:
    from bassin.observe.opendata.declaring.answers import Answers

DECLARED_FIGURES = Processing(
    slug="declared_figures",
    title=Text("Chiffres déclarés par les agents", "Figures declared by officers"),
    purpose=Text(
        "Savoir qui a fait un chiffre, qui l'a publié, qui l'a changé ou retiré, et pourquoi.",
        "Know who made a figure, who published it, who changed or withdrew it, and why.",
    ),
    basis=Basis.PUBLIC_TASK,
    people=Text("agents de la collectivité", "the authority's officers"),
    recipients=Text("les agents de la collectivité", "the authority's officers"),
)


class DeclaredFigure(models.Model):
    """One version of a figure: what was answered, who wrote it, who published it, why it ended.

    What is in service is the file of the declaration; this remembers who did what.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("figure", "draft")
        PUBLISHED = "published", _("published")
        REPLACED = "replaced", _("replaced by a later version")
        DEPRECATED = "deprecated", _("no longer kept up")
        WITHDRAWN = "withdrawn", _("withdrawn")

    name = models.SlugField(_("name"), max_length=60, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    table = models.CharField(_("table"), max_length=80)
    answers = models.JSONField(_("answers"), default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    why = models.CharField(_("what this version changes"), max_length=300, blank=True)
    author = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    written_on = models.DateField(_("written on"))
    published_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)
    ended_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_why = models.CharField(_("why it ended"), max_length=300, blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=DECLARED_FIGURES,
        data=Text("qui écrit, publie ou retire un chiffre", "who writes, publishes or ends one"),
        holds=tuple(
            Hold(
                person=field,
                what=what,
                blank={field: None},
                why=Text(
                    "Le chiffre est celui de la collectivité ; votre nom en est retiré.",
                    "The figure is the authority's; your name is taken off it.",
                ),
                show=("name", "version", "state", on),
            )
            for field, on, what in (
                ("author", "written_on", Text("qui l'a écrit", "who wrote it")),
                ("published_by", "published_on", Text("qui l'a publié", "who published it")),
                ("ended_by", "ended_on", Text("qui l'a retiré", "who ended it")),
            )
        ),
    )

    class Meta:
        verbose_name = _("declared figure")
        ordering: ClassVar = ["-written_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["name"],
                condition=models.Q(state="published"),
                name="one_published_version_of_a_figure",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=("deprecated", "withdrawn"))
                | ~models.Q(ended_why=""),
                name="ended_figure_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name or self.table}@{self.version}"

    @property
    def answered(self) -> "Answers":
        """What was answered."""
        # The live part of workshops loads every model, and none of the engines.
        from bassin.observe.opendata.declaring.answers import Answers

        return Answers.of({**self.answers, "table": self.table, "name": self.name})

    @property
    def is_draft(self) -> bool:
        """Whether it is nobody's yet."""
        return self.state == self.State.DRAFT

    @property
    def title(self) -> str:
        """What it is called in a list: its label, else its table."""
        return str(self.answers.get("label_fr") or self.name or self.table)
