"""The big screen: for whoever runs the workshop, or holds the link that they gave."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from bassin.debate.workshops import devices, permissions, screen
from bassin.debate.workshops.pages import spoken
from bassin.debate.workshops.views.participant import found
from bassin.parties.access import require
from bassin.ui.reader import language


@require_safe
def presenter(request: HttpRequest, code: str) -> HttpResponse:
    """The page that is projected; `?part=1` gives what changes, for its own script."""
    workshop = found(code)
    if workshop is None:
        raise Http404
    key = request.GET.get("key", "")
    if not devices.is_screen_key(key, code):
        require(permissions.can_run(request.user, workshop))
        key = devices.screen_key(code)
    tongue = spoken(workshop, request.GET.get("lang") or language())
    if request.GET.get("part"):
        return _fresh(screen.screen_part(workshop, tongue))
    address = request.build_absolute_uri(reverse("workshops:participant", args=[code]))
    return _fresh(screen.screen_page(workshop, tongue, address=address, key=key))


def _fresh(page: str) -> HttpResponse:
    return HttpResponse(page, headers={"Cache-Control": "private, no-store"})
