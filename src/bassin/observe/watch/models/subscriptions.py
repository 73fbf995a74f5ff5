"""Who wants to be told of what: by e-mail each week, or in a reader of feeds."""

import secrets
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.observe.watch.models.signals import WATCH
from bassin.parties.models import ORIGINS, Person
from bassin.parties.privacy.declared import Hold, Personal
from bassin.types import Origin, Text


def new_token() -> str:
    """A secret that nobody guesses."""
    return secrets.token_urlsafe(32)


class Subscription(models.Model):
    """What one person follows; empty filters keep everything that they may see."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="watch_subscriptions")
    name = models.CharField(_("name"), max_length=80)
    communes = models.CharField(_("communes"), max_length=2000, blank=True)
    naf = models.CharField(
        _("activities"), max_length=200, blank=True,
        help_text=_("Beginnings of NAF codes, a space between: 25 28 33.12Z. Empty: all."),
    )  # fmt: skip
    selection = models.CharField(_("kept selection"), max_length=60, blank=True)
    kinds = models.CharField(_("kinds"), max_length=200, blank=True)
    weekly = models.BooleanField(_("e-mail each week"), default=True)
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    made_on = models.DateField(_("since"))
    sent_on = models.DateField(_("last sent on"), null=True, blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=WATCH,
        data=Text("ce qu'une personne suit, et comment", "what a person follows, and how"),
        holds=(
            Hold(person="person", show=("name", "communes", "naf", "kinds", "weekly", "sent_on")),
        ),
        secret=("token",),
        audited=False,
    )

    class Meta:
        verbose_name = _("subscription to the watch")
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "name"], name="one_watch_of_a_name")
        ]

    def __str__(self) -> str:
        return self.name
