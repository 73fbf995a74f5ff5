"""What was done to the texts that people wrote: who read, merged or hid them, and when."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.debate.workshops.models.votes import Round
from bassin.debate.workshops.models.workshops import FACILITATION
from bassin.parties.models import Person
from bassin.parties.privacy.declared import Hold, Personal
from bassin.types import Text


class Moderation(models.Model):
    """One decision on texts. The texts themselves stay in the ballots, as they were written."""

    class Verb(models.TextChoices):
        SHOWN = "shown", _("shown")
        HIDDEN = "hidden", _("not shown")
        MERGED = "merged", _("merged")
        PARTED = "parted", _("set apart again")
        GROUPED = "grouped", _("grouped")

    round = models.ForeignKey(Round, models.CASCADE, related_name="moderations")
    verb = models.CharField(_("decision"), max_length=7, choices=Verb)
    texts = models.JSONField(_("texts"), default=list)
    into = models.CharField(_("into, or why"), max_length=200, blank=True)
    done_at = models.DateTimeField()
    done_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    personal = Personal(
        processing=FACILITATION,
        data=Text(
            "décisions prises sur les textes des participants",
            "decisions taken on participants' texts",
        ),
        holds=(
            Hold(
                person="done_by",
                blank={"done_by": None},
                why=Text(
                    "La décision fait partie du résultat ; votre nom en est retiré.",
                    "The decision is part of the result; your name is taken off it.",
                ),
                months=36,
                since="done_at",
                since_words=Text("la décision", "the decision"),
                show=("verb", "done_at"),
            ),
        ),
        audited=False,
    )

    class Meta:
        verbose_name = _("decision on texts")
        verbose_name_plural = _("decisions on texts")
        ordering: ClassVar = ["round", "-done_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} · {', '.join(map(str, self.texts))}"[:80]
