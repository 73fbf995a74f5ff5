"""What the pages of who prepares and runs workshops have in common."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bassin.debate.workshops import asking, permissions
from bassin.debate.workshops.models import Workshop
from bassin.errors import Refused
from bassin.parties.access import signed_in
from bassin.parties.models import Person
from bassin.ui.parts import Crumb
from bassin.ui.reader import language

TAKEN_OUT = gettext_lazy("Somebody took this step out of the run sheet. Look at it, then go on.")

_SOME = Workshop.objects.select_related("step__statement", "series", "previous").prefetch_related(
    "facilitators__person"
)


def workshop_of(request: HttpRequest, code: str, may: Callable[[Person, Workshop], bool]) -> Any:
    """A workshop that they may run, or prepare, and who asks.

    Raises:
        Http404: there is none, or they may not; nothing tells which.
    """
    user = signed_in(request)
    found = _SOME.all().filter(code=code).first()
    if found is None or not may(user, found):
        raise Http404
    return found, user


def running(request: HttpRequest, code: str) -> tuple[Workshop, Person]:
    """A workshop that they run, and who asks."""
    found, user = workshop_of(request, code, permissions.can_run)
    return found, user


def preparing(request: HttpRequest, code: str) -> tuple[Workshop, Person]:
    """A workshop that they prepare, and who asks."""
    found, user = workshop_of(request, code, permissions.can_prepare)
    return found, user


def officer(request: HttpRequest) -> Person:
    """Who asks, when they may begin workshops of their own.

    Raises:
        PermissionDenied: they may not.
    """
    user = signed_in(request)
    if not permissions.can_prepare(user):
        raise PermissionDenied
    return user


def url(name: str, workshop: Workshop, *more: object) -> str:
    """Address of a page of a workshop."""
    return reverse(f"workshops:{name}", args=[workshop.code, *more])


def crumbs(*after: Crumb) -> list[Crumb]:
    """Home › Workshops › the workshops to prepare and run › the page."""
    mine = Crumb(_("Prepare and run"), reverse("workshops:mine") if after else "")
    room = Crumb(_("Workshops"), reverse("workshops:home"))
    return [Crumb(_("Home"), reverse("observatory:home")), room, mine, *after]


def trail(workshop: Workshop, page: str, label: str) -> list[Crumb]:
    """Where a page of a workshop stands; `page` is its way back, run or prepare."""
    title = asking.said(workshop.title, language())
    return crumbs(Crumb(title, url(page, workshop)), Crumb(label))


def done(
    request: HttpRequest, verb: Callable[[], Any], back: str, said: str = "",
) -> HttpResponse:  # fmt: skip
    """Call a verb, then go back, with what was done or why it was not."""
    try:
        verb()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        if said:
            messages.success(request, said)
    return redirect(back)


def text(sent: Mapping[str, Any], name: str) -> str:
    """A text that a form sent, without the sign that no database takes."""
    return str(sent.get(name, "")).replace("\0", "")


def number(sent: Mapping[str, Any], name: str) -> int:
    """A whole number that a form sent; 0 for anything else."""
    text = str(sent.get(name, ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
