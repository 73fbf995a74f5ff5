"""A firm created with help: its number, its birth and the agreement, without any case or name."""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.match.support.models.processings import SURVIVAL
from bassin.parties.models import ORIGINS, Organisation
from bassin.parties.privacy.declared import Hold, Personal
from bassin.types import Origin, Text


class Backed(models.Model):
    """A line of a cohort. It outlives the case, to know whether the firm is alive after 5 years."""

    siret = models.CharField(_("SIRET"), max_length=14, validators=[RegexValidator(r"^[0-9]{14}$")])
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    agreement = models.CharField(_("under which agreement"), max_length=80, blank=True)
    born_on = models.DateField(_("firm created on"))
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=SURVIVAL,
        data=Text(
            "SIRET d'une entreprise créée avec une aide, date de création, convention",
            "SIRET of a firm created with help, date of creation, agreement",
        ),
        holds=(
            Hold(
                find=lambda person: models.Q(pk__in=()),
                months=66,
                since="born_on",
                since_words=Text("la création de l'entreprise", "the firm was created"),
            ),
        ),
        unaudited=("siret", "agreement", "born_on"),
    )

    class Meta:
        verbose_name = _("firm of a cohort")
        ordering: ClassVar = ["born_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "siret"], name="a_firm_is_once_in_a_cohort"
            )
        ]

    def __str__(self) -> str:
        return f"{_('firm of a cohort')} {self.pk}"
