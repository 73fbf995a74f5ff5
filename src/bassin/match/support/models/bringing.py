"""A table that somebody brings in: kept while it is reviewed, and as long as it may be undone."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.match.support.models.processings import CASES
from bassin.parties.models import Organisation, Person
from bassin.parties.privacy.declared import Hold, Personal
from bassin.types import Text


class Import(models.Model):
    """The rows of a file, what its columns mean, what is to be done with each row."""

    class State(models.TextChoices):
        OPEN = "open", _("under review")
        WRITTEN = "written", _("written")
        DROPPED = "dropped", _("dropped")
        UNDONE = "undone", _("undone")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    document = models.CharField(_("file"), max_length=200)
    headers: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    rows: models.JSONField[list[list[str]], list[list[str]]] = models.JSONField(default=list)
    mapping: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    choices: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(
        default=dict, blank=True
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    result: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        default=dict, blank=True
    )
    begun_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    begun_on = models.DateField()

    personal = Personal(
        processing=CASES,
        data=Text(
            "lignes d'un tableau repris, le temps de le relire et de pouvoir l'annuler",
            "rows of a table brought in, while it is reviewed and may be undone",
        ),
        holds=(
            Hold(
                person="begun_by",
                months=2,
                since="begun_on",
                since_words=Text("la reprise", "the import"),
                show=("document", "begun_on"),
            ),
        ),
        audited=False,
    )

    class Meta:
        verbose_name = _("table brought in")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{_('table brought in')} {self.pk}"
