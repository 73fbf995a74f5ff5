"""What the pages of jobs share: places' names, the way back, an offer that one may edit."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from bassin.match.jobs import permissions
from bassin.match.jobs.models import Offer
from bassin.parties.access import require, signed_in
from bassin.ui.opened import communes, house
from bassin.ui.parts import Crumb
from bassin.ui.reader import language, today

__all__ = ["communes", "crumbs", "house", "language", "mine_or_404", "require", "signed_in",
           "today"]  # fmt: skip


def crumbs(*steps: tuple[str, str]) -> list[Crumb]:
    """From the jobs to here; each step is its words and the name of its page, "" for the last."""
    found = [Crumb(_("Jobs"), reverse("jobs:home"))]
    return found + [Crumb(label, reverse(name) if name else "") for label, name in steps]


def mine_or_404(request: HttpRequest, pk: int) -> Offer:
    """An offer that they may edit; for anyone else there is no such page."""
    offer = get_object_or_404(Offer.objects.select_related("employer", "posted_through"), pk=pk)
    if not permissions.can_edit(signed_in(request), offer):
        raise Http404
    return offer
