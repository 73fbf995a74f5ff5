"""Where offers come from: feeds and files, what each said of an offer, imports under review."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.match.jobs.models.offers import Offer
from bassin.match.jobs.models.processings import OFFERS
from bassin.parties.models import ORIGINS, Organisation, Person
from bassin.parties.privacy.declared import Hold, Nothing, Personal
from bassin.types import Origin, Text


class Feed(models.Model):
    """A place offers come from again and again: a file a partner brings, an API."""

    class Kind(models.TextChoices):
        CSV = "csv", _("file (CSV)")
        FRANCE_TRAVAIL = "france_travail", _("France Travail, “Offres d'emploi v2”")

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(_("name of the source"), max_length=120)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    absences = models.PositiveSmallIntegerField(
        _("an offer expires after so many readings without it"), default=3
    )
    trusted = models.BooleanField(
        _("published without review, unless its wording is doubtful"), default=False
    )
    query: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        _("what is asked of it"), default=dict, blank=True
    )
    read_on = models.DateField(_("last read on"), null=True, blank=True)
    failed_on = models.DateField(_("last failed on"), null=True, blank=True)
    failure = models.TextField(_("why it failed"), blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Nothing(Text("une source d'offres d'emploi", "a source of job offers"))

    class Meta:
        verbose_name = _("source of offers")
        verbose_name_plural = _("sources of offers")
        ordering: ClassVar = ["title"]

    def __str__(self) -> str:
        return self.title


class OfferSource(models.Model):
    """One offer as one feed publishes it. Several of them may be one and the same offer.

    `judged` says why this one was taken for the same offer as another: empty when it began the
    offer itself. `said` is what the feed said, field by field, at its last reading.
    """

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="sources")
    feed = models.ForeignKey(Feed, models.PROTECT, related_name="offers")
    external_id = models.CharField(_("its number there"), max_length=80)
    url = models.URLField(_("address"), max_length=500, blank=True)
    first_seen_on = models.DateField(_("first seen on"))
    last_seen_on = models.DateField(_("last seen on"))
    absent = models.PositiveSmallIntegerField(_("readings without it"), default=0)
    digest = models.CharField(max_length=64, blank=True)
    said: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        default=dict, blank=True
    )
    judged: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        default=dict, blank=True
    )
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Nothing(
        Text(
            "une offre telle que sa source la publie, sans la personne à contacter",
            "an offer as its source publishes it, without the contact person",
        ),
        unaudited=("last_seen_on", "absent", "digest", "said"),
    )

    class Meta:
        verbose_name = _("offer in a source")
        ordering: ClassVar = ["first_seen_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["feed", "external_id"], name="one_record_per_feed")
        ]

    def __str__(self) -> str:
        return f"{self.feed} {self.external_id}"


class KeptApart(models.Model):
    """Two records that a person judged to be two offers: they are never merged again."""

    one = models.ForeignKey(OfferSource, models.CASCADE, related_name="+")
    other = models.ForeignKey(Offer, models.CASCADE, related_name="+")
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_on = models.DateField()

    personal = Personal(
        processing=OFFERS,
        data=Text("qui a séparé deux offres", "who kept two offers apart"),
        holds=(
            Hold(
                person="decided_by",
                blank={"decided_by": None},
                why=Text(
                    "La décision reste ; votre nom en est retiré.",
                    "The decision stays; your name is taken off it.",
                ),
                months=36,
                since="decided_on",
                since_words=Text("la décision", "the decision"),
            ),
        ),
    )

    class Meta:
        verbose_name = _("offers kept apart")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["one", "other"], name="kept_apart_once")
        ]

    def __str__(self) -> str:
        return f"{self.one_id} ≠ {self.other_id}"


class OfferImport(models.Model):
    """What was read of a file or a feed, while a person reviews it: nothing is half written."""

    class State(models.TextChoices):
        OPEN = "open", _("under review")
        WRITTEN = "written", _("written")
        DROPPED = "dropped", _("dropped")

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="imports")
    document = models.CharField(_("file"), max_length=200, blank=True)
    findings: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    whole = models.BooleanField(_("all the offers of the source are in it"), default=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    begun_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    begun_on = models.DateField()
    written_on = models.DateField(null=True, blank=True)
    result: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        default=dict, blank=True
    )

    personal = Personal(
        processing=OFFERS,
        data=Text(
            "qui a commencé l'import ; les personnes à contacter du fichier",
            "who began the import; the contact persons of the file",
        ),
        holds=(
            Hold(
                person="begun_by",
                months=3,
                since="begun_on",
                since_words=Text("l'import", "the import"),
                show=("document", "begun_on"),
            ),
        ),
        also=("findings",),
        unaudited=("findings",),
    )

    class Meta:
        verbose_name = _("import of offers")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.feed} {self.begun_on}"
