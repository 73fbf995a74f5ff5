"""Correcting a synthesis that everyone reads already."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bassin.debate.workshops import actions_corrections, permissions
from bassin.debate.workshops.actions_corrections import Decided
from bassin.debate.workshops.asking import said
from bassin.debate.workshops.forms_minutes import CorrectionForm
from bassin.debate.workshops.models import Minutes, Workshop
from bassin.debate.workshops.views import common
from bassin.debate.workshops.views.results import crumbs
from bassin.debate.workshops.views.writing import Opened, form_page, sent
from bassin.ui.parts import Crumb
from bassin.ui.reader import language, today


def correct(request: HttpRequest, code: str) -> HttpResponse:
    """Write a new version: what it says, and why."""
    workshop, user = common.workshop_of(request, code, permissions.can_publish)
    if not Minutes.objects.filter(workshop=workshop, state=Minutes.State.PUBLISHED).exists():
        raise Http404
    back = reverse("workshops:synthesis", args=[code])

    def save(typed: dict[str, Any]) -> str:
        notes = {int(name[5:]): text for name, text in typed.items() if name.startswith("note-")}
        decided = Decided(typed["decided_by"], typed["decided_in"], typed["decided_on"])
        made = actions_corrections.correct(
            workshop, text=typed["text"], notes=notes, why=typed["why"], decided=decided, by=user,
            today=today(),
        )  # fmt: skip
        messages.success(request, _("Version {number} is published.").format(number=made.number))
        return back

    title = _("Correct what is published")
    decided = {"decided_in": workshop.minutes.validated_by, "decided_on": today()}
    form = CorrectionForm(sent(request), workshop=workshop, initial={**decided, **_first(workshop)})
    return form_page(
        request, form, save, title=title, submit=_("Publish the corrected version"), back=back,
        path=crumbs(Crumb(said(workshop.title, language()), back), Crumb(title)),
        lede=_("Results and ballots do not change. The version that everyone read stays, with a "
               "link to it, the day and the reason."),
        opened=Opened(lambda: _first(workshop), [workshop]),
    )  # fmt: skip


def _first(workshop: Workshop) -> dict[str, Any]:
    """What is published now."""
    kept = Minutes.objects.get(workshop=workshop)
    return {"text": kept.text, **{f"note-{each.pk}": each.text for each in workshop.notes.all()}}
