"""A decision that rests on something said elsewhere: first, the meeting that took it."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin import systems
from bassin.steer.programmes import permissions_governance as rights
from bassin.steer.programmes import words
from bassin.steer.programmes.models import Body
from bassin.steer.programmes.views.bodies import trail, url
from bassin.steer.programmes.views.common import author, crumbs, today
from bassin.steer.programmes.views.meetings import meeting_url
from bassin.ui.parts import Crumb

LATEST = 5


@dataclass(frozen=True, slots=True)
class Seat:
    """A body, its last meetings with the form of a decision of each, and how to call another."""

    name: str
    meetings: list[tuple[str, str]]
    call: str


@require_safe
def where(request: HttpRequest) -> HttpResponse:
    """The meetings in which a decision can be recorded; what it rests on follows to the form."""
    user = author(request)
    if not rights.can_run_bodies(user):
        raise PermissionDenied
    asked = {name: request.GET.get(name, "")[:2000] for name in ("preuve", "texte")}
    query = urlencode({name: value for name, value in asked.items() if value})
    bodies = Body.objects.prefetch_related("meetings")
    context = {
        "crumbs": crumbs(*trail(), Crumb(_("Record a decision"))),
        "evidence": systems.resolve(asked["preuve"], words.language()) if asked["preuve"] else None,
        "seats": [_seat(body, query) for body in bodies if rights.can_run_bodies(user, body)],
    }
    return render(request, "programmes/where_to_decide.html", context)


def _seat(body: Body, query: str) -> Seat:
    held = [each for each in body.meetings.all() if each.on <= today() and not each.cancelled_at]
    return Seat(
        name=body.name,
        meetings=[
            (words.day(each.on), f"{meeting_url(each, 'decide')}?{query}") for each in held[:LATEST]
        ],
        call=url(body, "call_meeting"),
    )
