"""Reports asked for and given by e-mail: what was sent, what came back, each exactly once."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.parties.models import Person
from bassin.parties.privacy.declared import Hold, Personal
from bassin.steer.programmes.models.actions import REPORTS, Action, Update
from bassin.types import Text


class Reminder(models.Model):
    """The e-mail that asked one person about one action in one month."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="reminders")
    action = models.ForeignKey(Action, models.CASCADE, related_name="reminders")
    month = models.DateField(_("month"))  # its first day
    sent_at = models.DateTimeField(_("sent"))

    personal = Personal(
        processing=REPORTS,
        data=Text("rappels reçus : action, mois", "reminders received: action, month"),
        holds=(
            Hold(
                person="person",
                months=12,
                since="sent_at",
                since_words=Text("l'envoi du rappel", "the reminder was sent"),
            ),
        ),
        audited=False,
    )

    class Meta:
        verbose_name = _("reminder")
        ordering: ClassVar = ["-month", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "action", "month"], name="one_reminder_a_month"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.action} {self.month:%Y-%m}"


class Letter(models.Model):
    """An e-mail that was read, so that it is never counted nor answered twice.

    Of a refused one, neither the text nor the sender is kept.
    """

    class Outcome(models.TextChoices):
        RECORDED = "recorded", _("recorded")
        FORGED = "forged", _("address that we did not make")
        EXPIRED = "expired", _("address out of date")
        FOREIGN = "foreign", _("sent from another address")
        FORBIDDEN = "forbidden", _("no longer allowed to report")
        EMPTY = "empty", _("nothing written")
        AUTOMATIC = "automatic", _("automatic message")
        UNADDRESSED = "unaddressed", _("not an answer to a reminder")

    message_id = models.CharField(max_length=250, unique=True)
    received_on = models.DateField(_("received on"))
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices)
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="letters"
    )
    update = models.OneToOneField(
        Update, models.SET_NULL, null=True, blank=True, related_name="letter"
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    personal = Personal(
        processing=REPORTS,
        data=Text(
            "courriels reçus : jour, suite donnée, sans leur texte",
            "e-mails received: day, what came of it, without their text",
        ),
        holds=(
            Hold(
                person="person",
                months=12,
                since="received_on",
                since_words=Text("la réception", "it was received"),
            ),
        ),
        audited=False,
    )

    class Meta:
        verbose_name = _("e-mail received")
        ordering: ClassVar = ["-received_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.received_on} · {self.outcome}"
