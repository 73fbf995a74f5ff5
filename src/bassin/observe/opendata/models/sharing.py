"""What is shared: agreements, the tables they hold, the files brought for them, who used them."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bassin.observe.opendata.models.processings import SHARING
from bassin.parties.models import ORIGINS, Organisation, Person
from bassin.parties.privacy.declared import Hold, Nothing, Personal
from bassin.types import Origin, Text

if TYPE_CHECKING:
    from bassin.sources.authority.declaration import Declaration


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Reads of agreements."""

    def in_force(self, day: date) -> "AgreementQuerySet":
        """Those that hold on a day."""
        return self.filter(starts_on__lte=day).exclude(ended_on__lte=day)

    def to_review(self, day: date) -> "AgreementQuerySet":
        """Those in force whose review is overdue."""
        return self.in_force(day).filter(review_on__lt=day)


class Agreement(models.Model):
    """Who shares what with whom, why, and until when it is to be looked at again."""

    class Level(models.TextChoices):
        PUBLIC = "public", _("public: everyone")
        PARTNERS = "partners", _("partners: the producer and the organisations named")
        INTERNAL = "internal", _("internal: the authority's officers")

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=160)
    producer = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("producer")
    )
    steward = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("who answers for it"),
    )  # fmt: skip
    purpose = models.TextField(_("purpose"), max_length=1000)
    uses = models.TextField(_("allowed uses"), max_length=1000, blank=True)
    text = models.TextField(_("text of the agreement"), max_length=20_000, blank=True)
    document = models.URLField(_("address of the signed document"), max_length=500, blank=True)
    level = models.CharField(_("level"), max_length=8, choices=Level, default=Level.INTERNAL)
    readers = models.ManyToManyField(
        Organisation, blank=True, related_name="+", verbose_name=_("organisations that read it")
    )
    regime = models.CharField(_("rule of secrecy"), max_length=40, blank=True)
    four_eyes = models.BooleanField(
        _("who brings a file and who publishes it are two people"), default=False
    )
    starts_on = models.DateField(_("from"))
    review_on = models.DateField(_("to be reviewed on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True, editable=False)
    ended_why = models.CharField(_("why it ended"), max_length=300, blank=True, editable=False)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    objects = AgreementQuerySet.as_manager()

    personal = Personal(
        processing=SHARING,
        data=Text("qui répond d'un accord de partage", "who answers for a sharing agreement"),
        holds=(
            Hold(
                person="steward",
                blank={"steward": None},
                why=Text("L'accord est celui des organisations.",
                         "The agreement is that of the organisations."),
                since_words=Text("la fermeture du compte", "the account is closed"),
                show=("title", "starts_on"),
            ),
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = _("sharing agreement")
        verbose_name_plural = _("sharing agreements")
        ordering: ClassVar = ["title", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(review_on__gt=models.F("starts_on")),
                name="opendata_agreement_reviewed_after_its_start",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.starts_on <= day and not (self.ended_on and self.ended_on <= day)

    def is_overdue(self, day: date) -> bool:
        """Whether it should have been reviewed."""
        return self.holds_on(day) and self.review_on < day


class SharedTable(models.Model):
    """A table shared under an agreement: its declaration, in force or being written.

    The declaration in force lies in the authority's folder; it is absent before the first
    publication and after a withdrawal.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="tables")
    key = models.SlugField(max_length=60, unique=True)
    declaration = models.TextField()
    declared_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_why = models.CharField(_("why"), max_length=300, blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Nothing(
        Text("la description d'une table ; personne n'est nommé",
             "the description of a table; nobody is named")
    )  # fmt: skip

    class Meta:
        verbose_name = _("shared table")
        verbose_name_plural = _("shared tables")
        ordering: ClassVar = ["key"]

    def __str__(self) -> str:
        return self.key

    @property
    def made(self) -> "Declaration":
        """Its declaration, read."""
        # The live part of workshops loads every model, and none of the engines.
        from bassin.sources.authority.declaration import read

        return read(self.declaration, self.key)


@receiver(post_delete, sender=SharedTable)
def forget_declaration(instance: SharedTable, **_facts: object) -> None:
    """A table of which no record is left is declared no more: nobody reads it."""
    from bassin.sources.authority import folder

    folder.take(Path(settings.VAR), instance.key)


class Deposit(models.Model):
    """A file brought for a table: what was found in it, and what became of it.

    Its files (received, accepted, faults) lie in the folder `deposits` of the installation.
    """

    class State(models.TextChoices):
        CHECKING = "checking", pgettext_lazy("deposit", "being checked")
        CHECKED = "checked", pgettext_lazy("deposit", "checked, not published")
        REFUSED = "refused", pgettext_lazy("deposit", "refused")
        PUBLISHING = "publishing", pgettext_lazy("deposit", "being put in service")
        PUBLISHED = "published", pgettext_lazy("deposit", "published")
        FAILED = "failed", pgettext_lazy("deposit", "not put in service")
        DROPPED = "dropped", pgettext_lazy("deposit", "dropped")
        WITHDRAWN = "withdrawn", pgettext_lazy("deposit", "withdrawn")

    table = models.ForeignKey(SharedTable, models.PROTECT, related_name="deposits")
    document = models.CharField(_("file"), max_length=200)
    size = models.PositiveBigIntegerField(default=0)
    dated_on = models.CharField(_("date of the data"), max_length=10, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.CHECKING)
    found: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        default=dict, blank=True
    )
    repairs: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    rows = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    faults = models.PositiveIntegerField(default=0)
    read = models.PositiveIntegerField(default=0)
    said_fr = models.TextField(blank=True)
    said_en = models.TextField(blank=True)
    begun_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    begun_on = models.DateField()
    published_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_on = models.DateField(null=True, blank=True)
    version = models.CharField(max_length=60, blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=SHARING,
        data=Text("qui a déposé un fichier, qui l'a publié",
                  "who brought a file, who published it"),
        holds=(
            Hold(
                person="begun_by", what=Text("qui a déposé", "who brought it"), months=24,
                since="begun_on", since_words=Text("le dépôt", "the deposit"),
                blank={"begun_by": None}, show=("document", "begun_on"),
                why=Text("La table reste partagée par son producteur.",
                         "The table stays shared by its producer."),
            ),
            Hold(
                person="published_by", what=Text("qui a publié", "who published it"), months=24,
                since="published_on", since_words=Text("la publication", "the publication"),
                blank={"published_by": None}, show=("document", "published_on"),
                why=Text("La table reste partagée par son producteur.",
                         "The table stays shared by its producer."),
            ),
        ),
        unaudited=("found", "read"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("file brought")
        verbose_name_plural = _("files brought")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.table.key} {self.begun_on}"

    @property
    def said(self) -> Text:
        """Why it was refused, or was not put in service."""
        return Text(self.said_fr, self.said_en)


class Use(models.Model):
    """How many times a shared table was read on a day, in a form.

    By an organisation where the table is not public; by everyone, without an organisation, where
    it is. Never by whom.
    """

    day = models.DateField()
    table = models.ForeignKey(SharedTable, models.CASCADE, related_name="uses")
    form = models.CharField(max_length=12)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="+"
    )
    times = models.PositiveIntegerField(default=0)

    personal = Nothing(
        Text("des décomptes par jour, par organisation si la table n'est pas publique ; personne "
             "n'est nommé",
             "counts by day, by organisation where the table is not public; nobody is named"),
        audited=False,
    )  # fmt: skip

    class Meta:
        verbose_name = _("use of a shared table")
        ordering: ClassVar = ["-day", "form"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["day", "table", "form", "organisation"], name="opendata_use_once_a_day"
            ),
            models.UniqueConstraint(
                fields=["day", "table", "form"], condition=models.Q(organisation=None),
                name="opendata_use_by_everyone_once_a_day",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.day} {self.table.key}.{self.form} ×{self.times}"
