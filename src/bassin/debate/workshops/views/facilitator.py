"""The console of who runs a workshop: one button first, the run sheet, time, notes.

It keeps nothing in the browser. If this device stops, anybody who may run the workshop opens the
same page elsewhere and goes on.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bassin.debate.workshops import actions, actions_editing, conducting, devices
from bassin.debate.workshops.forms import NoteForm
from bassin.debate.workshops.models import Round, Step, Workshop
from bassin.debate.workshops.views.common import (
    TAKEN_OUT,
    crumbs,
    done,
    number,
    running,
    text,
    url,
)
from bassin.errors import Refused
from bassin.parties.models import Person
from bassin.ui.parts import Crumb
from bassin.ui.reader import language

MINUTES = 5
"""What one press of « extend » adds."""


@require_safe
def console(request: HttpRequest, code: str) -> HttpResponse:
    """Run a workshop; `?part` gives only what moves, for the page that follows the room."""
    workshop, _user = running(request, code)
    shown = conducting.console(workshop, language(), timezone.now())
    context = {
        **shown,
        "crumbs": crumbs(Crumb(shown["title"])),
        "live": f"/live/workshops/{code}/events?key={devices.screen_key(code)}",
        "here_url": url("run", workshop),
        "form": NoteForm(initial={"kind": "argument"}, auto_id="note_%s"),
        "notes": _notes(workshop, shown),
        "minutes": MINUTES,
    }
    part = "part" in request.GET
    return render(request, f"workshops/{'_console' if part else 'console'}.html", context)


def _notes(workshop: Workshop, shown: dict[str, Any]) -> Any:
    """What was noted on the step on the screen, the last first."""
    here = shown["here"]
    notes = workshop.notes.filter(step=here.step) if here else workshop.notes.none()
    return notes.order_by("-pk")


@require_POST
def deed(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Press a button of the console."""
    workshop, user = running(request, code)
    if name not in _DEEDS:
        raise Http404
    return done(request, lambda: _DEEDS[name](workshop, request.POST, user), url("run", workshop))


def _step(workshop: Workshop, sent: Mapping[str, Any]) -> Step:
    step = workshop.steps.filter(pk=number(sent, "step")).first()
    if step is None:
        raise Refused(str(TAKEN_OUT))
    return step


def _round(workshop: Workshop, sent: Mapping[str, Any]) -> Round:
    return get_object_or_404(workshop.rounds, pk=number(sent, "round"))


Verb = Callable[[Workshop, Mapping[str, Any], Person], Any]


def _advance(to: str) -> Verb:
    return lambda workshop, sent, by: actions.advance(workshop, to=to, by=by, now=timezone.now())


def _on_round(verb: Callable[..., Any]) -> Verb:
    return lambda workshop, sent, by: verb(_round(workshop, sent), by=by, now=timezone.now())


def _go(workshop: Workshop, sent: Mapping[str, Any], by: Person) -> Any:
    seen = number(sent, "from")
    if seen and seen != workshop.step_id:
        raise Refused(_("Somebody else moved the room meanwhile. Look where it is, then go on."))
    return actions.go_to(workshop, _step(workshop, sent), by=by, now=timezone.now())


def _open(workshop: Workshop, sent: Mapping[str, Any], by: Person) -> Any:
    return actions.open_round(_step(workshop, sent), by=by, now=timezone.now())


def _void(workshop: Workshop, sent: Mapping[str, Any], by: Person) -> Any:
    why = text(sent, "why")
    return actions.void(_round(workshop, sent), why=why, by=by, now=timezone.now())


def _extend(workshop: Workshop, sent: Mapping[str, Any], by: Person) -> Any:
    return actions_editing.extend(_step(workshop, sent), minutes=MINUTES, by=by)


_DEEDS: dict[str, Verb] = {
    "advance-lobby": _advance("lobby"),
    "advance-live": _advance("live"),
    "advance-closed": _advance("closed"),
    "go": _go,
    "open": _open,
    "pause": _on_round(actions.pause),
    "resume": _on_round(actions.resume),
    "close": _on_round(actions.close_round),
    "reveal": _on_round(actions.reveal),
    "void": _void,
    "extend": _extend,
}
