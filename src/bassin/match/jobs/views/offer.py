"""One offer, as everyone reads it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from bassin.match.jobs import permissions
from bassin.match.jobs.models import Offer
from bassin.ui.reader import today


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The offer while it is open; then its employer and officers alone see it."""
    found = get_object_or_404(Offer.objects.select_related("employer", "posted_through"), pk=pk)
    if not permissions.can_see(request.user, found):
        raise Http404
    context = {
        "offer": found,
        "open": found.is_open(today()),
        "sources": found.sources.select_related("feed"),
        "can_edit": permissions.can_edit(request.user, found),
    }
    return render(request, "jobs/offer.html", context)
