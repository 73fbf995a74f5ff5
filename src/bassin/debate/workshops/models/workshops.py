"""Workshops, the series they belong to, their steps, and the people who run them."""

from typing import ClassVar

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.debate.workshops.models.statements import Statement
from bassin.parties.models import ORIGINS, Archivable, Person
from bassin.parties.privacy.declared import Basis, Hold, Nothing, Personal, Processing
from bassin.parties.privacy.processings import ARCHIVED, ARCHIVING
from bassin.types import Origin, Text

SMALLEST_GROUP = 5
"""Fewer people than this are never shown apart, whatever a workshop says."""

FACILITATION = Processing(
    slug="facilitation",
    title=Text("Animation des ateliers", "Facilitation of workshops"),
    purpose=Text("Savoir qui peut conduire un atelier.", "Know who may run a workshop."),
    basis=Basis.PUBLIC_TASK,
    people=Text("animateurs des ateliers", "facilitators of workshops"),
    recipients=Text("les agents de la collectivité", "the authority's officers"),
)
_STEP = Nothing(Text("déroulé d'un atelier", "run sheet of a workshop"))


class Series(models.Model):
    """Workshops held under one project, with a synthesis across them."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.JSONField(_("title"))
    text = models.JSONField(_("what it is for"), default=dict, blank=True)
    public = models.BooleanField(_("shown to everyone"), default=False)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = _STEP

    class Meta:
        verbose_name = _("series of workshops")
        verbose_name_plural = _("series of workshops")
        ordering: ClassVar = ["slug"]

    def __str__(self) -> str:
        return str(self.title.get("fr", self.slug))


class Workshop(Archivable):
    """One meeting of people who answer together. Its code is typed on a telephone."""

    class State(models.TextChoices):
        DRAFT = "draft", _("in preparation")
        LOBBY = "lobby", _("doors open")
        LIVE = "live", _("under way")
        CLOSED = "closed", _("closed")
        PUBLISHED = "published", _("published")
        ARCHIVED = "archived", _("archived")

    class Secrecy(models.TextChoices):
        OPEN = "open", _("open: the count shows while people answer")
        PSEUDONYMOUS = "pseudonymous", _("secret, with a receipt to check one's own ballot")
        SEALED = "sealed", _("sealed: no receipt, no group")

    class Access(models.TextChoices):
        CODE = "code", _("whoever has the code")
        TICKETS = "tickets", _("whoever holds a printed ticket")

    code = models.CharField(max_length=6, unique=True, validators=[RegexValidator(r"^\d{6}$")])
    series = models.ForeignKey(
        Series, models.SET_NULL, null=True, blank=True, related_name="workshops"
    )
    title = models.JSONField(_("title"))
    text = models.JSONField(_("objectives"), default=dict, blank=True)
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    languages = models.JSONField(_("languages"), default=list)
    body = models.CharField(_("body"), max_length=120, blank=True)  # "programmes:body:SLUG"
    framework = models.CharField(_("framework"), max_length=120, blank=True)
    access = models.CharField(_("who answers"), max_length=8, choices=Access, default=Access.CODE)
    secrecy = models.CharField(
        _("secrecy"), max_length=12, choices=Secrecy, default=Secrecy.PSEUDONYMOUS
    )
    groups = models.JSONField(_("groups one may say one belongs to"), default=list, blank=True)
    min_group = models.PositiveSmallIntegerField(
        _("smallest group shown"),
        default=SMALLEST_GROUP,
        validators=[MinValueValidator(SMALLEST_GROUP)],
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    step = models.ForeignKey(
        "Step", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    # Counts what participants must see: each change of it reaches every open page.
    revision = models.PositiveIntegerField(default=0, editable=False)
    previous = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="next_ones"
    )
    rehearsal = models.BooleanField(_("rehearsal"), default=False)
    closed_on = models.DateField(null=True, blank=True, editable=False)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=ARCHIVING,
        data=Text("qui a archivé l'atelier", "who put the workshop away"),
        holds=(ARCHIVED,),
        unaudited=("revision",),
    )

    class Meta:
        verbose_name = _("workshop")
        ordering: ClassVar = ["-starts_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(min_group__gte=SMALLEST_GROUP), name="no_group_under_five"
            )
        ]

    def __str__(self) -> str:
        return str(self.title.get("fr", self.code))


class Facilitator(models.Model):
    """A person who may run a workshop, beside the authority's officers."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="facilitators")
    person = models.ForeignKey(Person, models.CASCADE, related_name="workshops")
    since = models.DateField(auto_now_add=True)

    personal = Personal(
        processing=FACILITATION,
        data=Text("ateliers que la personne conduit", "workshops that the person runs"),
        holds=(
            Hold(
                person="person",
                months=36,
                since="since",
                since_words=Text("la désignation", "they were named"),
            ),
        ),
    )

    class Meta:
        verbose_name = _("facilitator")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workshop", "person"], name="a_facilitator_once")
        ]

    def __str__(self) -> str:
        return f"{self.workshop} · {self.person}"


class Step(models.Model):
    """One line of the run sheet: something to see, to discuss, or a statement to answer."""

    class Kind(models.TextChoices):
        CONTENT = "content", _("content")
        VIDEO = "video", _("film with captions")
        PRESENTATION = "presentation", _("presentation by a speaker")
        VOTE = "vote", _("question")
        DISCUSSION = "discussion", _("discussion")
        BECAME = "became", _("what became of your votes")
        SYNTHESIS = "synthesis", _("synthesis")

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    title = models.JSONField(_("title"))
    text = models.JSONField(_("text"), default=dict, blank=True)
    source = models.CharField(_("source and date of what is shown"), max_length=300, blank=True)
    statement = models.ForeignKey(
        Statement, models.PROTECT, null=True, blank=True, related_name="steps"
    )
    minutes = models.PositiveSmallIntegerField(_("minutes planned"), null=True, blank=True)
    began_at = models.DateTimeField(null=True, blank=True, editable=False)
    speaker = models.CharField(_("speaker, by role"), max_length=160, blank=True)
    reference = models.CharField(_("action or operation shown"), max_length=120, blank=True)
    film = models.FileField(_("film"), upload_to="workshops/%Y/", null=True, blank=True)
    captions = models.FileField(
        _("captions (WebVTT)"), upload_to="workshops/%Y/", null=True, blank=True
    )
    transcript = models.JSONField(_("transcript"), default=dict, blank=True)
    placeholder = models.BooleanField(_("stands for a film that is not there"), default=False)

    personal = _STEP

    class Meta:
        verbose_name = _("step")
        ordering: ClassVar = ["workshop", "order", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind="vote", statement__isnull=False)
                | (~models.Q(kind="vote") & models.Q(statement__isnull=True)),
                name="a_question_has_a_statement",
            )
        ]

    def __str__(self) -> str:
        return str(self.title.get("fr", self.kind))
