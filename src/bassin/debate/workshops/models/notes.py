"""What a workshop leaves: arguments, what its results are attached to, its minutes."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.commons.models import Document
from bassin.debate.workshops.models.votes import Round
from bassin.debate.workshops.models.workshops import Step, Workshop
from bassin.parties.models import ORIGINS
from bassin.parties.privacy.declared import Nothing
from bassin.types import Origin, Text

_SAID = Nothing(Text("ce qui s'est dit, sans qui l'a dit", "what was said, without who said it"))


class Note(models.Model):
    """An argument, a decision or an action proposed in the discussion, on a step or on a result."""

    class Kind(models.TextChoices):
        ARGUMENT = "argument", _("argument")
        DECISION = "decision", _("decision proposed")
        ACTION = "action", _("action proposed")

    class Side(models.TextChoices):
        FOR = "for", _("for")
        AGAINST = "against", _("against")
        NEITHER = "", _("neither")

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="notes")
    step = models.ForeignKey(Step, models.SET_NULL, null=True, blank=True, related_name="notes")
    round = models.ForeignKey(Round, models.SET_NULL, null=True, blank=True, related_name="notes")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.ARGUMENT)
    side = models.CharField(_("side"), max_length=7, choices=Side, default=Side.NEITHER, blank=True)
    text = models.TextField(_("what was said"))
    written_at = models.DateTimeField(auto_now_add=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = _SAID

    class Meta:
        verbose_name = _("note of a workshop")
        verbose_name_plural = _("notes of a workshop")
        ordering: ClassVar = ["workshop", "written_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Attachment(models.Model):
    """A result placed on what it is about: part of a framework, action, operation."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="attachments")
    reference = models.CharField(max_length=120, db_index=True)
    attached_on = models.DateField()

    personal = _SAID

    class Meta:
        verbose_name = _("result attached")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "reference"], name="a_result_attached_once")
        ]

    def __str__(self) -> str:
        return f"{self.round} → {self.reference}"


class Minutes(models.Model):
    """The synthesis of a workshop: drafted, validated by the body, then published."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        VALIDATED = "validated", _("validated")
        PUBLISHED = "published", _("published")

    workshop = models.OneToOneField(Workshop, models.CASCADE, related_name="minutes")
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    text = models.TextField(_("in a few sentences"), blank=True)
    validated_by = models.CharField(_("validated by"), max_length=160, blank=True)
    validated_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    # The file of ballots as it was published, word for word, and the digest of its bytes.
    ballots = models.TextField(blank=True, editable=False)
    ballots_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    document = models.ForeignKey(Document, models.SET_NULL, null=True, blank=True, related_name="+")

    personal = _SAID

    class Meta:
        verbose_name = _("minutes of a workshop")
        verbose_name_plural = _("minutes of workshops")
        ordering: ClassVar = ["workshop"]

    def __str__(self) -> str:
        return f"{self.workshop}"


class Correction(models.Model):
    """A later version of published minutes: its number, its day, why; and what stood before."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="corrections")
    number = models.PositiveSmallIntegerField(_("version"))
    on = models.DateField(_("corrected on"))
    why = models.CharField(_("why"), max_length=300)
    # By their function and their body, never by a name; empty before it was asked.
    decided_by = models.CharField(_("function of who decided it"), max_length=160, blank=True)
    decided_in = models.CharField(_("body that decided it"), max_length=160, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    # {"text": "…", "notes": {"12": "…"}}: what the version before said.
    before = models.JSONField(default=dict)

    personal = _SAID

    class Meta:
        verbose_name = _("correction of minutes")
        verbose_name_plural = _("corrections of minutes")
        ordering: ClassVar = ["minutes", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["minutes", "number"], name="a_version_of_minutes_once")
        ]

    def __str__(self) -> str:
        return f"{self.minutes} · {self.number}"
