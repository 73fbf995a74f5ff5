"""What a firm agreed to share with a partner, and what a partner is asked to do about it."""

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.match.support.models.cases import Case
from bassin.match.support.models.processings import SHARING, wrote
from bassin.match.support.models.words import Need
from bassin.parties.models import Organisation, Person
from bassin.parties.privacy.declared import Personal
from bassin.types import Text


class Share(models.Model):
    """An agreement: who gave it, when, for whom, for what, until it is taken back."""

    class Scope(models.TextChoices):
        SUMMARY = "summary", _("the need and how to reach the firm")
        HISTORY = "history", _("the need, and what was said and done since")

    class How(models.TextChoices):
        SPOKEN = "spoken", _("said to the adviser")
        WRITTEN = "written", _("written")

    case = models.ForeignKey(Case, models.CASCADE, related_name="shares")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="+", verbose_name=_("with")
    )
    scope = models.CharField(_("what is shared"), max_length=10, choices=Scope)
    purpose = models.CharField(_("what for"), max_length=200)
    person_name = models.CharField(_("who agreed, in the firm"), max_length=120)
    agreed_on = models.DateField(_("agreed on"))
    agreed_how = models.CharField(_("how"), max_length=10, choices=How)
    withdrawn_on = models.DateField(_("taken back on"), null=True, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    personal = Personal(
        processing=SHARING,
        data=Text(
            "qui a donné l'accord, quand, pour quoi ; le conseiller qui l'a recueilli",
            "who agreed, when, for what; the adviser who asked",
        ),
        holds=(
            wrote("by", Text("qui a recueilli l'accord", "who asked for the agreement"),
                  "agreed_on", ("purpose", "agreed_on"), Text("l'accord", "the agreement")),
        ),
        also=("person_name",),
        unaudited=("person_name", "purpose"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("agreement to share")
        ordering: ClassVar = ["-agreed_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "organisation"],
                condition=models.Q(withdrawn_on=None),
                name="one_agreement_in_force_per_partner",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_on=None)
                | models.Q(withdrawn_on__gte=models.F("agreed_on")),
                name="agreement_is_taken_back_after_it_is_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{_('case')} {self.case_id}"


class Referral(models.Model):
    """A partner is asked to act: waiting, taken, then done, not for them, or no news."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        TAKEN = "taken", _("taken in charge")
        DONE = "done", _("done")
        NOT_FOR_ME = "not_for_me", _("not for them")
        NO_NEWS = "no_news", _("no news")
        WITHDRAWN = "withdrawn", _("taken back")

    LIVING = (State.WAITING, State.TAKEN, State.NO_NEWS)
    """Those that the partner may still answer; one without news may be taken up late."""
    EVERY = timedelta(days=7)
    MOST = 3
    """Reminders that do not nag: one a week at most, three in all; then it is « no news »."""

    share = models.ForeignKey(Share, models.CASCADE, related_name="referrals")
    need = models.CharField(_("what for"), max_length=10, choices=Need)
    note = models.TextField(_("what the partner is asked"), blank=True, max_length=2000)
    sent_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    sent_on = models.DateField(_("sent on"))
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.WAITING)
    taken_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    taken_on = models.DateField(_("taken on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    answer = models.TextField(_("what came of it"), blank=True, max_length=2000)
    reminders = models.PositiveSmallIntegerField(default=0, editable=False)
    reminded_on = models.DateField(null=True, blank=True, editable=False)

    personal = Personal(
        processing=SHARING,
        data=Text("qui transmet, qui prend en charge", "who refers, who takes in charge"),
        holds=(
            wrote("sent_by", Text("qui a transmis", "who referred"), "sent_on",
                  ("need", "sent_on"), Text("l'envoi", "it was sent")),
            wrote("taken_by", Text("qui a pris en charge", "who took it in charge"), "sent_on",
                  ("need", "taken_on"), Text("l'envoi", "it was sent")),
        ),
        unaudited=("note", "answer", "reminders", "reminded_on"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("referral to a partner")
        ordering: ClassVar = ["sent_on", "pk"]

    def __str__(self) -> str:
        return f"{_('referral')} {self.pk}"

    @property
    def is_living(self) -> bool:
        """Whether the partner may still answer."""
        return self.state in self.LIVING

    def remind_on(self) -> date | None:
        """The day of the next reminder; None when there is none to send."""
        if self.state != self.State.WAITING or self.reminders >= self.MOST:
            return None
        return (self.reminded_on or self.sent_on) + self.EVERY
