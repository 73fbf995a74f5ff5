"""What is done with a workshop afterwards: its results placed, its proposals made something of."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bassin import systems
from bassin.debate.workshops import announcing, attaching, becoming, permissions, results
from bassin.debate.workshops.asking import said
from bassin.debate.workshops.becoming import Line, Thread
from bassin.debate.workshops.forms import PlaceForm
from bassin.debate.workshops.models import Attachment, Note, Round, Workshop
from bassin.debate.workshops.references import NAMED
from bassin.debate.workshops.views import common
from bassin.debate.workshops.views.results import crumbs
from bassin.debate.workshops.views.writing import form_page, sent
from bassin.errors import Refused
from bassin.parties.access import signed_in
from bassin.parties.models import Person
from bassin.systems import Taking
from bassin.ui.parts import Crumb
from bassin.ui.reader import language, today


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a result was placed; `title` is the reference itself when it leads nowhere any more."""

    pk: int
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Result:
    """A result: where it is placed, what came of it, what it can be made."""

    pk: int
    text: str
    sentence: str
    placed: list[Placed]
    came: list[Line]
    takings: list[Taking]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody proposed in the discussion: what came of it, what it can be made."""

    kind: str
    text: str
    came: list[Line]
    takings: list[Taking]


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: HttpRequest, code: str) -> HttpResponse:
    """Place results, and go to the forms of decisions and actions."""
    user = signed_in(request)
    workshop = Workshop.objects.prefetch_related("facilitators").filter(code=code).first()
    if workshop is None or not permissions.can_run(user, workshop):
        raise Http404
    if request.method == "POST":
        try:
            messages.success(request, _done(request, workshop, user))
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("workshops:follow_up", code)
    title, event = said(workshop.title, language()), announcing.event_of(workshop)
    context = {
        "crumbs": crumbs(
            Crumb(title, reverse("workshops:synthesis", args=[code])), Crumb(_("What follows"))
        ),
        "workshop": workshop,
        "title": title,
        "results": _results(workshop),
        "proposals": _proposals(workshop),
        "event": event,
        "may_announce": permissions.can_publish(user, workshop)
        and not workshop.rehearsal
        and (event is not None or workshop.state not in NAMED),
    }
    return render(request, "workshops/follow_up.html", context)


def place(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Choose what a result is about."""
    workshop, user = common.running(request, code)
    held = get_object_or_404(Round.objects.select_related("workshop"), pk=pk, workshop=workshop)
    back = reverse("workshops:follow_up", args=[code])

    def save(typed: dict[str, Any]) -> str:
        attaching.attach(held, typed["reference"], by=user, today=today())
        messages.success(request, _("The result is placed there."))
        return f"{back}#result-{pk}"

    title = _("Place the result")
    return form_page(
        request, PlaceForm(sent(request)), save, title=title, submit=title, back=back,
        path=crumbs(Crumb(_("What follows"), back), Crumb(title)),
        lede=said(held.asked["text"], language()),
    )  # fmt: skip


def _done(request: HttpRequest, workshop: Workshop, user: Person) -> str:
    """Do what was asked for, and say it.

    Raises:
        Refused: it cannot be; the sentence says why.
    """
    act, key = request.POST.get("act", ""), request.POST.get("key", "")
    if act == "detach":
        placed = _found(Attachment.objects.filter(round__workshop=workshop), key)
        attaching.detach(placed, by=user)
        return _("The result is no longer placed there.")
    if act == "announce":
        announcing.announce(workshop, by=user)
        return _("The workshop is in the agenda.")
    if act == "withdraw":
        announcing.withdraw(workshop, by=user, now=timezone.now())
        return _("The agenda says that it is called off.")
    raise Http404


def _found(rows: QuerySet[Any], key: str) -> Any:
    found = rows.filter(pk=key).first() if key.isdecimal() else None
    if found is None:
        raise Http404
    return found


def _results(workshop: Workshop) -> list[Result]:
    last = results.last(results.counted(workshop))
    threads = becoming.of_results(last, language())
    placed = _placed(last)
    return [
        _result(held, thread, placed[held.pk]) for held, thread in zip(last, threads, strict=True)
    ]


def _result(held: Round, thread: Thread, placed: list[Placed]) -> Result:
    reference = f"workshops:round:{held.pk}"
    return Result(
        pk=held.pk,
        text=thread.text,
        sentence=thread.sentence,
        placed=placed,
        came=thread.lines,
        takings=[]
        if held.asked["kind"] in becoming.DECIDE_NOTHING
        else systems.takings("evidence", reference, thread.text, language()),
    )


def _placed(rounds: list[Round]) -> dict[int, list[Placed]]:
    """Where each of these results was placed."""
    found = Attachment.objects.filter(round__in=rounds).order_by("pk")
    named = systems.resolve_all({each.reference for each in found}, language())
    placed: dict[int, list[Placed]] = {each.pk: [] for each in rounds}
    for each in found:
        one = named.get(each.reference)
        placed[each.round_id].append(
            Placed(each.pk, one.title if one else each.reference, one.url if one else "")
        )
    return placed


def _proposals(workshop: Workshop) -> list[Proposal]:
    notes = list(workshop.notes.exclude(kind=Note.Kind.ARGUMENT))
    threads = becoming.of_notes(notes, language())
    return [_proposal(note, thread) for note, thread in zip(notes, threads, strict=True)]


def _proposal(note: Note, thread: Thread) -> Proposal:
    reference = f"workshops:note:{note.pk}"
    way = "idea" if note.kind == Note.Kind.ACTION else "evidence"
    return Proposal(
        kind=str(note.get_kind_display()),
        text=note.text,
        came=thread.lines,
        takings=systems.takings(way, reference, note.text, language()),
    )
