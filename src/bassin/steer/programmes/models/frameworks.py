"""Frameworks (a roadmap, a contract, a label…), their trees, their lineage, their signatories."""

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bassin.parties.models import ORIGINS, Archivable, Organisation
from bassin.parties.privacy.declared import Nothing, Personal
from bassin.parties.privacy.processings import ARCHIVED, ARCHIVING
from bassin.steer.programmes.models.querysets import FrameworkQuerySet
from bassin.types import Origin, Text

_DOCUMENT = Nothing(Text("texte d'un document public", "text of a public document"))


def spoken(french: str, english: str) -> str:
    """A text in the reader's language; as it was written where it has no English."""
    return Text(french, english).say((get_language() or "fr")[:2])


class Framework(Archivable):
    """An instrument that holds commitments, in one version. Its text is frozen once adopted."""

    class Kind(models.TextChoices):
        ROADMAP = "roadmap", _("roadmap")
        CONTRACT = "contract", _("contract")
        LABEL = "label", _("label")
        CONVENTION = "convention", _("convention")
        MANIFESTO = "manifesto", _("manifesto")
        PLAN = "plan", _("plan")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        ADOPTED = "adopted", _("adopted")
        IN_FORCE = "in_force", _("in force")
        EVALUATED = "evaluated", _("evaluated")
        CLOSED = "archived", _("archived")

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    summary_en = models.TextField(blank=True)
    owner = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="frameworks"
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    level_names = models.JSONField(_("names of the levels"), default=list, blank=True)
    version = models.CharField(_("version"), max_length=40, default="1")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    adopted_by = models.ForeignKey(
        "programmes.Decision", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ancestors = models.ManyToManyField("self", symmetrical=False, related_name="heirs", blank=True)
    linked = models.ManyToManyField("self", blank=True)
    public = models.BooleanField(_("has a public page"), default=False)
    announced_count = models.PositiveIntegerField(_("actions announced"), null=True, blank=True)
    announced_note = models.CharField(max_length=200, blank=True)
    announced_note_en = models.CharField(max_length=200, blank=True)
    source = models.CharField(_("document"), max_length=300, blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    objects = FrameworkQuerySet.as_manager()

    personal = Personal(
        processing=ARCHIVING,
        data=Text("qui a archivé le cadre", "who put the framework away"),
        holds=(ARCHIVED,),
    )

    class Meta:
        verbose_name = _("framework")
        ordering: ClassVar = ["-starts_on", "title"]

    def __str__(self) -> str:
        return spoken(self.title, self.title_en)


class Node(models.Model):
    """An axis, a priority, a stake: one branch of a framework's tree, at any depth."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="nodes")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    order = models.PositiveIntegerField(default=0)
    kind = models.CharField(_("level"), max_length=30)  # axis, priority, stake, mission…
    code = models.CharField(_("code"), max_length=40)
    ref = models.CharField(max_length=80, blank=True, db_index=True)  # "roadmap:axis:1"
    heading = models.CharField(_("group"), max_length=160, blank=True)
    heading_en = models.CharField(max_length=160, blank=True)
    title = models.CharField(_("title"), max_length=400)
    title_en = models.CharField(max_length=400, blank=True)
    text = models.TextField(_("text"), blank=True)
    text_en = models.TextField(blank=True)

    personal = _DOCUMENT

    class Meta:
        verbose_name = _("part of a framework")
        ordering: ClassVar = ["framework", "order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["framework", "code"], name="one_node_per_code")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def number(self) -> str:
        """What is read before the title: "2.1" and "A" as they are, "enjeu-1" as 1, no words."""
        if self.code[:1].isdigit() or "-" not in self.code:
            return self.code
        last = self.code.rpartition("-")[2]
        return last if last.isdigit() else ""


class NodeLineage(models.Model):
    """What became of a node of one framework in another: kept, split, merged, dropped, new."""

    class Kind(models.TextChoices):
        SAME = "same", _("carried over")
        SPLIT = "split", _("split")
        MERGED = "merged", _("merged")
        DROPPED = "dropped", _("dropped")
        NEW = "new", _("new")

    before = models.ForeignKey(Node, models.CASCADE, null=True, blank=True, related_name="became")
    after = models.ForeignKey(Node, models.CASCADE, null=True, blank=True, related_name="came_from")
    kind = models.CharField(_("what became of it"), max_length=8, choices=Kind.choices)
    note = models.CharField(max_length=300, blank=True)

    personal = _DOCUMENT

    class Meta:
        verbose_name = _("lineage")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["before", "after"], name="one_lineage_per_pair"),
            models.CheckConstraint(
                condition=models.Q(before__isnull=False) | models.Q(after__isnull=False),
                name="lineage_links_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class Commitment(models.Model):
    """What an organisation promised within a framework, to whom, by when."""

    class Role(models.TextChoices):
        SIGNATORY = "signatory", _("signatory")
        WITNESS = "witness", _("witness")
        HOLDER = "holder", _("holder")
        FUNDER = "funder", _("funder")
        PARTNER = "partner", _("partner")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        SIGNED = "signed", _("signed")
        WITHDRAWN = "withdrawn", _("withdrawn")
        WITNESSED = "witnessed", _("present, without signing")

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="commitments")
    node = models.ForeignKey(
        Node, models.SET_NULL, null=True, blank=True, related_name="commitments"
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="commitments")
    to_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="promises_received"
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    text = models.TextField(_("what was promised"), blank=True)
    text_en = models.TextField(blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROPOSED)
    due_on = models.DateField(_("due"), null=True, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    kept_on = models.DateField(_("kept on"), null=True, blank=True)
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)
    source = models.CharField(_("document"), max_length=300, blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Nothing(Text("promesses d'organisations", "promises of organisations"))

    class Meta:
        verbose_name = _("commitment")
        ordering: ClassVar = ["framework", "organisation", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=["proposed", "witnessed"])
                | models.Q(signed_on__isnull=False),
                name="signed_commitment_has_a_date",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.framework}"

    @property
    def said(self) -> str:
        """What was promised, in the reader's language, else as it was written."""
        return spoken(self.text, self.text_en)


class StatedCount(models.Model):
    """A number of signatories or projects that a document states, without the list.

    `on` is the day the document gives; `period` what it gives when it gives no day ("2019-11").
    """

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="stated_counts")
    what = models.CharField(_("what is counted"), max_length=60)  # signatories, projects, holders
    value = models.PositiveIntegerField(_("number"))
    approximate = models.BooleanField(_("about"), default=False)
    on = models.DateField(_("date"), null=True, blank=True)
    period = models.CharField(_("year or month"), max_length=20, blank=True)
    source = models.CharField(_("document"), max_length=300)

    personal = _DOCUMENT

    class Meta:
        verbose_name = _("stated count")
        ordering: ClassVar = ["framework", "what", "on"]

    def __str__(self) -> str:
        return f"{self.framework}: {self.value} {self.what}"
