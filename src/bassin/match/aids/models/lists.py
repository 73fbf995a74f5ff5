"""Lists of firms to call for an aid, kept under a name: what is chosen, never the firms."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.parties.models import Person
from bassin.parties.privacy.declared import Basis, Hold, Personal, Processing
from bassin.types import Text

CALLS = Processing(
    slug="aid_call_lists",
    title=Text("Listes d'entreprises à appeler", "Lists of firms to call"),
    purpose=Text(
        "Retrouver les entreprises qu'une aide peut servir, les suivre, leur écrire.",
        "Find again the firms that an aid may serve, follow them, write to them.",
    ),
    basis=Basis.PUBLIC_TASK,
    people=Text("agents de la collectivité", "the authority's officers"),
    recipients=Text("les agents de la collectivité", "the authority's officers"),
)


class CallList(models.Model):
    """One aid, one commune or all, those that are sure or all: judged again each time."""

    name = models.CharField(_("name"), max_length=80)
    aid = models.SlugField(_("aid"), max_length=80)
    commune_code = models.CharField(_("commune"), max_length=5, blank=True)
    sure_only = models.BooleanField(_("those that surely qualify only"), default=False)
    owner = models.ForeignKey(Person, models.CASCADE, related_name="aid_lists")
    saved_on = models.DateField(_("kept on"))

    personal = Personal(
        processing=CALLS,
        data=Text("le nom d'une liste et ce qui y est choisi", "the name of a list and its choice"),
        holds=(Hold(person="owner", show=("name", "aid", "commune_code", "saved_on")),),
        audited=False,
    )

    class Meta:
        verbose_name = _("list of firms to call")
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "name"], name="one_list_of_a_name")
        ]

    def __str__(self) -> str:
        return self.name
