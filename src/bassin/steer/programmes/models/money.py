"""Money: three amounts per funder and year, requests to funders, calls for projects."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.parties.models import ORIGINS, Organisation
from bassin.parties.privacy.declared import Nothing
from bassin.steer.programmes.models.actions import Action
from bassin.steer.programmes.models.frameworks import spoken
from bassin.types import Origin, Text

_MONEY = Nothing(Text("montants d'organisations", "amounts of organisations"))
_CALL = Nothing(Text("appels à projets publics", "public calls for projects"))

_EUROS: dict[str, Any] = {"max_digits": 14, "decimal_places": 2, "null": True, "blank": True}


class Funding(models.Model):
    """What one funder plans, has committed and has paid for an action in a year.

    Three amounts, never one; an amount that is not known is null.
    """

    action = models.ForeignKey(Action, models.CASCADE, related_name="fundings")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="fundings", verbose_name=_("funder")
    )
    scheme = models.CharField(_("scheme"), max_length=120, blank=True)
    year = models.PositiveSmallIntegerField(_("year"))
    planned_eur = models.DecimalField(_("planned (€)"), **_EUROS)
    committed_eur = models.DecimalField(_("committed (€)"), **_EUROS)
    paid_eur = models.DecimalField(_("paid (€)"), **_EUROS)
    source = models.CharField(_("source"), max_length=300, blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = _MONEY

    class Meta:
        verbose_name = _("funding")
        ordering: ClassVar = ["action", "year", "organisation"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["action", "organisation", "scheme", "year"],
                name="one_funding_per_funder_scheme_year",
            )
        ]

    def __str__(self) -> str:
        return f"{self.action} · {self.organisation} {self.year}"


class FundingRequest(models.Model):
    """A request to a funder, the day its answer is due, and the answer."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("being prepared")
        SENT = "sent", _("sent")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    action = models.ForeignKey(Action, models.CASCADE, related_name="funding_requests")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="funding_requests", verbose_name=_("funder")
    )
    scheme = models.CharField(_("scheme"), max_length=120, blank=True)
    asked_eur = models.DecimalField(_("amount asked (€)"), **_EUROS)
    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    due_on = models.DateField(_("answer due"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PREPARED)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    granted_eur = models.DecimalField(_("amount granted (€)"), **_EUROS)
    answer = models.TextField(_("answer"), blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = _MONEY

    class Meta:
        verbose_name = _("request to a funder")
        ordering: ClassVar = ["due_on", "pk"]

    def __str__(self) -> str:
        return f"{self.action} · {self.organisation}"


class Call(models.Model):
    """A call for projects, with its deadline and the themes by which it meets actions."""

    title = models.CharField(_("title"), max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    funder = models.CharField(_("funder"), max_length=160)
    text = models.TextField(_("description"), blank=True)
    text_en = models.TextField(blank=True)
    themes = models.JSONField(_("themes"), default=list, blank=True)
    kinds = models.JSONField(_("eligible kinds of actions"), default=list, blank=True)
    opens_on = models.DateField(_("opens"), null=True, blank=True)
    closes_on = models.DateField(_("closes"), null=True, blank=True)
    funding_pct = models.DecimalField(
        _("share funded (%)"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    url = models.URLField(_("address"), blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = _CALL

    class Meta:
        verbose_name = _("call for projects")
        ordering: ClassVar = ["closes_on", "title"]

    def __str__(self) -> str:
        return spoken(self.title, self.title_en)

    @property
    def said(self) -> str:
        """Its description in the reader's language, else as it was written."""
        return spoken(self.text, self.text_en)


class CallMatch(models.Model):
    """What a person decided about a call for an action: the machine only proposes."""

    class State(models.TextChoices):
        RETAINED = "retained", _("to be prepared")
        SUBMITTED = "submitted", _("submitted")
        DISMISSED = "dismissed", _("not for this action")

    call = models.ForeignKey(Call, models.CASCADE, related_name="matches")
    action = models.ForeignKey(Action, models.CASCADE, related_name="call_matches")
    state = models.CharField(_("decision"), max_length=10, choices=State.choices)
    why = models.CharField(_("why"), max_length=300, blank=True)
    decided_on = models.DateField()

    personal = _CALL

    class Meta:
        verbose_name = _("call retained for an action")
        ordering: ClassVar = ["call", "action"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "action"], name="one_decision_per_call")
        ]

    def __str__(self) -> str:
        return f"{self.call} · {self.action}"
