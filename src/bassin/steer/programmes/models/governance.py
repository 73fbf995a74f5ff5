"""Bodies that decide: committees, pairs and working groups, their meetings and decisions."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.commons.models import Document, Event
from bassin.parties.models import ORIGINS, Organisation, Person
from bassin.parties.privacy.declared import Basis, Hold, Nothing, Personal, Processing
from bassin.steer.programmes.models.actions import Action
from bassin.steer.programmes.models.frameworks import Framework, Node, spoken
from bassin.types import Origin, Text

SEATS = Processing(
    slug="seats",
    title=Text("Sièges dans les instances", "Seats in bodies"),
    purpose=Text(
        "Savoir qui siège dans un comité, un groupe de travail ou un binôme, et répondre aux "
        "demandes d'y entrer.",
        "Know who sits in a committee, a working group or a pair, and answer requests to join.",
    ),
    basis=Basis.PUBLIC_TASK,
    people=Text("membres des instances, candidats", "members of bodies, candidates"),
    recipients=Text(
        "les agents de la collectivité, ses partenaires, les membres de l'instance ; le public, "
        "pour les sièges en cours d'une instance publique",
        "the authority's officers, its partners, the members of the body; the public for the "
        "present seats of a public body",
    ),
)
_BODY = Nothing(Text("instances, ordres du jour et décisions", "bodies, agendas and decisions"))


class Body(models.Model):
    """A committee, a working group, or the pair of an elected official and an industrialist."""

    class Kind(models.TextChoices):
        COMMITTEE = "committee", _("committee")
        PAIR = "pair", _("pair of an elected official and an industrialist")
        WORKING_GROUP = "working_group", _("working group")

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    text = models.TextField(_("what it is for"), blank=True)
    text_en = models.TextField(blank=True)
    framework = models.ForeignKey(
        Framework, models.SET_NULL, null=True, blank=True, related_name="bodies"
    )
    open = models.BooleanField(_("open to new members"), default=False)
    public = models.BooleanField(_("shown to everyone"), default=False)
    source = models.CharField(_("document"), max_length=300, blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = _BODY

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return spoken(self.name, self.name_en)

    @property
    def said(self) -> str:
        """What it is for, in the reader's language, else as it was written."""
        return spoken(self.text, self.text_en)


class BodyMembership(models.Model):
    """A seat in a body, asked for or held, from one day to another."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        HELD = "held", _("member")
        DECLINED = "declined", _("declined")

    body = models.ForeignKey(Body, models.CASCADE, related_name="seats")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="seats"
    )
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="seats")
    role = models.CharField(_("role"), max_length=120, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.HELD)
    why = models.TextField(_("why"), blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=SEATS,
        data=Text(
            "instance, rôle, dates, raison de la demande", "body, role, dates, why it was asked"
        ),
        holds=(
            Hold(
                person="person",
                months=36,
                since="ends_on",
                since_words=Text("la fin du siège", "the seat ends"),
            ),
        ),
        ties=lambda today: (
            models.Q(state="held") & (models.Q(ends_on=None) | models.Q(ends_on__gte=today))
        ),
    )

    class Meta:
        verbose_name = _("seat")
        ordering: ClassVar = ["body", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) | models.Q(organisation__isnull=False),
                name="seat_names_someone",
            )
        ]

    def __str__(self) -> str:
        return f"{self.body} · {self.person or self.organisation}"


class Meeting(models.Model):
    """One meeting of a body."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="meetings")
    on = models.DateField(_("date"))
    starts_at = models.TimeField(_("from what hour"), null=True, blank=True)
    ends_at = models.TimeField(_("until what hour"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=160, blank=True)
    since = models.DateField(_("progress since"), null=True, blank=True)
    minutes = models.ForeignKey(Document, models.SET_NULL, null=True, blank=True, related_name="+")
    event = models.OneToOneField(
        Event, models.SET_NULL, null=True, blank=True, editable=False, related_name="meeting"
    )  # its line of the agenda
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = _BODY

    class Meta:
        verbose_name = _("meeting")
        ordering: ClassVar = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.body} {self.on}"


class AgendaItem(models.Model):
    """One line of a meeting's agenda."""

    class Kind(models.TextChoices):
        DECIDE = "decide", _("to decide")
        INFORM = "inform", _("for information")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    order = models.PositiveIntegerField(default=0)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    action = models.ForeignKey(
        Action, models.SET_NULL, null=True, blank=True, related_name="agenda_items"
    )

    personal = _BODY

    class Meta:
        verbose_name = _("line of an agenda")
        ordering: ClassVar = ["meeting", "order", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def said(self) -> str:
        """Its words in the reader's language, else as they were written."""
        return spoken(self.title, self.title_en)


class Decision(models.Model):
    """What a body decided, and on what evidence (references `system:kind:id`, or documents)."""

    class Kind(models.TextChoices):
        ADOPT = "adopt", _("adopt")
        ARBITRATE = "arbitrate", _("arbitrate")
        STOP = "stop", _("stop")
        FUND = "fund", _("fund")

    class State(models.TextChoices):
        RECORDED = "recorded", _("recorded")
        SUPERSEDED = "superseded", _("superseded")

    body = models.ForeignKey(Body, models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    on = models.DateField(_("date"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    text = models.TextField(_("what was decided"))
    text_en = models.TextField(blank=True)
    action = models.ForeignKey(
        Action, models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    node = models.ForeignKey(Node, models.SET_NULL, null=True, blank=True, related_name="decisions")
    evidence = models.JSONField(_("evidence"), default=list, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.RECORDED)
    superseded_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="supersedes"
    )
    public = models.BooleanField(_("shown to everyone"), default=False)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = _BODY

    class Meta:
        verbose_name = _("decision")
        ordering: ClassVar = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.body} {self.on}"

    @property
    def said(self) -> str:
        """Its words in the reader's language, else as they were written."""
        return spoken(self.text, self.text_en)
