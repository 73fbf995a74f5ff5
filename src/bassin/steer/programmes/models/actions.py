"""Actions: what is done, by whom, when, how far, and which figures it is meant to move.

Lifecycle says where an action stands, health how it goes; lateness is neither: it is computed
(`rules.late`). What is not reported is null, never zero.
"""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext_lazy as _

from bassin.commons.models import Operation, Visibility
from bassin.errors import Refused
from bassin.parties.models import ORIGINS, Archivable, Organisation, Person
from bassin.parties.privacy.declared import ERASED, Basis, Hold, Nothing, Personal, Processing
from bassin.parties.privacy.processings import ARCHIVED, ARCHIVING
from bassin.steer.programmes.models.frameworks import Framework, Node, spoken
from bassin.steer.programmes.models.querysets import ActionQuerySet
from bassin.types import Origin, Text

REPORTS = Processing(
    slug="reports",
    title=Text("Suivi des actions", "Follow-up of actions"),
    purpose=Text(
        "Savoir qui porte une action, qui y participe et qui en a rendu compte.",
        "Know who holds an action, who takes part in it and who reported on it.",
    ),
    basis=Basis.PUBLIC_TASK,
    people=Text(
        "porteurs, pilotes, élus référents, agents des partenaires",
        "holders, pilots, elected referents, officers of partners",
    ),
    recipients=Text(
        "les agents de la collectivité et les participants de l'action ; le public pour une action "
        "publique",
        "the authority's officers and those who take part; the public for a public action",
    ),
)
_CHANGED = Hold(
    person="changed_by",
    blank={"changed_by": None},
    why=Text("L'action reste, sans votre nom.", "The action stays, without your name."),
    months=60,
    since="changed_at",
    since_words=Text("la modification", "the change"),
)
_ACTION = Nothing(Text("contenu d'une action", "content of an action"))


class Health(models.TextChoices):
    """How an action goes, in the words of who holds it."""

    ON_TRACK = "on_track", _("on track")
    AT_RISK = "at_risk", _("at risk")
    BLOCKED = "blocked", _("blocked")


class Action(Archivable):
    """Something that is done. It may belong to several frameworks at once."""

    class Kind(models.TextChoices):
        ACTION = "action", _("action")
        PROJECT = "project", _("project")
        STUDY = "study", _("study")
        EXPERIMENT = "experiment", _("experiment")
        LABELLED = "labelled", _("other labelled project")

    class Lifecycle(models.TextChoices):
        IDEA = "idea", _("idea")
        PROPOSED = "proposed", _("proposed")
        APPROVED = "approved", _("approved")
        IN_PROGRESS = "in_progress", _("in progress")
        PAUSED = "paused", _("paused")
        DONE = "done", _("done")
        ABANDONED = "abandoned", _("abandoned")
        UNKNOWN = "unknown", _("not reported")

    class Precision(models.TextChoices):
        DAY = "day", _("to the day")
        MONTH = "month", _("to the month")
        YEAR = "year", _("to the year")

    ref = models.CharField(max_length=80, unique=True)  # "roadmap:action:12"
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.ACTION)
    title = models.CharField(_("title"), max_length=400)
    title_en = models.CharField(max_length=400, blank=True)
    text = models.TextField(_("description"), blank=True)
    text_en = models.TextField(blank=True)
    holder = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="actions_held",
        verbose_name=_("holder"),
    )  # fmt: skip
    lifecycle = models.CharField(
        _("stage"), max_length=12, choices=Lifecycle, default=Lifecycle.UNKNOWN
    )
    health = models.CharField(_("health"), max_length=10, choices=Health, blank=True)
    blocked_cause = models.CharField(_("what blocks it"), max_length=300, blank=True)
    unblock_condition = models.CharField(_("what would unblock it"), max_length=300, blank=True)
    remind_on = models.DateField(_("remind on"), null=True, blank=True)
    starts_on = models.DateField(_("starts"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    # A document that says « 2024 » alone: its first or last day is kept, and how it was said.
    starts_to = models.CharField(
        _("start known"), max_length=5, choices=Precision, default=Precision.DAY
    )
    ends_to = models.CharField(
        _("end known"), max_length=5, choices=Precision, default=Precision.DAY
    )
    done_on = models.DateField(_("done on"), null=True, blank=True)
    abandoned_on = models.DateField(_("abandoned on"), null=True, blank=True)
    abandoned_why = models.CharField(_("why it was abandoned"), max_length=300, blank=True)
    cost_eur = models.DecimalField(  # what the whole of it costs, when a document says only that
        _("total cost (€)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    commune_codes = models.JSONField(_("communes"), default=list, blank=True)
    elsewhere = models.CharField(_("other places, as written"), max_length=300, blank=True)
    operation = models.ForeignKey(
        Operation, models.SET_NULL, null=True, blank=True, related_name="actions"
    )
    tags = models.JSONField(_("themes"), default=list, blank=True)
    visibility = models.CharField(
        _("who sees it"), max_length=10, choices=Visibility, default=Visibility.INTERNAL
    )
    confidential = models.BooleanField(_("confidential sheet"), default=False)
    source = models.CharField(_("document"), max_length=300, blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)
    edition = models.PositiveIntegerField(default=1, editable=False)  # two people at once: rules
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    objects = ActionQuerySet.as_manager()

    personal = Personal(
        processing=ARCHIVING,
        data=Text(
            "qui a modifié ou archivé l'action en dernier", "who last changed it or put it away"
        ),
        holds=(ARCHIVED, _CHANGED),
        unaudited=("changed_at", "edition", "changed_by"),
    )

    class Meta:
        verbose_name = _("action")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(lifecycle="abandoned") | ~models.Q(abandoned_why=""),
                name="abandoned_action_says_why",
            ),
            models.CheckConstraint(
                condition=~models.Q(health="blocked") | ~models.Q(blocked_cause=""),
                name="blocked_action_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on=None)
                | models.Q(starts_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="action_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ActionRole(models.Model):
    """Who else takes part in an action, and as what."""

    class Role(models.TextChoices):
        PILOT = "pilot", _("pilot")
        REFERENT = "referent", _("elected referent")
        PARTNER = "partner", _("partner")
        SERVICE = "service", _("service")

    action = models.ForeignKey(Action, models.CASCADE, related_name="roles")
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="action_roles"
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="action_roles"
    )

    personal = Personal(
        processing=REPORTS,
        data=Text("action, rôle (pilote, élu référent…)", "action, role (pilot, referent…)"),
        holds=(
            Hold(
                person="person",
                months=60,
                since=Coalesce(
                    "action__done_on", "action__abandoned_on", TruncDate("action__archived_at")
                ),
                since_words=Text("la fin de l'action", "the action ends"),
            ),
        ),
        ties=lambda today: models.Q(person__isnull=False),
    )

    class Meta:
        verbose_name = _("role in an action")
        ordering: ClassVar = ["action", "role", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) | models.Q(organisation__isnull=False),
                name="action_role_names_someone",
            )
        ]

    def __str__(self) -> str:
        return f"{self.action} · {self.role}"


class Placement(models.Model):
    """An action inside a framework. At most one per framework is primary: rollups count it once."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="placements")
    node = models.ForeignKey(Node, models.CASCADE, related_name="placements")
    framework = models.ForeignKey(Framework, models.CASCADE, related_name="placements")
    primary = models.BooleanField(_("primary"), default=True)
    weight = models.DecimalField(_("weight"), max_digits=6, decimal_places=2, default=1)
    order = models.PositiveIntegerField(default=0)

    personal = _ACTION

    class Meta:
        verbose_name = _("placement in a framework")
        ordering: ClassVar = ["node", "order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["action", "node"], name="one_placement_per_node"),
            models.UniqueConstraint(
                fields=["action", "framework"],
                condition=models.Q(primary=True),
                name="one_primary_placement_per_framework",
            ),
            models.CheckConstraint(condition=models.Q(weight__gt=0), name="weight_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.action} → {self.node}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The framework is always that of the node."""
        self.framework_id = self.node.framework_id
        super().save(*args, **kwargs)


class Milestone(models.Model):
    """A step of an action, with the day it is due."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="milestones")
    title = models.CharField(_("title"), max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    weight = models.DecimalField(_("weight"), max_digits=6, decimal_places=2, default=1)
    order = models.PositiveIntegerField(default=0)

    personal = _ACTION

    class Meta:
        verbose_name = _("milestone")
        ordering: ClassVar = ["action", "order", "due_on", "pk"]

    def __str__(self) -> str:
        return spoken(self.title, self.title_en)

    @property
    def said(self) -> str:
        """Its title in the reader's language, else as it was written."""
        return spoken(self.title, self.title_en)


class Update(models.Model):
    """What was reported on a day. Never changed nor deleted: a correction is a new update."""

    class Via(models.TextChoices):
        PAGE = "page", _("page")
        EMAIL = "email", _("e-mail")
        IMPORT = "import", _("import")

    action = models.ForeignKey(Action, models.PROTECT, related_name="updates")
    on = models.DateField(_("date"))
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="updates")
    author_name = models.CharField(_("author"), max_length=120)
    progress = models.PositiveSmallIntegerField(
        _("progress (%)"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    health = models.CharField(_("health"), max_length=10, choices=Health, blank=True)
    text = models.TextField(_("what happened"))
    text_en = models.TextField(blank=True)
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)
    via = models.CharField(max_length=6, choices=Via, default=Via.PAGE)
    message_id = models.CharField(max_length=250, null=True, blank=True, unique=True)
    written_at = models.DateTimeField(auto_now_add=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=REPORTS,
        data=Text(
            "qui a rendu compte, son nom ce jour-là, ce qui a été écrit",
            "who reported, their name on that day, what was written",
        ),
        holds=(
            Hold(
                person="author",
                blank={"author": None, "author_name": ERASED, "message_id": None},
                why=Text(
                    "Les comptes rendus ne changent jamais : ils sont l'histoire de l'action. "
                    "Votre nom en est retiré.",
                    "Reports never change: they are the action's history. Your name is taken off.",
                ),
                months=60,
                since="on",
                since_words=Text("le compte rendu", "the report"),
            ),
        ),
    )

    class Meta:
        verbose_name = _("update")
        ordering: ClassVar = ["-on", "-pk"]
        # The last word on each of thousands of actions is read at once.
        indexes: ClassVar = [
            models.Index(fields=["action", "-on", "-id"], name="last_update_of_action"),
            models.Index(
                fields=["action", "-on", "-id", "progress"],
                condition=models.Q(progress__isnull=False),
                name="last_progress_of_action",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(progress=None) | models.Q(progress__lte=100),
                name="progress_is_a_percentage",
            )
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.on}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write once. Raises Refused on a change."""
        if not self._state.adding:
            raise Refused(str(_("An update is never changed: write a new one that corrects it.")))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Always refused: history is kept."""
        raise Refused(str(_("An update is never deleted: write a new one that corrects it.")))

    @property
    def said(self) -> str:
        """Its words in the reader's language, else as they were written."""
        return spoken(self.text, self.text_en)
