"""Rehearsing with simulated participants, and how far the rehearsal is."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_tasks import default_task_backend
from django_tasks.base import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from bassin.debate.workshops import actions_copying, asking, conducting, rehearsing, tasks
from bassin.debate.workshops.forms import RehearsalForm
from bassin.debate.workshops.models import Participation, Workshop
from bassin.debate.workshops.views import common
from bassin.debate.workshops.views.common import trail, url
from bassin.debate.workshops.views.writing import form_page, sent
from bassin.ui.reader import language

AGAIN = 2
"""Seconds after which the page that waits is asked again."""


def rehearse(request: HttpRequest, code: str) -> HttpResponse:
    """Make a copy and play it."""
    workshop, user = common.preparing(request, code)
    if workshop.rehearsal:
        raise Http404

    def save(typed: dict[str, Any]) -> str:
        rehearsing.check(workshop, typed["participants"])
        made = actions_copying.rehearsal(workshop, by=user, now=timezone.now())
        begun = tasks.rehearse.enqueue(made.pk, typed["participants"], user.pk)
        return f"{url('rehearsal', made)}?tache={begun.id}"

    title = _("Rehearse with simulated participants")
    return form_page(
        request, RehearsalForm(sent(request)), save, title=title, submit=_("Begin the rehearsal"),
        path=trail(workshop, "prepare", title), back=url("prepare", workshop),
        lede=_("A copy is played through this very service, from the doors to the end: you may "
               "watch its big screen and join it. Its answers are invented and marked so; they "
               "never enter a result."),
    )  # fmt: skip


@require_safe
def progress(request: HttpRequest, code: str) -> HttpResponse:
    """How far a rehearsal is."""
    workshop, _user = common.preparing(request, code)
    if not workshop.rehearsal:
        raise Http404
    sheet = conducting.lines(workshop, language())
    over = workshop.state == Workshop.State.CLOSED
    status, miscounted = _status(request.GET.get("tache", ""))
    stopped = status == TaskResultStatus.FAILED
    places = [line.now for line in sheet]
    context = {
        "crumbs": trail(workshop, "prepare", _("Rehearsal")), "workshop": workshop,
        "title": asking.said(workshop.title, language()), "over": over, "stopped": stopped,
        "miscounted": miscounted,
        "proved": status == TaskResultStatus.SUCCESSFUL,
        "again": 0 if over or stopped else AGAIN, "total": len(sheet),
        "at": len(sheet) if over else places.index(True) + 1 if True in places else 0,
        "inside": workshop.tickets.count(),
        "answers": Participation.objects.filter(round__workshop=workshop).count(),
        "synthesis": reverse("workshops:synthesis", args=[code]) if over else "",
    }  # fmt: skip
    return render(request, "workshops/rehearsal.html", context)


@require_POST
def stop(request: HttpRequest, code: str) -> HttpResponse:
    """End a rehearsal that goes on alone, or whose player is gone."""
    workshop, user = common.preparing(request, code)
    return common.done(
        request, lambda: rehearsing.stop(workshop, by=user, now=timezone.now()),
        url("rehearsal" if workshop.rehearsal else "prepare", workshop),
        _("The rehearsal is over."),
    )  # fmt: skip


def _status(task: str) -> tuple[TaskResultStatus | None, bool]:
    """How the work that plays it goes, None when it is not known; whether answers were lost."""
    if not default_task_backend.supports_get_result:
        return None, False
    try:
        found = default_task_backend.get_result(task)
    except (TaskResultDoesNotExist, ValidationError, ValueError):
        return None, False
    lost = any(each.exception_class is tasks.NotCounted for each in found.errors)
    return found.status, lost
