"""Trades as those who do them show them, and what people looked for: both small, both public."""

from datetime import date
from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.commons.models import Document, Event
from bassin.match.jobs.models.processings_help import TESTIMONIES
from bassin.parties.models import ORIGINS, Archivable, Organisation, Person
from bassin.parties.privacy.declared import Hold, Nothing, Personal
from bassin.parties.privacy.processings import ARCHIVED
from bassin.types import Origin, Text

_ROME = [RegexValidator(r"^[A-N]\d{4}$")]


class TradeShown(Archivable):
    """A visit, a picture or a testimony that presents a trade, until a day."""

    class Kind(models.TextChoices):
        VISIT = "visit", _("visit")
        PICTURE = "picture", _("picture")
        TESTIMONY = "testimony", _("testimony")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("waiting for review")
        SHOWN = "shown", _("on line")
        REFUSED = "refused", _("refused")

    rome_code = models.CharField(_("trade"), max_length=5, db_index=True, validators=_ROME)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("what is said"), blank=True)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("shown by"),
    )  # fmt: skip
    event = models.ForeignKey(Event, models.SET_NULL, null=True, blank=True, related_name="+")
    picture = models.ForeignKey(Document, models.SET_NULL, null=True, blank=True, related_name="+")
    alt = models.CharField(_("what one sees, in words"), max_length=300, blank=True)
    rights = models.CharField(_("author and licence"), max_length=200, blank=True)
    person_name = models.CharField(_("who speaks or is seen"), max_length=120, blank=True)
    agreed_on = models.DateField(_("they agreed on"), null=True, blank=True)
    shown_until = models.DateField(_("shown until"))
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.PROPOSED, db_index=True
    )
    refused_why = models.TextField(_("why it was refused"), blank=True)
    written_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    written_on = models.DateField()
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=TESTIMONIES,
        data=Text(
            "qui témoigne ou que l'on voit, qui a écrit la présentation, qui l'a archivée",
            "who speaks or is seen, who wrote the presentation, who put it away",
        ),
        holds=(
            Hold(
                find=lambda person: (
                    models.Q(person_name__iexact=person.name)
                    if person.name
                    else models.Q(pk__in=())
                ),
                what=Text("qui témoigne ou que l'on voit", "who speaks or is seen"),
                blank={"person_name": "", "text": "", "alt": "", "picture": None},
                why=Text(
                    "Que ce métier a été présenté reste compté ; vos mots et votre image sont "
                    "retirés.",
                    "That this trade was presented still counts; your words and picture are gone.",
                ),
                among=models.Q(agreed_on__isnull=False),
                months=1,
                since="shown_until",
                since_words=Text("la date de fin", "the end date"),
                show=("title", "person_name", "text", "shown_until"),
            ),
            Hold(
                person="written_by",
                what=Text("qui a écrit la présentation", "who wrote the presentation"),
                blank={"written_by": None},
                why=Text(
                    "La présentation est celle de l'organisation ; votre nom en est retiré.",
                    "The presentation is the organisation's; your name is taken off it.",
                ),
                months=36,
                since="written_on",
                since_words=Text("l'écriture de la présentation", "it was written"),
                show=("title",),
            ),
            ARCHIVED,
        ),
    )

    class Meta:
        verbose_name = _("presented trade")
        ordering: ClassVar = ["rome_code", "-shown_until", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(person_name="") | models.Q(agreed_on__isnull=False),
                name="named_person_agreed_to_be_shown",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        """How other systems point at it."""
        return f"jobs:shown:{self.pk}"

    def is_shown(self, today: date) -> bool:
        """Whether the public sees it on that day."""
        return (
            self.state == self.State.SHOWN
            and self.archived_at is None
            and today <= self.shown_until
        )


class SearchCount(models.Model):
    """How often a trade was looked for from a commune in a week, and how often in vain.

    Never the words typed, never who: a trade, a commune, a Monday and two numbers.
    """

    rome_code = models.CharField(max_length=5, validators=_ROME)
    commune_code = models.CharField(max_length=5, blank=True)
    week = models.DateField()  # its Monday
    searched = models.PositiveIntegerField(default=0)
    in_vain = models.PositiveIntegerField(default=0)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Nothing(
        Text(
            "des nombres par métier, commune et semaine ; jamais les mots cherchés ni par qui",
            "numbers by trade, commune and week; never the words typed nor by whom",
        ),
        audited=False,
    )

    class Meta:
        verbose_name = _("searches of a week")
        ordering: ClassVar = ["-week", "rome_code", "commune_code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["rome_code", "commune_code", "week"], name="searches_counted_once"
            ),
            models.CheckConstraint(
                condition=models.Q(in_vain__lte=models.F("searched")),
                name="in_vain_is_part_of_searched",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rome_code} {self.commune_code} {self.week}"
