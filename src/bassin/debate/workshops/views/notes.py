"""Notes on a step or on a result: written in one line while the room talks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bassin.debate.workshops import actions_notes, asking
from bassin.debate.workshops.forms import NoteForm
from bassin.debate.workshops.models import Note
from bassin.debate.workshops.views import common
from bassin.debate.workshops.views.common import done, number, trail, url
from bassin.debate.workshops.views.writing import Opened, form_page, removed_page
from bassin.ui.reader import language


def add(request: HttpRequest, code: str) -> HttpResponse:
    """Write a note on the step, or on the result, that the page was about."""
    workshop, user = common.running(request, code)
    step = workshop.steps.filter(pk=number(request.POST or request.GET, "step")).first()
    result = workshop.rounds.filter(pk=number(request.POST or request.GET, "round")).first()

    def save(typed: dict) -> str:
        actions_notes.write(workshop, by=user, step=step, result=result, **typed)
        return f"{url('run', workshop)}#notes"

    title = _("A note")
    lede = asking.said(step.title, language()) if step is not None else ""
    form = NoteForm(request.POST if request.method == "POST" else None)
    return form_page(
        request, form, save, title=title, submit=_("Note it"), lede=lede,
        path=trail(workshop, "run", title), back=url("run", workshop),
    )  # fmt: skip


def edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Correct a note."""
    workshop, user = common.running(request, code)
    title = _("Correct a note")
    form = NoteForm(request.POST if request.method == "POST" else None)
    note = workshop.notes.filter(pk=pk).first()
    if note is None:
        path, home = trail(workshop, "run", title), url("run", workshop)
        again = url("add_note", workshop)
        return removed_page(request, form, title=title, path=path, back=home, again=again)

    def save(typed: dict) -> str:
        actions_notes.edit(note, by=user, **typed)
        return f"{url('run', workshop)}#notes"

    form = NoteForm(request.POST if request.method == "POST" else None, instance=note)
    return form_page(
        request, form, save, title=title, submit=_("Save"),
        path=trail(workshop, "run", title), back=url("run", workshop),
        opened=Opened(lambda: _kept(note), [workshop]),
    )  # fmt: skip


def _kept(note: Note) -> dict[str, str]:
    kept = Note.objects.get(pk=note.pk)
    return {"text": kept.text, "kind": kept.kind, "side": kept.side}


@require_POST
def remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a note out."""
    workshop, user = common.running(request, code)
    note = get_object_or_404(workshop.notes, pk=pk)
    return done(
        request, lambda: actions_notes.remove(note, by=user), f"{url('run', workshop)}#notes",
        _("The note is taken out."),
    )  # fmt: skip
