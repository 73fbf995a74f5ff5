"""What is put to a room: a statement and its options, written once and asked again over years.

Texts are kept by language, {"fr": "…", "en": "…", "ar": "…"}; French is always there.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.parties.models import ORIGINS
from bassin.parties.privacy.declared import Nothing
from bassin.types import Origin, Text

_QUESTION = Nothing(Text("question posée à une salle", "question put to a room"))


class Statement(models.Model):
    """A question: its kind, its words, what it is about. Asked twice, it makes a series."""

    class Kind(models.TextChoices):
        QUIZ = "quiz", _("quiz, several right answers")
        LIKERT = "likert", _("agreement in five degrees")
        CHOICE = "choice", _("choice")
        RANKING = "ranking", _("ranking")
        POINTS = "points", _("points to share out")
        CONTRIBUTIONS = "contributions", _("written contributions")
        SORTING = "sorting", _("sorting in two columns")
        WORDS = "words", _("words or phrases")

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=13, choices=Kind.choices)
    text = models.JSONField(_("statement"))
    help = models.JSONField(_("what to know before answering"), default=dict, blank=True)
    target = models.CharField(_("what it is about"), max_length=120, blank=True, db_index=True)
    most = models.PositiveSmallIntegerField(
        _("most answers, words, or points to share"), null=True, blank=True
    )
    columns = models.JSONField(_("names of the two columns"), default=list, blank=True)
    loop = models.JSONField(_("card of an eco-development loop"), default=dict, blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = _QUESTION

    class Meta:
        verbose_name = _("statement")
        ordering: ClassVar = ["slug"]

    def __str__(self) -> str:
        return str(self.text.get("fr", self.slug))


class Option(models.Model):
    """One possible answer. Its truth is said by hand or computed from a figure."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="options")
    code = models.SlugField(max_length=40)
    order = models.PositiveSmallIntegerField(default=0)
    text = models.JSONField(_("answer"))
    truth = models.JSONField(_("what makes it right"), default=dict, blank=True)

    personal = _QUESTION

    class Meta:
        verbose_name = _("answer proposed")
        ordering: ClassVar = ["statement", "order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["statement", "code"], name="one_option_per_code")
        ]

    def __str__(self) -> str:
        return str(self.text.get("fr", self.code))
