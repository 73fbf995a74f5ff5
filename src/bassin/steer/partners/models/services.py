"""Who does what: what each organisation offers at one step of a pathway (see `pathways`)."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.parties.models import ORIGINS, Archivable, Organisation
from bassin.parties.privacy.declared import Personal
from bassin.parties.privacy.processings import ARCHIVED, ARCHIVING
from bassin.types import Origin, Text


class OfferQuerySet(models.QuerySet["Offer"]):
    """Reads of offers."""

    def on(self, day: date) -> "OfferQuerySet":
        """Those that stand on a day."""
        begun = models.Q(starts_on=None) | models.Q(starts_on__lte=day)
        going = models.Q(ends_on=None) | models.Q(ends_on__gte=day)
        return self.filter(begun, going, archived_at=None)


class Offer(Archivable):
    """What one organisation does at one step, where, and in which part (RACI)."""

    class Part(models.TextChoices):
        LEAD = "lead", _("in charge")
        SUPPORT = "support", _("takes part")
        INFORM = "inform", _("informs")

    step = models.CharField(_("step"), max_length=80, db_index=True)  # "creator:idea"
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="offers", verbose_name=_("organisation")
    )
    part = models.CharField(_("part"), max_length=8, choices=Part.choices)
    title = models.CharField(_("what is offered"), max_length=200)
    audience = models.CharField(_("for whom"), max_length=200, blank=True)
    commune_codes = models.JSONField(
        _("communes (none: the whole territory)"), default=list, blank=True
    )
    price = models.CharField(_("price"), max_length=80, blank=True)
    url = models.URLField(_("web page"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=30, blank=True)
    starts_on = models.DateField(_("since"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=ARCHIVING,
        data=Text("qui a rangé le service", "who put the service away"),
        holds=(ARCHIVED,),
        also=("telephone",),  # the organisation's, shown to everyone
    )

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("service")
        ordering: ClassVar = ["step", "part", "organisation", "pk"]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.title}"
