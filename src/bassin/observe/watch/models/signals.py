"""Signals as they are kept, and all that people do with one."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.observe.watch.signals import priority
from bassin.observe.watch.signals.priority import Point
from bassin.observe.watch.signals.signal import FIRM_KINDS, TOLD_KINDS
from bassin.observe.watch.signals.signal import Kind as SignalKind
from bassin.parties.models import ORIGINS, Organisation, Person
from bassin.parties.privacy.declared import Basis, Hold, Nothing, Personal, Processing
from bassin.types import Origin, Text

MONTHS = 24
"""How long a signal is kept, whatever became of it."""

WATCH = Processing(
    slug="watch",
    title=Text("Veille économique", "Economic watch"),
    purpose=Text(
        "Savoir tôt qu'une entreprise d'ici est en difficulté, part ou ferme, confier le signal à "
        "une personne, et mesurer ce que l'alerte a permis. Aucune probabilité n'est calculée et "
        "rien n'est décidé sans une personne.",
        "Know early that a firm here is in trouble, leaves or closes, give the signal to somebody, "
        "and measure what the alert was good for. No probability is computed and nothing is "
        "decided without a person.",
    ),
    basis=Basis.PUBLIC_TASK,
    people=Text(
        "agents et partenaires qui notent ou traitent un signal ; l'identité d'un entrepreneur "
        "individuel n'est jamais copiée ici",
        "officers and partners who note or handle a signal; the identity of a sole trader is "
        "never copied here",
    ),
    recipients=Text(
        "les agents de la collectivité ; les partenaires à qui un signal est confié",
        "the authority's officers; the partners to whom a signal is entrusted",
    ),
)
_STAYS = Text(
    "Le signal et son suivi servent à la collectivité ; votre nom en est retiré.",
    "The signal and its follow-up serve the authority; your name is taken off it.",
)


class SignalQuerySet(models.QuerySet["Signal"]):
    """Reads of signals."""

    def waiting(self, today: date) -> "SignalQuerySet":
        """Those that somebody has to see to: open, and not put off to a later day."""
        return self.open().exclude(snoozed_until__gt=today)

    def open(self) -> "SignalQuerySet":
        """Those that are neither closed nor withdrawn."""
        return self.filter(closed_on=None, withdrawn_on=None)

    def of_firms(self) -> "SignalQuerySet":
        """Those that tell of one firm."""
        return self.filter(kind__in=[each.value for each in FIRM_KINDS])

    def held_by(self, organisations: list[int]) -> "SignalQuerySet":
        """Those whose circle holds one of these organisations."""
        return self.filter(circles__organisation__in=organisations).distinct()


class Signal(models.Model):
    """A dated signal, its proofs, its exposed jobs, its points, and where its handling stands.

    `communes` is a text " 94081 94054 ", so that any database finds one in it. `jobs_low` is NULL
    when no headcount is known; `jobs_high` alone when there is no upper end.
    """

    class Kind(models.TextChoices):
        OPENING = SignalKind.OPENING.value, _("opening of proceedings")
        CLOSURE = SignalKind.CLOSURE.value, _("closure")
        MOVE = SignalKind.MOVE.value, _("move")
        TAKEOVER = SignalKind.TAKEOVER.value, _("takeover")
        BURST = SignalKind.BURST.value, _("burst of failures")
        CLOSURES = SignalKind.CLOSURES.value, _("burst of closures")
        OFFERS = SignalKind.OFFERS.value, _("fall of offers")
        CHANGE = SignalKind.CHANGE.value, _("figure that moved")
        RELEASE = SignalKind.RELEASE.value, _("new figure")
        RANK = SignalKind.RANK.value, _("change of rank")
        GAP = SignalKind.GAP.value, _("change of gap")
        LATE = SignalKind.LATE.value, _("data late")
        BROKEN = SignalKind.BROKEN.value, _("data broken")
        NOTE = SignalKind.NOTE.value, _("note of an adviser")
        PRESS = SignalKind.PRESS.value, _("seen in the press")

    class Outcome(models.TextChoices):
        HELPED = "helped", _("the firm is being helped")
        PASSED_ON = "passed_on", _("passed on to a partner")
        NO_NEED = "no_need", _("contacted, needs nothing")
        NOT_REACHED = "not_reached", _("could not be reached")
        TOO_LATE = "too_late", _("too late")
        KNOWN = "known", _("noted, nothing to do")
        WRONG = "wrong", _("wrong alert")

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    subject = models.CharField(max_length=15)
    subject_key = models.CharField(max_length=80, blank=True)
    on = models.DateField(_("happened on"))
    found_on = models.DateField(_("found on"))
    source = models.CharField(max_length=60, blank=True)
    reliability = models.CharField(max_length=10)
    evidence = models.JSONField(default=list)
    siren = models.CharField(max_length=9, blank=True, validators=[RegexValidator(r"^(\d{9})?$")])
    name = models.CharField(_("firm"), max_length=200, blank=True)
    sites = models.JSONField(default=list)
    communes = models.CharField(max_length=2000, blank=True)
    naf_code = models.CharField(_("activity (NAF code)"), max_length=6, blank=True)
    in_opening = models.BooleanField(default=False)
    in_bdf = models.BooleanField(default=False)
    within = models.BooleanField(default=False)
    jobs_low = models.PositiveIntegerField(null=True, blank=True)
    jobs_high = models.PositiveIntegerField(null=True, blank=True)
    jobs_unknown = models.PositiveIntegerField(default=0)
    parts = models.JSONField(default=dict)  # least and most jobs by activity
    points = models.JSONField(default=list)
    priority = models.PositiveSmallIntegerField(default=0, db_index=True)
    text = models.TextField(_("what is known"), max_length=2000, blank=True)
    outlet = models.CharField(_("newspaper"), max_length=120, blank=True)
    link = models.URLField(_("address of the article"), max_length=500, blank=True)
    noted_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    assigned_to = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    assigned_on = models.DateField(null=True, blank=True)
    contacted_on = models.DateField(_("contacted on"), null=True, blank=True)
    snoozed_until = models.DateField(_("put off until"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=15, choices=Outcome, blank=True)
    outcome_why = models.CharField(_("why"), max_length=500, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    objects = SignalQuerySet.as_manager()

    personal = Personal(
        processing=WATCH,
        data=Text(
            "qui a noté un signal, à qui il est confié",
            "who noted a signal, to whom it is given",
        ),
        holds=(
            Hold(
                person="noted_by",
                what=Text("qui a noté le signal", "who noted the signal"),
                blank={"noted_by": None},
                why=_STAYS,
                months=MONTHS,
                since="found_on",
                since_words=Text("le signal", "the signal"),
                show=("kind", "on", "text"),
            ),
            Hold(
                person="assigned_to",
                what=Text("à qui le signal est confié", "to whom the signal is given"),
                blank={"assigned_to": None},
                why=_STAYS,
                months=MONTHS,
                since="found_on",
                since_words=Text("le signal", "the signal"),
                show=("kind", "on", "assigned_on"),
            ),
        ),
        unaudited=("evidence", "points", "parts", "priority", "jobs_low", "jobs_high"),
    )

    class Meta:
        verbose_name = _("signal")
        ordering: ClassVar = ["-priority", "-on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(closed_on=None) | ~models.Q(outcome_why=""),
                name="signal_closed_with_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(jobs_high=None) | models.Q(jobs_low__lte=models.F("jobs_high")),
                name="signal_jobs_are_an_interval",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on.isoformat()}"

    @property
    def reference(self) -> str:
        """By which other systems point to it."""
        return f"watch:signal:{self.pk}"

    @property
    def is_firm(self) -> bool:
        """Whether it tells of one firm, and stays in its circle."""
        return self.kind in {each.value for each in FIRM_KINDS}

    @property
    def is_told(self) -> bool:
        """Whether somebody tells it, rather than a look at data."""
        return self.kind in {each.value for each in TOLD_KINDS}

    @property
    def commune_codes(self) -> list[str]:
        """The communes that it touches."""
        return self.communes.split()

    @property
    def lines(self) -> list[Point]:
        """The named points, which sum to the priority."""
        return [Point(name, worth, known) for name, worth, known in self.points]

    @property
    def middle(self) -> float | None:
        """The middle of the exposed jobs."""
        if self.jobs_low is None:
            return None
        return (self.jobs_low + (self.jobs_low if self.jobs_high is None else self.jobs_high)) / 2

    def scored(self, lines: tuple[Point, ...]) -> dict[str, Any]:
        """The fields that hold these points."""
        told = [[each.name, each.worth, each.known] for each in lines]
        return {"points": told, "priority": priority.total(lines)}

    @classmethod
    def oldest(cls, today: date) -> date:
        """The day before which a signal is no longer kept."""
        return today - timedelta(days=MONTHS * 365 // 12)


class Circle(models.Model):
    """A partner to whom a signal is entrusted: its people see it, and nobody else outside."""

    signal = models.ForeignKey(Signal, models.CASCADE, related_name="circles")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    since = models.DateField()

    personal = Nothing(
        Text("quelle organisation voit quel signal", "which organisation sees which signal")
    )

    class Meta:
        verbose_name = _("circle")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["signal", "organisation"], name="entrusted_once")
        ]

    def __str__(self) -> str:
        return f"{self.signal} · {self.organisation}"


class Step(models.Model):
    """One thing that was done of a signal, by whom, when, in their words."""

    class What(models.TextChoices):
        FOUND = "found", _("found")
        ASSIGNED = "assigned", _("given to somebody")
        CONTACTED = "contacted", _("firm contacted")
        SNOOZED = "snoozed", _("put off")
        SHARED = "shared", _("entrusted to a partner")
        SAID = "said", _("remark")
        CLOSED = "closed", _("closed")
        REOPENED = "reopened", _("opened again")
        WITHDRAWN = "withdrawn", _("withdrawn")

    signal = models.ForeignKey(Signal, models.CASCADE, related_name="steps")
    what = models.CharField(max_length=10, choices=What)
    on = models.DateField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.CharField(_("remark"), max_length=1000, blank=True)

    personal = Personal(
        processing=WATCH,
        data=Text("qui a fait quoi d'un signal, et ses mots", "who did what of it, in what words"),
        holds=(
            Hold(
                person="by",
                blank={"by": None},
                why=_STAYS,
                months=MONTHS,
                since="on",
                since_words=Text("ce qui a été fait", "what was done"),
                show=("what", "on", "text"),
            ),
        ),
        audited=False,
    )

    class Meta:
        verbose_name = _("step of a signal")
        ordering: ClassVar = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.on.isoformat()}"


class Rating(models.Model):
    """What somebody thinks an alert was worth, and why: by it the watch learns what to tell."""

    class Reason(models.TextChoices):
        UNKNOWN = "unknown", _("I did not know, and could act")
        KNOWN = "known", _("I knew already")
        LATE = "late", _("it came too late")
        WRONG = "wrong", _("it is wrong")
        SMALL = "small", _("it does not matter here")

    signal = models.ForeignKey(Signal, models.CASCADE, related_name="ratings")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    useful = models.BooleanField(_("useful"))
    reason = models.CharField(_("why"), max_length=10, choices=Reason)
    on = models.DateField()

    personal = Personal(
        processing=WATCH,
        data=Text("qui juge une alerte utile ou non", "who finds an alert useful or not"),
        holds=(
            Hold(
                person="person",
                blank={"person": None},
                why=_STAYS,
                months=MONTHS,
                since="on",
                since_words=Text("l'avis", "the opinion"),
                show=("useful", "reason", "on"),
            ),
        ),
        audited=False,
    )

    class Meta:
        verbose_name = _("opinion on an alert")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["signal", "person"], name="one_opinion_each")
        ]

    def __str__(self) -> str:
        return f"{self.signal} {self.reason}"


class Remembered(models.Model):
    """The last headcount band known of a large establishment: a register empties it at closing."""

    siret = models.CharField(max_length=14, unique=True)
    band = models.CharField(max_length=2)
    seen_on = models.DateField()

    personal = Nothing(
        Text(
            "taille publiée de grands établissements, jamais d'une personne physique",
            "published size of large establishments, never of a natural person",
        ),
        audited=False,
    )

    class Meta:
        verbose_name = _("size remembered")

    def __str__(self) -> str:
        return f"{self.siret} {self.band}"


class Passing(models.Model):
    """One passing of the watch: on which release, what it could see and what it could not.

    One that somebody asked for is kept from its beginning: `done` families are looked at already.
    """

    at = models.DateTimeField()
    release = models.CharField(max_length=60, blank=True)
    looks = models.JSONField(default=list)
    found = models.PositiveIntegerField(default=0)
    done = models.PositiveSmallIntegerField(default=0)
    ended = models.BooleanField(default=True)
    failed = models.BooleanField(default=False)

    personal = Nothing(
        Text("ce que la veille a pu regarder", "what the watch could look at"), audited=False
    )

    class Meta:
        verbose_name = _("passing of the watch")
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return self.at.isoformat()
