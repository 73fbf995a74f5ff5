"""The digital agency: services for communes, requests, quotes, pooled projects, watch.

A request is asked → quoted → accepted or declined; accepted ones join a pooled project, whose cost
is shared by a key that the project states.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bassin.parties.models import ORIGINS, Archivable, Organisation, Person
from bassin.parties.privacy.declared import Hold, Nothing, Personal
from bassin.parties.privacy.processings import ARCHIVED, ARCHIVING
from bassin.types import Origin, Text


def _kept(field: str, since: str) -> Hold:
    """The record stays the authority's; a name is taken off it, at the latest five years after."""
    return Hold(
        person=field,
        blank={field: None},
        why=Text(
            "La fiche est celle de la collectivité ; votre nom en est retiré.",
            "The record is the authority's; your name is taken off it.",
        ),
        months=60,
        since=since,
        since_words=Text("la date de la fiche", "the date of the record"),
    )


class CatalogueService(Archivable):
    """Something the agency does for communes."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=160)
    title_en = models.CharField(max_length=160, blank=True)
    text = models.TextField(_("description"), blank=True)
    text_en = models.TextField(blank=True)
    mission = models.CharField(_("mission it serves"), max_length=80, blank=True)
    unit = models.CharField(_("unit of use"), max_length=60, blank=True)
    unit_en = models.CharField(max_length=60, blank=True)
    order = models.PositiveIntegerField(default=0)
    source = models.CharField(_("source"), max_length=300, blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=ARCHIVING,
        data=Text("qui a rangé le service", "who put the service away"),
        holds=(ARCHIVED,),
    )

    class Meta:
        verbose_name = _("service of the catalogue")
        ordering: ClassVar = ["order", "title"]

    def __str__(self) -> str:
        return Text(self.title, self.title_en).say((get_language() or "fr")[:2])


class PooledProject(Archivable):
    """Several communes' requests done once, with the key by which its cost is shared."""

    class Key(models.TextChoices):
        EQUAL = "equal", _("in equal parts")
        POPULATION = "population", _("by population")
        USE = "use", _("by use")
        MIXED = "mixed", _("half by population, half by use")

    title = models.CharField(_("title"), max_length=160)
    service = models.ForeignKey(CatalogueService, models.PROTECT, related_name="projects")
    total_eur = models.DecimalField(_("total cost (€)"), max_digits=12, decimal_places=2)
    alone_eur = models.DecimalField(
        _("what it would cost done apart (€)"),
        max_digits=12, decimal_places=2, null=True, blank=True,
    )  # fmt: skip
    key = models.CharField(_("how the cost is shared"), max_length=10, choices=Key.choices)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    done_on = models.DateField(_("delivered on"), null=True, blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=ARCHIVING,
        data=Text("qui a rangé le projet", "who put the project away"),
        holds=(ARCHIVED,),
    )

    class Meta:
        verbose_name = _("pooled project")
        ordering: ClassVar = ["-decided_on", "title"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(total_eur__gte=0), name="cost_not_negative")
        ]

    def __str__(self) -> str:
        return self.title


class ServiceRequest(Archivable):
    """What a commune asks of the agency."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        QUOTED = "quoted", _("quoted")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        DONE = "done", _("done")

    service = models.ForeignKey(CatalogueService, models.PROTECT, related_name="requests")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="service_requests", verbose_name=_("commune")
    )
    text = models.TextField(_("what is needed"))
    use = models.PositiveIntegerField(_("quantity, in the unit of the service"), null=True)
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    asked_on = models.DateField(_("asked on"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ASKED)
    project = models.ForeignKey(
        PooledProject, models.SET_NULL, null=True, blank=True, related_name="requests"
    )
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=ARCHIVING,
        data=Text("qui a demandé, qui a rangé", "who asked, who put it away"),
        holds=(_kept("asked_by", "asked_on"), ARCHIVED),
    )

    class Meta:
        verbose_name = _("request of a commune")
        ordering: ClassVar = ["-asked_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.service}"


class Quote(models.Model):
    """The price the agency gives for a request; the last one holds."""

    request = models.ForeignKey(ServiceRequest, models.CASCADE, related_name="quotes")
    amount_eur = models.DecimalField(_("amount (€)"), max_digits=12, decimal_places=2)
    text = models.TextField(_("what it covers"))
    given_on = models.DateField(_("given on"))
    valid_until = models.DateField(_("valid until"))

    personal = Nothing(Text("prix d'une demande", "price of a request"))

    class Meta:
        verbose_name = _("quote")
        ordering: ClassVar = ["-given_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.request} · {self.amount_eur} €"


class Share(models.Model):
    """What one commune pays of a pooled project, frozen when the project is decided."""

    project = models.ForeignKey(PooledProject, models.CASCADE, related_name="shares")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="shares")
    amount_eur = models.DecimalField(_("amount (€)"), max_digits=12, decimal_places=2)
    why = models.CharField(max_length=300)

    personal = Nothing(Text("part d'une commune", "share of a commune"))

    class Meta:
        verbose_name = _("share of a cost")
        ordering: ClassVar = ["project", "organisation"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "organisation"], name="one_share_each")
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.amount_eur} €"


class WatchNote(Archivable):
    """A technology or a practice seen outside, that may serve the communes.

    Calls for projects are not noted here: each lives once, in the programmes.
    """

    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("why it matters here"))
    theme = models.CharField(_("theme"), max_length=80, blank=True)
    url = models.URLField(_("address"), blank=True)
    noted_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    noted_on = models.DateField(_("noted on"))
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=ARCHIVING,
        data=Text("qui a noté, qui a rangé", "who noted it, who put it away"),
        holds=(_kept("noted_by", "noted_on"), ARCHIVED),
    )

    class Meta:
        verbose_name = _("note of the watch")
        ordering: ClassVar = ["-noted_on", "-pk"]

    def __str__(self) -> str:
        return self.title
