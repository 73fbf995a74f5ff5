"""An import while a person reviews it: kept here, so that nothing is half written elsewhere."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.parties.models import Person
from bassin.parties.privacy.declared import Basis, Hold, Personal, Processing
from bassin.steer.programmes.models.frameworks import Framework
from bassin.types import Text

IMPORTS = Processing(
    slug="imports",
    title=Text("Reprise de plans existants", "Import of existing plans"),
    purpose=Text(
        "Relire un plan avant de l'écrire, et savoir qui l'a repris.",
        "Review a plan before it is written, and know who brought it in.",
    ),
    basis=Basis.PUBLIC_TASK,
    people=Text("agents de la collectivité", "the authority's officers"),
    recipients=Text("les agents de la collectivité", "the authority's officers"),
)


class ImportDraft(models.Model):
    """What was read of a file or a text, as reviewed so far. `framework` is None for a new one."""

    class State(models.TextChoices):
        OPEN = "open", _("under review")
        WRITTEN = "written", _("written")
        DROPPED = "dropped", _("dropped")

    framework = models.ForeignKey(
        Framework, models.CASCADE, null=True, blank=True, related_name="imports"
    )
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=Framework.Kind.choices, blank=True)
    document = models.CharField(_("document"), max_length=300)
    findings: models.JSONField[Any, Any] = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    edition = models.PositiveIntegerField(default=1)
    begun_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="imports")
    begun_on = models.DateField()
    written_on = models.DateField(null=True, blank=True)
    result: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)

    personal = Personal(
        processing=IMPORTS,
        data=Text("qui a commencé la reprise", "who began the import"),
        holds=(
            Hold(
                person="begun_by",
                months=12,
                since="begun_on",
                since_words=Text("la reprise", "the import"),
            ),
        ),
        unaudited=("findings",),
    )

    class Meta:
        verbose_name = _("import")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.title
