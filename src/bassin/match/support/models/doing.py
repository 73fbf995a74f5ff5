"""What is done about a case: interactions, papers, tasks."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.match.support.models.cases import Case
from bassin.match.support.models.processings import CASES, wrote
from bassin.parties.models import Organisation, Person
from bassin.parties.privacy.declared import Personal
from bassin.types import Text


class Interaction(models.Model):
    """Something said or done with the firm, or about it. `private` keeps it to who wrote it."""

    class Kind(models.TextChoices):
        CALL = "call", _("phone call")
        VISIT = "visit", _("visit")
        MEETING = "meeting", _("meeting")
        MAIL = "mail", _("e-mail")
        TRIED = "tried", _("call without an answer")
        NOTE = "note", _("note")

    CONTACTS = (Kind.CALL, Kind.VISIT, Kind.MEETING, Kind.MAIL)
    """Those in which somebody there was reached."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="interactions")
    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    on = models.DateField(_("when"))
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    text = models.TextField(_("what was said"), blank=True, max_length=20_000)
    private = models.BooleanField(_("for my organisation alone"), default=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    personal = Personal(
        processing=CASES,
        data=Text("qui a écrit l'échange", "who wrote the interaction"),
        holds=(wrote("by", Text("qui a écrit l'échange", "who wrote it"), "on", ("kind", "on")),),
        audited=False,
    )

    class Meta:
        verbose_name = _("interaction")
        ordering: ClassVar = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{_('interaction')} {self.pk}"


class Paper(models.Model):
    """A file of a case, served to who reads the case's history and to nobody else."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="papers")
    title = models.CharField(_("title"), max_length=160)
    file = models.FileField(_("file"), upload_to="support/%Y/")
    extension = models.CharField(max_length=5)
    private = models.BooleanField(_("for my organisation alone"), default=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    on = models.DateField(_("added on"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    personal = Personal(
        processing=CASES,
        data=Text("qui a ajouté le document", "who added the document"),
        holds=(wrote("by", Text("qui a ajouté le document", "who added it"), "on", ("on",)),),
        audited=False,
    )

    class Meta:
        verbose_name = _("document of a case")
        ordering: ClassVar = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{_('document')} {self.pk}"


class Task(models.Model):
    """Something to do about a case before a day."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="tasks")
    what = models.CharField(_("to do"), max_length=200)
    due_on = models.DateField(_("before"))
    assignee = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by"),
    )  # fmt: skip
    done_on = models.DateField(_("done on"), null=True, blank=True)

    personal = Personal(
        processing=CASES,
        data=Text("à qui la tâche est confiée", "whose task it is"),
        holds=(
            wrote("assignee", Text("à qui la tâche est confiée", "whose task it is"), "due_on",
                  ("due_on", "done_on"), Text("l'échéance", "it was due")),
        ),
        audited=False,
    )  # fmt: skip

    class Meta:
        verbose_name = _("task")
        ordering: ClassVar = ["due_on", "pk"]

    def __str__(self) -> str:
        return f"{_('task')} {self.pk}"

    def is_late(self, today: date) -> bool:
        """Whether its day has passed."""
        return self.done_on is None and self.due_on < today
