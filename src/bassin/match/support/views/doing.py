"""What is written down about a case, from its page: two taps on a telephone."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bassin.commons.files import MEDIA
from bassin.match.support import actions, actions_doing, permissions
from bassin.match.support.forms import NoteForm, PaperForm, TaskForm
from bassin.match.support.models import Paper, Task
from bassin.match.support.views.common import (
    attempt,
    mine_or_404,
    read_or_404,
    say,
    signed_in,
    today,
)
from bassin.parties.privacy import audit


@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down a call, a visit, an e-mail: the button says which."""
    person, case = read_or_404(request, pk)
    if not permissions.can_note(person, case):
        raise Http404
    kind, now = request.POST.get("kind", ""), timezone.localtime()
    refused = attempt(
        NoteForm(request.POST),
        lambda said: actions_doing.note(case, by=person, kind=kind, now=now, **said),
    )
    say(request, _("It is written down."), refused)
    return redirect("support:case", case.pk)


@require_POST
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """Put something to do on a day."""
    person, case = mine_or_404(request, pk)
    form = TaskForm(request.POST, people=actions.advisers(case.organisation, today()))
    refused = attempt(
        form, lambda said: actions_doing.add_task(case, by=person, today=today(), **said)
    )
    say(request, _("The task is written down."), refused)
    return redirect("support:case", case.pk)


@require_POST
def tick(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick a task; from the portfolio, come back to it."""
    person = signed_in(request)
    found = get_object_or_404(Task.objects.select_related("case"), pk=pk)
    if not permissions.can_write(person, found.case):
        raise Http404
    actions_doing.do_task(found, by=person, today=today())
    if request.POST.get("back") == "home":
        return redirect("support:home")
    return redirect("support:case", found.case_id)


@require_POST
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a document."""
    person, case = read_or_404(request, pk)
    if not permissions.can_note(person, case):
        raise Http404
    refused = attempt(
        PaperForm(request.POST, request.FILES),
        lambda said: actions_doing.add_paper(case, by=person, today=today(), **said),
    )
    say(request, _("The document is kept."), refused)
    return redirect("support:case", case.pk)


@require_safe
def read_paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A document, for who reads the history of its case; for anyone else there is none."""
    person = signed_in(request)
    found = get_object_or_404(Paper.objects.select_related("case"), pk=pk)
    if not permissions.can_see_paper(person, found):
        raise Http404
    audit.seen(found.case, by=person, now=timezone.now())
    try:
        opened = found.file.open("rb")
    except OSError as error:
        raise Http404 from error
    name = f"{slugify(found.title) or 'document'}.{found.extension}"
    media = MEDIA.get(found.extension, "application/octet-stream")
    return FileResponse(opened, as_attachment=True, filename=name, content_type=media)


@require_POST
def drop_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a document."""
    person = signed_in(request)
    found = get_object_or_404(Paper.objects.select_related("case"), pk=pk)
    if not permissions.can_write(person, found.case):
        raise Http404
    actions_doing.drop_paper(found, by=person)
    say(request, _("The document is deleted."))
    return redirect("support:case", found.case_id)
